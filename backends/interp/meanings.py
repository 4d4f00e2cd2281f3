"""The definition of each op of the levels of signals and loops, by its name.

    python -m dspc.backends.interp.meanings dsp.delay arith.shli

prints the Python that defines each op, with its file and line. Both executors run these functions:
xDSL's interpreter calls them, and generated Python calls them or has their text in place of the
call where that is faster.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from pathlib import Path
from textwrap import dedent
from typing import Any, NamedTuple

from xdsl.interpreter import InterpreterFunctions

from dspc.backends.interp.definition.loop_ops import LoopFunctions
from dspc.backends.interp.definition.par_ops import ThreadFunctions
from dspc.backends.interp.definition.scalar_ops import CONSTANTS, scalar_op_types
from dspc.backends.interp.definition.scalars import SPECIAL, VECTORS, constant_value
from dspc.backends.interp.definition.semantics import LOOP_NAMES, SCALARS
from dspc.backends.interp.definition.signal_ops import SignalFunctions

WITH_MEMORY: tuple[type[InterpreterFunctions], ...] = (
    SignalFunctions,
    LoopFunctions,
    ThreadFunctions,
)
"""The classes whose methods define the ops with state, memory or regions."""


class Meaning(NamedTuple):
    """A function that defines an op, and the element types of the operands for which it does."""

    function: Callable[..., Any]
    elements: tuple[str, ...] = ()

    def place(self) -> tuple[str, int] | None:
        """The file and line of the function; None for one of Python's or of the C library."""
        if not inspect.isroutine(self.function) or inspect.isbuiltin(self.function):
            return None
        code = inspect.unwrap(self.function).__code__
        return code.co_filename, code.co_firstlineno

    def text(self) -> str:
        """Place and source of the function."""
        types = f" ({', '.join(self.elements)})" if self.elements else ""
        place = self.place()
        if place is None:
            kind = type(self.function)
            origin = "Python" if kind.__module__ in ("builtins", "operator") else "the C library"
            return f"{getattr(self.function, '__name__', self.function)} of {origin}{types}"
        folder, line = Path(place[0]), place[1]
        name = "/".join(folder.parts[folder.parts.index("interp") - 1 :])
        return f"{name}:{line}{types}\n{dedent(inspect.getsource(self.function)).rstrip()}"


def meanings() -> dict[str, tuple[Meaning, ...]]:
    """Name of an op -> the functions that define it."""
    result = {op.name: tuple(_of_scalars(op.name)) for op in scalar_op_types()}
    for op in CONSTANTS:
        result[op.name] = (Meaning(constant_value),)
    for functions in WITH_MEMORY:
        for op, run in functions._impls():  # pyright: ignore[reportPrivateUsage]
            method = inspect.getclosurevars(run).nonlocals["func"]
            result[op.name] = (*result.get(op.name, ()), Meaning(method))
    return dict(sorted(result.items()))


def _of_scalars(name: str) -> Iterator[Meaning]:
    """The rows of the tables of scalars for an op, equal ones once."""
    special = SPECIAL.get(name) or VECTORS.get(name)
    if special is not None:
        yield Meaning(special)
        return
    row = LOOP_NAMES.get(name, name.removeprefix("dsp."))
    rows: dict[object, Meaning] = {}
    for element, functions in SCALARS.items():
        if row in functions:
            # The functions of integers of each width come from one text.
            key = Meaning(functions[row]).place() or id(functions[row])
            first = rows.get(key, Meaning(functions[row]))
            rows[key] = Meaning(first.function, (*first.elements, element))
    yield from rows.values()


def main(arguments: list[str]) -> int:
    """Print the definitions of ops; 2 if one is unknown."""
    known = meanings()
    if not arguments:
        print("\n".join(known))
    for name in arguments:
        if name not in known:
            close = ", ".join(get_close_matches(name, known, n=3))
            hint = f"; did you mean {close}?" if close else ""
            print(f"no op is called {name}{hint}", file=sys.stderr)
            return 2
        for meaning in known[name]:
            print(f"{name}: {meaning.text()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
