"""The same program and options give the same text, wherever Python's sets put their members."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path("/usr/share/faust/examples")
PROGRAMS = (
    "SAM/effects/flanger.dsp",
    "dynamic/noiseGate.dsp",
    "filtering/vocoder.dsp",
    "physicalModeling/faust-stk/bowed.dsp",
    "reverb/freeverb.dsp",
    "reverb/zitaRev.dsp",
)
OPTIONS = (
    (),
    ("-vec",),
    ("-sch", "-g"),
    ("-omp", "-g"),
    ("-mem",),
    ("--machine", "66ak2h", "--heap", "auto"),
    ("--target", "opencl", "--heap", "auto"),
    ("--target", "opencl", "-sch"),
    ("--target", "llvm"),
    ("--explain", "dsp-split-loops"),
    ("--explain", "dsp-section"),
    ("--explain", "dsp-place-allocations", "--machine", "66ak2h"),
)
COMPILE = """
import contextlib, hashlib, io, json, sys
from dspc.cli import main
ways, *paths = sys.argv[1:]
for path in paths:
    for options in json.loads(ways):
        sys.argv = ["dspc", *options, path]
        text = io.StringIO()
        with contextlib.redirect_stdout(text), contextlib.suppress(SystemExit):
            main()
        assert text.getvalue()
        print(path, *options, hashlib.sha256(text.getvalue().encode()).hexdigest())
"""


@pytest.mark.parametrize(
    ("name", "options"),
    [
        (PROGRAMS[0], (OPTIONS[2], OPTIONS[6])),
        *(pytest.param(name, OPTIONS, marks=pytest.mark.slow) for name in PROGRAMS),
    ],
)
def test_a_program_becomes_the_same_text_each_time(
    name: str, options: tuple[tuple[str, ...], ...]
) -> None:
    path = EXAMPLES / name
    if not path.exists():
        pytest.skip("no Faust examples here")
    runs = []
    for seed in ("1", "2"):
        # Objects without a hash of their own are ordered by their addresses, which depend on the
        # number of objects created before.
        shift = f"kept = [object() for _ in range({seed} * 1009)]\n"
        command = [sys.executable, "-c", shift + COMPILE, json.dumps(options), str(path)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        assert done.returncode == 0, done.stderr
        runs.append(done.stdout.splitlines())
    assert len(runs[0]) == len(options)
    assert runs[0] == runs[1]
