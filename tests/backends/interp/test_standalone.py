"""`--target interp`: a Python program that runs without dspc, and as the interpreter does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from xdsl.dialects.builtin import ModuleOp

from dspc.backends.interp.errors import InterpreterError
from dspc.backends.interp.generated.standalone import print_python
from dspc.backends.interp.instance import InterpInstance
from dspc.driver import Clock, compile_text, read_program, run_passes
from dspc.options.compile_options import CompileOptions
from dspc.pipelines.standard import LOOP_PASSES
from dspc.running.audio import read_sound, write_sound
from dspc.support.diagnostics import Source

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = sorted((ROOT / "examples").glob("*.dsp"), key=lambda path: path.stat().st_size)
ALONE = """
import sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("dspc", "xdsl"):
            raise ImportError(name)

sys.meta_path.insert(0, Refuse())
import runpy
runpy.run_path(sys.argv.pop(0) and sys.argv[0], run_name="__main__")
"""


def lowered(program: str | Source, double: bool) -> ModuleOp:
    options = CompileOptions(double=double)
    module = read_program(program, options.frontend())
    run_passes(module, list(LOOP_PASSES), options, Clock())
    return module


@pytest.mark.parametrize("double", [False, True])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_computes_what_the_interpreter_does(path: Path, double: bool) -> None:
    module = lowered(str(path), double)
    names: dict[str, object] = {"__name__": "program"}
    exec(print_python(module), names)
    processor, instance = names["Processor"](48000), InterpInstance(module, 48000)  # pyright: ignore
    inputs = np.random.default_rng(5).uniform(-1, 1, (instance.inputs, 300))
    assert list(names["CONTROLS"]) == [widget.path for widget in instance.widgets]  # pyright: ignore
    for widget in instance.widgets:
        value = (widget.min + widget.max) / 2
        processor.set(widget.path, value)
        instance.set(widget.path, value)
    for part in (inputs[:, :7], inputs[:, 7:]):
        ours, theirs = processor.compute(part), instance.compute(part)
        assert ours.dtype == theirs.dtype
        np.testing.assert_array_equal(ours, theirs)


def test_renders_a_sound_file_without_dspc(tmp_path: Path) -> None:
    module = lowered(Source("gain.dsp", "process = *(0.5), *(-1);"), True)
    (tmp_path / "gain.py").write_text(print_python(module))
    (tmp_path / "alone.py").write_text(ALONE)
    sound = np.random.default_rng(5).uniform(-1, 1, (2, 100))
    write_sound(str(tmp_path / "in.wav"), sound, 22050)
    subprocess.run(
        [sys.executable, "alone.py", "gain.py", "in.wav", "out.wav"], cwd=tmp_path, check=True
    )
    rendered, rate = read_sound(str(tmp_path / "out.wav"))
    assert rate == 22050
    np.testing.assert_allclose(rendered, sound * [[0.5], [-1.0]], atol=2 / 32768)


def test_is_a_target() -> None:
    text = compile_text(str(EXAMPLES[0]), CompileOptions(target="interp"), Clock())
    assert "class Processor" in text


def test_sound_files_are_refused() -> None:
    text = "process = 0, 0 : soundfile(\"s[url:{'none.wav'}]\", 2);"
    with pytest.raises(InterpreterError, match="sound files"):
        print_python(lowered(Source("s.dsp", text), False))
