"""Cascades: linear recurrences of which each filters the output of another.

They are the lanes of one vector, each `skew` frames behind the one that it reads, so that all lanes
of a step are independent: a systolic array in one register. (H. T. Kung, Why systolic
architectures?, IEEE Computer 15(1), 1982; M. Wolfe, Loop skewing: the wavefront method revisited,
Int. J. Parallel Programming 15(4), 1986.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xdsl.dialects.builtin import i32
from xdsl.ir import SSAValue

from dspc.dialects.dsp.base import element
from dspc.dialects.dsp.recurrences import LinearRecurrence, linear_form
from dspc.passes.analysis.frame_graph import Graph, Node
from dspc.passes.partition.linear import (
    Linear,
    Readers,
    filters_of,
    linear_of,
    outputs_of,
    readers_of,
)


@dataclass(frozen=True)
class Section:
    """A linear recurrence, with filters of its past, of which one signal is read elsewhere.

    `source` is the number of the section whose output it filters, None for a signal from outside;
    `level` is the number of sections between that signal and this one.
    """

    linear: Linear
    output: SSAValue
    source: int | None
    level: int

    @property
    def filter(self) -> int:
        """The number of the output among the recurrence and the filters of its past."""
        results = (v for node in self.linear.taps if node.op is not None for v in node.op.results)
        return [self.linear.signal, *results].index(self.output)


@dataclass(frozen=True)
class Cascade:
    """Sections, each after the one that it reads, and the past frames that they read at most."""

    sections: tuple[Section, ...]
    skew: int
    depth: int

    @property
    def latest(self) -> int:
        """The frames by which the last sections are behind the first."""
        return self.skew * max(section.level for section in self.sections)

    def lag(self, section: Section) -> int:
        """The frames by which a section is behind the first."""
        return self.skew * section.level


def is_section(graph: Graph, linear: Linear, readers: Readers) -> bool:
    """Whether a recurrence may be a section: one signal goes in, and one comes out."""
    if element(linear.signal) == i32 or len(linear.inputs) != 1:
        return False
    (term,) = linear.inputs
    is_signal = term.value in graph.sampled and not term.is_minus
    return is_signal and len(outputs_of(graph, linear, readers)) == 1


def cascade_of(
    graph: Graph, linear_ops: Sequence[Linear], skew: int, readers: Readers
) -> Cascade | None:
    """The cascade of these recurrences, each after the one that it reads; None where they are none.

    `readers` are the nodes that read a signal or its past.
    """
    sections: list[Section] = []
    at: dict[SSAValue, int] = {}
    for linear in linear_ops:
        is_alike = element(linear.signal) == element(linear_ops[0].signal)
        if not is_alike or not is_section(graph, linear, readers):
            return None
        (output,) = outputs_of(graph, linear, readers)
        source = at.get(linear.inputs[0].value)
        level = 0 if source is None else sections[source].level + 1
        at[output] = len(sections)
        sections.append(Section(linear, output, source, level))
    depth = max((linear.depth(graph) for linear in linear_ops), default=0)
    return Cascade(tuple(sections), skew, depth) if len(sections) > 1 else None


def read_cascade(graph: Graph, nodes: Sequence[Node], skew: int) -> Cascade | None:
    """The cascade of all recurrences among some nodes, which have no others than these and filters
    of their past; None where that is no cascade."""
    members: dict[SSAValue, list[Node]] = {}
    others: list[Node] = []
    for node in nodes:
        parent = None if node.op is None else node.op.parent_op()
        if isinstance(parent, LinearRecurrence):
            members.setdefault(linear_form(parent).sum.results[0], []).append(node)
        else:
            others.append(node)
    signals = {signal: at for at, signal in enumerate(members)}
    homes = filters_of(graph, signals, others)
    own = list(members.values())
    for node in others:
        if node.order not in homes:
            return None
        own[homes[node.order]].append(node)
    linear_ops = [linear_of(graph, each) for each in own]
    known = [linear for linear in linear_ops if linear is not None]
    if len(known) < len(linear_ops):
        return None
    return cascade_of(graph, known, skew, readers_of(graph))
