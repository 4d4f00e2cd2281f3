"""A loop-level module as one OpenCL C file, for TI's DSPs and for every other device."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from xdsl.dialects.builtin import MemRefType, ModuleOp
from xdsl.ir import SSAValue

from dspc.backends.c.expressions import INT_MAX, Expr
from dspc.backends.c.language import Uses
from dspc.backends.c.literals import data_literals
from dspc.backends.c.names import Names, item_lines
from dspc.backends.common.comments import comment_text
from dspc.backends.common.lowered import FUNCTIONS, Unit, read_unit, refuse_parts
from dspc.backends.opencl.allocators import check_printed, outside
from dspc.backends.opencl.arithmetic import called_names
from dspc.backends.opencl.data_section import c_text, cl_text, section_heaps
from dspc.backends.opencl.functions import ClFunctionPrinter
from dspc.backends.opencl.heap.amalgamate import amalgamated
from dspc.backends.opencl.kernel import Part, in_opencl
from dspc.backends.opencl.kernels import (
    FUNCTION_NAMES,
    LEVEL_PARAMETERS,
    ProgramShape,
    has_common_constants,
    kernels_of,
    sound_parameters,
)
from dspc.backends.opencl.language import OPENCL
from dspc.backends.opencl.layout import SIZES, STEP, ZONES, ClLayout, enums, make_layout
from dspc.backends.opencl.levels import (
    ONE_KERNEL,
    LevelCode,
    PartCode,
    Round,
    buffers_of,
    plan_levels,
    rounds,
)
from dspc.backends.opencl.names import RESERVED
from dspc.backends.opencl.staged import AREA, START, StagedClPrinter, near_bytes
from dspc.backends.opencl.storage import ClStorage
from dspc.backends.opencl.ti_sound import TiSound
from dspc.backends.opencl.vectors import has_vectors
from dspc.backends.opencl.voice_lanes import LanePrinter, frames_loop
from dspc.dialects.dsp_par.voices import own_buffers, varying

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class ClOptions:
    """How the program is printed; `heap` is one of `dialects.heap_option.HEAPS`.

    `device` is "portable" for a file that holds the heaps' implementation and runs anywhere, or
    "ti" for one that only TI's compiler can read. `l2_bytes` is the capacity of l2.
    """

    name: str = "mydsp"
    heap: str = "auto"
    device: str = "portable"
    l2_bytes: int = 768 << 10
    storage: str = "buffer"
    """Where the heaps lie: `buffer`, `data-section`, `local-array` or `local-arg`."""
    command_line: str = ""
    """The options by which the text can be rebuilt, for its first comment."""


@dataclass(frozen=True, slots=True)
class ClProgram:
    """A printed program, and the description that its host needs."""

    text: str
    name: str
    unit: Unit
    layout: ClLayout
    heap: bool
    apart: bool
    """Whether a voice's memory is contiguous on every device, not only on TI's."""
    lanes: bool
    """Whether a work-item of `compute` can take several voices (`DSPC_LANES`)."""
    c_text: str = ""
    """The C file that `text`'s kernels call, where heaps are objects of one."""
    rounds: tuple[Round, ...] = ONE_KERNEL
    """The kernels of each block, in order. Where there are several, each takes the first frame."""
    local_argument: bool = False
    """Whether `compute` takes its local memory, `local_bytes` of it, as its last argument."""
    local_bytes: int = 0
    """Bytes of local memory that a work-group of `compute` takes."""

    @property
    def is_levelled(self) -> bool:
        """Whether a block is several launches."""
        return self.rounds is not ONE_KERNEL


def print_opencl(module: ModuleOp, options: ClOptions | None = None) -> ClProgram:
    """The OpenCL C of a loop-level module.

    Raises DspcError E0801 for programs that need C functions which OpenCL lacks, E0703 where the
    module is not at the level of loops.
    """
    options = options or ClOptions()
    unit = read_unit(module)
    refuse_parts(unit, "OpenCL")
    check_printed(unit)
    uses = Uses(OPENCL, functions=called_names(unit.declarations))
    codes = plan_levels(unit.functions["compute"])
    words = *FUNCTION_NAMES, *(code.suffix for code in codes)
    names = Names({*RESERVED, *(f"{options.name}_{word}" for word in words)})
    layout = make_layout(unit, names, options.name, options.heap, bool(codes))
    real = "float" if unit.single else "double"
    own_bytes = near_bytes(unit.functions["compute"], layout)
    sound = TiSound(unit.inputs, unit.outputs, real, SIZES[real])
    printer = _KernelsPrinter(unit, layout, names, uses, options, codes, own_bytes)
    printer.has_sound = own_bytes <= options.l2_bytes - sound.bytes
    return ClProgram(
        printer.text(),
        options.name,
        unit,
        layout,
        heap=options.heap != "static",
        apart=printer.is_apart,
        lanes=printer.has_lanes and not printer.is_apart and options.storage != "data-section",
        c_text=printer.c_text() if options.storage == "data-section" else "",
        rounds=rounds(codes),
        local_argument=options.storage == "local-arg",
        local_bytes=own_bytes,
    )


