"""Run-time errors of interpreted programs, with the op and its source location."""

from __future__ import annotations

from xdsl.dialects.builtin import FileLineColLoc
from xdsl.ir import Operation

from dspc.dialects.places import span_of
from dspc.support.diagnostics import DspcError


class Trap(BaseException):
    """Stops the execution at an op; the engines convert it to an `InterpreterError`.

    It is not an `Exception`, since xDSL's interpreter wraps those at each enclosing region with a
    print of the whole module.
    """

    code = "E0510"

    def __init__(self, message: str, op: Operation | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.op = op


class MemoryTrap(Trap):
    """E0512: an access to placed memory that is out of bounds, dead or owned by another buffer."""

    code = "E0512"


class OutOfMemoryTrap(Trap):
    """E0513: an allocator is out of memory, or its request fails by the plan."""

    code = "E0513"


class InterpreterError(DspcError):
    """Undefined behaviour of the program, such as an access outside a buffer: E0510 to E0513.

    `op` is the op at fault, if known.
    """

    def __init__(self, message: str, op: Operation | None = None, code: str = "E0510") -> None:
        where = "" if op is None else f" (in {op.name}{location_text(op)})"
        super().__init__(code, message + where, None if op is None else span_of(op))
        self.op = op


def error_of(trap: Trap, op: Operation | None = None) -> InterpreterError:
    """The error for a trap; `op` takes precedence over the trap's own."""
    return InterpreterError(trap.message, op or trap.op, trap.code)


class UnknownFunctionError(DspcError):
    """E0511: a C function or value that the interpreter does not implement."""

    def __init__(self, name: str, op: Operation) -> None:
        hint = "the interpreter knows C's mathematics library; other code needs a compiled target"
        message = f"the interpreter cannot call the C function {name}"
        super().__init__("E0511", message, span_of(op), hint)


def location_text(op: Operation) -> str:
    """` at file:line:column`; empty if the location is unknown."""
    location = op.location
    if not isinstance(location, FileLineColLoc):
        return ""
    return f" at {location.filename.data}:{location.line.data}:{location.column.data}"
