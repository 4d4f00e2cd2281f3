"""Packs: isomorphic nodes that run as SIMD lanes of one loop."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.ir import Operation, SSAValue

from dspc.dialects.places import span_of
from dspc.passes.analysis.frame_graph import Graph, Node
from dspc.passes.packing.colouring import Sum
from dspc.passes.packing.operands import Operand
from dspc.passes.packing.stencil import Stencil
from dspc.support.diagnostics import DspcError


class Pack:
    """Isomorphic nodes: `positions[position][lane]`."""

    def __init__(self, lanes: int) -> None:
        self.lanes = lanes
        self.width = 0
        """The elements of a vector: a power of two."""
        self.gain = 0.0
        """The operations that it saves in a frame."""
        self.name = ""
        """Its symbol in the program."""
        self.number = -1
        """Its number among the packs of a program, once they are selected."""
        self.positions: list[list[Node]] = []
        self.at: dict[int, tuple[int, int]] = {}
        """Position and lane of each node, by its order."""
        self.operands: list[list[list[Operand]]] = []
        """`operands[position][operand][lane]`, in the operand order of lane 0."""
        self.terms: dict[Sum, list[tuple[int, list[int]]]] = {}
        """The positions, and the lanes of each, that are terms of a sum."""
        self.stencil: Stencil | None = None
        """The terms of its nodes, if its lanes are the nodes of a grid."""
        self.exports: list[tuple[int, int]] = []
        """Positions and lanes whose signal nodes outside of the pack read."""

    @property
    def members(self) -> set[int]:
        """The nodes that are computed in it."""
        return {*self.at, *(() if self.stencil is None else self.stencil.inner)}

    def has(self, order: int) -> bool:
        """Whether a node is computed in it."""
        return order in self.at or (self.stencil is not None and order in self.stencil.inner)

    @property
    def grid(self) -> int | None:
        """The position of the nodes of a grid, if there is one."""
        return None if self.stencil is None else self.at[self.stencil.lanes[0]][0]

    @property
    def nodes(self) -> list[Node]:
        return sorted((n for nodes in self.positions for n in nodes), key=lambda n: n.order)

    def kind_of(self, lanes: Sequence[Operand]) -> str:
        """The kind of a vector operand: `slow` (same in all frames), `lane` (each lane's own
        position), `shared` (one signal for all lanes), `apart` (gathered); "" if lanes differ."""
        first = lanes[0]
        if any(operand.kind != first.kind for operand in lanes):
            return ""
        if first.kind == "slow":
            return "slow"
        inside = [self.at.get(operand.node) for operand in lanes]
        if any(place is not None for place in inside):
            return "lane" if self._is_own(inside, lanes) else ""
        if all(operand.signal is first.signal for operand in lanes):
            return "shared"
        return "apart"

    def _is_own(self, inside: list[tuple[int, int] | None], lanes: Sequence[Operand]) -> bool:
        """Whether each lane reads the same position of its own lane."""
        start = inside[0]
        return start is not None and all(
            place == (start[0], lane) and operand.reach == lanes[0].reach
            for lane, (place, operand) in enumerate(zip(inside, lanes, strict=True))
        )

    def place_grid(self, graph: Graph, stencil: Stencil) -> None:
        """Make the nodes of a grid the next position."""
        self.stencil = stencil
        self.at.update((order, (len(self.positions), k)) for k, order in enumerate(stencil.lanes))
        self.positions.append([graph.nodes[order] for order in stencil.lanes])
        self.operands.append([list(column) for column in zip(*stencil.driven, strict=True)])

    def keep(self, indices: Sequence[int]) -> None:
        """Remove all positions but these."""
        self.positions = [self.positions[at] for at in indices]
        self.operands = [self.operands[at] for at in indices]
        self.at = {
            node.order: (position, lane)
            for position, row in enumerate(self.positions)
            for lane, node in enumerate(row)
        }
        if self.stencil is not None and self.stencil.lanes[0] not in self.at:
            self.stencil = None

    def cut(self, count: int) -> None:
        """Remove the positions from `count` on."""
        for nodes in self.positions[count:]:
            for node in nodes:
                del self.at[node.order]
        del self.positions[count:]
        del self.operands[count:]

    def part(self, start: int, end: int) -> Pack:
        """The pack of lanes `start` to `end` (exclusive), without terms and exports."""
        part = Pack(end - start)
        part.positions = [row[start:end] for row in self.positions]
        part.operands = [[column[start:end] for column in columns] for columns in self.operands]
        part.keep(range(len(part.positions)))
        return part


def pack_fault(message: str, op: Operation | None) -> DspcError:
    """The error for a decision on packs that cannot be carried out, at an op."""
    span = None if op is None else span_of(op)
    return DspcError("E0307", message, span, "run dsp-pack-recursions again")


def signal_of(node: Node) -> SSAValue:
    """The signal that a packed node computes."""
    assert node.op is not None
    return node.op.results[0]
