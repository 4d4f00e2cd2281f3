"""Forward data-flow analysis of memory: initialised heaps, freed memory and copies in flight."""

from __future__ import annotations

from dataclasses import dataclass, field

from xdsl.dialects import func, memref, scf
from xdsl.dialects.builtin import IntegerAttr, MemRefType, ModuleOp, NoneAttr
from xdsl.ir import Operation, SSAValue

from dspc.dialects.dsp_mem import GetOp, Lifetime, Space
from dspc.dialects.dsp_mem.allocators import ALLOCATORS
from dspc.dialects.dsp_mem.heaps import (
    AllocOp,
    CopyOp,
    FreeOp,
    HeapInitOp,
    ReallocOp,
    ScopeOp,
    WaitOp,
)
from dspc.dialects.dsp_mem.spaces import SpaceAttr
from dspc.dialects.places import location_text, span_of
from dspc.support.diagnostics import DspcError, Note

Memory = Operation | str
"""An allocation: the op that made it, or the name by which functions share it."""

BARRIERS = ("gpu.barrier", "dsp_par.barrier")


@dataclass(slots=True)
class HeapState:
    """The data-flow facts at a point of a function."""

    ready: set[Space] = field(default_factory=set[Space])
    """Heaps that are initialised on every path to this point (must)."""
    dead: set[Memory] = field(default_factory=set[Memory])
    """Memory that is freed on some path to this point (may)."""
    in_flight: set[Memory] = field(default_factory=set[Memory])
    """Memory that an asynchronous copy may still read or write."""

    def copy(self) -> HeapState:
        return HeapState(self.ready.copy(), self.dead.copy(), self.in_flight.copy())

    def join(self, other: HeapState) -> None:
        """The facts at a confluence of two paths."""
        self.ready &= other.ready
        self.dead |= other.dead
        self.in_flight |= other.in_flight


