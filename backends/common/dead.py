"""Dead ops, which printers skip."""

from __future__ import annotations

from xdsl.ir import Block, Operation


def dead_ops(block: Block) -> set[Operation]:
    """The ops with results and without regions whose results no live op uses."""
    ops = list(block.walk())
    dead: set[Operation] = set()
    for op in reversed(ops):
        if op.regions or not op.results:
            continue
        if all(use.operation in dead for result in op.results for use in result.uses):
            dead.add(op)
    return dead
