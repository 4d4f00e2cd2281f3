"""Parallel assignments, written one after the other (sequentialisation of parallel moves).

Expressions may read any number of the targets, so that the dependence graph is that of a parallel
assignment, of which a parallel move (each right-hand side one variable) is the simple case. An
edge leads from a reader to the target that it reads; a target is written once nobody left reads
its old value. What remains when no target can be written contains cycles; each is broken by the
value of one assignment, which is computed into a temporary. A depth-first walk along readers finds
it, as in L. Rideau, B. P. Serpette and X. Leroy, "Tilting at windmills with Coq: formal
verification of a compilation algorithm for parallel moves", J. Automated Reasoning 40, 2008.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Protocol

from xdsl.ir import SSAValue

from dspc.backends.c.expressions import Expr


class AssignmentPrinter(Protocol):
    """The printer operations that parallel assignments use."""

    def emit(self, line: str) -> None: ...
    def variable(self, value: SSAValue, expr: Expr) -> Expr: ...


def assign_together(out: AssignmentPrinter, wanted: Iterable[tuple[str, SSAValue, Expr]]) -> None:
    """Print `name = expr` for each triple as if all happened at once.

    The order depends on the triples' order and names only.
    """
    left = {name: (value, expr) for name, value, expr in wanted if expr.text != name}
    reads = {name: expr.reads for name, (_, expr) in left.items()}
    for name, is_saved in sequence(reads):
        value, expr = left[name]
        if is_saved:
            left[name] = (value, out.variable(value, expr))
        else:
            out.emit(f"{name} = {expr.text};")


def sequence(reads: Mapping[str, Collection[str]]) -> Iterator[tuple[str, bool]]:
    """The steps of a parallel assignment, given what each target's right-hand side reads.

    Yields (target, False) where the target is written, and before it (target, True) where its
    right-hand side has to be computed into a temporary. Takes time linear in the number of targets
    and reads, but for sorting the reads of each.
    """
    order = _Order(reads)
    while order.left:
        while order.ready:
            yield order.write(order.ready.popleft()), False
        if order.left:
            yield order.save(order.on_a_cycle()), True


class _Order:
    """The dependence graph of the assignments that are left."""

    def __init__(self, reads: Mapping[str, Collection[str]]) -> None:
        self.left = dict.fromkeys(reads)
        self._reads = {
            name: sorted(read for read in read_by if read in reads and read != name)
            for name, read_by in reads.items()
        }
        readers: dict[str, list[str]] = {name: [] for name in reads}
        for name, read_by in self._reads.items():
            for read in read_by:
                readers[read].append(name)
        self._waits = {name: len(positions) for name, positions in readers.items()}
        self._readers = {name: iter(positions) for name, positions in readers.items()}
        self._roots = iter(reads)
        self._path: dict[str, None] = {}
        """Each is read by the next."""
        self.ready = deque(name for name, count in self._waits.items() if not count)

    def write(self, name: str) -> str:
        del self.left[name]
        self._path.pop(name, None)
        self._release(name)
        return name

    def save(self, name: str) -> str:
        self._release(name)
        return name

    def _release(self, name: str) -> None:
        """A right-hand side has been computed."""
        for read in self._reads.pop(name, ()):
            self._waits[read] -= 1
            if not self._waits[read]:
                self.ready.append(read)

    def on_a_cycle(self) -> str:
        """A target on a cycle of the graph, where none that is left can be written.

        Each that is left has a reader whose right-hand side is not computed yet; following these
        leads back to the path. Visits each edge once in all calls.
        """
        if not self._path:
            self._path[next(name for name in self._roots if name in self.left)] = None
        while True:
            last = next(reversed(self._path))
            reader = next(name for name in self._readers[last] if name in self._reads)
            if reader in self._path:
                return reader
            self._path[reader] = None
