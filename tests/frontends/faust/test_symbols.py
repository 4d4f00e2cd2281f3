"""Symbols of widgets stand in one module with its functions and the program itself."""

from __future__ import annotations

from pathlib import Path

import pytest

import dspc


@pytest.mark.parametrize("backend", ["cpp", "llvm", "interp"])
@pytest.mark.parametrize(
    "label",
    ["gain", "compute", "class_init", "instance_clear", "instance_constants", "sinf", "sin"],
)
def test_a_widget_named_like_a_function_or_the_program(
    label: str, backend: str, tmp_path: Path
) -> None:
    path = tmp_path / "gain.dsp"
    path.write_text(
        f'process = hslider("{label}", 0.5, 0, 1, 0.1) : '
        'ffunction(float tanhf|tanh|tanhl(float), <math.h>, "");\n'
    )
    program = dspc.load(path, backend)
    samples = program(frames=2, controls={label: 1.0})
    assert samples == pytest.approx(0.7615941560, abs=1e-6)