class HeapRules:
    """Checks the functions of a module in order; raises DspcError E0606 at the first violation.

    Functions are assumed to run in program order: `class_init`, `create`, `compute`, `destroy`.
    """

    def __init__(self, module: ModuleOp) -> None:
        self.module = module
        self.inits: set[Space] = set()
        self.named: dict[str, AllocOp] = {}
        self.freed: set[str] = set()
        self.gone: set[str] = set()
        """Named memory whose lifetime ended with the kernel that allocated it."""
        self._pending: dict[Operation, list[list[Operation]]] = {}
        """The regions of open ops that remain to be walked."""

    def check(self) -> None:
        """Check all functions; raises DspcError E0606."""
        for op in self.module.body.block.ops:
            if isinstance(op, func.FuncOp) and op.body.blocks:
                self._function(op)
        for name, alloc in self.named.items():
            if name not in self.freed:
                raise fault(
                    alloc, f"{name} is never freed: it leaks when its instance is destroyed"
                )

    def _function(self, function: func.FuncOp) -> None:
        dead: set[Memory] = {*self.freed, *self.gone}
        state = HeapState(self.inits - {Space.L2}, dead)
        local: list[AllocOp] = []
        # Each entry: the op whose regions are walked, the state before it, the joined exit states.
        stack: list[tuple[Operation, HeapState, HeapState | None, list[Operation]]] = []
        todo = list(reversed(list(function.body.block.ops)))
        while True:
            while todo:
                op = todo.pop()
                self._op(op, state, function, local)
                if op.regions and any(region.blocks for region in op.regions):
                    regions = [region for region in op.regions if region.blocks]
                    ways = [list(region.block.ops) for region in regions]
                    stack.append((op, state.copy(), None, todo))
                    self._pending[op] = ways[1:]
                    todo = list(reversed(ways[0]))
            if not stack:
                break
            op, before, joined, rest = stack.pop()
            if joined is None:
                joined = state
            else:
                joined.join(state)
            pending = self._pending[op]
            if pending:
                stack.append((op, before, joined, rest))
                state = before.copy()
                todo = list(reversed(pending.pop(0)))
                continue
            del self._pending[op]
            state, todo = self._leave(op, before, joined, local), rest
        self._end(local, state)

    def _leave(
        self, op: Operation, before: HeapState, after: HeapState, local: list[AllocOp]
    ) -> HeapState:
        """The state after an op with regions."""
        if isinstance(op, scf.IfOp) and not op.false_region.blocks:
            after.join(before)
        elif isinstance(op, scf.ForOp | scf.WhileOp):
            for memory in after.dead - before.dead:
                if isinstance(memory, str) or not op.is_ancestor(memory):
                    raise fault(
                        op,
                        "a loop frees memory that it did not allocate: twice, if it repeats",
                    )
            after.join(before)
        elif isinstance(op, ScopeOp):
            for alloc in local:
                if op.is_ancestor(alloc) and alloc.space.data == op.space.data:
                    memory = memory_of(alloc.memref)
                    assert memory is not None
                    after.dead.add(memory)
        return after

    def _op(
        self, op: Operation, state: HeapState, function: func.FuncOp, local: list[AllocOp]
    ) -> None:
        if isinstance(op, HeapInitOp):
            self._init(op, state, function)
        elif isinstance(op, AllocOp):
            self._alloc(op, state, function, local)
        elif isinstance(op, FreeOp):
            self._free(op, state, function)
        elif isinstance(op, WaitOp):
            state.in_flight.clear()
        else:
            self._use(op, state, function)

    def _init(self, op: HeapInitOp, state: HeapState, function: func.FuncOp) -> None:
        space = op.space.data
        if work_items(function) != 1:
            raise fault(op, f"the {space.value} heap is initialised by more than one work-item")
        if space != Space.L2 and space in self.inits:
            raise fault(
                op, f"the {space.value} heap is initialised twice: that invalidates its allocations"
            )
        if space != Space.L2 and function.sym_name.data == "compute":
            raise fault(op, "compute may initialise the l2 heap only")
        self.inits.add(space)
        state.ready.add(space)

    def _alloc(
        self, op: AllocOp, state: HeapState, function: func.FuncOp, local: list[AllocOp]
    ) -> None:
        space = op.space.data
        reason = ALLOCATORS[op.allocator.data].verify(space, op.lifetime.data)
        if reason is not None:
            raise fault(op, reason)
        if op.shared is not None and space == Space.L2:
            raise fault(op, "each core has its own l2, so cores cannot share memory there")
        if op.allocator.data == "heap" and space not in state.ready:
            where = "in this kernel" if space == Space.L2 else "before"
            raise fault(op, f"the {space.value} heap is used and was not initialised {where}")
        if space != Space.L2 and function.sym_name.data == "compute":
            raise fault(op, "compute must not allocate from a heap: that is not real-time safe")
        if op.lifetime.data == Lifetime.BLOCK:
            local.append(op)
            return
        assert op.buffer is not None
        name = op.buffer.string_value()
        if name in self.named and name not in self.freed:
            raise fault(op, f"{name} is allocated twice, so the first allocation is never freed")
        self.named[name] = op

    def _free(self, op: FreeOp, state: HeapState, function: func.FuncOp) -> None:
        if op.space.data == Space.L2:
            raise fault(op, "the l2 heap has no free: it is emptied as a whole by its init")
        if function.sym_name.data == "compute":
            raise fault(op, "compute must not free memory: that is not real-time safe")
        memory = memory_of(op.memref)
        alloc = self._alloc_of(memory)
        self._check_alive(op, memory, state, "freed twice")
        if memory in state.in_flight:
            raise fault(op, "memory is freed before its copy has completed")
        if alloc is not None and (alloc.space, alloc.allocator) != (op.space, op.allocator):
            kind = f'<{alloc.space.data.value}> "{alloc.allocator.data}"'
            raise fault(op, f"memory is freed as another kind than it was allocated: {kind}")
        if alloc is None:
            raise fault(op, "memory is freed that was never allocated")
        if memory is None:
            return
        state.dead.add(memory)
        if isinstance(memory, str):
            self.freed.add(memory)

    def _alloc_of(self, memory: Memory | None) -> AllocOp | None:
        if isinstance(memory, str):
            return self.named.get(memory)
        while isinstance(memory, ReallocOp):
            memory = memory_of(memory.source)
        return memory if isinstance(memory, AllocOp) else None

    def _check_alive(
        self,
        op: Operation,
        memory: Memory | None,
        state: HeapState,
        how: str = "used after its free",
    ) -> None:
        if memory is not None and memory in state.dead:
            name = memory if isinstance(memory, str) else "this memory"
            if memory in self.gone:
                how = "used after the end of the kernel that allocated it"
            raise fault(op, f"{name} is {how}")

    def _use(self, op: Operation, state: HeapState, function: func.FuncOp) -> None:
        if op.name in BARRIERS and locked_scope(op) is not None:
            raise fault(op, "a barrier while a heap's lock is held: the other work-items deadlock")
        if isinstance(op, memref.CastOp) or op.name == "memref.memory_space_cast":
            check_cast(op)
        for operand in op.operands:
            if not isinstance(operand.type, MemRefType):
                continue
            memory = memory_of(operand)
            self._check_alive(op, memory, state)
            if memory in state.in_flight and not isinstance(op, CopyOp) and not is_view(op):
                raise fault(op, "memory is used before its copy has completed")
            if isinstance(op, func.CallOp | func.ReturnOp) and in_l2(operand):
                raise fault(op, "memory in l2 leaves the kernel that owns it")
            if isinstance(op, memref.StoreOp) and operand is op.value and in_l2(operand):
                raise fault(op, "memory in l2 is kept beyond the kernel that owns it")
            if isinstance(op, ReallocOp):
                self._check_realloc(op, memory, function)
        if isinstance(op, CopyOp) and op.is_async is not None:
            for row in (op.source, op.target):
                memory = memory_of(row)
                if memory is not None:
                    state.in_flight.add(memory)
        elif isinstance(op, ReallocOp):
            memory = memory_of(op.source)
            if memory is not None:
                state.dead.add(memory)

    def _check_realloc(self, op: ReallocOp, memory: Memory | None, function: func.FuncOp) -> None:
        if in_l2(op.source):
            raise fault(op, "the l2 heap frees nothing, so it cannot reallocate")
        if function.sym_name.data == "compute":
            raise fault(op, "compute must not reallocate memory: that is not real-time safe")
        if memory is None or self._alloc_of(memory) is None:
            raise fault(op, "memory is reallocated that was never allocated")

    def _end(self, local: list[AllocOp], state: HeapState) -> None:
        """At the end of a function: block scratch must be freed, and copies completed."""
        for alloc in local:
            is_heap = alloc.allocator.data in ("heap", "manager")
            if is_heap and alloc.space.data != Space.L2 and not self._is_dead(alloc, state):
                raise fault(alloc, "this memory is never freed")
            if alloc.buffer is not None:
                self.gone.add(alloc.buffer.string_value())
        if state.in_flight:
            memory = next(iter(state.in_flight))
            alloc = self._alloc_of(memory)
            raise fault(alloc, "a copy is still running when its function ends")

    def _is_dead(self, alloc: AllocOp, state: HeapState) -> bool:
        """Whether it was freed, directly or after a realloc."""
        memory: Operation = alloc
        if memory_of(alloc.memref) in state.dead and alloc.buffer is not None:
            return True
        while memory in state.dead:
            moved = [use.operation for use in memory.results[0].uses]
            following = next((op for op in moved if isinstance(op, ReallocOp)), None)
            if following is None:
                return True
            memory = following
        return False


