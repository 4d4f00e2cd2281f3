"""A kernel as a value, of which OpenCL C or standard C is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

HEAP_PARAMETERS = " DSPC_HEAP_PARAMS"
"""Behind the last parameter of a kernel that uses heaps: a macro, empty where these are static."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a kernel; `uses_heaps` where `HEAP_PARAMETERS` follow it."""

    type: str
    name: str
    uses_heaps: bool = False

    @property
    def declared(self) -> str:
        """Type and name; a pointer's star is part of the type."""
        return f"{self.type}{'' if self.type.endswith('*') else ' '}{self.name}"

    def __str__(self) -> str:
        return self.declared + (HEAP_PARAMETERS if self.uses_heaps else "")


@dataclass(frozen=True, slots=True)
class Kernel:
    """A kernel; `rows` are its parameters as they stand in lines of text."""

    name: str
    rows: Sequence[Sequence[Parameter]]
    body: Sequence[str]
    comment: str = ""
    by_items: bool = False
    """Whether several work-items run it, `DSPC_ITEMS` of them in a group."""
    starts_below: bool = False
    """Whether the first row of parameters is in the line below the name."""
    heap: str = ""
    """Of a kernel that makes a heap: the name of its space."""

    @property
    def parameters(self) -> Iterator[Parameter]:
        """All parameters, in order."""
        return (parameter for row in self.rows for parameter in row)

    def lines(self, head: str, before: str = "") -> Iterator[str]:
        """The text, with another `head` in place of the name, and first parameters `before`."""
        rows = ",\n\t".join(", ".join(map(str, row)) for row in self.rows)
        start = "\n\t" if self.starts_below else ""
        yield from [self.comment] if self.comment else []
        yield f"{head}({before}{start}{rows})"
        yield "{"
        yield from self.body
        yield "}"


Part = Kernel | str
"""A kernel, or the text of a function that kernels call."""


def joined(parts: Iterable[Part], lines: Callable[[Kernel], Iterable[str]]) -> str:
    """The text of all parts, in which `lines` prints kernels."""
    return "\n\n".join(part if isinstance(part, str) else "\n".join(lines(part)) for part in parts)


def in_opencl(parts: Iterable[Part]) -> str:
    """The text of all parts in OpenCL C."""
    return joined(
        parts,
        lambda one: one.lines(f"kernel {'DSPC_ITEMS ' if one.by_items else ''}void {one.name}"),
    )
