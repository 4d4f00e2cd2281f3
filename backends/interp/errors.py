"""Faults of an interpreted program, told with the op and its place."""

from __future__ import annotations

from xdsl.dialects.builtin import FileLineColLoc
from xdsl.ir import Operation

from dspc.dialects.diagnostics import DspcError
from dspc.dialects.places import span_of


class Trap(BaseException):
    """Stops the execution at an op; becomes an `InterpreterError` on its way out.

    No `Exception`, because xDSL's interpreter wraps each of those at every region it leaves,
    printing the whole module each time.
    """

    code = "E0510"

    def __init__(self, message: str, op: Operation | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.op = op


class MemoryTrap(Trap):
    """E0512: an access to placed memory that is not there, dead, or another's."""

    code = "E0512"


class OutOfMemoryTrap(Trap):
    """E0513: an allocator has no memory, or was told to fail."""

    code = "E0513"


class InterpreterError(DspcError):
    """The program did what has no meaning, such as an access outside a buffer: E0510 and after.

    `op` is the op that did it, if it is known.
    """

    def __init__(self, message: str, op: Operation | None = None, code: str = "E0510") -> None:
        where = "" if op is None else f" (in {op.name}{location_text(op)})"
        super().__init__(code, message + where, None if op is None else span_of(op))
        self.op = op


def error_of(trap: Trap, op: Operation | None = None) -> InterpreterError:
    """The error that a trap becomes, told with the op where it is known."""
    return InterpreterError(trap.message, op or trap.op, trap.code)


class UnknownFunctionError(DspcError):
    """E0511: a C function or value that the interpreter doesn't know."""

    def __init__(self, name: str, op: Operation) -> None:
        hint = "the interpreter knows C's mathematics library; other code needs a compiled target"
        message = f"the interpreter cannot call the C function {name}"
        super().__init__("E0511", message, span_of(op), hint)


def location_text(op: Operation) -> str:
    """` at file:line:column`, or nothing where the place is unknown."""
    place = op.location
    if not isinstance(place, FileLineColLoc):
        return ""
    return f" at {place.filename.data}:{place.line.data}:{place.column.data}"
