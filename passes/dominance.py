"""Verifies that definitions dominate their uses, which xDSL's verifier does not check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xdsl.ir import Block, Operation, SSAValue
from xdsl.traits import IsolatedFromAbove


def undefined_use(op: Operation) -> tuple[Operation, SSAValue] | None:
    """The first op in `op` with an operand that no earlier op defines, and the operand.

    Regions are assumed to have a single block, or blocks in dominance order. Ops with
    IsolatedFromAbove see no values from outside.
    """
    visible: set[SSAValue] = set(op.operands)
    work: list[tuple[Iterator[Operation], list[SSAValue], set[SSAValue]]] = []
    work.append((iter((op,)), [], visible))
    while work:
        ops, defined, known = work[-1]
        current = next(ops, None)
        if current is None:
            work.pop()
            known.difference_update(defined)
            continue
        for operand in current.operands:
            if operand not in known:
                return current, operand
        results = list(current.results)
        defined.extend(results)
        if not current.regions:
            known.update(results)
            continue
        # An op's results are visible after its regions, not within them.
        work.append((_after(known, results), [], known))
        is_closed = current.has_trait(IsolatedFromAbove)
        for region in reversed(current.regions):
            for block in reversed(region.blocks):
                work.append(_entered(block, set() if is_closed else known))
    return None


def _after(known: set[SSAValue], results: Sequence[SSAValue]) -> Iterator[Operation]:
    """An empty iterator that makes the results visible when it is advanced."""
    known.update(results)
    yield from ()


def _entered(
    block: Block, known: set[SSAValue]
) -> tuple[Iterator[Operation], list[SSAValue], set[SSAValue]]:
    return _ops_of(block, known), list(block.args), known


def _ops_of(block: Block, known: set[SSAValue]) -> Iterator[Operation]:
    known.update(block.args)
    yield from block.ops
