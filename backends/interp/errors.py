"""Faults of an interpreted program, told with the op and its place."""

from __future__ import annotations

from dspc.dialects.diagnostics import DspcError
from xdsl.dialects.builtin import FileLineColLoc
from xdsl.ir import Operation


class Trap(BaseException):
    """Stops the execution at an op; becomes an `InterpreterError` on its way out.

    No `Exception`, because xDSL's interpreter wraps each of those at every region it leaves,
    printing the whole module each time.
    """

    def __init__(self, message: str, op: Operation | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.op = op


class InterpreterError(DspcError):
    """E0510: the program did what has no meaning, such as an access outside a buffer.

    `op` is the op that did it, if it is known.
    """

    def __init__(self, message: str, op: Operation | None = None) -> None:
        where = "" if op is None else f" (in {op.name}{location_text(op)})"
        super().__init__("E0510", message + where)
        self.op = op


class UnknownFunctionError(DspcError):
    """E0511: a C function or value that the interpreter doesn't know."""

    def __init__(self, name: str) -> None:
        hint = "the interpreter knows C's mathematics library; other code needs a compiled target"
        super().__init__("E0511", f"the interpreter cannot call the C function {name}", hint=hint)


def location_text(op: Operation) -> str:
    """` at file:line:column`, or nothing where the place is unknown."""
    place = op.location
    if not isinstance(place, FileLineColLoc):
        return ""
    return f" at {place.filename.data}:{place.line.data}:{place.column.data}"
