"""The text of a function, and the declarations and metadata of its module."""

from __future__ import annotations

from dataclasses import dataclass, field

from xdsl.dialects.func import FuncOp

from dspc.backends.llvm.types import is_float, local, suffix

COPY, MOVE = "llvm.memcpy.p0.p0.i64", "llvm.memmove.p0.p0.i64"
CLEAR = "llvm.memset.p0.i64"
FREE_LOOPS = "llvm.loop.parallel_accesses"
"""The metadata of loops without loop-carried dependences."""
FAST = "reassoc nsz arcp contract afn "
"""The flags of -ffast-math without `ninf` and `nnan`."""


@dataclass(slots=True)
class LlvmModule:
    """Declarations and metadata, collected while functions are printed."""

    fast: bool = False
    short_rests: bool = False
    declarations: dict[str, str] = field(default_factory=dict[str, str])
    """External function or variable -> the line that declares it."""
    foreign: dict[str, FuncOp] = field(default_factory=dict[str, FuncOp])
    """Foreign functions and variables of the program, each with its library."""
    own_functions: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Functions of `own_maths` that the program calls -> their lines."""
    metadata: list[str] = field(default_factory=list[str])
    _tags: dict[str, str] = field(default_factory=dict[str, str])

    def node(self, text: str) -> str:
        """A new metadata node; `@` in the text refers to the node itself."""
        name = f"!{len(self.metadata)}"
        self.metadata.append(f"{name} = {text.replace('@', name)}")
        return name

    def scalar(self) -> str:
        """The loop properties that keep a loop scalar and as short as it is."""
        scalar = self.node('!{!"llvm.loop.vectorize.enable", i1 false}')
        rolled = self.node('!{!"llvm.loop.unroll.disable"}')
        return f"{scalar}, {rolled}"

    def tag(self, memory: str) -> str:
        """The TBAA suffix of a load or store: each memory is a type of its own.

        LLVM's type-based alias analysis then treats different memories as disjoint.
        """
        if memory not in self._tags:
            if not self._tags:
                self._tags[""] = self.node('!{!"dspc"}')
            kind = self.node(f'!{{!"memory {len(self._tags)}", {self._tags[""]}, i64 0}}')
            self._tags[memory] = self.node(f"!{{{kind}, {kind}, i64 0}}")
        return f", !tbaa {self._tags[memory]}"

    def declare(self, name: str, result: str, arguments: list[str], attributes: str = "") -> None:
        """Declare an external function."""
        line = f"declare {result} @{name}({', '.join(arguments)}){attributes}"
        self.declarations.setdefault(name, line)


@dataclass(slots=True)
class Code:
    """The lines of a function's body, with fresh names for values and blocks."""

    module: LlvmModule
    lines: list[str] = field(default_factory=list[str])
    block: str = "entry"
    """The label of the current basic block."""
    group: str = ""
    """The access group of the free loop being printed."""
    is_free: bool = False
    """Whether the frames of the loop being printed are independent."""
    is_short: bool = False
    """Whether the loop being printed stays scalar and short: it runs the last frames."""
    _count: int = 0

    @property
    def fast(self) -> str:
        """Fast-math flags."""
        return FAST if self.module.fast else ""

    def number(self) -> int:
        """A fresh number for names of values and labels."""
        self._count += 1
        return self._count

    def emit(self, text: str) -> None:
        self.lines.append(f"  {text}")

    def value(self, text: str, hint: str | None = None) -> str:
        """Emit an instruction; returns the name of its result."""
        name = local(hint, self.number())
        self.lines.append(f"  {name} = {text}")
        return name

    def open(self, label: str) -> None:
        """Begin a basic block."""
        self.lines.append(f"{label}:")
        self.block = label

    def intrinsic(self, name: str, kind: str, *arguments: str, more: str = "") -> str:
        """Call `llvm.NAME`, whose operands, except for `more`, and result have the type `kind`."""
        full = f"llvm.{name}.{suffix(kind)}"
        extra = [more.split()[0]] if more else []
        self.module.declare(full, kind, [*[kind] * len(arguments), *extra])
        operands = [f"{kind} {argument}" for argument in arguments] + ([more] if more else [])
        flags = self.fast if is_float(kind) else ""
        return self.value(f"call {flags}{kind} @{full}({', '.join(operands)})")
