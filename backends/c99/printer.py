"""A loop-level module as one C99 file: a struct, and functions named after it.

The functions are those of Faust's C code: `newmydsp`, `initmydsp`, `computemydsp` and so on, for
hosts that declare `UIGlue` and `MetaGlue` (`faust/gui/CInterface.h`) before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from xdsl.dialects.builtin import ModuleOp
from xdsl.dialects.func import FuncOp

from dspc.backends.c.channels import bind_channels
from dspc.backends.c.expressions import INT_MAX, Expr
from dspc.backends.c.foreign import include_lines, link_line, without_exp10
from dspc.backends.c.functions import FunctionPrinter
from dspc.backends.c.language import CFunction, Uses
from dspc.backends.c.literals import data_literals
from dspc.backends.c.names import Names, wrapped
from dspc.backends.c.one_frame import frame_lines
from dspc.backends.c.storage import Storage, host_array, storage
from dspc.backends.c.zones import into_zone
from dspc.backends.c99.interface import interface_printer, metadata_lines
from dspc.backends.c99.language import C99, HELPERS
from dspc.backends.c99.zones import CONTROLS, NAMES, StructZones
from dspc.backends.common.comments import comment_text
from dspc.backends.common.lowered import CONTROL, FRAME, Unit, read_unit
from dspc.backends.common.spacing import gap
from dspc.dialects.dsp.interface import WidgetKind
from dspc.dialects.dsp.tables import slot_name
from dspc.dialects.dsp.ui import UiWidget
from dspc.dialects.dsp.ui_ops import walk_widgets
from dspc.dialects.dsp_mem.allocators.base import Piece
from dspc.dialects.dsp_mem.allocators.pools import CFreeStore, CPool, GlueManager
from dspc.dialects.dsp_mem.buffers import GetOp, Lifetime, element_bytes

_API = (
    *("new", "delete", "metadata", "getSampleRate", "getNumInputs", "getNumOutputs", "classInit"),
    *("instanceResetUserInterface", "instanceClear", "instanceConstants", "instanceInit", "init"),
    *("buildUserInterface", "compute", CONTROL, FRAME),
)
_LIBRARY = """
abs acos acosh asin asinh atan atan2 atanh calloc cbrt ceil copysign cos cosh dsp erf erfc exp exp10
exp2 expm1 fabs fdim floor fma fmax fmin fmod free frexp gamma hypot ilogb j0 j1 jn ldexp lgamma
log log10 log1p log2 logb m max min modf nan nearbyint nextafter pow remainder remquo rint round
scalbn sin sinh sqrt tan tanh tgamma trunc y0 y1 yn
"""
_OF_STRUCT = "dsp->"
"""Before the name of a member."""
_TAKEN = tuple(_LIBRARY.split())
"""Functions of the C library, which names would hide, and parameters."""
_FREE_LOOP = """/* No frame of the loop that follows needs what another frame of it computes. */
#if defined(__clang__)
#define DSPC_FREE_LOOP _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define DSPC_FREE_LOOP _Pragma("GCC ivdep")
#else
#define DSPC_FREE_LOOP
#endif
"""
_SOUNDFILE = """#ifndef DSPC_SOUNDFILE
#define DSPC_SOUNDFILE
/* As in faust/gui/Soundfile.h. */
struct Soundfile {
	void* fBuffers;
	int* fLength;
	int* fSR;
	int* fOffset;
	int fChannels;
	int fParts;
	bool fIsDouble;
};
typedef struct Soundfile Soundfile;
extern Soundfile* defaultsound;
#endif
"""
HOST_ZONES = "host-zones"
"""The memory interface of a program whose arrays lie in zones of the host's."""
_TOLD = ("author", "copyright", "license", "name", "version")


@dataclass(frozen=True, slots=True)
class CNames:
    """The names of the struct, and its metadata."""

    name: str = "mydsp"
    options: str = ""
    file_name: str = ""
    is_managed: bool = False
    """Whether a `MemoryManagerGlue` gives the memory of instances."""
    passes_zones: bool = False
    """Whether functions take the zones of a program that has them (-mem3)."""


def print_c99(module: ModuleOp, names: CNames | None = None) -> str:
    """The C99 code of a loop-level module; raises DspcError E0703 where it is not one."""
    return "\n".join(_StructPrinter(read_unit(module), names or CNames()).lines()) + "\n"


