"""The operands of nodes, as packs see them."""

from __future__ import annotations

from typing import NamedTuple

from xdsl.ir import SSAValue


class Operand(NamedTuple):
    """An operand of a node: `kind` is slow, now, past or input; `node` produces it, `reach` frames
    ago (-1: no node does)."""

    kind: str
    node: int
    reach: int
    signal: SSAValue
