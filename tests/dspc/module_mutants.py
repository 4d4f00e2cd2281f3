"""Mutants of modules through passes and printers.

`python tests/dspc/module_mutants.py [COUNT [SEED]]` runs them in process.
A mutant has one or two tokens replaced by others of their class, or a line moved, so that most
parse. Each is accepted, or diagnosed in one line with its location; never an internal error.
"""

from __future__ import annotations

import contextlib
import io
import random
import re
import sys
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path

from mutants import PROGRAM, wrong

from dspc.cli import guarded
from dspc.driver import Clock, compile_text
from dspc.opt import _run  # pyright: ignore[reportPrivateUsage]
from dspc.options.compile_options import CompileOptions
from dspc.support.diagnostics import Source

PROGRAMS = (
    PROGRAM,
    """process = _,_ : (enable(+~*(0.5), button("b")>0), (control(sin(_), checkbox("c")) : @(3)))
    :> + ~ @(7);""",
    """process = _ <: par(i, 8, (+ ~ *(0.1 * i) : @(i + 2)))
    :> _ <: attach(_, hbargraph("m", 0, 1)),
    rwtable(32, 0.0, int(+(1) ~ %(32)), _, 3);""",
    """process = 0,0 : soundfile("s[url:{'a.wav'}]", 2) : +,+;""",
    """process = ffunction(float sinhf|sinh(float), <math.h>, "") <:
    _, (waveform{1, 2, 3}, int(_) : rdtable);""",
)
LEVELS = (
    CompileOptions(emit="dsp"),
    CompileOptions(emit="signals"),
    CompileOptions(emit="loops"),
    CompileOptions(emit="loops", scalar=True),
    CompileOptions(emit="par"),
    CompileOptions(emit="par", sch=True),
    CompileOptions(emit="mem"),
    CompileOptions(emit="mem", machine="66ak2h"),
)
SIGNALS = "dsp-simplify,dsp-split-recursions,dsp-rates,dsp-size-delays,dsp-order-sums"
ON_SIGNALS = (
    "dsp-simplify",
    "dsp-rates",
    "dsp-size-delays",
    "dsp-flush-recursions",
    f"{SIGNALS},dsp-lower-to-loops",
    f"{SIGNALS},dsp-split-loops",
)
ON_LOOPS = (
    "dsp-place-allocations,dsp-stage-copies",
    "dsp-place-allocations{machine=66ak2h},dsp-stage-copies",
    "dsp-pack-zones",
    "dsp-check-memory",
    "dsp-share-voices",
    "dsp-section",
    "dsp-schedule-tasks",
)
TARGETS = ("mlir", "dspc-cpp", "dspc-opencl", "dspc-llvm", "dspc-interp")

_START = r"(?<![\w.%@])"
_CLASSES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"%\w+", ("%0", "%1")),
    (r"@\w+", ("@x", "@compute")),
    (
        _START + r"-?\d+(?:\.\d+(?:e[+-]\d+)?)?(?![\w.])",
        ("-1", "0", "1", "7", "4294967296", "-9223372036854775808", "1.0e+38", "1099511627776"),
    ),
    (
        _START + r"(?:(?:memref|vector)<[^<>]*>|[if]\d+\b|index\b)|!dsp\.\w+<[^<>]*>",
        ("f16", "f64", "i1", "i8", "i32", "index", "memref<?xf32>", "memref<f32>", "vector<4xf32>"),
    ),
    (
        _START + r"(?:arith|math|dsp|memref|vector|scf|dsp_mem|dsp_par|func)\.\w+",
        ("arith.addf", "arith.addi", "math.sin", "memref.load", "arith.constant"),
    ),
    (r'"[^"\n]*"', ('""', '"x"', '"\u00e9\\0A"')),
    (_START + r"(?:instance|class|state|constant|data|zone|scratch|block|sample|const|init)\b", ()),
)
"""Regular expressions of the classes of tokens, and further tokens of each."""


@cache
def seeds() -> tuple[tuple[str, bool], ...]:
    """Modules of each program at each level, and whether they are of signals."""
    result: list[tuple[str, bool]] = []
    for number, program in enumerate(PROGRAMS):
        for options in LEVELS:
            text = compile_text(Source(f"p{number}.dsp", program), options, Clock())
            result.append((text, options.emit in ("dsp", "signals")))
    return tuple(result)


def mutant(text: str, numbers: random.Random) -> str:
    for _ in range(numbers.choice((1, 1, 1, 2))):
        text = _moved(text, numbers) if numbers.random() < 0.2 else _replaced(text, numbers)
    return text


def _moved(text: str, numbers: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    a, b = numbers.randrange(len(lines)), numbers.randrange(len(lines))
    kind = numbers.randrange(4)
    if kind == 0:
        del lines[a]
    elif kind == 1:
        near = min(len(lines) - 1, a + numbers.randint(1, 3))
        lines[a], lines[near] = lines[near], lines[a]
    else:
        lines.insert((a, b)[kind - 2], lines[a])
    return "".join(lines)


def _replaced(text: str, numbers: random.Random) -> str:
    expression, more = numbers.choice(_CLASSES)
    matches = list(re.finditer(expression, text))
    if not matches:
        return text
    old = numbers.choice(matches)
    new = numbers.choice([numbers.choice(matches)[0], numbers.choice(more or (old[0],))])
    start, end = old.span()
    # A type agrees with others: it is replaced once, in its line, or everywhere.
    reach = numbers.randrange(3) if "memref" in expression else 0
    if reach == 0:
        return text[:start] + new + text[end:]
    if reach == 1:
        start, end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        return text[:start] + text[start:end].replace(old[0], new) + text[end:]
    return text.replace(old[0], new)


def status_and_messages(arguments: list[str]) -> tuple[int, str]:
    """The exit status of dspc-opt, and its messages."""
    messages = io.StringIO()
    with contextlib.redirect_stderr(messages), contextlib.redirect_stdout(io.StringIO()):
        status = guarded(lambda: _run(arguments), "dspc-opt", [])
    return status, messages.getvalue()


def run(count: int, seed: int) -> tuple[Counter[str], list[str]]:
    """The numbers of accepted and refused mutants, and the failures."""
    numbers = random.Random(seed)
    counts: Counter[str] = Counter()
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mutant.mlir"
        for number in range(count):
            text, is_signals = numbers.choice(seeds())
            path.write_text(mutant(text, numbers))
            passes = numbers.choice(ON_SIGNALS if is_signals else (*ON_LOOPS, "", "", "", ""))
            is_printed = not is_signals or "loops" in passes
            arguments = [str(path), "-t", numbers.choice(TARGETS) if is_printed else "mlir"]
            arguments += ["-p", passes] if passes else []
            status, messages = status_and_messages(arguments)
            counts["taken" if status == 0 else "refused"] += 1
            fault = wrong(str(path), status, messages)
            if fault is not None:
                faults.append(f"mutant {number}, {' '.join(arguments[1:])}: {fault}")
    return counts, faults


def main() -> None:
    count, seed = (*map(int, sys.argv[1:]), *(1000, 1)[len(sys.argv) - 1 :])
    counts, faults = run(count, seed)
    print("\n".join([*faults[:100], f"{count} mutants, {len(faults)} faults: {dict(counts)}"]))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
