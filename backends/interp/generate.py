"""Programs unrolled into Python text: one line an op, calling the functions of the table.

xDSL's interpreter costs some 6 microseconds an op; this costs about a tenth of one. The text has
a line for each op and a list that tells the op of each line, so that a fault names its op.
"""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Any

from xdsl.ir import Block, Operation, SSAValue

from dspc.backends.interp.errors import InterpreterError
from dspc.backends.interp.scalars import constant_value, scalar_function

INFIX: dict[int, str] = {
    id(operator.add): "+",
    id(operator.sub): "-",
    id(operator.mul): "*",
    id(operator.truediv): "/",
    id(operator.and_): "&",
    id(operator.or_): "|",
    id(operator.xor): "^",
}
"""Functions of the table that Python has an operator for: calling them costs three times more.
By identity, since C functions don't hash."""

TERMINATORS = frozenset(
    (
        "dsp.yield", "scf.yield", "scf.condition", "func.return", "scf.reduce", "dsp_par.yield",
        "dsp_mem.end",
    )
)  # fmt: skip

_numbers = itertools.count()
Close = Callable[[Operation], None]
"""Called with the op that ends a block, once all ops before it are written."""


class Code:
    """Compiled text. `make` gives the program's functions for one instance's memory."""

    def __init__(
        self, lines: list[str], ops: list[Operation | None], values: dict[str, Any]
    ) -> None:
        self.filename = f"<interpreted program {next(_numbers)}>"
        self.ops = ops
        try:
            code = compile("\n".join(lines) + "\n", self.filename, "exec")
        except (SyntaxError, RecursionError, MemoryError) as error:
            raise InterpreterError(f"loops or gates nest too deep to interpret ({error})") from None
        exec(code, values)
        self.make: Callable[..., tuple[Callable[..., Any], ...]] = values["make"]

    def op_of(self, trace: TracebackType | None) -> Operation | None:
        """The op whose line raised."""
        found = None
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == self.filename:
                found = self.ops[trace.tb_lineno - 1]
            trace = trace.tb_next
        return found


Handler = Callable[[Operation], None]
"""Writes the lines of one op."""


class Emitter:
    """Writes the ops of nested blocks. Levels add their ops to `handlers`, by name."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.ops: list[Operation | None] = []
        self.indent = 0
        self.values: dict[str, Any] = {}
        self.names: dict[SSAValue, str] = {}
        self.handlers: dict[str, Handler] = {}
        self._bound: dict[int, str] = {}
        self._open: list[tuple[Iterator[Operation], Close]] = []
        self._count = 0

    def code(self) -> Code:
        return Code(self.lines, self.ops, self.values)

    def line(self, text: str, op: Operation | None = None) -> None:
        self.lines.append(" " * self.indent + text)
        self.ops.append(op)

    def bind(self, value: object) -> str:
        """A global name for a function or number that the text uses."""
        name = self._bound.get(id(value))
        if name is None:
            name = self._bound[id(value)] = f"g{len(self.values)}"
            self.values[name] = value
        return name

    def define(self, value: SSAValue) -> str:
        """A new local name for a value."""
        name = self.names[value] = f"v{self._count}"
        self._count += 1
        return name

    def define_all(self, values: Sequence[SSAValue]) -> list[str]:
        return [self.define(value) for value in values]

    def uses(self, values: Sequence[SSAValue]) -> list[str]:
        """The names of values; a value used before it is defined is a fault of the module."""
        try:
            return [self.names[value] for value in values]
        except KeyError:
            user = next((v for v in values if v not in self.names), None)
            raise InterpreterError(f"{user} is used before it is defined") from None

    def assign(self, op: Operation, text: str) -> None:
        self.line(f"{self.define(op.results[0])} = {text}", op)

    def call(self, op: Operation, function: str, *more: str) -> None:
        """The result is a function of the operands."""
        self.assign(op, f"{function}({', '.join([*self.uses(op.operands), *more])})")

    def enter(self, block: Block, close: Close) -> None:
        """Have a block written next; `close` gets the op that ends it."""
        self._open.append((iter(block.ops), close))

    def run(self) -> None:
        """Write all blocks entered, and those that they enter."""
        while self._open:
            ops, close = self._open[-1]
            op = next(ops, None)
            if op is None:
                raise InterpreterError("a block has no op that ends it")
            if op.name in TERMINATORS:
                self._open.pop()
                close(op)
            else:
                self.write_op(op)

    def write_op(self, op: Operation) -> None:
        handler = self.handlers.get(op.name)
        if handler is not None:
            handler(op)
            return
        constant = constant_value(op)
        if constant is not None:
            self.names[op.results[0]] = self.bind_constant(constant)
            return
        function = scalar_function(op)
        if function is None:
            raise InterpreterError(f"the interpreter gives no meaning to {op.name}", op)
        infix = INFIX.get(id(function))
        if infix is None:
            self.call(op, self.bind(function))
        else:
            self.assign(op, f" {infix} ".join(self.uses(op.operands)))

    def bind_constant(self, value: object) -> str:
        name = f"c{len(self.values)}"
        self.values[name] = value
        return name
