"""Staged windows of ring buffers: the loop over frames is strip-mined into blocks.

A copy is one row: the window that the block writes, then, for each distance at which the ring is
read, a window of elements from before the block. A read is redirected to the first window if its
frame is of this block, else to the window of its distance.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from xdsl.dialects import arith, memref, scf
from xdsl.dialects.builtin import MemRefType
from xdsl.ir import Block, Operation, Region, SSAValue
from xdsl.transforms.canonicalization_patterns.utils import const_evaluate_operand

from dspc.dialects.dsp_mem.buffers import BufferOp, element_bytes
from dspc.passes.analysis.rings import Ring
from dspc.passes.staging.copy_writer import INDEX, CopyWriter, HoistedConstants, near_memory

_UNUSED = (
    arith.IndexCastOp,
    arith.AndIOp,
    arith.SelectOp,
    arith.CmpiOp,
    arith.AddiOp,
    arith.SubiOp,
)
"""Ops of ring index computations, which may have become dead."""


@dataclass(slots=True)
class _Windows:
    """A ring and the copy of its windows, each of `length` elements."""

    ring: Ring
    far: SSAValue
    near: SSAValue
    length: int
    distances: dict[SSAValue, SSAValue] = field(default_factory=dict[SSAValue, SSAValue])
    """For each amount: the distance in frames, an index below the ring size."""


def stage_windows(
    block: Block,
    buffers: list[BufferOp],
    by_name: dict[str, Ring],
    length: int,
    allocator: str,
    has_offsets: bool,
) -> None:
    """Stage windows of rings in l2: redirect the accesses in the block of `compute` to them."""
    if not buffers:
        return
    constants = HoistedConstants(block)
    before = CopyWriter(constants)
    windows: list[_Windows] = []
    distances: dict[tuple[SSAValue, int], SSAValue] = {}
    for buffer in buffers:
        ring = by_name[buffer.sym_name.data]
        assert buffer.copied is not None
        count = buffer.copied.value.data // element_bytes(buffer.type)
        kind = MemRefType(buffer.type.element_type, [count])
        near = near_memory(buffer, kind, allocator, has_offsets)
        before.ops.append(near)
        one = _Windows(ring, ring.store.memref, near.memref, length)
        for amount in ring.amounts:
            key = (amount, ring.size)
            if key not in distances:
                distances[key] = _distance(before, amount, ring.size)
            one.distances[amount] = distances[key]
        windows.append(one)
    loop = windows[0].ring.loop
    block.insert_ops_before(before.ops, loop)
    outer = _outer_loop(loop, windows, constants)
    block.insert_op_before(outer, loop)
    for old, new in zip(loop.results, outer.results, strict=True):
        old.replace_all_uses_with(new)
    loop.detach()
    loop.erase()


def _distance(w: CopyWriter, amount: SSAValue, size: int) -> SSAValue:
    known = const_evaluate_operand(amount)
    return w.place(amount, size) if known is None else w.index(known % size)


def _outer_loop(loop: scf.ForOp, windows: list[_Windows], constants: HoistedConstants) -> scf.ForOp:
    """The loop over blocks around a new loop that takes over the body of the loop over frames."""
    body = loop.body.block
    block = Block(arg_types=[INDEX, *[arg.type for arg in body.args[1:]]])
    first, *carried = block.args
    first.name_hint = "first"
    for old, new in zip(body.args[1:], carried, strict=True):
        new.name_hint = old.name_hint
    w = CopyWriter(constants)
    count = w.least(w.sub(loop.ub, first), w.index(windows[0].length))
    count.name_hint = "block"
    starts = dict(zip(body.args[1:], carried, strict=True))
    for one in windows:
        _copy_in(w, one, starts[one.ring.position], count)
    w.wait()
    end = w.add(first, count)
    _rewrite_body(body, first, windows, constants)
    inner = scf.ForOp.create(
        operands=[first, end, loop.step, *carried],
        result_types=[arg.type for arg in carried],
        regions=[Region(_detached(body))],
        location=loop.location,
    )
    w.ops.append(inner)
    for one in windows:
        position = starts[one.ring.position]
        for row, near, some in _pieces(w, one, position, count, 0):
            w.copy(near, row, some)
    w.wait()
    block.add_ops([*w.ops, scf.YieldOp.create(operands=inner.results)])
    return scf.ForOp.create(
        operands=[loop.lb, loop.ub, constants.number(windows[0].length), *loop.iter_args],
        result_types=[result.type for result in loop.results],
        regions=[Region(block)],
        location=loop.location,
    )


def _detached(body: Block) -> Block:
    region = body.parent
    assert region is not None
    region.detach_block(body)
    # The old loop needs a body until its results are replaced and it is erased.
    region.add_block(Block(arg_types=[arg.type for arg in body.args]))
    return body


def _copy_in(w: CopyWriter, one: _Windows, position: SSAValue, count: SSAValue) -> None:
    """Copy in the elements of earlier blocks: at most `count` for each amount."""
    ring = one.ring
    if ring.may_read_old:
        _copy_pieces_in(w, one, position, count, 0)
    for number, (amount, distance) in enumerate(one.distances.items(), 1):
        start = w.sub(position, amount)
        known = const_evaluate_operand(distance)
        some = count if known is not None and known >= one.length else w.least(count, distance)
        _copy_pieces_in(w, one, start, some, number)


def _copy_pieces_in(
    w: CopyWriter, one: _Windows, moment: SSAValue, count: SSAValue, number: int
) -> None:
    for row, near, some in _pieces(w, one, moment, count, number):
        w.copy(row, near, some)


def _pieces(
    w: CopyWriter, one: _Windows, moment: SSAValue, count: SSAValue, number: int
) -> Iterable[tuple[SSAValue, SSAValue, SSAValue]]:
    """The two pieces of a window that may wrap around: ring view, window view, length of each.

    Ops written between the two belong to the first piece, which ends at the ring's end; the second
    piece begins at the ring's start, and is empty if the window does not wrap around.
    """
    size = one.ring.size
    start = w.place(moment, size)
    first = w.least(count, w.sub(w.index(size), start))
    place = w.index(number * one.length)
    near = w.window(one.near, place) if number else one.near
    yield w.window(one.far, start), near, first
    rest = w.sub(count, first)
    near = w.window(one.near, w.add(place, first) if number else first)
    yield one.far, near, rest


def _rewrite_body(
    body: Block, first: SSAValue, windows: list[_Windows], constants: HoistedConstants
) -> None:
    """Redirect the accesses of the loop over frames to the copies."""
    top = CopyWriter(constants)
    frame = top.sub(body.args[0], first)
    frame.name_hint = "at"
    places: dict[tuple[int, SSAValue], SSAValue] = {}
    for one in windows:
        for number, (amount, distance) in enumerate(one.distances.items(), 1):
            # Rings of one size share the index computations of an amount.
            key = (number * one.length, distance)
            if key not in places:
                places[key] = _place(top, one, frame, distance, number)
            for load, its_amount in one.ring.reads:
                if its_amount is amount:
                    _redirect(load, one.near, places[key])
        store = one.ring.store
        replaced = memref.StoreOp.create(
            operands=[store.value, one.near, frame], location=store.location
        )
        _replace(store, replaced)
    front = body.first_op
    assert front is not None
    body.insert_ops_before(top.ops, front)
    _sweep(body)


def _place(
    w: CopyWriter, one: _Windows, frame: SSAValue, distance: SSAValue, number: int
) -> SSAValue:
    """The index in the copy for a read of this iteration."""
    far = w.add(frame, w.index(number * one.length))
    known = const_evaluate_operand(distance)
    if known is not None and known >= one.length:
        return far
    is_near = w.at_least(frame, distance)
    return w.emit(arith.SelectOp, (is_near, w.sub(frame, distance), far), INDEX)


def _redirect(load: memref.LoadOp, row: SSAValue, place: SSAValue) -> None:
    replaced = memref.LoadOp.create(
        operands=[row, place], result_types=[load.res.type], location=load.location
    )
    replaced.res.name_hint = load.res.name_hint
    load.res.replace_all_uses_with(replaced.res)
    _replace(load, replaced)


def _replace(old: Operation, new: Operation) -> None:
    block = old.parent_block()
    assert block is not None
    block.insert_op_before(new, old)
    old.detach()
    old.erase()


def _sweep(body: Block) -> None:
    """Erase dead ring index computations."""
    for op in reversed(list(body.walk())):
        if isinstance(op, _UNUSED) and not op.results[0].uses:
            op.detach()
            op.erase()