def memory_of(row: SSAValue) -> Memory | None:
    """The allocation behind a memref's views; None for memory from outside."""
    while isinstance(row.owner, Operation):
        owner = row.owner
        if isinstance(owner, AllocOp):
            return owner if owner.buffer is None else owner.buffer.string_value()
        if isinstance(owner, ReallocOp):
            return owner
        if isinstance(owner, GetOp):
            return owner.buffer.string_value()
        if not owner.operands or not isinstance(owner.operands[0].type, MemRefType):
            return None
        row = owner.operands[0]
    return None


def is_view(op: Operation) -> bool:
    """Whether an op is a view of a memref: it accesses no element."""
    return bool(op.results) and isinstance(op.results[0].type, MemRefType)


def in_l2(row: SSAValue) -> bool:
    """Whether a memref lies in l2."""
    if isinstance(row.type, MemRefType) and isinstance(row.type.memory_space, SpaceAttr):
        return row.type.memory_space.data == Space.L2
    memory = memory_of(row)
    return isinstance(memory, AllocOp) and memory.space.data == Space.L2


def check_cast(op: Operation) -> None:
    """Reject a cast between two named spaces."""
    source, result = op.operands[0].type, op.results[0].type
    assert isinstance(source, MemRefType)
    assert isinstance(result, MemRefType)
    named = (source.memory_space, result.memory_space)
    if named[0] != named[1] and not any(isinstance(one, NoneAttr) for one in named):
        raise fault(op, "a cast between spaces: the memory stays where it is")


def locked_scope(op: Operation) -> ScopeOp | None:
    """The enclosing scope that holds a heap's lock, or None."""
    parent = op.parent_op()
    while parent is not None:
        if isinstance(parent, ScopeOp) and parent.locked is not None:
            return parent
        parent = parent.parent_op()
    return None


def work_items(function: func.FuncOp) -> int:
    """The number of work-items of a group that run a function: attribute `work_items`, or 1."""
    attribute = function.attributes.get("work_items")
    return attribute.value.data if isinstance(attribute, IntegerAttr) else 1


def fault(op: Operation | None, message: str) -> DspcError:
    """The error for a violated rule, with the source location of the op."""
    if op is None:
        return DspcError("E0606", message)
    message = f"{message} (in {op.name})"
    span, place = span_of(op), location_text(op)
    notes = [Note(f"it is at {place}")] if span is None and place else []
    return DspcError("E0606", message, span, notes=notes)
