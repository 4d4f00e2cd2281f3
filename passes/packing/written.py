"""Packs as decisions in the IR: written once they are selected, and read by later passes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xdsl.dialects.builtin import (
    ArrayAttr,
    FloatAttr,
    IntAttr,
    IntegerAttr,
    StringAttr,
    SymbolRefAttr,
    f64,
    i64,
)
from xdsl.ir import Attribute

from dspc.dialects.dsp.partition import (
    LANE,
    SUMMED,
    LaneAttr,
    PackOp,
    SummedAttr,
    declarations,
    declare,
    erase,
)
from dspc.passes.analysis.frame_graph import Graph, Node
from dspc.passes.packing.colouring import COMMUTATIVE, Shapes
from dspc.passes.packing.operands import Operand
from dspc.passes.packing.pack import Pack, pack_fault
from dspc.passes.packing.reaches import is_in_bounds
from dspc.passes.packing.uses import Asked, find_uses


def write_packs(graph: Graph, packs: Sequence[Pack]) -> None:
    """Declare the packs of a program, in this order, and mark their lanes and sums."""
    erase(graph.body, PackOp, (LANE, SUMMED))
    ops: list[PackOp] = []
    summed: dict[int, list[Attribute]] = {}
    for number, pack in enumerate(packs):
        name = SymbolRefAttr(f"pack{number}")
        ops.append(_pack_op(pack, name))
        for position, row in enumerate(pack.positions):
            for lane, node in enumerate(row):
                assert node.op is not None
                swapped = _is_swapped(graph, pack, position, lane)
                attribute = LaneAttr(name, IntAttr(position), IntAttr(lane), IntAttr(swapped))
                node.op.attributes[LANE] = attribute
        for total, terms in pack.terms.items():
            places = [SummedAttr(name, IntAttr(position)) for position, _ in terms]
            summed.setdefault(total.root, []).extend(places)
    for root, places in summed.items():
        op = graph.nodes[root].op
        assert op is not None
        op.attributes[SUMMED] = ArrayAttr(places)
    declare(graph.body, ops)


def _pack_op(pack: Pack, name: SymbolRefAttr) -> PackOp:
    first = pack.positions[0][0].op
    assert first is not None
    properties: dict[str, Attribute] = {
        "sym_name": StringAttr(name.root_reference.data),
        "lanes": IntegerAttr(pack.lanes, i64),
        "width": IntegerAttr(pack.width, i64),
        "gain": FloatAttr(pack.gain, f64),
    }
    if pack.grid is not None:
        properties["grid"] = IntegerAttr(pack.grid, i64)
    return PackOp.create(properties=properties, location=first.location)


def _is_swapped(graph: Graph, pack: Pack, position: int, lane: int) -> bool:
    """Whether the operands of a lane are those of lane 0 in reverse."""
    if position == pack.grid:
        return False
    own = graph.nodes[pack.positions[position][lane].order].operands
    return any(
        column[lane].signal is not signal
        for column, signal in zip(pack.operands[position], own, strict=True)
    )


def read_packs(graph: Graph) -> list[Pack]:
    """The packs that are declared for a program, in the order of their declarations.

    Raises DspcError E0307 where lanes are missing or not isomorphic.
    """
    declared = {op.sym_name.data: op for op in declarations(graph.body) if isinstance(op, PackOp)}
    if not declared:
        return []
    shapes = Shapes(graph)
    lanes: dict[str, dict[tuple[int, int], tuple[Node, bool]]] = {name: {} for name in declared}
    asked: Asked = {}
    for node in graph.nodes:
        if node.op is None:
            continue
        place = node.op.attributes.get(LANE)
        if isinstance(place, LaneAttr):
            name = place.pack.root_reference.data
            if name not in declared:
                raise pack_fault(f"no pack @{name} is declared", node.op)
            key = (place.position.data, place.lane.data)
            if key in lanes[name]:
                message = f"lane {key[1]} of position {key[0]} of @{name} is there twice"
                raise pack_fault(message, node.op)
            lanes[name][key] = (node, bool(place.is_swapped.data))
        sums = set(_sums(node))
        if sums:
            asked[node.order] = sums
    packs = [_pack(op, lanes[name], shapes) for name, op in declared.items()]
    for pack in packs:
        find_uses(graph, shapes, pack, asked)
    return packs


def _sums(node: Node) -> Iterator[tuple[str, int]]:
    assert node.op is not None
    places = node.op.attributes.get(SUMMED)
    if isinstance(places, ArrayAttr):
        for place in places.data:
            if isinstance(place, SummedAttr):
                yield place.pack.root_reference.data, place.position.data


def _pack(op: PackOp, lanes: dict[tuple[int, int], tuple[Node, bool]], shapes: Shapes) -> Pack:
    pack = Pack(op.lanes.value.data)
    pack.name = name = op.sym_name.data
    pack.width = op.width.value.data
    pack.gain = op.gain.value.data
    count = len(lanes) // pack.lanes
    wanted = [(position, lane) for position in range(count) for lane in range(pack.lanes)]
    if not lanes or sorted(lanes) != wanted:
        message = f"@{name} has {pack.lanes} lanes, but not an op for each in each position"
        raise pack_fault(message, op)
    rows = [[lanes[position, lane] for lane in range(pack.lanes)] for position in range(count)]
    pack.positions = [[node for node, _ in row] for row in rows]
    grid = None if op.grid is None else op.grid.value.data
    pack.operands = [[] if at == grid else _columns(row, shapes) for at, row in enumerate(rows)]
    pack.keep(range(count))
    if grid is not None:
        _read_grid(op, grid, pack, shapes)
    for position, row in enumerate(pack.positions):
        if position != grid and not _is_isomorphic(pack, position, row, shapes):
            message = f"the lanes of position {position} of @{name} are not isomorphic"
            raise pack_fault(message, row[0].op)
    if not is_in_bounds(pack):
        raise pack_fault(f"the past of @{name} is too long for its lanes", op)
    return pack


def _read_grid(op: PackOp, grid: int, pack: Pack, shapes: Shapes) -> None:
    """Find the stencil whose nodes are the lanes of position `grid`."""
    row = pack.positions[grid] if grid < len(pack.positions) else []
    stencil = shapes.stencils.get(row[0].order) if row else None
    if stencil is None or stencil.lanes != tuple(node.order for node in row):
        raise pack_fault(f"position {grid} of @{op.sym_name.data} has not the nodes of a grid", op)
    pack.stencil = stencil
    pack.operands[grid] = [list(column) for column in zip(*stencil.driven, strict=True)]
    if not all(map(pack.kind_of, pack.operands[grid])):
        raise pack_fault(
            f"what drives the grid of @{op.sym_name.data} differs from lane to lane", op
        )


def _columns(row: Sequence[tuple[Node, bool]], shapes: Shapes) -> list[list[Operand]]:
    lanes: list[Sequence[Operand]] = []
    for node, is_swapped in row:
        if is_swapped and not isinstance(node.op, COMMUTATIVE):
            raise pack_fault("the operands of this op cannot be swapped", node.op)
        operands = shapes.operands[node.order]
        lanes.append(operands[::-1] if is_swapped else operands)
    if any(len(operands) != len(lanes[0]) for operands in lanes):
        raise pack_fault("the ops of one position have different operands", row[0][0].op)
    return [list(column) for column in zip(*lanes, strict=True)]


def _is_isomorphic(pack: Pack, position: int, row: Sequence[Node], shapes: Shapes) -> bool:
    """Whether the lanes of a position are one vector op: of one kind, with matching operands."""
    first = shapes.kind(row[0])
    if not all(shapes.is_lanewise(node) and shapes.kind(node) == first for node in row):
        return False
    columns = pack.operands[position]
    if any(each.kind == "input" and each.node in pack.at for column in columns for each in column):
        return False  # a past with an initial value
    return all(map(pack.kind_of, columns))
