"""Names, memory and bodies of functions, shared by the parts of a class's printer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from xdsl.dialects.func import FuncOp

from dspc.backends.c.expressions import Expr
from dspc.backends.c.language import Uses
from dspc.backends.c.names import Names
from dspc.backends.c.storage import Storage
from dspc.backends.c.trace import NoTrace
from dspc.backends.common.lowered import Unit
from dspc.backends.cpp.staging import StagedPrinter
from dspc.dialects.dsp.tables import slot_name
from dspc.dialects.dsp_mem.buffers import GetOp
from dspc.dialects.dsp_mem.machine import SpaceFacts


@dataclass(frozen=True, slots=True)
class ClassOptions:
    """The name and base class of the class; `options` is in its metadata.

    `accesses` are the reads and writes of each buffer in a frame, passed to managers;
    `alignment`, in bytes, is that of memory in spaces. With `macros`, those of Faust's -uim follow,
    and members are public. With `mixes`, `compute` adds to the outputs (-cm); `fast_functions` says
    where approximate functions are (-fm).
    """

    class_name: str = "mydsp"
    super_class: str = "dsp"
    virtual: bool = True
    options: str = ""
    file_name: str = ""
    accesses: Mapping[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])
    alignment: int = 16
    sections: Mapping[str, SpaceFacts] = field(default_factory=dict[str, SpaceFacts])
    """The spaces of a machine that have a linker section, by name."""
    memory: tuple[str, ...] = ()
    """Lines of the first comment: the contents of the machine's memory."""
    namespace: str = ""
    macros: bool = False
    mixes: bool = False
    fast_functions: str = ""
    trace: NoTrace = field(default_factory=NoTrace)
    """Learns of which ops each line is made."""

    @property
    def guard(self) -> str:
        """The class with its namespaces as one identifier."""
        return "_".join((*filter(None, self.namespace.split("::")), self.class_name))

    @property
    def scheduler(self) -> str:
        """The namespace of the scheduler: each file has its own, in any namespace of a host's."""
        return f"dspc_{self.guard}"


class ClassText:
    """A program, how its class is to be, and the memory of its buffers by their symbols."""

    def __init__(
        self, unit: Unit, options: ClassOptions, uses: Uses, reserved: Iterable[str]
    ) -> None:
        self.unit = unit
        self.options = options
        self.uses = uses
        self.name = options.class_name
        self.names = Names(reserved)
        self.memory: dict[str, Storage] = {}
        self.virtual = "virtual " if options.virtual else ""

    def method(self, signature: str, body: Iterable[str], virtual: bool = True) -> Iterator[str]:
        """A method of the class, and an empty line."""
        yield f"\t{self.virtual if virtual else ''}{signature} {{"
        for line in body:
            yield f"\t\t{line}"
        yield "\t}"
        yield ""

    def body(self, function: str) -> list[str]:
        """The lines of a function that takes the sampling rate."""
        op = self.unit.functions[function]
        printer = StagedPrinter(self.memory, Names(self.names.used()), self.uses)
        for argument in op.body.block.args:
            printer.bind(argument, Expr("sample_rate", low=0))
        printer.run(op.body.block)
        memories = (self.memory[symbol] for symbol in _used(op))
        return [*(memory.pointer("const") for memory in memories if memory.zone), *printer.lines]


def _used(function: FuncOp) -> list[str]:
    """The buffers that a function uses, by name."""
    return sorted({slot_name(op.buffer) for op in function.walk() if isinstance(op, GetOp)})
