"""The class of a program: members and the methods that hosts expect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from xdsl.dialects.func import FuncOp

from dspc.backends.c.expressions import INT_MAX, Expr
from dspc.backends.c.language import Uses
from dspc.backends.c.literals import data_literals, literal
from dspc.backends.c.names import Names, string_literal, wrapped
from dspc.backends.c.openmp import has_team
from dspc.backends.c.storage import Storage, host_array, storage
from dspc.backends.common.lowered import Unit
from dspc.backends.common.spacing import gap
from dspc.backends.cpp.interface import host_literal, interface_lines
from dspc.backends.cpp.macros import macro_lines
from dspc.backends.cpp.staging import StagedPrinter
from dspc.backends.cpp.tasks import (
    RESERVED,
    GraphPrinter,
    TaskForm,
    TaskPrinter,
    buffers_of,
    has_tasks,
)
from dspc.dialects.dsp.interface import WidgetKind
from dspc.dialects.dsp.tables import slot_name
from dspc.dialects.dsp.ui import UiWidget
from dspc.dialects.dsp.ui_ops import walk_widgets
from dspc.dialects.dsp_mem.buffers import BufferOp, GetOp, Lifetime, element_bytes


@dataclass(frozen=True, slots=True)
class CppOptions:
    """How the class is named and what it derives from; `options` is told in its metadata.

    `memory` says who gives the class its arrays: "" (they are its own, or lie where they were
    placed), a shape of Faust's memory manager ("original", "info3", "info6"), "host" (which hands
    over zones of them), or "allocator" (the C++ memory run-time); `zones_only` that a manager gives
    zones and nothing else, though all arrays be too short for one. `accesses` are the reads and
    writes of each buffer in a frame, which managers are told; `alignment`, in bytes, is that of
    memory in spaces. With `macros`, those of Faust's -uim follow, and members are public.
    """

    class_name: str = "mydsp"
    super_class: str = "dsp"
    virtual: bool = True
    options: str = ""
    file_name: str = ""
    memory: str = ""
    zones_only: bool = False
    accesses: Mapping[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])
    alignment: int = 16
    namespace: str = ""
    macros: bool = False


class ClassPrinter:
    """Prints one program's class and the static memory before it."""

    reserved: ClassVar[tuple[str, ...]] = ()
    """Names of members that derived printers add."""

    def __init__(self, unit: Unit, options: CppOptions, uses: Uses) -> None:
        self._unit = unit
        self._options = options
        self._uses = uses
        compute = unit.functions["compute"]
        self._tasks = TaskForm(compute, options.class_name) if has_tasks(compute) else None
        called = (function.name for function in uses.functions.values())
        taken = (options.class_name, options.super_class, *called, *self.reserved)
        taken = (*taken, *(op.zone.data for op in unit.buffers if op.zone is not None))
        self._names = Names((*taken, *RESERVED) if self._tasks else taken)
        self._memory = {op.sym_name.data: self._storage(op) for op in unit.buffers}
        self._widgets = list(walk_widgets(unit.tree))
        self._widgets.sort(key=lambda widget: widget.symbol)
        for widget in self._widgets:
            if widget.symbol not in self._memory:
                self._memory[widget.symbol] = self._slot(widget)
        self._virtual = "virtual " if options.virtual else ""

    def lines(self) -> Iterator[str]:
        """The static memory and the class, line by line."""
        yield from self._statics()
        name, parent = self._options.class_name, self._options.super_class
        final = "" if self._options.virtual else " final"
        yield f"class {name}{final} : public {parent} {{"
        yield ""
        yield " public:" if self._options.macros else " private:"
        yield ""
        for member in self._members():
            yield f"\t{member}"
        yield "\tint fSampleRate;"
        yield ""
        yield " public:"
        yield ""
        yield from self._about()
        yield from self._preparation()
        yield from self._identity()
        zones = interface_lines(self._unit.tree, self._memory, self._unit.single, self._uses)
        yield from self._method("void buildUserInterface(UI* ui_interface)", zones)
        compute = list(self._compute())
        # Inlined into a function of the host, its loops would be told of there.
        apart = "DSPC_APART " if self._uses.free_loops else ""
        channels = "FAUSTFLOAT** RESTRICT inputs, FAUSTFLOAT** RESTRICT outputs"
        yield from self._method(f"{apart}void compute(int count, {channels})", compute)
        if self._tasks:
            yield from self._task_methods(self._tasks)
        yield from self._additions()
        yield "};"
        if self._options.macros:
            yield ""
            about = (self._options.class_name, self._options.file_name, self._options.options)
            yield from macro_lines(self._unit, self._memory, self._uses, *about)

    def _additions(self) -> Iterator[str]:
        """What derived printers add to the class."""
        return iter(())

    # Memory

    def _storage(self, op: BufferOp) -> Storage:
        return storage(op, self._names, self._options.class_name, self._uses.language)

    def _slot(self, widget: UiWidget) -> Storage:
        """A zone that the lowered program never reads, or a sound file."""
        name = self._names.fresh(widget.symbol, "zone")
        if widget.kind == WidgetKind.SOUNDFILE:
            return Storage(name, "Soundfile*", None, "")
        return Storage(name, "float", None, f"@{widget.symbol}", is_host_float=True)

    def _statics(self) -> Iterator[str]:
        found = False
        for memory in self._memory.values():
            op = memory.op
            if op is None or not memory.is_static or memory.is_pointer:
                continue
            found = True
            yield from self._static(memory, op)
        if found:
            yield ""
        if self._tasks:
            yield from self._tasks.statics()

    def _static(self, memory: Storage, op: BufferOp) -> Iterator[str]:
        """Memory that all instances share."""
        if op.values is not None:
            values = data_literals(op.values, self._uses)
            yield from wrapped(f"static const {memory.declared} = ", values)
        else:
            yield f"static {memory.declared}{_start(memory, self._uses)};"

    def _members(self) -> Iterator[str]:
        for memory in self._memory.values():
            if memory.zone or self._is_local(memory):
                continue
            if memory.is_pointer:
                yield (
                    f"static {memory.declared};"
                    if memory.is_static
                    else f"{memory.declared} = nullptr;"
                )
            elif not memory.is_static:
                yield f"{_apart(memory)}{_start(memory, self._uses)};"
        if self._tasks:
            yield from self._tasks.members()

    def _is_local(self, memory: Storage) -> bool:
        """Whether it is a variable of `compute`: its scratch, unless tasks share it."""
        op = memory.op
        if op is None or op.lifetime.data != Lifetime.BLOCK:
            return False
        return self._tasks is None or op.sym_name.data not in self._tasks.buffers

    # Methods

    def _method(self, signature: str, body: Iterable[str], virtual: bool = True) -> Iterator[str]:
        yield f"\t{self._virtual if virtual else ''}{signature} {{"
        for line in body:
            yield f"\t\t{line}"
        yield "\t}"
        yield ""

    def _about(self) -> Iterator[str]:
        pairs = dict(self._unit.metadata)
        if self._options.options:
            pairs.setdefault("compile_options", self._options.options)
        if self._options.file_name:
            pairs.setdefault("filename", self._options.file_name)
        pairs.setdefault("name", self._unit.name)
        yield from self._method(
            "void metadata(Meta* m)",
            (
                f"m->declare({string_literal(key)}, {string_literal(pairs[key])});"
                for key in sorted(pairs)
            ),
        )
        yield from self._method("int getNumInputs()", [f"return {self._unit.inputs};"])
        yield from self._method("int getNumOutputs()", [f"return {self._unit.outputs};"])

    def _preparation(self) -> Iterator[str]:
        yield from self._class_level()
        threads = ["fTasks.prepare();"] if self._tasks else []
        constants = ["fSampleRate = sample_rate;", *threads, *self._body("instance_constants")]
        yield from self._method("void instanceConstants(int sample_rate)", constants)
        yield from self._method("void instanceResetUserInterface()", self._resets())
        yield from self._method("void instanceClear()", self._body("instance_clear"))

    def _class_level(self) -> Iterator[str]:
        """The methods that prepare what all instances share."""
        yield from self._method(
            "static void classInit(int sample_rate)", self._body("class_init"), virtual=False
        )

    def _resets(self) -> Iterator[str]:
        for widget in self._widgets:
            name = self._memory[widget.symbol].name
            if widget.kind == WidgetKind.SOUNDFILE:
                yield f"if (!{name}) {name} = defaultsound;"
                continue
            start = 0.0 if widget.kind.is_output else widget.init
            yield f"{name} = {host_literal(start, self._unit.single, self._uses)};"

    def _identity(self) -> Iterator[str]:
        yield from self._method("void init(int sample_rate)", self._init())
        yield from self._method("void instanceInit(int sample_rate)", self._instance_init())
        yield from self._method(f"{self._options.class_name}* clone()", self._clone())
        yield from self._method("int getSampleRate()", ["return fSampleRate;"])

    def _instance_init(self) -> list[str]:
        steps = ["instanceConstants(sample_rate);", "instanceResetUserInterface();"]
        return [*steps, "instanceClear();"]

    def _init(self) -> list[str]:
        return ["classInit(sample_rate);", "instanceInit(sample_rate);"]

    def _clone(self) -> list[str]:
        return [f"return new {self._options.class_name}();"]

    def _body(self, function: str) -> list[str]:
        op = self._unit.functions[function]
        printer = StagedPrinter(self._memory, Names(self._names.used()), self._uses)
        for argument in op.body.block.args:
            printer.bind(argument, Expr("sample_rate", low=0))
        printer.run(op.body.block)
        found = (self._memory[symbol] for symbol in self._used(op))
        return [*(memory.pointer("const") for memory in found if memory.zone), *printer.lines]

    def _used(self, function: FuncOp) -> list[str]:
        """The buffers that a function uses, by name."""
        return sorted({slot_name(op.buffer) for op in function.walk() if isinstance(op, GetOp)})

    def _compute(self) -> list[str]:
        function = self._unit.functions["compute"]
        block = function.body.block
        names = Names(self._names.used())
        lines = list(self._local_arrays(buffers_of(function)))
        printer = StagedPrinter(self._memory, names, self._uses)
        if self._tasks:
            printer = GraphPrinter(self._memory, names, self._uses, self._tasks)
            lines.insert(0, self._tasks.session())
        count, *arrays = block.args
        printer.bind(count, Expr("count", low=0, high=INT_MAX))
        for number, argument in enumerate(arrays):
            at = number - self._unit.inputs
            source = f"inputs[{number}]" if at < 0 else f"outputs[{at}]"
            name = names.fresh(f"input{number}" if at < 0 else f"output{at}", "channel")
            if argument.uses:
                lines.append(f"FAUSTFLOAT* {name} = {source};")
            printer.bind(argument, host_array(name, argument.type, self._uses.language))
        printer.run(block)
        return [*lines, *printer.lines]

    def _task_methods(self, form: TaskForm) -> Iterator[str]:
        yield from self._method("void computeTask(int task) noexcept", form.dispatch(), False)
        for number, task in enumerate(form.needs):
            printer = TaskPrinter(self._memory, Names(self._names.used()), self._uses)
            lines = list(self._local_arrays(form.touched[task]))
            printer.fetch(form, task)
            printer.run(task.body.block)
            signature = f"void computeTask{number}() noexcept"
            yield from self._method(signature, [*lines, *printer.lines], False)

    def _local_arrays(self, symbols: Iterable[str]) -> Iterator[str]:
        """Arrays of the instance through local pointers that nothing else points to.

        The compiler then knows that a write to an output does not change a delay line. Where
        other threads change them, too, it is not told so.
        """
        alone = "const" if has_team(self._unit.functions["compute"]) else "RESTRICT"
        for symbol in sorted(symbols):
            memory = self._memory[symbol]
            name, kind = memory.name, memory.element
            if memory.zone:
                yield memory.pointer(alone)
            elif self._is_local(memory):
                yield f"{_apart(memory)};"
            elif memory.is_pointer and memory.is_static:
                yield f"const {kind}* RESTRICT {name} = {self._options.class_name}::{name};"
            elif memory.extent is not None and not memory.is_static:
                yield f"{kind}* {alone} {name} = this->{name};"


def _apart(memory: Storage) -> str:
    """The declaration of a member, a long array with room that keeps the next one apart."""
    op = memory.op
    if op is None or memory.extent is None:
        return memory.declared
    room = gap(op.bytes) // element_bytes(op.type)
    return memory.declaration(room)


def _start(memory: Storage, uses: Uses) -> str:
    """The initial value of a single number."""
    if memory.op is None or memory.op.init is None:
        return ""
    return f" = {literal(memory.op.init, uses).text}"
