"""The gain of placement, measured: every access of a running program, counted by valgrind.

    python benchmarks/cache.py [FILE.dsp ...] [--machines 66ak2h,am572x] [--heaps auto,msmc,ddr]

The class that `-lang cpp --machine M --heap H` prints is compiled for this computer, each space an
array of its own, and runs under valgrind's lackey, which prints each load and store. One block of
512 frames is counted, after some that warm the caches. Columns, per block:

model     the cost model's cycles
accesses  loads and stores of placed arrays that happened, and those that the model counts
flat      these at the machine's cycles, without a cache, as in the model
cached    these through simulated caches of a C66x core: a hit takes one cycle

Copies of staged arrays have the costs of the model, and are not in the code that runs here: on a
machine, DMA makes them. `--cachegrind` also prints the misses by valgrind's cachegrind.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import dspc.backends.cpp
from dspc.dialects.dsp_mem import BufferOp, Space
from dspc.dialects.dsp_mem.machine import Machine, load_machine
from dspc.driver import Clock, read_program, run_passes
from dspc.options.compile_options import CompileOptions
from dspc.passes.analysis.accesses import BufferAccess
from dspc.passes.placement.model import Choice
from dspc.passes.placement.prices import access_cycles
from dspc.passes.placement.problem import housing, read_places
from dspc.pipelines.selection import choose_passes
from dspc.support.diagnostics import DspcError
from dspc.targets.cpp import CppTarget

EXAMPLES = Path("/usr/share/faust/examples/reverb")
PROGRAMS = ("freeverb.dsp", "zitaRev.dsp", "greyhole.dsp")
BACKEND = Path(dspc.backends.cpp.__file__ or "").parent
BLOCK, WARM = 512, 3
# Vectors of this computer would make one access of four.
FLAGS = ("-std=c++11", "-O2", "-fno-tree-vectorize", "-w")

L1D = (32 << 10, 2, 64)
"""Bytes, ways and bytes of a line of the C66x's first data cache: TI's figures."""
L2_CACHE = {"66ak2h": (128 << 10, 4, 128), "am572x": (128 << 10, 4, 128)}
"""Bytes of l2 that TI's OpenCL uses as a cache of ddr."""

MAIN = """
static volatile int marker;
struct Cell { const char* name; void* start; size_t size; };
int main(int, char** words)
{
	const int blocks = std::atoi(words[1]);
	static mydsp program;
%(zones)s
	program.init(44100);
	const Cell cells[] = {
		{"@marker", (void*)&marker, sizeof marker}, {"@object", &program, sizeof program},
%(cells)s
	};
	for (const Cell& cell : cells)
		std::printf("%%s %%zu %%zu\\n", cell.name, size_t(cell.start), cell.size);
	std::fflush(stdout);
	static FAUSTFLOAT in[%(inputs)d][%(block)d], out[%(outputs)d][%(block)d];
	FAUSTFLOAT *ins[%(inputs)d], *outs[%(outputs)d];
	for (int i = 0; i < %(inputs)d; ++i) ins[i] = in[i];
	for (int i = 0; i < %(outputs)d; ++i) outs[i] = out[i];
	unsigned seed = 1;
	for (int b = 0; b < blocks; ++b) {
		for (auto& row : in)
			for (FAUSTFLOAT& x : row) {
				seed = seed * 1103515245u + 12345u;
				x = FAUSTFLOAT(seed >> 16 & 255) / 256;
			}
		if (b == blocks - 1) marker = 1;
		program.compute(%(block)d, ins, outs);
	}
	marker = 2;
}
"""


@dataclass(frozen=True)
class Array:
    """A placed array: its space, and the cycles of a block's copies to and from l2."""

    space: Space
    copies: int


@dataclass
class Built:
    """A program for a machine: its executable, its arrays, and the cycles by the model."""

    program: Path
    arrays: dict[str, Array]
    cycles: int
    counted: int


