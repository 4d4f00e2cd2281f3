"""Mutants of data files, each run in process: `python tests/dspc/mutants.py [COUNT [SEED]]`.

A mutant is accepted, or diagnosed in one line with its location and exit status 1 or 2; never an
internal error. Files are machine descriptions, control files, batches, sound files, MLIR text at
each level.
"""

from __future__ import annotations

import contextlib
import io
import random
import struct
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

from dspc.cli import guarded
from dspc.dialects.dsp_mem.machine import BUILT_IN, load_machine
from dspc.driver import Clock, compile_text
from dspc.opt import DspcOptMain
from dspc.options.compile_options import CompileOptions
from dspc.running.audio import read_sound
from dspc.running.batch import read_batch
from dspc.running.controls import read_change_file

PATHS = ["/p/gain", "/p/freq"]
PROGRAM = """
process = _ <: (_ @ 40 : + ~ *(0.5)), rdtable(16, sin(float(+(1) ~ _)), int(_ * 9)) :> *(g)
with { g = hslider("g", 0.5, 0, 1, 0.1); };
"""
VALUES = [
    b"0", b"-1", b"1e999", b"9" * 500, b"2147483648", b"1099511627776", b"63", b"nan", b"true",
    b"null", b'"x"', b"[]", b"{}", b"[" * 100, b"f16", b"i999999", b"f64", b"index", b"%x",
    b"dense<1.0>", b"\xff", b"\0", b"loc(unknown)", b"memref<?xf32>", b"vector<0xf32>",
]  # fmt: skip


def seeds(folder: Path) -> dict[str, tuple[list[bytes], Callable[[str], int]]]:
    """Good files of each kind, and what reads one."""
    changes = b'{"gain": 0.5, "/p/freq": [[0, 100], [0.5, 2e2], [1.25, 300]]}'
    batch = b'[{"gain": 0.5}, {"gain": 1, "/p/freq": 440.0}, {}]'
    waves = [wave(1, 1, 16), wave(1, 2, 24), wave(3, 1, 32), wave(0xFFFE, 2, 16)]
    source = folder / "p.dsp"
    source.write_text(PROGRAM)
    modules = [module(source, level) for level in ("dsp", "loops", "par", "mem")]
    return {
        ".toml": ([path.read_bytes() for path in sorted(BUILT_IN.glob("*.toml"))], machine),
        ".json": ([changes], lambda name: done(read_change_file(name, PATHS, 48000))),
        ".batch": ([batch], lambda name: done(read_batch(name))),
        ".wav": (waves, lambda name: done(read_sound(name))),
        ".mlir": (modules, opt),
    }


def wave(tag: int, channels: int, bits: int) -> bytes:
    frame = channels * bits // 8
    chunk = struct.pack("<HHIIHH", tag, channels, 8000, 8000 * frame, frame, bits)
    if tag == 0xFFFE:
        chunk += struct.pack("<HHIH", 22, bits, 3, 1) + bytes(14)
    body = b"WAVEfmt " + struct.pack("<I", len(chunk)) + chunk
    body += b"data" + struct.pack("<I", 8 * frame) + bytes(range(8 * frame))
    return b"RIFF" + struct.pack("<I", len(body)) + body


def module(source: Path, level: str) -> bytes:
    return compile_text(str(source), CompileOptions(emit=level), Clock()).encode()


def done(_found: object) -> int:
    return 0


def machine(name: str) -> int:
    load_machine(name)
    return 0


@cache
def tool() -> DspcOptMain:
    return DspcOptMain("reads", [__file__, "-f", "mlir"])


def opt(name: str) -> int:
    """Read, verify and print a module."""
    tool().args.input_file = name
    with open(name, "rb") as file:
        module = tool().read_mlir(file)
    tool().output_resulting_program(module)
    return 0


def mutant(data: bytes, numbers: random.Random) -> bytes:
    """One to three changes of bytes, tokens or lines."""
    for _ in range(numbers.randint(1, 3)):
        at = numbers.randrange(len(data) + 1)
        kind = numbers.randrange(6)
        words = [m for m in split(data) if m.strip()]
        if kind == 0:
            data = data[:at] + bytes([numbers.randrange(256)]) + data[at + 1 :]
        elif kind == 1:
            data = data[:at] + data[min(len(data), at + numbers.randint(1, 40)) :]
        elif kind == 2 and words:
            data = data.replace(numbers.choice(words), numbers.choice(VALUES), 1)
        elif kind == 3 and words:
            data = data.replace(numbers.choice(words), numbers.choice(words), 1)
        else:
            lines = data.splitlines(keepends=True) or [b""]
            a, b = numbers.randrange(len(lines)), numbers.randrange(len(lines))
            if kind == 4:
                lines[a], lines[b] = lines[b], lines[a]
            else:
                lines.insert(a, lines[b])
            data = b"".join(lines)
    return data


def split(data: bytes) -> list[bytes]:
    import re

    return re.findall(rb"[\w.%-]+|[^\w\s]", data)


def status_and_messages(ending: str, read: Callable[[str], int], name: str) -> tuple[int, str]:
    """The exit status of a command that reads the file, and its messages."""
    messages = io.StringIO()
    with contextlib.redirect_stderr(messages), contextlib.redirect_stdout(io.StringIO()):
        status = guarded(lambda: read(name), "dspc", [])
    return status, messages.getvalue()


def wrong(name: str, status: int, messages: str) -> str | None:
    """What is wrong with an answer, if anything is."""
    if status == 0:
        return None if not messages else f"words with status 0: {messages}"
    first = messages.splitlines()[0] if messages else ""
    if status not in (1, 2) or "E0099" in messages or "Traceback" in messages:
        return f"status {status}: {first}"
    if messages.count("error[") != 1 or Path(name).name not in first:
        return f"not one line with its place: {messages[:300]}"
    return None


def run(count: int, seed: int) -> tuple[Counter[str], list[str]]:
    """The numbers of accepted and refused mutants of each kind, and the failures."""
    numbers = random.Random(seed)
    counts: Counter[str] = Counter()
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        kinds = seeds(Path(folder))
        for number in range(count):
            ending = list(kinds)[number % len(kinds)]
            files, read = kinds[ending]
            data = mutant(numbers.choice(files), numbers)
            path = Path(folder) / f"mutant{ending}"
            path.write_bytes(data)
            status, messages = status_and_messages(ending, read, str(path))
            counts[f"{ending[1:]} {'taken' if status == 0 else 'refused'}"] += 1
            fault = wrong(str(path), status, messages)
            if fault is not None:
                faults.append(f"{ending} mutant {number}: {fault}")
    return counts, faults


def main() -> None:
    count, seed = (*map(int, sys.argv[1:]), *(10_000, 1)[len(sys.argv) - 1 :])
    counts, faults = run(count, seed)
    print("\n".join([*faults[:100], f"{count} mutants, {len(faults)} faults: {dict(counts)}"]))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
