"""Every program placed on every machine, with each heap, scalar and -vec, and checked.

    python -m tests.conformance.places --all
    python -m tests.conformance.places --machines am572x --heaps auto,l2 --run 1 freeverb zitaRev

Each placement must pass `dsp-check-memory`; each refusal must be E0603 (the machine has no such
space) or E0605 (no room) and name the buffers without room. Every `--run`th placed program runs in
the interpreter, in spaces of the machine's size, and must give the samples of the program without
placement, bit by bit.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp

from dspc.backends.interp.checks.compare import EXACT, compare
from dspc.backends.interp.errors import InterpreterError, UnknownFunctionError
from dspc.dialects.dsp_mem import BufferOp
from dspc.dialects.dsp_mem.machine import load_machine
from dspc.driver import Clock, read_program, run_passes
from dspc.options.compile_options import CompileOptions
from dspc.options.loop_options import LoopOptions
from dspc.passes.dsp_check_memory import DspCheckMemory
from dspc.passes.dsp_place_allocations import DspPlaceAllocations
from dspc.passes.dsp_stage_copies import DspStageCopies
from dspc.pipelines.standard import SIGNAL_PASSES, loop_passes
from dspc.support.diagnostics import DspcError

from .run import chosen, program_parser

MACHINES = ("66ak2h", "am572x", "66ak2g", "cpu")
HEAPS = ("auto", "ddr", "msmc")
LOOPS = {"scalar": LoopOptions(machine="cpu"), "vec": LoopOptions(vec=True)}
"""The modes of lowering for placed memory."""
BLOCK, FRAMES = 128, 300


@dataclass(frozen=True)
class Case:
    """A program in one kind of loops, on one machine with one heap."""

    program: str
    loops: str
    machine: str
    heap: str

    def __str__(self) -> str:
        return f"{self.program} {self.loops} {self.machine} {self.heap}"


@dataclass
class Sums:
    """Counts of cases by outcome, and the faults."""

    counts: Counter[str] = field(default_factory=Counter[str])
    wrong: list[str] = field(default_factory=list[str])

    def add(self, case: Case, came_to: str, problem: str = "") -> None:
        self.counts[came_to] += 1
        if problem:
            self.wrong.append(f"{case}: {problem}")
            print(self.wrong[-1], flush=True)


def place(loops: ModuleOp, machine: str, heap: str, seconds: float) -> ModuleOp:
    """Place a clone of a program, and check it, and a second one with staged copies."""
    context = Context()
    DspPlaceAllocations(machine, heap, BLOCK, seconds).apply(context, loops)
    placed = loops
    if any(op.staged is not None for op in loops.body.block.ops if isinstance(op, BufferOp)):
        placed = loops.clone()
        DspStageCopies(machine, BLOCK).apply(context, placed)
    DspCheckMemory(machine).apply(context, placed)
    return placed


def refusal(error: DspcError, loops: ModuleOp, machine: str, heap: str) -> str:
    """The fault of an error message of placement; empty if it is complete."""
    if error.code == "E0603" and heap in str(error) and machine in str(error):
        return ""
    if error.code != "E0605" or error.hint is None:
        return f"{error.code}: {error}"
    names = {op.sym_name.data for op in loops.body.block.ops if isinstance(op, BufferOp)}
    unnamed = [note for note in error.notes if not _is_about(note.message, names)]
    return f"E0605 names no buffer: {unnamed}" if unnamed or not error.notes else ""


def _is_about(message: str, names: set[str]) -> bool:
    words = message.replace(",", " ").split()
    return bool(names.intersection(words)) or words[-1] == "more"


def difference(placed: ModuleOp, path: Path, kind: str, machine: str) -> str:
    """The difference of a placed program's samples from those without placement; empty if none."""
    placed.verify()
    plain = read_program(str(path), CompileOptions().frontend())
    run_passes(plain, loop_passes(LOOPS[kind]), CompileOptions(), Clock())
    try:
        mismatch = compare(plain, placed, EXACT, frames=FRAMES, machine=load_machine(machine))
    except UnknownFunctionError:
        return ""  # A foreign function: the interpreter cannot run the program at all.
    except InterpreterError as error:
        return f"{error.code}: {error}"
    return "" if mismatch is None else f"another sound: {mismatch}"


def try_program(
    path: Path, name: str, machines: Sequence[str], heaps: Sequence[str], seconds: float
) -> Iterator[tuple[Case, ModuleOp, ModuleOp | DspcError | Exception]]:
    """Each case of a program: its loops, and the placed loops or the exception raised.

    A yielded module is valid until the next is yielded.
    """
    signals = read_program(str(path), CompileOptions().frontend())
    run_passes(signals, SIGNAL_PASSES, CompileOptions(), Clock())
    for kind, options in LOOPS.items():
        loops = signals.clone()
        run_passes(loops, loop_passes(options)[len(SIGNAL_PASSES) :], CompileOptions(), Clock())
        for machine in machines:
            for heap in heaps:
                case = Case(name, kind, machine, heap)
                try:
                    yield case, loops, place(loops, machine, heap, seconds)
                except Exception as error:  # whatever a user would see a traceback of
                    yield case, loops, error


def try_all(
    work: Sequence[tuple[Path, str]],
    machines: Sequence[str] = MACHINES,
    heaps: Sequence[str] = HEAPS,
    seconds: float = 0.1,
    run_each: int = 40,
) -> Sums:
    """Place all programs, and run a sample of the placed ones."""
    sums, played = Sums(), 0
    for number, (path, name) in enumerate(work, 1):
        for case, loops, came_to in try_program(path, name, machines, heaps, seconds):
            if isinstance(came_to, DspcError):
                problem = refusal(came_to, loops, case.machine, case.heap)
                sums.add(case, f"{case.machine} {case.heap} refused {came_to.code}", problem)
            elif isinstance(came_to, Exception):
                sums.add(case, "crashed", f"{type(came_to).__name__}: {came_to}")
            else:
                sums.add(case, f"{case.machine} {case.heap} placed")
                played += 1
                if run_each and played % run_each == 0:
                    problem = difference(came_to, path, case.loops, case.machine)
                    sums.add(case, "played", problem)
        print(f"{number} of {len(work)}", file=sys.stderr, flush=True)
    return sums


def main() -> int:
    """Place the programs of the command line; 0 if there were no faults."""
    parser = program_parser("places", __doc__)
    parser.add_argument("--machines", default=",".join(MACHINES))
    parser.add_argument("--heaps", default=",".join(HEAPS))
    parser.add_argument("--seconds", type=float, default=0.1, help="of search for each (0.1)")
    parser.add_argument("--run", type=int, default=40, help="play each so manyth (40; 0: none)")
    options = parser.parse_args()
    work = chosen(options.files, options.all)
    if not work:
        parser.error("name some files, or --all")
    start = time.monotonic()
    machines, heaps = options.machines.split(","), options.heaps.split(",")
    sums = try_all(work, machines, heaps, options.seconds, options.run)
    for came_to, count in sorted(sums.counts.items()):
        print(f"{count:6} {came_to}")
    seconds = time.monotonic() - start
    print(f"{len(work)} programs in {seconds:.0f} s, {len(sums.wrong)} cases wrong")
    return 1 if sums.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
