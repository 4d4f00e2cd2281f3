"""Prints the body of a function: an iterative traversal of its ops, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xdsl.dialects import arith, memref, vector
from xdsl.dialects.func import FuncOp
from xdsl.dialects.scf import ForOp, IfOp
from xdsl.ir import Block, Operation, SSAValue
from xdsl.transforms.canonicalization_patterns.utils import const_evaluate_operand

from dspc.backends.common.row_loops import RowLoop, row_loop, runs_once
from dspc.backends.common.traversal import Traversal
from dspc.backends.llvm import vectors
from dspc.backends.llvm.arithmetic import HANDLERS
from dspc.backends.llvm.calls import declared_call
from dspc.backends.llvm.code import CLEAR, COPY, FREE_LOOPS, MOVE, Code
from dspc.backends.llvm.layout import LlvmStorage
from dspc.backends.llvm.sounds import SOUNDFILE_HANDLERS
from dspc.backends.llvm.types import alignment_of, constant, llvm_type, local, size_of
from dspc.dialects.dsp.tables import slot_name
from dspc.dialects.dsp_mem.buffers import GetOp
from dspc.dialects.dsp_par import LoopKind, LoopOp, WindowOp
from dspc.support.diagnostics import DspcError

HOST = "host"
"""The alias class of inputs and outputs: a host may pass one array as both."""


@dataclass(frozen=True, slots=True)
class Row:
    """Memory as a memref value: pointer to the first element, element type and alias class."""

    pointer: str
    kind: str
    tag: str


def is_chunked(loop: ForOp) -> bool:
    """Whether a loop goes over the whole chunks of a block."""
    step = const_evaluate_operand(loop.step)
    return step is not None and step > 1 and const_evaluate_operand(loop.ub) is None


class LlvmFunctionPrinter(Traversal):
    """Prints a function's body into `code`; `places` has the memory of each buffer."""

    def __init__(
        self, places: dict[str, LlvmStorage], declared: dict[str, FuncOp], code: Code
    ) -> None:
        super().__init__()
        self.code = code
        self.values: dict[SSAValue, str] = {}
        self.rows: dict[SSAValue, Row] = {}
        self._places = places
        self._declared = declared
        self._entry: list[str] = []
        self._known: dict[str, Row] = {}
        self._is_rest = False
        """Whether the loop over whole chunks is printed: the remaining frames follow it."""
        self._yielded: dict[Operation, list[tuple[str, list[str]]]] = {}

    def run(self, block: Block) -> list[str]:
        """The lines of a block and its nested blocks; allocas and addresses first."""
        self.traverse(block)
        return [*self._entry, *self.code.lines]

    def visit(self, op: Operation) -> None:
        handler = HANDLERS.get(op.name) or vectors.HANDLERS.get(op.name)
        if handler is not None:
            self.values[op.results[0]] = handler(op, self.take(op.operands), self.code)
            return
        special = self.special.get(op.name)
        if special is None:
            raise DspcError("E0902", f"LLVM code can't be made of {op.name}")
        special(self, op)

    def take(self, operands: Iterable[SSAValue]) -> list[str]:
        return [self.values[operand] for operand in operands]

    # Memory

    def constant(self, op: Operation) -> None:
        assert isinstance(op, arith.ConstantOp)
        self.values[op.result] = constant(op.value)

    def get(self, op: Operation) -> None:
        """The address of a buffer, computed once in the entry block."""
        assert isinstance(op, GetOp)
        self.rows[op.memref] = self._row(slot_name(op.buffer))

    def _row(self, symbol: str) -> Row:
        row = self._known.get(symbol)
        if row is None:
            place = self._places[symbol]
            row = self._known[symbol] = Row(self._address(place, symbol), place.kind, place.tag)
        return row

    def _address(self, place: LlvmStorage, symbol: str) -> str:
        if place.base:
            return place.base
        name = local(symbol, self.code.number())
        if place.is_local:
            self._entry.append(f"  {place.allocator.declare(place.piece(name))}")
        else:
            self._entry.append(f"  {name} = {place.address()}")
        return name

    def element(self, memory: SSAValue, indices: Iterable[SSAValue]) -> tuple[str, Row]:
        """The address of an element, and its row."""
        row = self.rows[memory]
        index = self.take(indices)
        if not index or index[0] == "0":
            return row.pointer, row
        address = f"getelementptr inbounds {row.kind}, ptr {row.pointer}, i64 {index[0]}"
        return self.code.value(address), row

    def marks(self, row: Row) -> str:
        """The suffix of a load or store: alignment, TBAA tag and access group."""
        tag = self.code.module.tag(row.tag) if row.tag else ""
        group = f", !llvm.access.group {self.code.group}" if self.code.group else ""
        return f", align {alignment_of(row.kind)}{tag}{group}"

    def load(self, op: Operation) -> None:
        assert isinstance(op, memref.LoadOp)
        address, row = self.element(op.memref, op.indices)
        hint = op.res.name_hint
        loaded = self.code.value(f"load {row.kind}, ptr {address}{self.marks(row)}", hint)
        if llvm_type(op.res.type) == "i1":
            loaded = self.code.value(f"trunc i8 {loaded} to i1")
        self.values[op.res] = loaded

    def store(self, op: Operation) -> None:
        assert isinstance(op, memref.StoreOp)
        value = self.values[op.value]
        address, row = self.element(op.memref, op.indices)
        if llvm_type(op.value.type) == "i1":
            value = self.code.value(f"zext i1 {value} to i8")
        self.code.emit(f"store {row.kind} {value}, ptr {address}{self.marks(row)}")

    def load_lanes(self, op: Operation) -> None:
        assert isinstance(op, vector.LoadOp)
        address, row = self.element(op.base, op.indices)
        kind = llvm_type(op.result.type)
        loaded = f"load {kind}, ptr {address}{self.marks(row)}"
        self.values[op.result] = self.code.value(loaded, op.result.name_hint)

    def store_lanes(self, op: Operation) -> None:
        assert isinstance(op, vector.StoreOp)
        address, row = self.element(op.base, op.indices)
        kind = llvm_type(op.vector.type)
        operands = f"{kind} {self.values[op.vector]}, ptr {address}"
        self.code.emit(f"store {operands}{self.marks(row)}")

    def window(self, op: Operation) -> None:
        assert isinstance(op, WindowOp)
        address, row = self.element(op.source, [op.start])
        self.rows[op.result] = Row(address, row.kind, row.tag)

    # Calls

    def call(self, op: Operation) -> None:
        function = self._declared[slot_name(op.properties["callee"])]
        self.values[op.results[0]] = declared_call(function, self.take(op.operands), self.code)

    def soundfile(self, op: Operation) -> None:
        row = self._row(slot_name(op.properties["slot"]))
        pointer = self.code.value(f"load ptr, ptr {row.pointer}{self.marks(row)}", "sound")
        self.values[op.results[0]] = pointer

    def soundfile_read(self, op: Operation) -> None:
        handler = SOUNDFILE_HANDLERS[op.name]
        self.values[op.results[0]] = handler(op, self.take(op.operands), self.code)

    # Regions

    def loop(self, op: Operation) -> None:
        assert isinstance(op, ForOp)
        if runs_once(op):
            return self._loop_once(op)
        row = row_loop(op)
        if row is not None and self._print_row(op, row):
            return None
        body = op.body.block
        index, *carried = body.args
        number = self.code.number()
        head, inside, end = (f"{word}.{number}" for word in ("for", "do", "done"))
        low, high, step = self.take((op.lb, op.ub, op.step))
        starts = self.take(op.iter_args)
        before = self.code.block
        outer = self.code.group, self.code.is_free, self.code.is_short
        self.code.emit(f"br label %{head}")
        self.code.open(head)
        counter = local(index.name_hint or "i", self.code.number())
        # The phis are inserted here once the body is printed and its results are known.
        at = len(self.code.lines)
        names = [local(arg.name_hint, self.code.number()) for arg in carried]
        self.values[index] = counter
        self.values.update(zip(carried, names, strict=True))
        self.values.update(zip(op.results, names, strict=True))
        going = self.code.value(f"icmp slt i64 {counter}, {high}")
        self.code.emit(f"br i1 {going}, label %{inside}, label %{end}")
        self.code.open(inside)
        metadata = self._loop_metadata(op)

        def close() -> None:
            ((_, passed),) = self._yielded.pop(op)
            latch = self.code.block
            after = self.code.value(f"add nsw i64 {counter}, {step}", "next")
            self.code.emit(f"br label %{head}{metadata}")
            phis = [(counter, "i64", low, after)]
            for name, arg, start, value in zip(names, carried, starts, passed, strict=True):
                phis.append((name, llvm_type(arg.type), start, value))
            self.code.lines[at:at] = [
                f"  {name} = phi {kind} [ {start}, %{before} ], [ {value}, %{latch} ]"
                for name, kind, start, value in phis
            ]
            self.code.open(end)
            self.code.group, self.code.is_free, self.code.is_short = outer
            self._is_rest |= is_chunked(op)

        self._work += [close, iter(body.ops)]

    def _loop_once(self, op: ForOp) -> None:
        """A loop of one iteration, as the past of one frame is copied by: no loop."""
        index, *carried = op.body.block.args
        self.values[index] = self.values[op.lb]
        self.values.update(zip(carried, self.take(op.iter_args), strict=True))

        def close() -> None:
            ((_, passed),) = self._yielded.pop(op)
            self.values.update(zip(op.results, passed, strict=True))

        self._work += [close, iter(op.body.block.ops)]

    def _print_row(self, op: ForOp, loop: RowLoop) -> bool:
        """Copy or clear a row at once; False where only a loop keeps the order of accesses."""
        source = None if loop.source is None else self.rows[loop.source]
        is_apart = source is None or source.tag != self.rows[loop.target].tag
        if not is_apart and not loop.is_free:
            return False
        target, row = self.element(loop.target, [op.lb])
        operands, kinds = [f"ptr align {alignment_of(row.kind)} {target}"], ["ptr"]
        function = COPY if is_apart else MOVE
        if loop.source is None:
            function, operands, kinds = CLEAR, [*operands, "i8 0"], ["ptr", "i8"]
        else:
            address, _ = self.element(loop.source, [op.lb])
            operands.append(f"ptr align {alignment_of(row.kind)} {address}")
            kinds.append("ptr")
        self.code.module.declare(function, "void", [*kinds, "i64", "i1"])
        operands += [f"i64 {self._bytes(op, size_of(row.kind))}", "i1 false"]
        self.code.emit(f"call void @{function}({', '.join(operands)})")
        return True

    def _bytes(self, op: ForOp, size: int) -> str:
        """The bytes of as many elements as a loop has iterations."""
        low, high = const_evaluate_operand(op.lb), const_evaluate_operand(op.ub)
        if low is not None and high is not None:
            return str(max(high - low, 0) * size)
        first, end = self.take((op.lb, op.ub))
        count = end if low == 0 else self.code.value(f"sub i64 {end}, {first}")
        count = self.code.intrinsic("smax", "i64", count, "0")
        return self.code.value(f"mul nuw nsw i64 {count}, {size}")

    def _loop_metadata(self, op: ForOp) -> str:
        """`llvm.loop.parallel_accesses` for a loop without loop-carried dependences.

        Or that it stays scalar, if it runs the last frames and `short_rests` is set. Without
        `llvm.loop.vectorize.enable`, which would permit LLVM to reassociate sums.
        """
        parent = op.parent_op()
        module = self.code.module
        is_free = isinstance(parent, LoopOp) and parent.kind.data == LoopKind.FREE
        self.code.is_free |= is_free
        if self._is_rest and module.short_rests and const_evaluate_operand(op.ub) is None:
            self.code.is_short = True
            return f", !llvm.loop {module.node(f'distinct !{{@, {module.scalar()}}}')}"
        if not is_free:
            return ""
        self.code.group = module.node("distinct !{}")
        accesses = module.node(f'!{{!"{FREE_LOOPS}", {self.code.group}}}')
        return f", !llvm.loop {module.node(f'distinct !{{@, {accesses}}}')}"

    def branch(self, op: Operation) -> None:
        assert isinstance(op, IfOp)
        number = self.code.number()
        yes, no, end = (f"{word}.{number}" for word in ("then", "else", "end"))
        (condition,) = self.take((op.cond,))
        otherwise = op.false_region.blocks
        before = self.code.block
        target = no if otherwise else end
        self.code.emit(f"br i1 {condition}, label %{yes}, label %{target}")
        self.code.open(yes)

        def begin_else() -> None:
            self.code.emit(f"br label %{end}")
            if otherwise:
                self.code.open(no)

        def close() -> None:
            if otherwise:
                self.code.emit(f"br label %{end}")
            self.code.open(end)
            incoming = self._yielded.pop(op, [(before, [])])
            for at, result in enumerate(op.results):
                edges = ", ".join(f"[ {values[at]}, %{block} ]" for block, values in incoming)
                phi = f"phi {llvm_type(result.type)} {edges}"
                self.values[result] = self.code.value(phi, result.name_hint)

        self._work += [close, *([iter(otherwise[0].ops)] if otherwise else []), begin_else]
        self._work.append(iter(op.true_region.block.ops))

    def pass_on(self, op: Operation) -> None:
        parent = op.parent_op()
        assert parent is not None
        edge = (self.code.block, self.take(op.operands))
        self._yielded.setdefault(parent, []).append(edge)


LlvmFunctionPrinter.special = {
    **Traversal.special,
    "arith.constant": LlvmFunctionPrinter.constant,
    "dsp_mem.get": LlvmFunctionPrinter.get,
    "memref.load": LlvmFunctionPrinter.load,
    "memref.store": LlvmFunctionPrinter.store,
    "vector.load": LlvmFunctionPrinter.load_lanes,
    "vector.store": LlvmFunctionPrinter.store_lanes,
    "func.call": LlvmFunctionPrinter.call,
    "dsp.soundfile": LlvmFunctionPrinter.soundfile,
    **dict.fromkeys(SOUNDFILE_HANDLERS, LlvmFunctionPrinter.soundfile_read),
    "scf.for": LlvmFunctionPrinter.loop,
    "scf.if": LlvmFunctionPrinter.branch,
    "scf.yield": LlvmFunctionPrinter.pass_on,
    "dsp_par.window": LlvmFunctionPrinter.window,
}
