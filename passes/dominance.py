"""Checks that each value is defined before it is used, which xDSL's verifier leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xdsl.ir import Block, Operation, SSAValue
from xdsl.traits import IsolatedFromAbove
from xdsl.utils.exceptions import VerifyException


def verify_dominance(op: Operation) -> None:
    """Raise VerifyException at the first operand in `op` that no earlier op defines.

    Blocks of one region are taken to be in order, as everywhere in this compiler, where a region
    has one block. Ops with IsolatedFromAbove see nothing from outside.
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
                name = operand.name_hint or "a value"
                raise VerifyException(f"{current.name} uses {name} before it is defined")
        results = list(current.results)
        defined.extend(results)
        if not current.regions:
            known.update(results)
            continue
        # Its results are seen once its regions are done, and not in them.
        work.append((_after(known, results), [], known))
        is_closed = current.has_trait(IsolatedFromAbove)
        for region in reversed(current.regions):
            for block in reversed(region.blocks):
                work.append(_entered(block, set() if is_closed else known))


def _after(known: set[SSAValue], results: Sequence[SSAValue]) -> Iterator[Operation]:
    """No ops; makes results visible when it is asked for the first."""
    known.update(results)
    yield from ()


def _entered(
    block: Block, known: set[SSAValue]
) -> tuple[Iterator[Operation], list[SSAValue], set[SSAValue]]:
    return _ops_of(block, known), list(block.args), known


def _ops_of(block: Block, known: set[SSAValue]) -> Iterator[Operation]:
    known.update(block.args)
    yield from block.ops
