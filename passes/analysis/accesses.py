"""Access counts of each buffer per block, and live ranges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from xdsl.dialects import arith, func, scf
from xdsl.dialects.builtin import IndexType, MemRefType, ModuleOp
from xdsl.ir import Block, Operation, SSAValue
from xdsl.transforms.canonicalization_patterns.utils import const_evaluate_operand

from dspc.dialects.dsp_mem import BufferOp, GetOp
from dspc.dialects.dsp_mem.heaps import AllocOp, CopyOp
from dspc.dialects.places import location_text
from dspc.passes.analysis.walks import Pattern, pattern_of

CHUNK_LOOP = "dsp_par.loop"
AT_ONCE = ("dsp_par.sections", "dsp_par.graph")
"""Ops whose regions may run at the same time: they are one moment."""
TEAMS = ("dsp_par.parallel", "dsp_par.graph")
"""Ops whose regions run on several cores."""
PARTS = ("dsp_par.section", "dsp_par.single", "dsp_par.task")
"""Ops of a team whose loops one core runs."""


@dataclass(slots=True)
class Counts:
    """Reads and writes per frame."""

    reads: float = 0.0
    writes: float = 0.0


@dataclass(slots=True)
class BufferAccess:
    """The accesses of `compute` to one buffer, an upper bound: both branches of an `if` count.

    `reads` and `writes` are per frame, `block_reads` and `block_writes` per call. `first` and
    `last` are the moments (positions of ops in `compute`) of the first and last access; both are -1
    where there is none. `origin` is an op that has the source location. Accesses to a staged copy
    count for the buffer; the copying itself does not.
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
    """Whether several cores access it."""
    whole: tuple[int, int] | None = None
    """The range of the top-level ops of `compute` that access it: a staged copy's live range."""
    walked: Counts = field(default_factory=Counts)
    """Those of `reads` and `writes` that are sequential."""
    scattered: Counts = field(default_factory=Counts)
    """Those of any index; the remaining ones are of one fixed index."""
    in_parts: PartAccess | None = None
    """Those by loops of a team that one core runs, each of which may work on a copy of its own."""

    @property
    def source(self) -> str:
        """`file:line:column` of the buffer's origin, or ""."""
        return (self.origin and location_text(self.origin)) or ""

    def reads_per_block(self, block: int) -> float:
        return self.reads * block + self.block_reads

    def writes_per_block(self, block: int) -> float:
        return self.writes * block + self.block_writes


@dataclass(slots=True)
class PartAccess:
    """The accesses to a buffer by loops that one core runs; `counts` has no range."""

    counts: BufferAccess
    loops: dict[Operation, _Loop] = field(default_factory=dict[Operation, "_Loop"])
    written: set[Operation] = field(default_factory=set[Operation])
    """The loops that write the buffer."""
    span: tuple[int, int] = (0, 0)
    """The moments from the first of the loops to the last: the live range of their copies."""

    def copies_per_block(self, block: int) -> float:
        """The copies in a block, where each run of a loop copies in, and out what it writes."""
        return sum(
            (1 + (op in self.written)) * loop.times * (block if loop.frames else 1)
            for op, loop in self.loops.items()
        )


@dataclass(slots=True)
class _Loop:
    """The loop nest of an op: executions per frame, and the range of its outermost loop."""

    frames: bool
    times: float
    outer: tuple[int, int] | None
    chunk: float
    at_once: tuple[int, int] | None = None
    """The range of the enclosing op of AT_ONCE."""
    top: tuple[int, int] | None = None
    """The range of the enclosing top-level op."""
    is_shared: bool = False
    part: Operation | None = None
    """The enclosing loop of a team that one core runs."""


_ONCE = _Loop(False, 1.0, None, 1.0)


def accesses(module: ModuleOp) -> dict[str, BufferAccess]:
    """The accesses of all buffers of a lowered module, by name, in the order of declaration."""
    by_name = {
        op.sym_name.data: BufferAccess(op)
        for op in module.body.block.ops
        if isinstance(op, BufferOp)
    }
    functions = [op for op in module.body.block.ops if isinstance(op, func.FuncOp)]
    for function in functions:
        if function.body.blocks and function.sym_name.data == "compute":
            _count(function.body.block, by_name)
    for function in functions:
        if function.body.blocks and function.sym_name.data != "compute":
            _find_sources(function, by_name)
    return by_name


def _count(body: Block, by_name: dict[str, BufferAccess]) -> None:
    ranges = moments(body)
    copies = copies_in(body)
    loops: dict[Operation, _Loop] = {}
    for op, loop in _walk(ranges, loops):
        for operand in op.operands:
            if not isinstance(operand.type, MemRefType):
                continue
            memory = root_of(operand)
            name = copies.get(memory) if isinstance(memory, AllocOp) else _name_of(memory)
            access = by_name.get(name) if name is not None else None
            if access is None:
                continue
            _add(access, op, loop, ranges[op])
            if loop.part is not None:
                _add_in_part(access, op, loop, loops[loop.part], ranges[loop.part])


def copies_in(body: Block) -> dict[AllocOp, str]:
    """The allocations of staged copies, each with the name of its buffer."""
    copies: dict[AllocOp, str] = {}
    for op in body.walk():
        if isinstance(op, CopyOp):
            ends = root_of(op.source), root_of(op.target)
            for near, far in (ends, ends[::-1]):
                name = _name_of(far)
                if isinstance(near, AllocOp) and near.buffer is None and name is not None:
                    copies[near] = name
    return copies


