"""Programs in the browser: `python -m tests.conformance.in_browser [FILES | --all [--from NAME]]`.

Each program's page (`--target web`) renders in headless Chromium, offline, and the samples are
compared with those of the C++ back end: noise on the inputs, buttons held, 0.2 s at 44 100 Hz.
"""

from __future__ import annotations

import base64
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..browser import Browser, browser
from .run import chosen, program_parser

RATE, FRAMES, TOLERANCE = 44_100, 8820, 1e-5
MOST_CHANNELS = 32
"""The most channels of a node of the Web Audio API."""

_RENDER = """
(async ({rows, frames, rate, events}) => {
  const floats = (text) => new Float32Array(bytesOf(text).buffer);
  for (const one of widgetsOf(player.info)) {
    if (one.type === "button") player.interface.values.set(one.index, 1);
  }
  const given = rows.slice(0, player.info.inputs).map(floats);
  const made = await player.render(frames, rate, given, events);
  const text = (row) => {
    const bytes = new Uint8Array(row.slice().buffer);
    let letters = "";
    for (let at = 0; at < bytes.length; at += 8192) {
      letters += String.fromCharCode(...bytes.subarray(at, at + 8192));
    }
    return btoa(letters);
  };
  return made.map(text);
})
"""


def in_browser(
    page: Browser,
    text: str,
    inputs: NDArray[np.float32],
    rate: int = RATE,
    events: list[Any] | None = None,
) -> NDArray[np.float32]:
    """The outputs of a page's program, of shape (outputs, frames).

    `events` are messages of the audio thread at frames, which play notes.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.html")
        path.write_text(text, encoding="utf-8")
        page.open(path)
        rows = [base64.b64encode(row.tobytes()).decode() for row in inputs]
        given = {"rows": rows, "frames": inputs.shape[1], "rate": rate, "events": events}
        encoded = page.run(f"({_RENDER})({json.dumps(given)})")
    assert page.problems == []
    return np.array([np.frombuffer(base64.b64decode(row), np.float32) for row in encoded])


def noise(channels: int, frames: int = FRAMES) -> NDArray[np.float32]:
    """White noise of amplitude 1/2, the same each time."""
    samples = np.random.default_rng(7).uniform(-0.5, 0.5, (channels, frames))
    return samples.astype(np.float32)


def compared(
    page: Browser, program: str, double: bool = True, no_llvm: bool = False, **options: Any
) -> float:
    """The largest difference of the samples in the browser from those of C++."""
    import dspc

    native = dspc.load(program, "cpp", double=double, **options)
    inputs = noise(native.inputs)
    buttons = {path: 1.0 for path, one in native.widgets().items() if one.kind == "button"}
    expected = native(inputs, RATE, controls=buttons, block=128, frames=FRAMES)
    text = dspc.compile(program, target="web", double=double, no_llvm=no_llvm, **options).code
    samples = in_browser(page, text, inputs)[: native.outputs]
    if not native.outputs:
        return 0.0
    reference = expected[:MOST_CHANNELS].astype(np.float32)
    same = (samples == reference) | (np.isnan(samples) & np.isnan(reference))
    with np.errstate(invalid="ignore"):
        apart = np.where(same, 0, np.abs(samples - reference))
    return float(np.nan_to_num(apart, nan=np.inf).max(initial=0))


def main() -> int:
    """Compares the requested programs and prints a line for each; 0 where all agree."""
    parser = program_parser("in_browser", __doc__)
    parser.add_argument("--single", action="store_true", help="in single precision")
    parser.add_argument("--no-llvm", action="store_true", help="by dspc's own encoder")
    parser.add_argument("--from", dest="first", default="", help="start at the first such name")
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    work = chosen(options.files, options.all)
    start = next((at for at, (_, name) in enumerate(work) if options.first in name), None)
    if start is None:
        parser.error(f"no program's name has this in it: {options.first}")
    with browser() as page:
        for path, name in work[start:]:
            try:
                apart = compared(page, str(path), not options.single, options.no_llvm)
                status = "agree" if apart <= TOLERANCE else "differ"
                line = f"{status:8} {apart:8.1e}  {name}"
            except Exception as error:
                status, line = "failed", f"failed             {name}: {str(error)[:200]}"
            counts[status] += 1
            print(line, flush=True)
    print(", ".join(f"{count} {status}" for status, count in counts.most_common()))
    return 0 if set(counts) <= {"agree"} else 1


if __name__ == "__main__":
    sys.exit(main())
