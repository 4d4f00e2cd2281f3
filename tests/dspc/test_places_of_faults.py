"""Faults that are found behind the front end point at the program, too."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dspc.api import compile, load
from dspc.messages import render
from dspc.support.diagnostics import DspcError

FOREIGN = '// one\nprocess = _ :\n   ffunction(float nosuch(float), <math.h>, "");\n'


def excerpt_of(error: DspcError) -> tuple[str, list[str]]:
    """The first line of a diagnostic without its message, and the excerpt."""
    lines = render(error).splitlines()
    return lines[0].partition(": ")[0], lines[1:3]


@pytest.mark.parametrize(
    ("backend", "code"), [("interp", "E0511"), ("llvm", "E0906"), ("opencl", "E0801")]
)
def test_a_c_function_that_is_nowhere(backend: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "p.dsp"
    path.write_text(FOREIGN)
    with pytest.raises(DspcError) as caught:
        compile(path, "opencl") if backend == "opencl" else load(path, backend)(np.zeros((1, 1)))
    assert caught.value.code == code
    place, (line, caret) = excerpt_of(caught.value)
    assert place == f"{path}:3:4"
    assert line.endswith('|    ffunction(float nosuch(float), <math.h>, "");')
    assert caret.index("^") == line.index("ffunction")


@pytest.mark.parametrize("names", [("a", "a"), ("a", "b")])
def test_a_component_of_itself(names: tuple[str, str], tmp_path: Path) -> None:
    first, second = names
    (tmp_path / f"{second}.dsp").write_text(f'process = component("{first}.dsp");\n')
    (tmp_path / f"{first}.dsp").write_text(f'process = component("{second}.dsp");\n')
    with pytest.raises(DspcError) as caught:
        compile(tmp_path / f"{first}.dsp")
    assert caught.value.code == "E0204"
    place, (line, caret) = excerpt_of(caught.value)
    assert place.endswith(".dsp:1:11")
    assert caret.index("^") == line.index("component")
