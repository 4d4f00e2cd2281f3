"""Prints the body of a function: one walk over its ops, in order, without recursion.

An op without effects that is used once, in its own block, becomes part of the expression that uses
it. It waits as *pending*; before memory that it reads is overwritten it is put into a variable, and
so it is when an expression grows too large.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from xdsl.dialects.memref import LoadOp, StoreOp
from xdsl.dialects.scf import ForOp, IfOp
from xdsl.ir import Block, Operation, SSAValue

from dspc.backends.c import openmp
from dspc.backends.c.arithmetic import HANDLERS, callee
from dspc.backends.c.assignments import assign_together
from dspc.backends.c.expressions import Expr, binary, element
from dspc.backends.c.expressions import call as call_of
from dspc.backends.c.language import Uses
from dspc.backends.c.literals import literal
from dspc.backends.c.names import Names, default_name
from dspc.backends.c.row_copies import print_copy
from dspc.backends.c.storage import Storage
from dspc.backends.c.vectors import has_lanes, is_vector
from dspc.backends.common.dead import dead_ops
from dspc.dialects.dsp.tables import slot_name
from dspc.dialects.dsp_mem.buffers import GetOp
from dspc.dialects.dsp_par import LoopOp, WindowOp
from dspc.dialects.places import placed
from dspc.support.diagnostics import DspcError

_MOST_NODES = 30

Frame = tuple[Iterator[Operation], Callable[[], None]]


class FunctionPrinter:
    """The lines of one function's body; `storages` gives the memory of each buffer by its name.

    How the language spells them is in the table of `uses`. Printers for other kinds of memory
    derive from this one and replace entries of `special`.
    """

    special: ClassVar[Mapping[str, Callable[[Any, Operation], None]]]
    """The ops with effects and regions, as methods."""

    def __init__(self, storages: dict[str, Storage], names: Names, uses: Uses) -> None:
        self.lines: list[str] = []
        self.names = names
        self.uses = uses
        self.language = uses.language
        self.values: dict[SSAValue, Expr] = {}
        self._storages = storages
        self.arrays: dict[SSAValue, Storage] = {}
        self._pending: dict[SSAValue, Expr] = {}
        self._readers: dict[str, list[SSAValue]] = {}
        self._dead: set[Operation] = set()
        self.locals: list[str] = []
        """The numbers and pointers that the function's own block declares with a value."""
        self._indent = ""
        self._frames: list[Frame] = []
        self._targets: dict[Operation, list[str | None]] = {}
        self._loops = 0

    def bind(self, value: SSAValue, bound: Expr | Storage) -> None:
        """Give a function's argument its expression or memory."""
        if isinstance(bound, Storage):
            self.arrays[value] = bound
        else:
            self.values[value] = bound

    def run(self, block: Block) -> None:
        """Print a block and all that is nested in it."""
        self.prepare(block)
        self.print_ops(block.ops)

    def prepare(self, block: Block) -> None:
        """Determine which ops of a block need not be printed."""
        self._dead = dead_ops(block)

    def is_dead(self, op: Operation) -> bool:
        """Whether an op need not be printed."""
        return op in self._dead

    def print_ops(self, wanted: Iterable[Operation]) -> None:
        """Print some ops of a block that is run, in their order, with their nested blocks."""
        self._frames.append((iter(wanted), lambda: None))
        while self._frames:
            ops, close = self._frames[-1]
            depth = len(self._frames)
            for op in ops:
                if op in self._dead:
                    continue
                try:
                    self._visit(op)
                except DspcError as error:
                    raise placed(error, op) from None
                if len(self._frames) != depth:
                    break
            else:
                self._frames.pop()
                close()

    def emit(self, line: str) -> None:
        self.lines.append(f"{self._indent}{line}{self.uses.trace.mark()}")

    def declare(self, kind: str, name: str, value: str) -> None:
        """Print a variable's declaration with its value."""
        self.emit(f"{kind} {name} = {value};")
        if not self._indent:
            self.locals.append(name)

    def _visit(self, op: Operation) -> None:
        name = op.name
        self.uses.trace.visit(op)
        if has_lanes(op):
            return self._visit_lanes(op)
        handler = HANDLERS.get(name)
        if handler is not None:
            self.define(op, handler(op, self.take_all(op.operands), self.uses))
            return
        special = self.special.get(name)
        if special is None:
            raise DspcError("E0702", f"{self.language.name} code can't be made of {name}")
        special(self, op)

    def _visit_lanes(self, op: Operation) -> None:
        """Print an op on vectors."""
        forms = self.language.vectors
        handler = forms.handlers.get(op.name)
        if handler is not None:
            self.define(op, handler(op, self.take_all(op.operands), self.uses))
        elif op.name == "arith.constant":
            self.values[op.results[0]] = self.variable(op.results[0], forms.constant(op, self.uses))
        else:
            forms.special.get(op.name, forms.otherwise)(self, op)

    def type_of(self, value: SSAValue) -> str:
        """The type of a variable for a value."""
        if is_vector(value):
            return self.language.vectors.type_of(value, self.uses)
        return self.language.scalar(value.type)

    # Values

    def take(self, value: SSAValue) -> Expr:
        """The expression of an operand; a pending one is used up."""
        pending = self._pending.pop(value, None)
        return self.values[value] if pending is None else pending

    def take_all(self, operands: Iterable[SSAValue]) -> tuple[Expr, ...]:
        """The operands' expressions, the largest put into variables if together they are too big.

        Its own operands come first, so that an op's line stands before lines that need it.
        """
        values = tuple(operands)
        waiting = [value for value in values if value in self._pending]
        size = sum(self._pending[value].size for value in waiting)
        while size > _MOST_NODES and waiting:
            largest = max(waiting, key=lambda value: self._pending[value].size)
            size -= self._pending[largest].size
            waiting.remove(largest)
            self._settle(largest)
        return tuple(map(self.take, values))

    def variable(self, value: SSAValue, expr: Expr) -> Expr:
        """Put an expression into a new constant variable named after the value."""
        kind = self.type_of(value)
        name = self.names.fresh(value.name_hint, default_name(kind))
        self.declare(f"const {kind}", name, expr.text)
        return Expr(name, low=expr.low, high=expr.high)

    def result(self, value: SSAValue) -> str:
        """Declare the variable of a branch's result."""
        kind = self.type_of(value)
        name = self.names.fresh(value.name_hint, default_name(kind))
        self.emit(f"{kind} {name};")
        return name

    def carried(self, kind: str, name: str, start: str) -> str:
        """Declare a variable that a loop carries from turn to turn."""
        self.declare(kind, name, start)
        return name

    def simple(self, expr: Expr, value: SSAValue) -> Expr:
        """The expression, in a variable if it is more than a name."""
        return expr if expr.size == 1 else self.variable(value, expr)

    def simple_all(self, operands: Iterable[SSAValue]) -> list[Expr]:
        """The operands' expressions, each a name or literal."""
        values = tuple(operands)
        return [self.simple(self.take(value), value) for value in values]

    def _settle(self, value: SSAValue) -> None:
        self.values[value] = self.variable(value, self._pending.pop(value))

    def define(self, op: Operation, expr: Expr) -> None:
        """Give an op's result its expression, at once or later."""
        value = op.results[0]
        if expr.size == 1 and expr.binding >= 14 and not expr.reads_memory:
            self.values[value] = expr
            return
        if not value.has_one_use() or next(iter(value.uses)).operation.parent is not op.parent:
            self.values[value] = self.variable(value, expr)
            return
        self._pending[value] = expr
        for key in expr.reads:
            if key[0] == "@":
                self._readers.setdefault(key, []).append(value)

    def settle_readers(self, key: str) -> None:
        """Fix the pending expressions that read this memory, for it is about to change."""
        for value in self._readers.pop(key, ()):
            if value in self._pending:
                self._settle(value)

    def settle_memory(self) -> None:
        """Fix all pending expressions that read memory."""
        for key in tuple(self._readers):
            self.settle_readers(key)

    # Ops

    def constant(self, op: Operation) -> None:
        self.values[op.results[0]] = literal(op.properties["value"], self.uses)

    def get(self, op: Operation) -> None:
        assert isinstance(op, GetOp)
        self.arrays[op.memref] = self.storage_of(op)

    def storage_of(self, op: GetOp) -> Storage:
        """The memory that an op fetches."""
        return self._storages[slot_name(op.buffer)]

    def load(self, op: Operation) -> None:
        assert isinstance(op, LoadOp)
        memory = self.arrays[op.memref]
        if op.indices:
            loaded = element(memory.name, self.take(op.indices[0]), memory.key)
        else:
            reads = frozenset((memory.key,)) if memory.key else frozenset[str]()
            loaded = Expr(memory.name, reads=reads)
        if memory.is_host_float:
            loaded = self.language.cast(memory.element, loaded)
        self.define(op, loaded)

    def store(self, op: Operation) -> None:
        assert isinstance(op, StoreOp)
        memory = self.arrays[op.memref]
        value, *indices = self.take_all((op.value, *op.indices))
        self.settle_readers(memory.key)
        place = f"{memory.name}[{indices[0].text}]" if indices else memory.name
        if memory.is_host_float:
            value = self.language.cast("FAUSTFLOAT", value)
        self.emit(f"{place} = {value.text};")

    def call(self, op: Operation) -> None:
        function = self.uses.functions[slot_name(op.properties["callee"])]
        if function.is_value:
            self.define(op, Expr(function.text, size=2))
            return
        arguments = self.take_all(op.operands)
        if function.argument:
            arguments = [self.language.cast(function.argument, argument) for argument in arguments]
        self.define(op, call_of(callee(op, function, self.uses), *arguments))

    def soundfile(self, op: Operation) -> None:
        member = self._storages[slot_name(op.properties["slot"])].name
        name = self.names.fresh(op.results[0].name_hint, "sound")
        self.declare("Soundfile* const", name, member)
        self.values[op.results[0]] = Expr(name)

    def soundfile_read(self, op: Operation) -> None:
        handle, *args = self.take_all(op.operands)
        simple = [self.simple(arg, v) for arg, v in zip(args, op.operands[1:], strict=True)]
        self.define(op, self.language.soundfiles[op.name](op, handle, *simple))

    def window(self, op: Operation) -> None:
        """A pointer into a row; its target has the key of the row."""
        assert isinstance(op, WindowOp)
        memory = self.arrays[op.source]
        start = self.take(op.start)
        name = memory.name
        if start.text != "0":
            kind = "FAUSTFLOAT" if memory.is_host_float else memory.element
            name = self.names.fresh(op.result.name_hint or name, "row")
            self.declare(f"{kind}* const", name, binary("+", Expr(memory.name), start).text)
        self.arrays[op.result] = replace(memory, name=name, extent=0)

    # Regions

    def parallel_loop(self, op: Operation) -> None:
        """One of many loops, in a block of its own."""
        assert isinstance(op, LoopOp)
        self.settle_memory()
        self._loops += 1
        self.emit(f"// Loop {self._loops}, {op.kind.data.value}")
        self.open("{", op.body.block.ops, lambda: self.close("}"))

    def open(self, line: str, ops: Iterable[Operation], close: Callable[[], None]) -> None:
        self.emit(line)
        self._indent += "\t"
        self._frames.append((iter(ops), close))

    def close(self, line: str) -> None:
        self._indent = self._indent[:-1]
        self.emit(line)

    def loop(self, op: Operation) -> None:
        assert isinstance(op, ForOp)
        if self.language.copies_rows and print_copy(self, op):
            return
        body = op.body.block
        index, *carried = body.args
        names: list[str | None] = []
        for arg, start, result in zip(carried, op.iter_args, op.results, strict=True):
            if not arg.uses and not result.uses:
                names.append(None)
                self.take(start)
                continue
            kind = self.type_of(arg)
            hint = arg.name_hint or result.name_hint or start.name_hint
            name = self.names.fresh(hint, default_name(kind))
            name = self.carried(kind, name, self.take(start).text)
            names.append(name)
            self.values[arg] = Expr(name, reads=frozenset((name,)))
            self.values[result] = Expr(name)
        self._targets[op] = names
        low, high, step = self.simple_all((op.lb, op.ub, op.step))
        self.settle_memory()
        name = self.names.fresh(index.name_hint, "i")
        self.values[index] = Expr(name).within(low.low, max(low.low, high.high - 1))
        advance = f"++{name}" if step.text == "1" else f"{name} += {step.text}"
        parent = op.parent_op()
        if isinstance(parent, LoopOp):
            openmp.mark_loop(self, parent)
        head = f"for (int {name} = {low.text}; {name} < {high.text}; {advance}) {{"
        self.open(head, body.ops, lambda: self.close("}"))

    def branch(self, op: Operation) -> None:
        assert isinstance(op, IfOp)
        condition = self.take(op.cond)
        self.settle_memory()
        names: list[str | None] = []
        for result in op.results:
            name = self.result(result)
            names.append(name)
            self.values[result] = Expr(name)
        self._targets[op] = names
        otherwise = op.false_region.blocks
        has_else = bool(otherwise) and len(otherwise[0].ops) > (0 if op.results else 1)

        def close() -> None:
            self._indent = self._indent[:-1]
            if has_else:
                self.open("} else {", otherwise[0].ops, lambda: self.close("}"))
            else:
                self.emit("}")

        self.open(f"if ({condition.text}) {{", op.true_region.block.ops, close)

    def pass_on(self, op: Operation) -> None:
        parent = op.parent_op()
        assert parent is not None
        targets = self._targets[parent]
        wanted = [
            (name, value, self.take(value))
            for name, value in zip(targets, op.operands, strict=True)
            if name is not None
        ]
        assign_together(self, wanted)

    def end(self, op: Operation) -> None:
        if op.operands:
            raise DspcError("E0702", "a function of the lowered program returns a value")


FunctionPrinter.special = {
    "arith.constant": FunctionPrinter.constant,
    "dsp_mem.get": FunctionPrinter.get,
    "memref.load": FunctionPrinter.load,
    "memref.store": FunctionPrinter.store,
    "func.call": FunctionPrinter.call,
    "func.return": FunctionPrinter.end,
    "dsp.soundfile": FunctionPrinter.soundfile,
    "dsp.soundfile_length": FunctionPrinter.soundfile_read,
    "dsp.soundfile_rate": FunctionPrinter.soundfile_read,
    "dsp.soundfile_read": FunctionPrinter.soundfile_read,
    "scf.for": FunctionPrinter.loop,
    "scf.if": FunctionPrinter.branch,
    "scf.yield": FunctionPrinter.pass_on,
    "dsp_par.window": FunctionPrinter.window,
    "dsp_par.loop": FunctionPrinter.parallel_loop,
    "dsp_par.yield": FunctionPrinter.end,
    **openmp.HANDLERS,
}
