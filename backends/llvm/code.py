"""What printed functions share with the module they stand in, and the text of one function."""

from __future__ import annotations

from dataclasses import dataclass, field

from xdsl.dialects.func import FuncOp

from dspc.backends.llvm.types import is_float, local, suffix

FAST = "reassoc nsz arcp contract afn "
"""What `-ffast-math` allows, but for the claim that nothing is infinite or not a number."""


@dataclass(slots=True)
class Module:
    """Declarations and metadata that functions ask for while they are printed."""

    fast: bool = False
    declarations: dict[str, str] = field(default_factory=dict[str, str])
    """The line that declares each function or variable from outside, by its name."""
    foreign: dict[str, FuncOp] = field(default_factory=dict[str, FuncOp])
    """Those that the program names itself, each with the library that it says holds it."""
    metadata: list[str] = field(default_factory=list[str])
    _tags: dict[str, str] = field(default_factory=dict[str, str])

    def node(self, text: str) -> str:
        """A new metadata node; in the text, `@` stands for the node itself."""
        name = f"!{len(self.metadata)}"
        self.metadata.append(f"{name} = {text.replace('@', name)}")
        return name

    def tag(self, memory: str) -> str:
        """The suffix that says which memory a load or store touches, and so none that others do.

        Each memory is a type of its own to LLVM's type-based alias analysis.
        """
        if memory not in self._tags:
            if not self._tags:
                self._tags[""] = self.node('!{!"dspc"}')
            kind = self.node(f'!{{!"memory {len(self._tags)}", {self._tags[""]}, i64 0}}')
            self._tags[memory] = self.node(f"!{{{kind}, {kind}, i64 0}}")
        return f", !tbaa {self._tags[memory]}"

    def declare(self, name: str, result: str, arguments: list[str], attributes: str = "") -> None:
        """A function from outside."""
        line = f"declare {result} @{name}({', '.join(arguments)}){attributes}"
        self.declarations.setdefault(name, line)


@dataclass(slots=True)
class Code:
    """The lines of one function's body, and new names for its values and blocks."""

    module: Module
    lines: list[str] = field(default_factory=list[str])
    block: str = "entry"
    """The label of the block that is being written."""
    _count: int = 0

    @property
    def fast(self) -> str:
        """The flags of arithmetic on floats."""
        return FAST if self.module.fast else ""

    def number(self) -> int:
        """A number that no value and no label has yet."""
        self._count += 1
        return self._count

    def emit(self, text: str) -> None:
        self.lines.append(f"  {text}")

    def value(self, text: str, hint: str | None = None) -> str:
        """A new value computed by an instruction."""
        name = local(hint, self.number())
        self.lines.append(f"  {name} = {text}")
        return name

    def open(self, label: str) -> None:
        """Begin a basic block."""
        self.lines.append(f"{label}:")
        self.block = label

    def intrinsic(self, name: str, kind: str, *arguments: str, more: str = "") -> str:
        """A call of `llvm.NAME`, whose operands and result have one type, but for `more`."""
        full = f"llvm.{name}.{suffix(kind)}"
        extra = [more.split()[0]] if more else []
        self.module.declare(full, kind, [*[kind] * len(arguments), *extra])
        told = [f"{kind} {argument}" for argument in arguments] + ([more] if more else [])
        flags = self.fast if is_float(kind) else ""
        return self.value(f"call {flags}{kind} @{full}({', '.join(told)})")
