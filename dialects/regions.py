"""The values that the regions of an op use from outside of it."""

from __future__ import annotations

from collections.abc import Iterator

from xdsl.ir import Operation, SSAValue


def is_outside(value: SSAValue, op: Operation) -> bool:
    """Whether a value is defined outside of the regions of an op."""
    return not op.is_ancestor(value.owner)


def outer_values(op: Operation) -> Iterator[SSAValue]:
    """The values from outside of an op that its regions use, by use."""
    for region in op.regions:
        for inner in region.walk():
            yield from (value for value in inner.operands if is_outside(value, op))
