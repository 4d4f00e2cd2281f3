"""What E0506 tells of printed code that computes otherwise: op, source line, and a file."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest

from dspc.backends.wasm.arithmetic import HANDLERS
from dspc.backends.wasm.instructions import OPCODES
from dspc.cli import main
from dspc.dialects.places import span_of
from dspc.driver import Clock, compile_all, lowered
from dspc.options.compile_options import CompileOptions
from dspc.support.diagnostics import DspcError
from dspc.validation.mismatch_notes import source_of

SOURCE = """gain = hslider("gain", 0.5, 0, 1, 0.1);
scaled(x, y) = x * gain,
  (x - y);
process(x, y) = scaled(sin(x), y)
  : _, (@(9) : + ~ *(0.5));
"""


def written(folder: Path, text: str = SOURCE) -> str:
    path = folder / "scaled.dsp"
    path.write_text(text)
    return str(path)


def mismatch(path: str, **options: Any) -> DspcError:
    with pytest.raises(DspcError) as caught:
        compile_all(path, CompileOptions(validate="code", file=path, **options), Clock())
    assert caught.value.code == "E0506"
    return caught.value


def saved(error: DspcError) -> tuple[list[str], str]:
    """The words of the command of the note, and the text of its file."""
    message = next(one.message for one in error.notes if "to reproduce it" in one.message)
    command = message.partition(": ")[2]
    words = shlex.split(command)
    text = Path(words[-1]).read_text()
    assert text.startswith(f"// {command}\n")
    return words, text


def swap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bug: differences are encoded as sums."""
    monkeypatch.setitem(HANDLERS, "arith.subf", HANDLERS["arith.addf"])


@pytest.mark.usefixtures("whole_reduction")
@pytest.mark.parametrize("mode", [{}, {"vec": True, "double": True}], ids=["scalar", "chunks"])
def test_printed_code_that_differs_names_its_source_line_and_is_saved_reduced(
    mode: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    swap(monkeypatch)
    error = mismatch(written(tmp_path), target="wasm", no_llvm=True, process_name="process", **mode)
    assert "computes otherwise: in frame 12, output 1 is " in error.message
    assert error.span is not None
    assert error.span.line == 3
    notes = [note.message for note in error.notes]
    assert notes[0] == "the first value that differs is that of dsp.sub"
    assert any(note.startswith("with the controls gain=") for note in notes)
    words, text = saved(error)
    assert "of 5 ops, 1 frames: " in notes[1]
    ops = [line.split(" = ")[1].split()[0] for line in text.splitlines() if " = dsp." in line]
    assert ops == ["dsp.sub"]
    assert words[:3] == ["dspc", "--validate", "code"]

    def again() -> object:
        with pytest.raises(SystemExit) as end:
            main([*words[1:], "-o", str(tmp_path / "again.wasm")])
        return end.value.code

    assert again() == 1
    assert "error[E0506]: the code of target wasm computes otherwise" in capsys.readouterr().err
    monkeypatch.undo()
    assert again() == 0
    assert "; the code of target wasm compared; " in capsys.readouterr().err


def test_printed_code_that_differs_in_a_meter_only_is_saved_with_the_options_of_the_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name of the process is an option of Faust source, which a module has behind it."""
    swap(monkeypatch)
    text = 'level(x) = attach(x,\n  0.5 - abs(x) : hbargraph("level", -1, 1));\nmain = level;'
    path = written(tmp_path, text)
    error = mismatch(path, target="wasm", no_llvm=True, process_name="main")
    assert "meter level is " in error.message.replace("/scaled/", "")
    assert error.span is not None
    assert error.span.line == 2
    words, _ = saved(error)
    assert "--no-llvm" in words
    assert "main" not in words


@pytest.mark.usefixtures("whole_reduction")
def test_printed_code_that_stops_is_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(op: object, args: object, code: Any) -> None:
        code.emit("unreachable")

    monkeypatch.setitem(OPCODES, "unreachable", b"\0")
    monkeypatch.setitem(HANDLERS, "arith.subf", stop)
    error = mismatch(written(tmp_path), target="wasm", no_llvm=True)
    assert "the code of target wasm stops in compute: " in error.message
    assert error.span is not None
    assert error.span.line == 3
    saved(error)


@pytest.mark.parametrize("vec", [False, True])
def test_an_output_of_a_lowered_module_has_the_line_of_what_is_stored(
    vec: bool, tmp_path: Path
) -> None:
    path = written(tmp_path, "process(x, y) = sin(x),\n  x * y;\n")
    module = lowered(path, CompileOptions(target="llvm", vec=vec))
    found = [source_of(module, output) for output in range(2)]
    places = [span_of(op) for op in found if op is not None]
    assert [place and place.line for place in places] == [1, 2]
