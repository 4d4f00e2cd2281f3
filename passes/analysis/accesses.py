"""How often each buffer is read and written in a block, and when it is alive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from xdsl.dialects import arith, func, scf
from xdsl.dialects.builtin import IndexType, MemRefType, ModuleOp
from xdsl.ir import Block, Operation, SSAValue
from xdsl.transforms.canonicalization_patterns.utils import const_evaluate_operand

from dspc.dialects.dsp_mem import BufferOp, GetOp, Role
from dspc.dialects.dsp_mem.heaps import AllocOp, CopyOp
from dspc.dialects.places import told_place
from dspc.passes.analysis.walks import Pattern, pattern_of

CHUNK_LOOP = "dsp_par.loop"
AT_ONCE = ("dsp_par.sections", "dsp_par.graph")
"""What stands in these may run at the same time: all of it is one moment."""
TEAMS = ("dsp_par.parallel", "dsp_par.graph")
"""What stands in these runs on several cores."""


@dataclass(slots=True)
class Counts:
    """Reads and writes in a frame."""

    reads: float = 0.0
    writes: float = 0.0


@dataclass(slots=True)
class Access:
    """What `compute` does to one buffer, by an upper bound: both branches of an `if` count.

    `reads` and `writes` happen once in each frame, `block_reads` and `block_writes` once in each
    call. `first` and `last` are the moments (positions of ops in `compute`) between which the
    buffer is touched; both are -1 where it never is. `origin` is an op that knows its source line.
    What is done to a copy of the buffer that `compute` works on is done to the buffer; copying
    itself is no read and no write.
    """

    buffer: BufferOp
    reads: float = 0.0
    writes: float = 0.0
    block_reads: float = 0.0
    block_writes: float = 0.0
    first: int = -1
    last: int = -1
    origin: Operation | None = None
    starts_with_write: bool = False
    is_shared: bool = False
    """Whether several cores touch it."""
    whole: tuple[int, int] | None = None
    """The moments of the statements of `compute`, loops as a whole, that touch it: a copy for all
    of them is needed so long."""
    walked: Counts = field(default_factory=Counts)
    """Those of `reads` and `writes` that go through it place after place."""
    scattered: Counts = field(default_factory=Counts)
    """Those that may touch any place; the others touch one."""

    @property
    def source(self) -> str:
        """`file:line:column` of what the buffer arises from, or ""."""
        return (self.origin and told_place(self.origin)) or ""

    def reads_per_block(self, block: int) -> float:
        return self.reads * block + self.block_reads

    def writes_per_block(self, block: int) -> float:
        return self.writes * block + self.block_writes


@dataclass(slots=True)
class _Loop:
    """How often an op runs: `per_frame` times in a frame, and the range of its outermost loop."""

    frames: bool
    times: float
    outer: tuple[int, int] | None
    chunk: float
    at_once: tuple[int, int] | None = None
    """The range of what runs at once and holds the op."""
    top: tuple[int, int] | None = None
    """The range of the function's own op that holds it."""
    is_shared: bool = False


_ONCE = _Loop(False, 1.0, None, 1.0)


def accesses(module: ModuleOp) -> dict[str, Access]:
    """The accesses of all buffers of a lowered module, by name, in the order of declaration."""
    found = {
        op.sym_name.data: Access(op) for op in module.body.block.ops if isinstance(op, BufferOp)
    }
    functions = [op for op in module.body.block.ops if isinstance(op, func.FuncOp)]
    for function in functions:
        if function.body.blocks and function.sym_name.data == "compute":
            _count(function.body.block, found)
    for function in functions:
        if function.body.blocks and function.sym_name.data != "compute":
            _find_sources(function, found)
    return found


def _count(body: Block, found: dict[str, Access]) -> None:
    ranges = moments(body)
    copies = copies_in(body)
    for op, loop in _walk(ranges):
        for operand in op.operands:
            if not isinstance(operand.type, MemRefType):
                continue
            memory = root_of(operand)
            name = copies.get(memory) if isinstance(memory, AllocOp) else _name_of(memory)
            access = found.get(name) if name is not None else None
            if access is not None:
                _add(access, op, loop, ranges[op])


def copies_in(body: Block) -> dict[AllocOp, str]:
    """The memory taken for copies of buffers, and of which buffer each is a copy."""
    found: dict[AllocOp, str] = {}
    for op in body.walk():
        if isinstance(op, CopyOp):
            ends = root_of(op.source), root_of(op.target)
            for near, far in (ends, ends[::-1]):
                name = _name_of(far)
                if isinstance(near, AllocOp) and near.buffer is None and name is not None:
                    found[near] = name
    return found