def build(file: Path, machine: Machine, name: str, heap: str, folder: Path) -> Built:
    """Compile a program for a machine; raises DspcError where it does not fit."""
    # Each access on its own, as the trace of C++ code shows it: no vectors of lanes.
    options = CompileOptions(file=str(file), machine=name, heap=heap, lanes=0)
    module = read_program(str(file), options.frontend())
    passes = [one for one in choose_passes(options) if not str(one).startswith("dsp-stage-copies")]
    run_passes(module, passes, options, Clock())
    code = CppTarget().text(module, options)
    buffers = [op for op in module.body.block.ops if isinstance(op, BufferOp)]
    housed = housing(module, machine, heap, BLOCK)
    answer = read_places(housed)
    assert answer is not None
    arrays = {
        access.buffer.sym_name.data: _array(access, item.choices[number], machine)
        for access, item, number in zip(
            housed.accesses, housed.problem.items, answer.chosen, strict=True
        )
        if access.buffer.type.get_shape()
    }
    inputs, outputs = (int(n) for n in re.findall(r"getNum\w+\(\) \{\s*return (\d+);", code))
    ports = {"inputs": max(inputs, 1), "outputs": max(outputs, 1), "block": BLOCK}
    parts = {"zones": _zones(code), "cells": ",\n".join(_cells(buffers, code))}
    source = folder / "program.cpp"
    host = (BACKEND / "native_host.hpp").read_text()
    head = "#define FAUSTFLOAT float\n#include <cstdio>\n#include <cstdlib>\n"
    source.write_text(f"{head}{host}\n{code}\n{MAIN % {**ports, **parts}}")
    made = folder / "program"
    subprocess.run(["g++", *FLAGS, "-fno-access-control", str(source), "-o", str(made)], check=True)
    counted = sum(
        access.reads_per_block(BLOCK) + access.writes_per_block(BLOCK)
        for access in housed.accesses
        if access.buffer.sym_name.data in arrays
    )
    return Built(made, arrays, answer.cost, round(counted))


def _array(access: BufferAccess, choice: Choice, machine: Machine) -> Array:
    space = access.buffer.space
    assert space is not None
    near = machine.spaces[Space.L2]
    worked = access_cycles(access, near, machine.cache, BLOCK)
    return Array(space.data, choice.cost - worked if len(choice.rooms) > 1 else 0)


def _zones(code: str) -> str:
    """Statements that declare an array for each space."""
    sizes = re.findall(r"k(\w+)Bytes = (\d+)", code)
    if not sizes:
        return ""
    lines = ["\tmydsp::Zones zones = {};"]
    for name, size in sizes:
        space = name.lower()
        lines.append(
            f"\tstatic unsigned char {space}_memory[{size}] __attribute__((aligned(128)));"
        )
        lines.append(f"\tzones.{space} = {space}_memory;")
    return "\n".join([*lines, "\tprogram.setMemory(zones);"])


def _cells(buffers: Sequence[BufferOp], code: str) -> Iterator[str]:
    """The address of each array, as C++ expressions."""
    for op in buffers:
        name = op.sym_name.data
        if not op.type.get_shape():
            continue
        if op.zone is not None and op.zone_offset is not None:
            place = f"program.zone_{op.zone.data} + {op.zone_offset.value.data}"
        elif f" {name}_mydsp[" in code:
            place = f"(void*){name}_mydsp"
        elif re.search(rf"^\t\w+ {name}\[", code, re.M):
            place = f"program.{name}"
        else:
            continue
        yield f'\t\t{{"{name}", {place}, {op.bytes}}}'


