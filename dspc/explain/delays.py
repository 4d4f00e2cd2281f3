"""`--explain dsp-size-delays`: the length of each delay line, and the reads that determine it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dspc.dialects.dsp.interface import ProgramOp
from dspc.dialects.dsp.time import DelayOp
from dspc.dialects.places import location_text
from dspc.explain.words import counted, listed, name_of, wrapped
from dspc.passes.analysis.delay_lines import DelayLine, Plan, reach_of
from dspc.passes.analysis.intervals import Intervals

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

    from dspc.options.compile_options import CompileOptions


def explanation(module: ModuleOp, options: CompileOptions) -> str:
    """For each delayed signal, longest first: its reads and their delays."""
    lines: list[str] = []
    for program in module.body.block.ops:
        if isinstance(program, ProgramOp):
            lines += _delay_lines(program)
    return "\n".join(lines) + "\n"


def _delay_lines(program: ProgramOp) -> Iterator[str]:
    plan = Plan(program.body.block)
    readers: dict[DelayLine, list[DelayOp]] = {}
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
    alike: dict[tuple[int, tuple[str, ...]], list[DelayLine]] = {}
    for line, delays in readers.items():
        alike.setdefault((line.depth, _readings(delays, sizes)), []).append(line)
    for (depth, readings), lines in sorted(alike.items(), key=lambda item: -item[0][0]):
        names = listed(name_of(line.signal) for line in lines)
        many = f"{len(lines)} equal delay lines, {names}" if len(lines) > 1 else names
        each = " each" if len(lines) > 1 else ""
        yield ""
        yield from wrapped(f"{many}: up to {counted(depth, 'frame')}{each}")
        for text in readings:
            yield from wrapped(text, "  ")


def _readings(delays: Iterable[DelayOp], sizes: Intervals) -> tuple[str, ...]:
    """The reads of a delay line and their delays, longest first, one for each source location."""
    fixed: dict[str, list[int]] = {}
    texts: list[tuple[int, str]] = []
    for op in delays:
        reach, varies = reach_of(op)
        place = location_text(op)
        at = f", at {place}" if place else ""
        if varies and op.amount is not None:
            bounds = sizes.of(op.amount)
            by = f"by {name_of(op.amount)} in [{bounds.lo:g}, {bounds.hi:g}]"
            texts.append((reach, f"{by}: {counted(reach, 'frame')} at most{at}"))
        else:
            fixed.setdefault(at, []).append(reach)
    for at, reaches in fixed.items():
        least, most = min(reaches), max(reaches)
        span = f"{least} to " if least != most else ""
        texts.append((most, f"{span}{counted(most, 'frame')} back{at}"))
    return tuple(dict.fromkeys(text for _, text in sorted(texts, key=lambda each: -each[0])))