def _add(access: Access, op: Operation, loop: _Loop, own: tuple[int, int]) -> None:
    what = op.name.rpartition(".")[2]
    is_write = "store" in what or "write" in what or "scatter" in what
    is_read = "load" in what or "read" in what or "gather" in what
    if not is_write and not is_read and not isinstance(op, CopyOp):
        return
    if access.origin is None and told_place(op):
        access.origin = op
    if access.first < 0:
        access.starts_with_write = is_write
    first = last = own[0]
    if loop.outer is not None:
        first, last = loop.outer
    access.is_shared |= loop.is_shared
    start, end = loop.top or own
    if access.whole is not None:
        start, end = min(start, access.whole[0]), max(end, access.whole[1])
    access.whole = (start, end)
    access.first = first if access.first < 0 else min(access.first, first)
    access.last = max(access.last, last)
    times = loop.times * _lanes(op)
    if loop.frames:
        pattern = pattern_of(op)
        access.reads += times if is_read else 0.0
        access.writes += times if is_write else 0.0
        if pattern != Pattern.FIXED:
            moved = access.walked if pattern == Pattern.WALK else access.scattered
            moved.reads += times if is_read else 0.0
            moved.writes += times if is_write else 0.0
    else:
        access.block_reads += times if is_read else 0.0
        access.block_writes += times if is_write else 0.0


def _lanes(op: Operation) -> int:
    """How many numbers a vector access moves."""
    for value in (*op.results, *op.operands):
        shape = getattr(value.type, "shape", None)
        if shape is not None and not isinstance(value.type, MemRefType):
            lanes = 1
            for extent in shape.data:
                lanes *= extent.data
            return lanes
    return 1


def moments(body: Block) -> dict[Operation, tuple[int, int]]:
    """The first and last position of each op's own text, counted over the whole function."""
    ops = list(_preorder(body))
    starts = {op: index for index, op in enumerate(ops)}
    ends = {op: index for index, op in enumerate(ops)}
    for op in reversed(ops):
        parent = op.parent_op()
        if parent is not None and parent in ends and ends[parent] < ends[op]:
            ends[parent] = ends[op]
    return {op: (starts[op], ends[op]) for op in ops}


def _preorder(body: Block) -> Iterator[Operation]:
    stack: list[Iterator[Operation]] = [iter(body.ops)]
    while stack:
        for op in stack[-1]:
            yield op
            blocks = [block for region in op.regions for block in region.blocks]
            if blocks:
                stack.append(iter([inner for block in blocks for inner in block.ops]))
                break
        else:
            stack.pop()


def _walk(
    ranges: dict[Operation, tuple[int, int]],
) -> Iterator[tuple[Operation, _Loop]]:
    """Every op with the loop that it stands in."""
    loops: dict[Operation, _Loop] = {}
    for op in ranges:
        parent = op.parent_op()
        outer = loops.get(parent, _ONCE) if parent is not None else _ONCE
        yield op, outer
        if not op.regions:
            continue
        is_shared = outer.is_shared or op.name in TEAMS
        outer = replace(outer, top=outer.top or ranges[op], is_shared=is_shared)
        loops[op] = outer
        if isinstance(op, scf.ForOp):
            inside = _inside(op, outer, ranges[op])
            times = 0.0 if _is_after_whole(op.lb) or _fills_up(op) else inside.times
            loops[op] = replace(inside, times=times, top=outer.top, is_shared=is_shared)
        elif isinstance(op, scf.IfOp) and _is_for_rest(op.cond):
            loops[op] = replace(outer, times=0.0)
        elif isinstance(op, scf.IfOp) and outer.chunk > 1 and (ring := _ring_behind([op.cond])):
            loops[op] = replace(outer, times=outer.times * min(1.0, 2 * outer.chunk / ring))
        elif op.name == CHUNK_LOOP:
            # One loop of many in a chunk: its rows are written and read within the chunk.
            loops[op] = replace(outer, outer=outer.at_once or ranges[op])
        elif op.name in AT_ONCE:
            loops[op] = replace(outer, outer=ranges[op], at_once=ranges[op])


def _is_for_rest(condition: SSAValue) -> bool:
    """Whether it asks for frames beyond the last whole chunk: a block is a whole number of them."""
    test = condition.owner
    return isinstance(test, arith.CmpiOp) and any(
        isinstance(side.owner, arith.RemSIOp | arith.RemUIOp) and isinstance(side.type, IndexType)
        for side in (test.lhs, test.rhs)
    )


