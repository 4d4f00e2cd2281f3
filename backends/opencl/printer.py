"""A loop-level module as one OpenCL C file, for TI's DSPs and for every other device."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dspc.backends.cpp.arithmetic import Uses, data_literals
from dspc.backends.cpp.expressions import INT_MAX, Expr
from dspc.backends.cpp.names import Names, item_lines
from dspc.backends.cpp.unit import FUNCTIONS, Unit, read_unit
from dspc.backends.opencl.arithmetic import called_names, special_number
from dspc.backends.opencl.data_section import c_text, cl_text
from dspc.backends.opencl.functions import ClFunctionPrinter
from dspc.backends.opencl.heap.amalgamate import amalgamated
from dspc.backends.opencl.kernels import (
    FUNCTION_NAMES,
    Shape,
    has_common_constants,
    kernel_lines,
    near_bytes,
    sound_parameters,
)
from dspc.backends.opencl.lanes import LanePrinter, frames_loop
from dspc.backends.opencl.layout import SIZES, STEP, ZONES, Layout, Place, enums, make_layout
from dspc.backends.opencl.names import RESERVED
from dspc.backends.opencl.placement import DEFAULT_CAPACITIES, place
from dspc.backends.opencl.ti_sound import TiSound
from dspc.dialects.dsp.tables import slot_name
from dspc.dialects.dsp_mem.buffers import GetOp, Space
from dspc.dialects.dsp_par.voices import own_buffers, varying
from xdsl.dialects.builtin import MemRefType, ModuleOp

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class ClOptions:
    """How the program is printed; `heap` is one of `placement.HEAPS`.

    `device` is "portable" for a file that holds the heaps' implementation and runs anywhere, or
    "ti" for one that only TI's compiler can read. `capacities` are bytes by space.
    """

    name: str = "mydsp"
    heap: str = "auto"
    device: str = "portable"
    capacities: Mapping[Space, int] = field(default_factory=lambda: DEFAULT_CAPACITIES)
    storage: str = "buffer"
    """One of `placement.STORAGES`: what holds the heaps."""


@dataclass(frozen=True, slots=True)
class ClProgram:
    """A printed program, and what its host needs to know."""

    text: str
    name: str
    unit: Unit
    layout: Layout
    heap: bool
    apart: bool
    """Whether a voice's memory is contiguous on every device, not only on TI's."""
    lanes: bool
    """Whether a work-item of `compute` can take several voices (`DSPC_LANES`)."""
    c_text: str = ""
    """The C file that `text`'s kernels call, where heaps are objects of one."""
    local_argument: bool = False
    """Whether `compute` takes its local memory, `local_bytes` of it, as its last argument."""

    @property
    def local_bytes(self) -> int:
        """Bytes of local memory that a work-group of `compute` takes."""
        return near_bytes(self.layout)


def print_opencl(module: ModuleOp, options: ClOptions | None = None) -> ClProgram:
    """The OpenCL C of a loop-level module.

    Raises DspcError E0801 for programs that need C functions which OpenCL lacks, E0703 where the
    module is not at the level of loops.
    """
    options = options or ClOptions()
    unit = read_unit(module)
    uses = Uses(functions=called_names(unit.declarations))
    names = Names({*RESERVED, *(f"{options.name}_{word}" for word in FUNCTION_NAMES)})
    layout = make_layout(unit, names, options.name)
    real = "float" if unit.single else "double"
    sound = TiSound(unit.inputs, unit.outputs, real, SIZES[real])
    room = {**options.capacities, Space.L2: options.capacities[Space.L2] - sound.bytes}
    place(layout, options.heap, room)
    for block in layout.staged():
        for symbol in block.symbols:
            layout.places[symbol].holder = f"DSPC_LP({block.element})"
    printer = _Printer(unit, layout, names, uses, options)
    return ClProgram(
        printer.text(),
        options.name,
        unit,
        layout,
        heap=options.heap != "static",
        apart=options.heap == "l2",
        lanes=options.heap != "l2" and printer.has_lanes and options.storage != "data-section",
        c_text=printer.c_text() if options.storage == "data-section" else "",
        local_argument=options.storage == "local-arg",
    )


