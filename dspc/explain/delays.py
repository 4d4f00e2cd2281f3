"""`--explain dsp-size-delays`: how long each delay line is, and what its length follows from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dspc.dialects.dsp.interface import ProgramOp
from dspc.dialects.dsp.time import DelayOp
from dspc.dialects.places import told_place
from dspc.explain.words import counted, listed, name_of, wrapped
from dspc.passes.analysis.intervals import Intervals
from dspc.passes.lowering.plan import Line, Plan, reach_of

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

    from dspc.options import CompileOptions


def explanation(module: ModuleOp, options: CompileOptions) -> str:
    """Of each delayed signal, the longest first: who reads it, how far back, and why so far."""
    lines: list[str] = []
    for program in module.body.block.ops:
        if isinstance(program, ProgramOp):
            lines += _told(program)
    return "\n".join(lines) + "\n"


def _told(program: ProgramOp) -> Iterator[str]:
    plan = Plan(program.body.block)
    readers: dict[Line, list[DelayOp]] = {}
    for domain, lines in plan.lines_in.items():
        for line in lines:
            readers[line] = [
                op
                for op in program.walk()
                if isinstance(op, DelayOp)
                and plan.resolve(op.signal) is line.signal
                and plan.lines.get((line.signal, domain, "")) is line
            ]
    total = sum(line.depth for line in readers)
    yield f"{program.sym_name.data}: {counted(len(readers), 'delay line')}, {total} frames in all"
    sizes = Intervals(program, is_sound=False)
    alike: dict[tuple[int, tuple[str, ...]], list[Line]] = {}
    for line, delays in readers.items():
        alike.setdefault((line.depth, _readings(delays, sizes)), []).append(line)
    for (depth, told), lines in sorted(alike.items(), key=lambda found: -found[0][0]):
        names = listed(name_of(line.signal) for line in lines)
        many = f"{len(lines)} lines alike, {names}" if len(lines) > 1 else names
        each = " each" if len(lines) > 1 else ""
        yield ""
        yield from wrapped(f"{many}: up to {counted(depth, 'frame')}{each}")
        for text in told:
            yield from wrapped(text, "  ")


def _readings(delays: Iterable[DelayOp], sizes: Intervals) -> tuple[str, ...]:
    """Who reads a line, how far back, the longest first; what one place asks for is told once."""
    fixed: dict[str, list[int]] = {}
    told: list[tuple[int, str]] = []
    for op in delays:
        reach, varies = reach_of(op)
        place = told_place(op)
        at = f", at {place}" if place else ""
        if varies and op.amount is not None:
            found = sizes.of(op.amount)
            by = f"by {name_of(op.amount)}, which is {found.lo:g} to {found.hi:g}"
            told.append((reach, f"{by}: {counted(reach, 'frame')} at most{at}"))
        else:
            fixed.setdefault(at, []).append(reach)
    for at, reaches in fixed.items():
        least, most = min(reaches), max(reaches)
        span = f"{least} to " if least != most else ""
        told.append((most, f"{span}{counted(most, 'frame')} back{at}"))
    return tuple(dict.fromkeys(text for _, text in sorted(told, key=lambda each: -each[0])))
