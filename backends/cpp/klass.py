"""The class of a program: members and the methods that hosts expect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dspc.backends.c.channels import bind_channels
from dspc.backends.c.expressions import INT_MAX, Expr
from dspc.backends.c.interface import InterfacePrinter
from dspc.backends.c.language import Uses
from dspc.backends.c.names import Names, string_literal
from dspc.backends.c.one_frame import frame_lines
from dspc.backends.c.openmp import has_team
from dspc.backends.c.storage import Storage, host_array, storage
from dspc.backends.common.layout import LayoutItem
from dspc.backends.common.lowered import CONTROL, FRAME, Unit
from dspc.backends.cpp.class_memory import ClassMemory, padded
from dspc.backends.cpp.class_text import ClassOptions, ClassText
from dspc.backends.cpp.layout import layout_items
from dspc.backends.cpp.macros import macro_lines
from dspc.backends.cpp.mixing import REPLACING, mixing_lines, silence_lines, silent_frame_lines
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
from dspc.dialects.dsp.ui import UiWidget
from dspc.dialects.dsp.ui_ops import walk_widgets

HELPERS = "<helpers>"
"""The line in whose place comes the code that depends on the whole class."""


class ClassPrinter:
    """Prints one program's class and the static memory before it."""

    def __init__(
        self, unit: Unit, options: ClassOptions, uses: Uses, memory: type[ClassMemory]
    ) -> None:
        self._unit = unit
        self._options = options
        self._uses = uses
        compute = unit.functions["compute"]
        self._tasks: TaskForm | None = None
        if has_tasks(compute):
            self._tasks = TaskForm(compute, options.class_name, options.scheduler)
        called = (function.name for function in uses.functions.values())
        used_names = (options.class_name, options.super_class, *called, *memory.reserved)
        used_names = (*used_names, *(op.zone.data for op in unit.buffers if op.zone is not None))
        used_names = (*used_names, *RESERVED) if self._tasks else used_names
        used_names = (*used_names, REPLACING) if options.mixes else used_names
        used_names = (*used_names, *(name for name in (CONTROL, FRAME) if name in unit.functions))
        self._text = ClassText(unit, options, uses, used_names)
        self._method = self._text.method
        self._names = self._text.names
        self._memory = self._text.memory
        self._shared = self._tasks.buffers if self._tasks else frozenset[str]()
        self._interface = memory(self._text)
        for op in unit.buffers:
            made = storage(op, self._names, options.class_name, uses.language)
            self._memory[op.sym_name.data] = made
            self._interface.adopt(made, op)
        self._widgets = list(walk_widgets(unit.tree))
        self._widgets.sort(key=lambda widget: widget.symbol)
        for widget in self._widgets:
            if widget.symbol not in self._memory:
                self._memory[widget.symbol] = self._slot(widget)
        self._interface.settle()

    def layout(self) -> tuple[LayoutItem, ...]:
        """The memory of the class, for descriptions."""
        return tuple(layout_items(self._interface))

    def lines(self) -> Iterator[str]:
        """The static memory and the class, line by line."""
        yield from self._interface.head()
        yield from self._statics()
        name, parent = self._options.class_name, self._options.super_class
        final = "" if self._options.virtual else " final"
        yield f"class {name}{final} : public {parent} {{"
        yield ""
        yield " public:" if self._options.macros else " private:"
        yield ""
        yield HELPERS
        for member in self._interface.members(self._shared):
            yield f"\t{member}"
        if self._tasks:
            yield from (f"\t{member}" for member in self._tasks.members())
        yield from (f"\t{member}" for member in self._interface.last_members())
        yield "\tint fSampleRate;"
        yield ""
        yield " public:"
        yield ""
        yield from self._interface.interface()
        yield from self._about()
        yield from self._preparation()
        yield from self._identity()
        zones = self._widgets_printer().lines(self._unit.tree)
        yield from self._method("void buildUserInterface(UI* ui_interface)", zones)
        yield from self._control()
        compute = self._compute()
        # Inlined into a function of the host, Clang would warn of its loops there (-Wpass-failed).
        apart = "DSPC_APART " if self._uses.free_loops else ""
        channels = "FAUSTFLOAT** RESTRICT inputs, FAUSTFLOAT** RESTRICT outputs"
        if FRAME in self._unit.functions:
            samples = "FAUSTFLOAT* inputs, FAUSTFLOAT* outputs"
            yield from self._method(f"void {FRAME}({samples})", self._frame())
            compute = list(frame_lines(self._unit.inputs, self._unit.outputs))
        if self._options.mixes:
            yield from self._method(f"{apart}void {REPLACING}(int count, {channels})", compute)
            compute = list(mixing_lines(self._unit.inputs, self._unit.outputs))
            apart = ""
        yield from self._method(f"{apart}void compute(int count, {channels})", compute)
        if self._tasks:
            yield from self._task_methods(self._tasks)
        yield from self._interface.additions()
        yield "};"
        if self._options.macros:
            yield ""
            about = (self._options.class_name, self._options.file_name, self._options.options)
            yield from macro_lines(self._unit, self._memory, self._uses, *about)
        yield from self._interface.tail()

    # Memory

    def _slot(self, widget: UiWidget) -> Storage:
        """A zone that the lowered program never reads, or a sound file."""
        name = self._names.fresh(widget.symbol, "zone")
        if widget.kind == WidgetKind.SOUNDFILE:
            return Storage(name, "Soundfile*", None, "")
        return Storage(name, "float", None, f"@{widget.symbol}", is_host_float=True)

    def _statics(self) -> Iterator[str]:
        yield from self._interface.contents()
        has_statics = False
        for memory in self._memory.values():
            op = memory.op
            if op is None or not memory.is_static or memory.is_pointer:
                continue
            has_statics = True
            yield from self._interface.static(memory, op)
        if has_statics:
            yield ""
        if self._tasks:
            yield from self._tasks.statics()

    # Methods

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
        yield from self._interface.class_level()
        threads = ["fTasks.prepare();"] if self._tasks else []
        constants = ["fSampleRate = sample_rate;", *threads, *self._interface.preparation()]
        constants += self._text.body("instance_constants")
        yield from self._method("void instanceConstants(int sample_rate)", constants)
        resets = self._widgets_printer().resets(self._widgets)
        yield from self._method("void instanceResetUserInterface()", resets)
        clear = [*self._interface.without_memory(()), *self._text.body("instance_clear")]
        yield from self._method("void instanceClear()", clear)

    def _widgets_printer(self) -> InterfacePrinter:
        return InterfacePrinter(self._memory, self._unit.single, self._uses)

    def _identity(self) -> Iterator[str]:
        yield from self._method("void init(int sample_rate)", self._interface.init())
        steps = ["instanceConstants(sample_rate);", "instanceResetUserInterface();"]
        steps = [*self._interface.instance_init(), *steps, "instanceClear();"]
        # A host that does not know of `control` has the initial values.
        steps += [f"{CONTROL}();"] if CONTROL in self._unit.functions else []
        yield from self._method("void instanceInit(int sample_rate)", steps)
        clone = self._interface.clone()
        yield from self._method(f"{self._options.class_name}* clone()", clone)
        yield from self._method("int getSampleRate()", ["return fSampleRate;"])

    def _compute(self) -> list[str]:
        function = self._unit.functions["compute"]
        block = function.body.block
        names = Names(self._names.used())
        lines = self._interface.without_memory(silence_lines(self._unit.outputs))
        lines += self._local_arrays(buffers_of(function))
        printer = StagedPrinter(self._memory, names, self._uses)
        if self._tasks:
            printer = GraphPrinter(self._memory, names, self._uses, self._tasks)
            lines.append(self._tasks.session())
        count, *channels = block.args
        printer.bind(count, Expr("count", low=0, high=INT_MAX))
        lines += bind_channels(printer, channels, self._unit.inputs, names)
        printer.run(block)
        return [*lines, *printer.lines]

    def _control(self) -> Iterator[str]:
        """The statements that depend on controls only (-ec)."""
        if CONTROL in self._unit.functions:
            lines = self._interface.without_memory(())
            yield from self._method(f"void {CONTROL}()", [*lines, *self._text.body(CONTROL)])

    def _frame(self) -> list[str]:
        """One frame (-os)."""
        function = self._unit.functions[FRAME]
        lines = self._interface.without_memory(silent_frame_lines(self._unit.outputs))
        lines += self._local_arrays(buffers_of(function))
        printer = StagedPrinter(self._memory, Names(self._names.used()), self._uses)
        for argument, name in zip(function.body.block.args, ("inputs", "outputs"), strict=False):
            printer.bind(argument, host_array(name, argument.type, self._uses.language))
        printer.run(function.body.block)
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

        The compiler then knows that a write to an output does not change a delay line. Arrays that
        other threads change, too, are not `restrict`.
        """
        alone = "const" if has_team(self._unit.functions["compute"]) else "RESTRICT"
        for symbol in sorted(symbols):
            memory = self._memory[symbol]
            name, kind = memory.name, memory.element
            if memory.zone:
                yield memory.pointer(alone)
            elif self._interface.is_local(symbol, self._shared):
                yield f"{padded(memory)};"
            elif memory.is_pointer and memory.is_static:
                yield f"const {kind}* RESTRICT {name} = {self._options.class_name}::{name};"
            elif memory.extent is not None and not memory.is_static:
                yield f"{kind}* {alone} {name} = this->{name};"