def _fills_up(op: scf.ForOp) -> bool:
    """Whether a loop goes on from a chunk's last frame to a whole vector: there is nothing left."""
    return const_evaluate_operand(op.lb) != 0 and _is_after_whole(op.ub)


def _is_after_whole(start: SSAValue) -> bool:
    """Whether a loop begins where the whole chunks end: it runs what is left over."""
    work = [start]
    while work:
        owner = work.pop().owner
        if isinstance(owner, arith.RemSIOp) and isinstance(owner.lhs.type, IndexType):
            return True
        if isinstance(owner, arith.SubiOp | arith.SelectOp | arith.MuliOp):
            work.extend(owner.operands)
    return False


def _inside(op: scf.ForOp, outer: _Loop, span: tuple[int, int]) -> _Loop:
    whole = outer.outer or span
    at_once = outer.at_once
    step = const_evaluate_operand(op.step) or 1
    low, high = const_evaluate_operand(op.lb), const_evaluate_operand(op.ub)
    if low is not None and high is not None:
        trips = max(0, -(-(high - low) // step))
        return _Loop(outer.frames, outer.times * trips, whole, outer.chunk, at_once)
    ring = _ring_behind([op.lb, op.ub]) if outer.chunk > 1 else None
    if ring is not None:
        # It keeps a ring's mirror: as long as a chunk, and copied once in each turn of the ring.
        copied = outer.chunk * min(1.0, outer.chunk / ring)
        return _Loop(True, outer.times * copied / step, whole, 1.0, at_once)
    if not outer.frames:
        # Bounds that are not constant stand for the frames of the block, or of a chunk of them.
        return _Loop(True, outer.times / step, whole, float(step), at_once)
    return _Loop(True, outer.times * outer.chunk / step, whole, 1.0, at_once)


def _ring_behind(values: list[SSAValue]) -> int | None:
    """The size of the ring in which a place was asked for to compute values, if one was."""
    work = list(values)
    while work:
        owner = work.pop().owner
        if isinstance(owner, arith.AndIOp):
            masks = [const_evaluate_operand(side) for side in (owner.lhs, owner.rhs)]
            sizes = [mask + 1 for mask in masks if mask is not None and mask > 0]
            if sizes:
                return sizes[0]
        if isinstance(owner, _PLACES):
            work.extend(owner.operands)
    return None


_PLACES = (arith.AddiOp, arith.SubiOp, arith.MinSIOp, arith.IndexCastOp, arith.CmpiOp, arith.OrIOp)
"""Ops by which bounds of places in a ring are computed."""


def root_of(row: SSAValue) -> Operation | None:
    """The op that gives the memory that a memref is a view of; None for the host's arrays."""
    while isinstance(row.owner, Operation):
        owner = row.owner
        if not owner.operands or not isinstance(owner.operands[0].type, MemRefType):
            return owner
        row = owner.operands[0]
    return None


def buffer_name(row: SSAValue) -> str | None:
    """The buffer that a memref is, or a view of; None for the host's arrays."""
    return _name_of(root_of(row))


def _name_of(memory: Operation | None) -> str | None:
    return memory.buffer.string_value() if isinstance(memory, GetOp) else None


def _find_sources(function: func.FuncOp, found: dict[str, Access]) -> None:
    """The source lines of buffers that `compute` does not touch."""
    for op in function.walk():
        for operand in op.operands:
            name = buffer_name(operand) if isinstance(operand.type, MemRefType) else None
            if name in found and found[name].origin is None and told_place(op):
                found[name].origin = op


def live_range(access: Access) -> tuple[int, int] | None:
    """The moments in which block scratch is alive, the second exclusive; None for all the time.

    What outlives a call is alive always; so is scratch that is read before it is written.
    """
    if access.buffer.role.data != Role.SCRATCH or access.buffer.lifetime.data.value != "block":
        return None
    return span_of(access) if access.starts_with_write else None


def span_of(access: Access) -> tuple[int, int]:
    """The moments between the first access and the last, the second exclusive."""
    return (max(access.first, 0), max(access.last, 0) + 1)


def copy_span(access: Access) -> tuple[int, int]:
    """The moments in which a copy of a buffer is alive, the second exclusive.

    Loops count as a whole: what one turn leaves in the copy, the next one finds there.
    """
    first, last = access.whole or (0, 0)
    return (first, last + 1)