@dataclass
class Cache:
    """A cache with LRU replacement; reads allocate a line, and writes optionally."""

    size: int
    ways: int
    line: int
    writes_allocate: bool
    sets: list[OrderedDict[int, None]] = field(default_factory=list[OrderedDict[int, None]])
    misses: int = 0

    def __post_init__(self) -> None:
        self.sets = [OrderedDict() for _ in range(self.size // self.ways // self.line)]

    def hit(self, address: int, is_write: bool) -> bool:
        block = address // self.line
        lines = self.sets[block % len(self.sets)]
        if block in lines:
            lines.move_to_end(block)
            return True
        self.misses += 1
        if not is_write or self.writes_allocate:
            lines[block] = None
            if len(lines) > self.ways:
                lines.popitem(last=False)
        return False


@dataclass
class Measured:
    """Counts of a block: accesses and cycles of placed arrays by space, misses of all accesses."""

    accesses: dict[str, int] = field(default_factory=dict[str, int])
    flat: int = 0
    cached: int = 0
    l1_misses: int = 0
    l2_misses: int = 0


def trace(program: Path) -> tuple[list[tuple[str, int, int]], list[tuple[str, int]]]:
    """Cells (name, start, size) and the accesses (L, S or M; address) of all blocks, in order."""
    command = ["valgrind", "--tool=lackey", "--trace-mem=yes", "--log-fd=2", str(program)]
    done = subprocess.Popen(
        [*command, str(WARM + 1)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert done.stderr is not None
    assert done.stdout is not None
    accesses: list[tuple[str, int]] = []
    for line in done.stderr:
        if line[0] == " ":
            kind, place = line[1], line[3:]
            accesses.append((kind, int(place[: place.index(",")], 16)))
    cells = [line.split() for line in done.stdout]
    if done.wait():
        raise SystemExit("valgrind failed")
    return [(name, int(start), int(size)) for name, start, size in cells], accesses


def measure(built: Built, machine: Machine, l2_cache: tuple[int, int, int]) -> Measured:
    """Run a program under lackey and count its last block."""
    cells, accesses = trace(built.program)
    marker = next(start for name, start, _ in cells if name == "@marker")
    places = sorted((start, start + size, name) for name, start, size in cells)
    starts = [start for start, _, _ in places]
    l1, l2 = Cache(*L1D, writes_allocate=False), Cache(*l2_cache, writes_allocate=True)
    made = Measured()
    counting = False
    for kind, address in accesses:
        if address == marker:
            counting, (l1.misses, l2.misses) = not counting, (0, 0)
            if not counting:
                break
            continue
        index = bisect_right(starts, address) - 1
        name = places[index][2] if index >= 0 and address < places[index][1] else ""
        array = built.arrays.get(name)
        # What is modified is read and written.
        for is_write in {"L": (False,), "S": (True,), "M": (False, True)}[kind]:
            _access(address, is_write, array, machine, (l1, l2), made if counting else None)
        if counting:
            made.l1_misses, made.l2_misses = l1.misses, l2.misses
    copies = sum(array.copies for array in built.arrays.values())
    made.flat += copies
    made.cached += copies
    return made


def _access(
    address: int,
    is_write: bool,
    array: Array | None,
    machine: Machine,
    caches: tuple[Cache, Cache],
    made: Measured | None,
) -> None:
    """Simulate one access; memory other than placed arrays is in l2 and not counted."""
    space = Space.L2 if array is None or array.copies else array.space
    facts, near = machine.spaces[space], machine.spaces[Space.L2]
    far = facts.write if is_write else facts.read
    if caches[0].hit(address, is_write):
        cycles = 1
    elif space in (Space.DDR, Space.STATIC) and caches[1].hit(address, is_write):
        cycles = near.write if is_write else near.read
    else:
        cycles = far
    if made is not None and array is not None:
        made.accesses[space.value] = made.accesses.get(space.value, 0) + 1
        made.flat += far
        made.cached += cycles


def cachegrind(program: Path, l2_cache: tuple[int, int, int]) -> tuple[int, int]:
    """Misses of the last block in the first and the last cache, by valgrind's cachegrind."""
    sizes = [
        f"--{name}={','.join(map(str, cache))}" for name, cache in (("D1", L1D), ("LL", l2_cache))
    ]
    counts: list[list[int]] = []
    for blocks in (WARM, WARM + 1):
        command = ["valgrind", "--tool=cachegrind", "--cache-sim=yes", *sizes]
        command += ["--cachegrind-out-file=/dev/null", str(program), str(blocks)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
        miss_counts = re.findall(r"(?:D1|LLd) +misses: +([\d,]+)", said)
        counts.append([int(number.replace(",", "")) for number in miss_counts])
    return counts[1][0] - counts[0][0], counts[1][1] - counts[0][1]


def report(
    files: Sequence[Path], machines: Sequence[str], heaps: Sequence[str], check: bool
) -> None:
    """Print a row for each program, machine and heap, as Markdown."""
    extra = [" misses here | cachegrind's |", " --- | --- |"] if check else ["", ""]
    print(
        "| program | machine | heap | model | accesses | of the model | where | flat | cached |"
        + extra[0]
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |" + extra[1])
    for file in files:
        for name in machines:
            for heap in heaps:
                print(_row(file, name, heap, check), flush=True)


def _row(file: Path, name: str, heap: str, check: bool) -> str:
    machine, cells = load_machine(name), [file.stem, name, heap]
    with tempfile.TemporaryDirectory(prefix="dspc-") as folder:
        try:
            built = build(file, machine, name, heap, Path(folder))
        except DspcError as error:
            return f"| {' | '.join(cells)} | refused ({error.code}) |"
        made = measure(built, machine, L2_CACHE[name])
        where = ", ".join(f"{count} {space}" for space, count in sorted(made.accesses.items()))
        total = sum(made.accesses.values())
        cells += [str(built.cycles), str(total), str(built.counted), where]
        cells += [str(made.flat), str(made.cached)]
        if check:
            theirs = cachegrind(built.program, L2_CACHE[name])
            cells += [f"{made.l1_misses}, {made.l2_misses}", f"{theirs[0]}, {theirs[1]}"]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--machines", default="66ak2h,am572x")
    parser.add_argument("--heaps", default="auto,msmc,ddr")
    parser.add_argument("--cachegrind", action="store_true")
    arguments = parser.parse_args()
    files = [Path(f) for f in arguments.files] or [EXAMPLES / name for name in PROGRAMS]
    machines, heaps = arguments.machines.split(","), arguments.heaps.split(",")
    report(files, machines, heaps, arguments.cachegrind)


if __name__ == "__main__":
    main()
