"""Random programs in every mode of making loops, each interpreted beside its signals."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp

from dspc.backends.interp.checks.compare import Mismatch, compare
from dspc.frontends.faust.compile import compile_source
from dspc.options.loop_options import LoopOptions
from dspc.pipelines.parsing import parse_pipeline
from dspc.pipelines.standard import SIGNAL_PASSES, load_pass, loop_passes, memory_passes
from dspc.support.diagnostics import DspcError, Source
from dspc.targets.lookup import find_target
from dspc.validation import LOOSE

from .grammar import Program
from .reduce import reduced
from .strategy import drawn

FRAMES = 200
SIZES = (1, 2, 5, 8, 24, 32, 64)


@dataclass(frozen=True)
class Difference:
    """A program that a mode changes, made small, and what differs."""

    program: Program
    options: LoopOptions
    difference: str

    def __str__(self) -> str:
        passes = ", ".join(passes_of(self.options)[len(SIGNAL_PASSES) :])
        return f"{self.program}// {passes}: {self.difference}\n"


def chosen(chance: random.Random) -> LoopOptions:
    """Options of one mode, at random."""
    mode = chance.choice(("scalar", "vec", "vec", "omp", "sch"))
    is_placed = chance.randrange(4) == 0
    return LoopOptions(
        double=True,
        vec=mode == "vec",
        omp=mode == "omp",
        sch=mode == "sch",
        vector_size=chance.choice(SIZES),
        loop_variant=chance.randrange(2),
        max_copy_delay=chance.choice((0, 4, 16)),
        lanes=chance.choice((None, None, 0, 2, 8)),
        delay_line_threshold=chance.choice((None, 0, 0, 40)),
        group_tasks=mode in ("omp", "sch") and chance.randrange(2) == 0,
        par_loop=mode == "omp" and chance.randrange(2) == 0,
        machine=chance.choice(("66ak2h", "am572x")) if is_placed else None,
        heap=chance.choice(("auto", "l2")) if is_placed else "auto",
    )


def passes_of(options: LoopOptions) -> list[str]:
    """From the front end's program to loops, and to places where a machine is named."""
    return [*loop_passes(options), *memory_passes(options, find_target("interp"))]


def lowered(program: Program, passes: Sequence[str]) -> ModuleOp:
    """The program after passes, verified."""
    options = LoopOptions(double=True)
    module = compile_source(Source("fuzz.dsp", str(program)), options.frontend())
    for text in passes:
        one = load_pass(text)() if "{" not in text else parse_pipeline(text)[0]
        one.apply(Context(), module)
    module.verify()
    return module


def difference(program: Program, options: LoopOptions, seed: int) -> str | None:
    """How the mode changes the program; None if it does not."""
    try:
        signals = lowered(program, SIGNAL_PASSES)
    except DspcError:
        return None  # refused in every mode
    try:
        loops = lowered(program, passes_of(options))
        mismatch = compare(signals, loops, LOOSE["f64"], seed, FRAMES)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None if mismatch is None else _description(mismatch)


def _description(it: Mismatch) -> str:
    return f"output {it.output}, frame {it.frame}: {it.first!r} is {it.second!r}"


def fuzz(seed: int, count: int) -> list[Difference]:
    """The differences among so many programs; the same for the same seed."""
    chance = random.Random(seed)
    drawn_options = [chosen(chance) for _ in range(count)]
    pairs = zip(drawn(count, seed), drawn_options, strict=True)
    return [
        _made_small(program, options, seed)
        for program, options in pairs
        if difference(program, options, seed) is not None
    ]


def _made_small(program: Program, options: LoopOptions, seed: int) -> Difference:
    def failing(many: Sequence[Program]) -> list[bool]:
        return [difference(one, options, seed) is not None for one in many]

    small = reduced(program, failing)
    return Difference(small, options, difference(small, options, seed) or "only as a whole")
