"""Finds FIR filters: sums of consecutive delays of one signal, each times a coefficient that is
constant in a call."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from xdsl.dialects.builtin import i32
from xdsl.ir import SSAValue

from dspc.dialects.dsp import arithmetic
from dspc.dialects.dsp.base import element
from dspc.passes.analysis.delay_lines import DelayLine
from dspc.passes.analysis.frame_graph import Graph, Node, count_taps

LEAST_TAPS = 16
"""Shorter filters are lowered as sums: their terms fit into registers."""


class Tap(NamedTuple):
    """A term: the signal of a delay line `reach` frames ago, times the coefficient (1 if None)."""

    line: DelayLine
    reach: int
    coefficient: SSAValue | None


@dataclass(frozen=True)
class Fir:
    """The sum over k of `coefficients[k]` (1 if None) times the signal `least + k` frames ago."""

    line: DelayLine
    least: int
    coefficients: tuple[SSAValue | None, ...]
    root: Node
    members: frozenset[int]
    """The nodes that it replaces: additions and products."""

    @property
    def signal(self) -> SSAValue:
        assert self.root.op is not None
        return self.root.op.results[0]


def find_firs(graph: Graph, plain: Container[int]) -> list[Fir]:
    """The FIR filters that consist of nodes in `plain`.

    Their delays are consecutive, and their delay line is copied to contiguous memory.
    """
    lines = {
        line
        for line, count in count_taps(graph).items()
        if count >= LEAST_TAPS - 1 and line.start is None and graph.is_copied(line)
    }
    return list(Finder(graph, plain, lines).find()) if lines else []


class Finder:
    """Finds FIR filters; `sums` maps each addition whose terms are all taps to its delay line."""

    def __init__(self, graph: Graph, plain: Container[int], lines: set[DelayLine]) -> None:
        self.graph = graph
        self.plain = plain
        self.lines = lines
        self.of_signal = {line.signal: line for line in lines}
        self.sums: dict[int, DelayLine] = {}

    def find(self) -> Iterable[Fir]:
        inner: set[int] = set()
        for node in self.graph.nodes:
            self._note(node, inner)
        for order in self.sums:
            if order not in inner:
                fir = self.filter_of(self.graph.nodes[order])
                if fir is not None:
                    yield fir

    def _note(self, node: Node, inner: set[int]) -> None:
        """Record an addition if it is a sum of taps; the sums among its operands are then inner."""
        op = node.op
        if not isinstance(op, arithmetic.AddOp) or node.order not in self.plain:
            return
        if element(op.result) == i32:
            return
        lines = {self._line(signal) for signal in node.operands}
        line = lines.pop()
        if line is None or lines:
            return
        self.sums[node.order] = line
        inner.update(self._sum(signal) for signal in node.operands)

    def _line(self, signal: SSAValue) -> DelayLine | None:
        order = self._sum(signal)
        if order >= 0:
            return self.sums[order]
        tap = self._tap(signal)
        return tap.line if tap else None

    def _sum(self, signal: SSAValue) -> int:
        """The node of a term that is a sum of taps with a single use; -1 for other terms."""
        order = self.graph.of.get(signal, -1)
        return order if order in self.sums and self._is_private(signal, order) else -1

    def _is_private(self, signal: SSAValue, order: int) -> bool:
        graph = self.graph
        if signal in graph.plan.lines_of or signal in graph.watched or order not in self.plain:
            return False
        return graph.readers[order] == 1

    def _tap(self, signal: SSAValue) -> Tap | None:
        past = self._past(signal)
        if past is not None:
            return Tap(*past, None)
        order = self.graph.of.get(signal, -1)
        if order < 0 or not self._is_private(signal, order):
            return None
        op = self.graph.nodes[order].op
        if not isinstance(op, arithmetic.MulOp):
            return None
        lhs, rhs = self.graph.nodes[order].operands
        for factor, sample in ((lhs, rhs), (rhs, lhs)):
            past = self._past(sample)
            if past is not None and factor not in self.graph.sampled:
                return Tap(*past, factor)
        return None

    def _past(self, signal: SSAValue) -> tuple[DelayLine, int] | None:
        delay = self.graph.fixed.get(signal)
        if delay is not None:
            return delay if delay[0] in self.lines else None
        line = self.of_signal.get(signal)
        return None if line is None else (line, 0)

    def filter_of(self, root: Node) -> Fir | None:
        """The filter of a sum of taps, or None if their delays are not consecutive."""
        members: set[int] = set()
        taps: dict[int, SSAValue | None] = {}
        work = [root.order]
        while work:
            order = work.pop()
            members.add(order)
            for signal in self.graph.nodes[order].operands:
                inner = self._sum(signal)
                if inner >= 0:
                    work.append(inner)
                    continue
                tap = self._tap(signal)
                if tap is None or tap.reach in taps:
                    return None
                taps[tap.reach] = tap.coefficient
                if signal in self.graph.of and self._past(signal) is None:
                    members.add(self.graph.of[signal])
        least, count = min(taps), len(taps)
        if count < LEAST_TAPS or max(taps) - least >= count:
            return None
        coefficients = tuple(taps[least + place] for place in range(count))
        return Fir(self.sums[root.order], least, coefficients, root, frozenset(members))


def gather(graph: Graph, fir: Fir) -> Node:
    """The root as one node with the operands and edges of all of the filter's nodes."""
    root, nodes = fir.root, [graph.nodes[order] for order in fir.members]
    outer = [source for node in nodes for source in node.sources]
    root.sources = {source for source in outer if source not in fir.members}
    root.line_edges = {order: False for node in nodes for order in node.line_edges}
    operands = [signal for node in nodes for signal in node.operands]
    root.operands = [signal for signal in operands if signal in graph.fixed]
    return root