class _KernelsPrinter:
    def __init__(
        self,
        unit: Unit,
        layout: ClLayout,
        names: Names,
        uses: Uses,
        options: ClOptions,
        codes: Sequence[LevelCode],
        own_bytes: int,
    ) -> None:
        self._unit = unit
        self._layout = layout
        self._names = names
        self._uses = uses
        self._options = options
        self._real = "float" if unit.single else "double"
        self._own_bytes = own_bytes
        vectors = has_vectors(unit.functions.values())
        self.is_apart = vectors or options.heap == "l2" or self._own_bytes > 0
        self.has_sound = True
        """Whether l2 has room for sound."""
        self._levels = codes
        self._parts = {part.name: (code, part) for code in codes for part in code.parts}
        self._functions = (*FUNCTIONS[:-1], *self._parts) if codes else FUNCTIONS
        self._used = {name: self._blocks_of(name) for name in self._functions}
        loop = frames_loop(unit.functions["compute"].body.block)
        self.has_lanes = loop is not None and not vectors

    def text(self) -> str:
        """The OpenCL C file."""
        if self._options.storage == "data-section":
            return cl_text(self._options.name, self._real, self._kernels())
        functions = [line for name in self._functions for line in self._function(name)]
        heap = self._options.heap != "static"
        parts = [*self._head(heap), *self._support(), *self._declarations(), *functions]
        end = "\n" if heap else "\n\n"
        return "\n".join([*parts, in_opencl(self._kernels())]) + end

    def c_text(self) -> str:
        """The C file of a program whose heaps are objects of C."""
        functions = [line for name in self._functions for line in self._function(name)]
        code = "\n".join([*self._support(), *self._declarations(), *functions])
        options = self._options
        heaps = section_heaps(self._layout, self._own_bytes)
        return c_text(options.name, self._real, code, ti_dialect(), self._kernels(), heaps)

    def _kernels(self) -> list[Part]:
        unit, options = self._unit, self._options
        shape = ProgramShape(
            options.name,
            self._real,
            unit.inputs,
            unit.outputs,
            self._layout,
            options.heap != "static",
            self._used,
            self._levels,
            self.has_sound,
            self._own_bytes,
            options.storage == "local-arg",
            options.storage == "data-section",
        )
        return list(kernels_of(shape))

    def _head(self, heap: bool) -> Iterator[str]:
        yield f"/* {comment_text(self._unit.name)}: OpenCL C, generated with dspc."
        if self._options.command_line:
            yield f"Compilation options: {comment_text(self._options.command_line)}"
        yield "*/"
        if self._unit.has_doubles:
            yield "#pragma OPENCL EXTENSION cl_khr_fp64 : enable"
        yield "#pragma OPENCL FP_CONTRACT OFF"
        if self.is_apart:
            yield "#define DSPC_APART\n#define DSPC_L2_SINGLE"
        if self._options.device == "ti":
            yield "#ifndef DSPC_TI\n#define DSPC_TI\n#endif"
        yield ""
        if not heap and not self._own_bytes:
            yield "#define DSPC_P(T) global T *"
        elif self._options.device == "ti":
            yield ti_dialect()
        else:
            yield amalgamated()
        yield f"typedef {self._real} dspc_real;"

    def _support(self) -> Iterator[str]:
        givers = [one for op in self._unit.buffers if (one := outside(op)) is not None]
        yield from dict.fromkeys(line for one in givers for line in one.includes)
        for name in ("voices.cl", "rounding.cl"):
            yield (_HERE / name).read_text(encoding="utf-8")
        if self._own_bytes:
            yield (_HERE / "staging.cl").read_text(encoding="utf-8")
        if self._uses.helpers:
            yield (_HERE / "prelude.cl").read_text(encoding="utf-8")

    def _declarations(self) -> Iterator[str]:
        yield from enums(self._layout)
        for memory, op in self._layout.data:
            assert op.values is not None
            items = data_literals(op.values, self._uses)
            yield f"constant {memory.declared} = {{"
            yield from item_lines(items)
        yield ""

    def _blocks_of(self, function: str) -> list[str]:
        symbols = (
            self._parts[function][1].buffers()
            if function in self._parts
            else buffers_of(self._unit.functions[function])
        )
        names = {self._layout.places[symbol].name for symbol in symbols}
        blocks = [block.name for block in self._layout.blocks if block.name in names]
        return [*blocks, ZONES] if ZONES in names else blocks

    def _parameters(self, function: str) -> Iterator[str]:
        for name in self._used[function]:
            if name == ZONES:
                yield f"global {self._real} *restrict zones"
                continue
            block = self._layout.block(name)
            yield block.allocator.declare(block.piece(name, "restrict"))
            if block.next:
                yield block.allocator.declare(block.piece(block.next, "restrict"))

    def _function(self, name: str) -> Iterator[str]:
        """A lowered function as an OpenCL one, for one voice or so many as there are lanes."""
        yield from self._variant(name, name, False)
        if name == "instance_constants" and has_common_constants(self._layout):
            yield from self._variant(name, "common_constants", True)

    def _variant(self, name: str, called: str, shares: bool) -> Iterator[str]:
        computes = name == "compute" or name in self._parts
        first = ["int count" if computes else "int rate", "const int leads"]
        if name in self._parts:
            first += LEVEL_PARAMETERS
        if computes:
            first.append("const int in_step")
            first.append("const int in_lane")
            first.append(f"global const {self._real} *restrict inputs")
            first.append(f"global {self._real} *restrict outputs")
            first += map(str, sound_parameters(self._layout, self._real))
        parameters = [*first, *self._parameters(name)]
        has_copies = name in self._parts and self._parts[name][1].has_copies
        if has_copies or (name == "compute" and self._own_bytes):
            parameters.append(AREA)
        yield f"static inline void {self._options.name}_{called}_voice("
        yield f"\t{(',' + chr(10) + chr(9)).join(parameters)})"
        yield "{"
        for line in self._body(name, shares):
            yield f"\t{line}"
        yield "}"
        yield ""

    def _body_printer(self, name: str, names: Names, shares: bool) -> ClFunctionPrinter:
        layout, uses = self._layout, self._uses
        if name == "compute" and self._own_bytes:
            return StagedClPrinter(name, layout, names, uses, self._own_bytes)
        if name != "compute" or not self.has_lanes:
            return ClFunctionPrinter(name, layout, names, uses, shares)
        functions = (self._unit.functions[name],)
        different = varying(functions, own_buffers(self._unit.buffers))
        return LanePrinter(layout, names, uses, different)

    def _body(self, name: str, shares: bool) -> list[str]:
        if name in self._parts:
            return self._part_body(*self._parts[name])
        block = self._unit.functions[name].body.block
        names = Names(self._names.used())
        printer = self._body_printer(name, names, shares)
        lines = [
            f"{memory.declared};"
            for memory in self._layout.scratch
            if name == "compute" and not memory.is_near
        ]
        if name == "compute" and self._own_bytes:
            lines.extend(START)
        if name != "compute":
            for argument in block.args:
                printer.bind(argument, Expr("rate", low=0))
        else:
            lines += self._bind(printer, names, {arg for arg in block.args if arg.uses})
        if isinstance(printer, StagedClPrinter):
            printer.take_scratch()
        printer.run(block)
        return [*lines, *printer.lines]

    def _bind(
        self, printer: ClFunctionPrinter, names: Names, used: Collection[SSAValue]
    ) -> Iterator[str]:
        """Bind the arguments of `compute`; declares those channels that are used."""
        count, *arrays = self._unit.functions["compute"].body.block.args
        printer.bind(count, Expr("count", low=0, high=INT_MAX))
        for number, argument in enumerate(arrays):
            memory, line = self._channel(number, names)
            assert isinstance(argument.type, MemRefType)
            printer.bind(argument, memory)
            if argument in used:
                yield line

    def _part_body(self, code: LevelCode, part: PartCode) -> list[str]:
        block = self._unit.functions["compute"].body.block
        names = Names(self._names.used())
        printer = self._part_printer(part, names)
        lines = list(self._bind(printer, names, {arg for arg in block.args if part.reads(arg)}))
        if code.level.chunks is not None:
            start = code.level.chunks.body.block.args[0]
            printer.bind(start, Expr("first", low=0, high=INT_MAX))
        printer.prepare(block)
        if part.has_copies:
            lines.extend(START)
        printer.run_part(part.again, part.ops, code.is_split)
        return [*lines, *printer.lines]

    def _part_printer(self, part: PartCode, names: Names) -> ClFunctionPrinter:
        layout, uses = self._layout, self._uses
        if part.has_copies:
            return StagedClPrinter("compute", layout, names, uses, self._own_bytes)
        return ClFunctionPrinter("compute", layout, names, uses)

    def _channel(self, number: int, names: Names) -> tuple[ClStorage, str]:
        """An input or output of `compute`, and its declaration."""
        at = number - self._unit.inputs
        if at < 0:
            name = names.fresh(f"input{number}", "channel")
            line = f"global const {self._real} *restrict {name} = inputs"
            line += f" + {number} * count * in_step;" if number else ";"
            place = ClStorage(name, self._real, 0, "", step="in_step", lane="lane * in_lane")
            place.holder = f"global const {self._real} *"
            return place, line
        name = names.fresh(f"output{at}", "channel")
        line = f"global {self._real} *restrict {name} = outputs"
        line += f" + {at} * count * {STEP};" if at else ";"
        place = ClStorage(name, self._real, 0, "@out", step=STEP, lane="lane")
        place.holder = f"global {self._real} *"
        return place, line


def ti_dialect() -> str:
    """The part of the heap's header that is for TI's devices."""
    header = (_HERE / "heap" / "dspc_heap.h").read_text(encoding="utf-8")
    _, _, rest = header.partition("#ifdef DSPC_TI\n")
    part, mark, _ = rest.partition("#else /* every other device")
    assert mark, "dspc_heap.h has lost its mark"
    return part