class _StructPrinter:
    def __init__(self, unit: Unit, names: CNames) -> None:
        self._unit, self._class, self._name = unit, names, names.name
        self._uses = Uses(C99, functions=_called_names(unit.declarations))
        called = (function.name for function in self._uses.functions.values())
        api = (*(f"{word}{names.name}" for word in _API), f"{names.name}Manager")
        api = (*api, *(("setMemory" + names.name, "staticInit" + names.name)), *NAMES, *CONTROLS)
        reserved = (*called, *api, *_TAKEN, *(f"{word}f" for word in _TAKEN), *HELPERS, names.name)
        self._names = Names(reserved)
        self._memory: dict[str, Storage] = {}
        for op in unit.buffers:
            made = storage(op, self._names, names.name, C99)
            into_zone(made, op)
            self._adopt(op.sym_name.data, made)
        self._widgets = sorted(walk_widgets(unit.tree), key=lambda widget: widget.symbol)
        for widget in self._widgets:
            if widget.symbol not in self._memory:
                self._adopt(widget.symbol, self._slot(widget))
        self._zones: StructZones | None = None
        if unit.memory_interface == HOST_ZONES:
            real = "float" if unit.single else "double"
            self._zones = StructZones(self._memory.values(), real, names.passes_zones)
        if self._zones and not names.passes_zones:
            for memory in self._memory.values():
                memory.zone = f"dsp->{memory.zone}" if memory.zone else ""

    def _adopt(self, symbol: str, memory: Storage) -> None:
        """Remember memory; single numbers of an instance are named with their struct."""
        self._memory[symbol] = memory
        if memory.extent is None and not memory.is_static and not self._is_local(memory):
            memory.name = f"{_OF_STRUCT}{memory.name}"

    def _slot(self, widget: UiWidget) -> Storage:
        """A zone that the lowered program never reads, or a sound file."""
        name = self._names.fresh(widget.symbol, "zone")
        if widget.kind == WidgetKind.SOUNDFILE:
            return Storage(name, "Soundfile*", None, "")
        return Storage(name, "float", None, f"@{widget.symbol}", is_host_float=True)

    @staticmethod
    def _is_local(memory: Storage) -> bool:
        return memory.op is not None and memory.op.lifetime.data == Lifetime.BLOCK

    # The file

    def lines(self) -> Iterator[str]:
        body = [*self._statics(), *self._struct(), *self._life(), *self._functions()]
        text = "\n".join(body)
        yield from self._comment()
        yield f"\n#ifndef  __{self._name}_H__\n#define  __{self._name}_H__\n"
        yield "#ifndef FAUSTFLOAT\n#define FAUSTFLOAT float\n#endif\n"
        link = link_line(self._unit.declarations)
        if link:
            yield link
        yield "#include <math.h>\n#include <stdbool.h>\n#include <stdint.h>\n#include <stdlib.h>"
        yield from include_lines(self._unit.declarations)
        yield '\n#ifdef __cplusplus\nextern "C" {\n#endif\n'
        yield "#if defined(_WIN32)\n#define RESTRICT __restrict\n#else"
        yield "#define RESTRICT __restrict__\n#endif\n"
        yield f"#ifndef FAUSTCLASS\n#define FAUSTCLASS {self._name}\n#endif\n"
        yield "#ifdef __APPLE__\n#define exp10f __exp10f\n#define exp10 __exp10\n#endif\n"
        yield from without_exp10(self._unit.declarations)
        yield from self._support(text)
        yield text
        yield from self._zones.macros() if self._zones else ()
        yield "\n#ifdef __cplusplus\n}\n#endif\n\n#endif"

    def _comment(self) -> Iterator[str]:
        pairs = {"name": self._unit.name, **dict(self._unit.metadata)}
        rule = "-" * 60
        yield f"/* {rule}"
        yield from (f'{key}: "{comment_text(pairs[key])}"' for key in _TOLD if key in pairs)
        yield "Code generated with dspc"
        if self._class.options:
            yield f"Compilation options: {comment_text(self._class.options)}"
        yield f"{rule} */"

    def _support(self, text: str) -> Iterator[str]:
        """Declarations that the functions use."""
        words = set(re.findall(r"\w+", text))
        for name, kind in (("exp10", "double"), ("exp10f", "float")):
            if name in words:
                yield f"#ifndef {name}"
                yield f"extern {kind} {name}({kind}); /* of most C libraries, if not of C99 */"
                yield "#endif"
        if "Soundfile" in words:
            yield _SOUNDFILE
        if self._uses.free_loops:
            yield _FREE_LOOP
        for name, form in HELPERS.items():
            if name in words:
                # Another file in the same unit may have it as well.
                yield f"#ifndef {name}\n#define {name} {name}"
                yield f"static inline {form.format(name)}\n#endif"
        yield ""

    def _statics(self) -> Iterator[str]:
        for memory in self._memory.values():
            op = memory.op
            if op is None or not memory.is_static or memory.zone:
                continue
            if op.values is None:
                yield f"static {memory.declared};"
                continue
            values = data_literals(op.values, self._uses)
            yield from wrapped(f"static const {memory.declared} = ", values)

    def _struct(self) -> Iterator[str]:
        yield "\ntypedef struct {"
        for memory in self._memory.values():
            if memory.is_static or memory.zone or self._is_local(memory):
                continue
            padding = 0
            if memory.op is not None and memory.extent is not None:
                padding = gap(memory.op.bytes) // element_bytes(memory.op.type)
            member = replace(memory.piece(padding), name=memory.name.removeprefix(_OF_STRUCT))
            yield f"\t{memory.allocator.declare(member)};"
        yield from (f"\t{member}" for member in (self._zones.members() if self._zones else ()))
        yield "\tint fSampleRate;"
        yield f"}} {self._name};\n"

    def _life(self) -> Iterator[str]:
        """`new` and `delete`: without DSPC_MALLOC, from a fixed number of static instances."""
        name = self._name
        if self._class.is_managed:
            yield from self._managed()
            return
        hands_over = self._zones is not None and not self._zones.are_passed
        made = f"static {name}* {name}_new" if hands_over else f"{name}* new{name}"
        pool, store, piece = CPool(name), CFreeStore(), Piece("dsp", name)
        yield from pool.size(1, f"what new{name} can give without DSPC_MALLOC")
        yield "#ifdef DSPC_MALLOC"
        yield f"{made}(void) {{ return {store.acquire(piece)}; }}"
        yield f"void delete{name}({name}* dsp) {{ {store.release(piece)}; }}"
        yield "#else"
        yield pool.declare()
        yield pool.declare_flags()
        yield f"{made}(void) {{"
        yield from (f"\t{line}" for line in pool.acquire())
        yield "}"
        yield f"void delete{name}({name}* dsp) {{"
        yield f"\t{pool.release('dsp')};"
        yield "}"
        yield "#endif\n"
        if self._zones is not None:
            yield from self._zones.handing_over(name)

    def _managed(self) -> Iterator[str]:
        """The same by a memory manager, which the host sets before."""
        name, glue = self._name, GlueManager(f"{self._name}Manager")
        piece = Piece("dsp", name)
        yield f"{glue.declare()}\n"
        yield f"{name}* new{name}(void) {{"
        yield f"\tif (!{glue.manager}) return 0;"
        yield f"\treturn {glue.acquire(piece)};"
        yield "}"
        yield f"void delete{name}({name}* dsp) {{"
        yield f"\tif (dsp) {glue.release(piece)};"
        yield "}\n"

    # Functions

    def _function(self, result: str, word: str, parameters: str, body: Iterable[str]) -> list[str]:
        """One function; parameters that its body does not name are cast to void."""
        lines = list(body)
        names = [re.findall(r"\w+", part)[-1] for part in parameters.split(",")]
        said = " ".join(lines)
        unused = [f"(void){name};" for name in names if not re.search(rf"\b{name}\b", said)]
        head = f"{result} {word}{self._name}({parameters}) {{"
        return [head, *(f"\t{line}" for line in [*unused, *lines]), "}\n"]

    def _functions(self) -> Iterator[str]:
        unit, name, uses = self._unit, self._name, self._uses
        own, rate = f"{name}* dsp", "int sample_rate"
        pairs = dict(unit.metadata)
        if self._class.options:
            pairs.setdefault("compile_options", self._class.options)
        if self._class.file_name:
            pairs.setdefault("filename", self._class.file_name)
        pairs.setdefault("name", unit.name)
        interface = interface_printer(self._memory, unit.single, uses)
        widgets = interface.lines(unit.tree)
        zones = self._zones
        more, also = (zones.parameters, zones.arguments) if zones else ("", "")
        constants = ["dsp->fSampleRate = sample_rate;", *self._body("instance_constants")]
        first = [f"staticInit{name}(dsp, sample_rate{also});"] if zones else []
        first += [f"instanceConstants{name}(dsp, sample_rate{also});"]
        first += [f"instanceResetUserInterface{name}(dsp);", f"instanceClear{name}(dsp{also});"]
        first += [f"{CONTROL}{name}(dsp{also});"] if CONTROL in unit.functions else []
        init = [f"classInit{name}(sample_rate);", f"instanceInit{name}(dsp, sample_rate{also});"]
        tables = self._body("class_init")
        static = [("void", "staticInit", f"{own}, {rate}{more}", tables)] if zones else []
        control = [CONTROL] if CONTROL in unit.functions else []
        for result, word, parameters, body in (
            ("void", "metadata", "MetaGlue* m", metadata_lines(pairs)),
            ("int", "getSampleRate", own, ["return dsp->fSampleRate;"]),
            ("int", "getNumInputs", own, [f"return {unit.inputs};"]),
            ("int", "getNumOutputs", own, [f"return {unit.outputs};"]),
            ("void", "classInit", rate, [] if zones else tables),
            *static,
            ("void", "instanceResetUserInterface", own, interface.resets(self._widgets)),
            ("void", "instanceClear", own + more, self._body("instance_clear")),
            ("void", "instanceConstants", f"{own}, {rate}{more}", constants),
            *(("void", word, own + more, self._body(word)) for word in control),
            ("void", "instanceInit", f"{own}, {rate}{more}", first),
            ("void", "init", f"{own}, {rate}{more}", init),
            ("void", "buildUserInterface", f"{own}, UIGlue* ui_interface", widgets),
            *self._sample_functions(own),
        ):
            yield from self._function(result, word, parameters, body)

    def _sample_functions(self, own: str) -> Iterator[tuple[str, str, str, list[str]]]:
        """`compute`, and `frame` that it calls where there is one."""
        unit, zones = self._unit, self._zones
        more, also = (zones.sample_parameters, zones.sample_arguments) if zones else ("", "")
        lines = self._compute() if FRAME not in unit.functions else []
        if FRAME in unit.functions:
            samples = f"{own}, FAUSTFLOAT* inputs, FAUSTFLOAT* outputs{more}"
            yield "void", FRAME, samples, self._frame()
            lines = list(frame_lines(unit.inputs, unit.outputs, f"{self._name}(dsp, ", also))
        channels = "FAUSTFLOAT** RESTRICT inputs, FAUSTFLOAT** RESTRICT outputs"
        yield "void", "compute", f"{own}, int count, {channels}{more}", lines

    def _body(self, function: str) -> list[str]:
        """The lines of a function that takes the sampling rate."""
        op = self._unit.functions[function]
        printer = FunctionPrinter(self._memory, Names(self._names.used()), self._uses)
        for argument in op.body.block.args:
            printer.bind(argument, Expr("sample_rate", low=0))
        printer.run(op.body.block)
        return [*self._arrays(op), *printer.lines]

    def _compute(self) -> list[str]:
        function = self._unit.functions["compute"]
        names = Names(self._names.used())
        lines = list(self._arrays(function))
        printer = FunctionPrinter(self._memory, names, self._uses)
        count, *channels = function.body.block.args
        printer.bind(count, Expr("count", low=0, high=INT_MAX))
        lines += bind_channels(printer, channels, self._unit.inputs, names)
        printer.run(function.body.block)
        return [*lines, *printer.lines]

    def _frame(self) -> list[str]:
        """One frame (-os)."""
        function = self._unit.functions[FRAME]
        lines = list(self._arrays(function))
        printer = FunctionPrinter(self._memory, Names(self._names.used()), self._uses)
        for argument, name in zip(function.body.block.args, ("inputs", "outputs"), strict=False):
            printer.bind(argument, host_array(name, argument.type, C99))
        printer.run(function.body.block)
        return [*lines, *printer.lines]

    def _arrays(self, function: FuncOp) -> Iterator[str]:
        """The arrays of an instance that a function uses, through pointers that nothing else
        points to, and its scratch."""
        used = {slot_name(op.buffer) for op in function.walk() if isinstance(op, GetOp)}
        for symbol in sorted(used):
            memory = self._memory[symbol]
            if self._is_local(memory):
                yield f"{memory.declared};"
            elif memory.zone:
                yield memory.pointer("RESTRICT")
            elif memory.extent is not None and not memory.is_static:
                yield f"{memory.element}* RESTRICT {memory.name} = dsp->{memory.name};"


def _called_names(declarations: Iterable[FuncOp]) -> dict[str, CFunction]:
    """How each declared C function is called: by its own name."""
    return {
        op.sym_name.data: CFunction(op.sym_name.data, is_value="value" in op.attributes)
        for op in declarations
    }