def _add(access: BufferAccess, op: Operation, loop: _Loop, own: tuple[int, int]) -> None:
    is_read, is_write = _direction(op)
    if not is_write and not is_read and not isinstance(op, CopyOp):
        return
    if access.origin is None and location_text(op):
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
    _add_counts(access, op, loop)


def _direction(op: Operation) -> tuple[bool, bool]:
    """Whether an op reads its memref, and whether it writes it."""
    kind = op.name.rpartition(".")[2]
    is_write = "store" in kind or "write" in kind or "scatter" in kind
    return "load" in kind or "read" in kind or "gather" in kind, is_write


def _add_in_part(
    access: BufferAccess, op: Operation, loop: _Loop, nest: _Loop, span: tuple[int, int]
) -> None:
    """Add an access by a loop of a team that one core runs, with its loop nest and its range."""
    is_read, is_write = _direction(op)
    if not is_read and not is_write:
        return
    assert loop.part is not None
    own = access.in_parts
    if own is None:
        own = access.in_parts = PartAccess(BufferAccess(access.buffer), span=span)
    own.span = min(span[0], own.span[0]), max(span[1], own.span[1])
    own.loops[loop.part] = nest
    if is_write:
        own.written.add(loop.part)
    _add_counts(own.counts, op, loop)


def _add_counts(access: BufferAccess, op: Operation, loop: _Loop) -> None:
    is_read, is_write = _direction(op)
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
    """The number of elements that a vector access moves."""
    for value in (*op.results, *op.operands):
        shape = getattr(value.type, "shape", None)
        if shape is not None and not isinstance(value.type, MemRefType):
            lanes = 1
            for extent in shape.data:
                lanes *= extent.data
            return lanes
    return 1


def moments(body: Block) -> dict[Operation, tuple[int, int]]:
    """The first and last preorder position of each op with its regions, in the function."""
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
    ranges: dict[Operation, tuple[int, int]], loops: dict[Operation, _Loop]
) -> Iterator[tuple[Operation, _Loop]]:
    """Every op with its loop nest; `loops` receives the nests of ops with regions."""
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
            loops[op] = replace(
                inside, times=times, top=outer.top, is_shared=is_shared, part=outer.part
            )
        elif isinstance(op, scf.IfOp) and _is_for_rest(op.cond):
            loops[op] = replace(outer, times=0.0)
        elif isinstance(op, scf.IfOp) and outer.chunk > 1 and (ring := _ring_behind([op.cond])):
            loops[op] = replace(outer, times=outer.times * min(1.0, 2 * outer.chunk / ring))
        elif op.name == CHUNK_LOOP:
            # A loop of a chunk: its rows are written and read within the chunk.
            part = op if parent is not None and parent.name in PARTS else None
            loops[op] = replace(outer, outer=outer.at_once or ranges[op], part=part)
        elif op.name in AT_ONCE:
            loops[op] = replace(outer, outer=ranges[op], at_once=ranges[op])


def _is_for_rest(condition: SSAValue) -> bool:
    """Whether it tests for frames after the last whole chunk: blocks are assumed to have none."""
    test = condition.owner
    return isinstance(test, arith.CmpiOp) and any(
        isinstance(side.owner, arith.RemSIOp | arith.RemUIOp) and isinstance(side.type, IndexType)
        for side in (test.lhs, test.rhs)
    )


def _fills_up(op: scf.ForOp) -> bool:
    """Whether a loop pads a chunk to a whole vector: it is assumed to be empty."""
    return const_evaluate_operand(op.lb) != 0 and _is_after_whole(op.ub)


def _is_after_whole(start: SSAValue) -> bool:
    """Whether a loop begins where the whole chunks end: it is the remainder loop."""
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
        # It updates a ring's mirror: a chunk's length, copied once per revolution of the ring.
        copied = outer.chunk * min(1.0, outer.chunk / ring)
        return _Loop(True, outer.times * copied / step, whole, 1.0, at_once)
    if not outer.frames:
        # Non-constant bounds are the frames of the block or of a chunk.
        return _Loop(True, outer.times / step, whole, float(step), at_once)
    return _Loop(True, outer.times * outer.chunk / step, whole, 1.0, at_once)


def _ring_behind(values: list[SSAValue]) -> int | None:
    """The size of the ring of which values are computed from an index, if any."""
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
"""Ops that compute bounds of ring indices."""


def root_of(row: SSAValue) -> Operation | None:
    """The op that defines the memory behind a memref's views; None for the host's arrays."""
    while isinstance(row.owner, Operation):
        owner = row.owner
        if not owner.operands or not isinstance(owner.operands[0].type, MemRefType):
            return owner
        row = owner.operands[0]
    return None


def buffer_name(row: SSAValue) -> str | None:
    """The name of the buffer behind a memref's views; None for the host's arrays."""
    return _name_of(root_of(row))


def _name_of(memory: Operation | None) -> str | None:
    return memory.buffer.string_value() if isinstance(memory, GetOp) else None


def _find_sources(function: func.FuncOp, by_name: dict[str, BufferAccess]) -> None:
    """Set the origins of buffers that `compute` does not access."""
    for op in function.walk():
        for operand in op.operands:
            name = buffer_name(operand) if isinstance(operand.type, MemRefType) else None
            if name in by_name and by_name[name].origin is None and location_text(op):
                by_name[name].origin = op


def users_of(row: SSAValue) -> Iterator[Operation]:
    """The users of a memref and its views, including the views."""
    work = [row]
    while work:
        for use in work.pop().uses:
            yield use.operation
            work.extend(
                result for result in use.operation.results if isinstance(result.type, MemRefType)
            )