class _Printer:
    def __init__(
        self, unit: Unit, layout: Layout, names: Names, uses: Uses, options: ClOptions
    ) -> None:
        self._unit = unit
        self._layout = layout
        self._names = names
        self._uses = uses
        self._options = options
        self._real = "float" if unit.single else "double"
        self._used = {name: self._blocks_of(name) for name in FUNCTIONS}
        self.has_lanes = frames_loop(unit.functions["compute"].body.block) is not None

    def text(self) -> str:
        """The OpenCL C file."""
        if self._options.storage == "data-section":
            return cl_text(self._options.name, self._real, self._kernels())
        functions = [line for name in FUNCTIONS for line in self._function(name)]
        heap = self._options.heap != "static"
        parts = [*self._head(heap), *self._support(), *self._declarations(), *functions]
        return "\n".join([*parts, self._kernels(), ""])

    def c_text(self) -> str:
        """The C file of a program whose heaps are objects of C."""
        functions = [line for name in FUNCTIONS for line in self._function(name)]
        code = "\n".join([*self._support(), *self._declarations(), *functions])
        options = self._options
        kernels = self._kernels()
        return c_text(options.name, self._real, code, ti_dialect(), kernels, self._layout)

    def _kernels(self) -> str:
        unit, options = self._unit, self._options
        shape = Shape(
            options.name,
            self._real,
            unit.inputs,
            unit.outputs,
            self._layout,
            options.heap != "static",
            self._used,
            options.storage == "local-arg",
        )
        return "\n".join(kernel_lines(shape))

    def _head(self, heap: bool) -> Iterator[str]:
        yield f"/* {self._unit.name.replace('*/', '')}: OpenCL C, generated with dspc. */"
        if not self._unit.single:
            yield "#pragma OPENCL EXTENSION cl_khr_fp64 : enable"
        yield "#pragma OPENCL FP_CONTRACT OFF"
        if self._options.heap == "l2":
            yield "#define DSPC_APART\n#define DSPC_L2_SINGLE"
        if self._options.device == "ti":
            yield "#ifndef DSPC_TI\n#define DSPC_TI\n#endif"
        yield ""
        if not heap:
            yield "#define DSPC_P(T) global T *"
        elif self._options.device == "ti":
            yield ti_dialect()
        else:
            yield amalgamated()
        yield f"typedef {self._real} dspc_real;"

    def _support(self) -> Iterator[str]:
        yield (_HERE / "voices.cl").read_text(encoding="utf-8")
        if self._layout.staged():
            yield (_HERE / "staging.cl").read_text(encoding="utf-8")
        if self._uses.helpers:
            text = (_HERE / "prelude.cl").read_text(encoding="utf-8")
            yield "".join(
                line.replace("inline", "static inline") + "\n" for line in text.splitlines()
            )

    def _declarations(self) -> Iterator[str]:
        yield from enums(self._layout)
        for memory, op in self._layout.data:
            assert op.values is not None
            items = [special_number(text) for text in data_literals(op.values)]
            head = f"constant {memory.element} {memory.name}[{len(items)}] = {{"
            yield head
            yield from item_lines(items)
        yield ""

    def _blocks_of(self, function: str) -> list[str]:
        found: set[str] = set()
        for op in self._unit.functions[function].walk():
            if isinstance(op, GetOp):
                found.add(self._layout.places[slot_name(op.buffer)].name)
        blocks = [block.name for block in self._layout.blocks if block.name in found]
        return [*blocks, ZONES] if ZONES in found else blocks

    def _parameters(self, function: str) -> Iterator[str]:
        for name in self._used[function]:
            if name == ZONES:
                yield f"global {self._real} *restrict zones"
                continue
            block = self._layout.block(name)
            near = block.staged and function == "compute"
            yield f"DSPC_{'LP' if near else 'P'}({block.element}) restrict {name}"
            if block.next:
                yield f"DSPC_P({block.element}) restrict {block.next}"

    def _function(self, name: str) -> Iterator[str]:
        """A lowered function as an OpenCL one, for one voice or so many as there are lanes."""
        yield from self._variant(name, name, False)
        if name == "instance_constants" and has_common_constants(self._layout):
            yield from self._variant(name, "common_constants", True)

    def _variant(self, name: str, called: str, shares: bool) -> Iterator[str]:
        compute = name == "compute"
        first = ["int count" if compute else "int rate", "const int leads"]
        if compute:
            first.append("const int in_step")
            first.append("const int in_lane")
            first.append(f"global const {self._real} *restrict inputs")
            first.append(f"global {self._real} *restrict outputs")
            first += sound_parameters(self._layout, self._real)
        parameters = [*first, *self._parameters(name)]
        yield f"static inline void {self._options.name}_{called}_voice("
        yield f"\t{(',' + chr(10) + chr(9)).join(parameters)})"
        yield "{"
        for line in self._body(name, shares):
            yield f"\t{line}"
        yield "}"
        yield ""

    def _body_printer(self, name: str, names: Names, shares: bool) -> ClFunctionPrinter:
        layout, uses = self._layout, self._uses
        if name != "compute" or not self.has_lanes:
            return ClFunctionPrinter(name, layout, names, uses, shares)
        functions = (self._unit.functions[name],)
        different = varying(functions, own_buffers(self._unit.buffers))
        return LanePrinter(layout, names, uses, different)

    def _body(self, name: str, shares: bool) -> list[str]:
        block = self._unit.functions[name].body.block
        names = Names(self._names.used())
        printer = self._body_printer(name, names, shares)
        lines = [
            f"{memory.element} {memory.name}[{memory.extent}];"
            for memory in self._layout.scratch
            if name == "compute"
        ]
        if name != "compute":
            for argument in block.args:
                printer.bind(argument, Expr("rate", low=0))
        else:
            count, *arrays = block.args
            printer.bind(count, Expr("count", low=0, high=INT_MAX))
            for number, argument in enumerate(arrays):
                memory, line = self._channel(number, names)
                assert isinstance(argument.type, MemRefType)
                printer.bind(argument, memory)
                if argument.uses:
                    lines.append(line)
        printer.run(block)
        return [*lines, *printer.lines]

    def _channel(self, number: int, names: Names) -> tuple[Place, str]:
        """An input or output of `compute`, and its declaration."""
        at = number - self._unit.inputs
        if at < 0:
            name = names.fresh(f"input{number}", "channel")
            line = f"global const {self._real} *restrict {name} = inputs"
            line += f" + {number} * count * in_step;" if number else ";"
            place = Place(name, self._real, 0, "", step="in_step", lane="lane * in_lane")
            place.holder = f"global const {self._real} *"
            return place, line
        name = names.fresh(f"output{at}", "channel")
        line = f"global {self._real} *restrict {name} = outputs"
        line += f" + {at} * count * {STEP};" if at else ";"
        place = Place(name, self._real, 0, "@out", step=STEP, lane="lane")
        place.holder = f"global {self._real} *"
        return place, line


def ti_dialect() -> str:
    """The part of the heap's header that is for TI's devices."""
    header = (_HERE / "heap" / "dspc_heap.h").read_text(encoding="utf-8")
    _, _, rest = header.partition("#ifdef DSPC_TI\n")
    part, mark, _ = rest.partition("#else /* every other device")
    assert mark, "dspc_heap.h has lost its mark"
    return part
