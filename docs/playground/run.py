"""The Python of the playground, in Pyodide: compiles, draws, and renders by the interpreter."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

PROGRAM = "program.dsp"


def compiled(text: str, words: list[str]) -> str:
    """What the command prints for a program, as JSON: its exit status, output and errors."""
    from dspc.cli import main

    Path(PROGRAM).write_text(text, encoding="utf-8")
    status, out, error = 0, io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(error):
        try:
            main(["--no-cache", *words, PROGRAM])
        except SystemExit as end:
            status = int(end.code or 0)
    return json.dumps({"status": status, "text": out.getvalue(), "error": error.getvalue()})


def drawn(text: str) -> str:
    """The block diagram of a program without errors, as SVG text."""
    from dspc.options.source_options import SourceOptions
    from dspc.running.notebook import diagram_svg

    Path(PROGRAM).write_text(text, encoding="utf-8")
    return diagram_svg(PROGRAM, SourceOptions().frontend())


def rendered(text: str, seconds: float, rate: int) -> tuple[int, bytes]:
    """The channels and samples (float32, one channel after the other) of a program without errors.

    Inputs get white noise of amplitude 1/2; buttons are held.
    """
    import numpy as np

    import dspc

    Path(PROGRAM).write_text(text, encoding="utf-8")
    f = dspc.load(PROGRAM, backend="interp")
    frames = round(seconds * rate)
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, (f.inputs, frames)).astype(np.float32)
    f.start(rate)
    held = {path: 1.0 for path, widget in f.widgets().items() if widget.kind.value == "button"}
    given = noise if f.inputs else None
    samples = f(given, rate, controls=held, frames=frames, dtype=np.float32)
    return f.outputs, np.ascontiguousarray(samples).tobytes()
