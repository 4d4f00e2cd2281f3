"""The kernels around a program's functions: heaps, init, reset, compute, destroy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dspc.backends.opencl.allocators import CL_SYNTAX, HEAP, LOCAL
from dspc.backends.opencl.kernel import Kernel, Parameter, Part
from dspc.backends.opencl.layout import SIZES, Block, ClLayout
from dspc.backends.opencl.levels import LevelCode
from dspc.backends.opencl.staged import AREA_ARGUMENTS
from dspc.backends.opencl.ti_sound import TiSound, far_sound
from dspc.dialects.dsp_mem.allocators.base import Piece
from dspc.dialects.dsp_mem.spaces import Space

LEVEL_PARAMETERS = ("const int first", "const int part", "const int parts")
FUNCTION_NAMES = ("init", "reset", "clear", "compute", "destroy", "release")
"""Suffixes of the program's name in the names of its kernels."""


SOUND_BUFFERS = ("samples", "parts")


@dataclass(frozen=True, slots=True)
class ProgramShape:
    """The properties of a program that its kernels depend on."""

    name: str
    real: str
    inputs: int
    outputs: int
    layout: ClLayout
    heap: bool
    """Whether blocks come from heaps; else from one arena, at offsets known here."""
    used: dict[str, list[str]]
    """The blocks that each lowered function uses, in the order of its parameters."""
    levels: Sequence[LevelCode] = ()
    """The kernels of `compute`, where it is more than one."""
    has_sound: bool = True
    """Whether sound passes through l2 on TI's devices."""
    own_bytes: int = 0
    """Bytes of l2 for copies that `compute` makes itself."""
    local_argument: bool = False
    """Whether the memory of l2 is an argument of `compute`; else an array in it."""
    is_in_section: bool = False
    """Whether the memory of l2 is an object of C in a section (`data_section.AREA`)."""


def kernels_of(shape: ProgramShape) -> Iterator[Part]:
    """All kernels of a program, and the function that two of them call."""
    if shape.heap:
        yield _heap_init(Space.DDR)
        yield _heap_init(Space.MSMC)
        yield "\n".join(_release(shape))
    yield _init(shape)
    yield _per_voice(shape, "reset", ("instance_constants", "instance_clear"))
    yield _per_voice(shape, "clear", ("instance_clear",))
    if shape.levels:
        yield from (_level(shape, code) for code in shape.levels)
    else:
        yield _sounding(shape, "compute", (), tuple(_compute(shape)))
    if shape.heap:
        yield _destroy(shape)


def sound_parameters(layout: ClLayout, real: str) -> list[Parameter]:
    """The parameters of `compute` for each sound file."""
    kinds = dict(zip(SOUND_BUFFERS, (real, "int"), strict=True))
    return [
        Parameter(f"global const {kind} *restrict", f"{name}_{suffix}")
        for name in layout.sounds.values()
        for suffix, kind in kinds.items()
    ]


def _heap_init(space: Space) -> Kernel:
    return Kernel(
        f"dspc_heap_init_{space.value}",
        [[Parameter("global char *", "heap"), Parameter("uint", "bytes")]],
        [
            "\tDSPC_HEAP_GUARD(heap, bytes);",
            f"\t{HEAP.start(space, 'heap', 'bytes - DSPC_HEAP_GUARD_BYTES')};",
        ],
        "/* Once for each device, by one work-item. */",
        heap=space.value,
    )


def _ints(*names: str) -> Iterator[Parameter]:
    return (Parameter("int", name) for name in names)


def _memory(shape: ProgramShape) -> Parameter:
    """The parameter by which a kernel gets the memory of the program."""
    if shape.heap:
        return Parameter("global dspc_handle *", "handles", uses_heaps=True)
    return Parameter("global char *", "arena")


def _pointer(shape: ProgramShape, block: Block) -> str:
    """The address of a block in global memory, of its first element for all voices."""
    if not shape.heap:
        return block.allocator.access(block.piece("", zone="arena", offset=_offset(shape, block)))
    return block.allocator.access(block.piece(_kept_pointer(shape, block, block.element)))


def _kept_pointer(shape: ProgramShape, block: Block, element: str) -> str:
    """The address that the block's handle stands for."""
    number = shape.layout.blocks.index(block)
    return f"DSPC_{block.space.value.upper()}_POINTER({element}, handles[{number}])"


def _offset(shape: ProgramShape, block: Block) -> str:
    """Where a block begins in the arena, in bytes.

    Shared blocks come first, then those of the voices, all of a size before the smaller ones.
    """
    blocks = shape.layout.blocks
    before = blocks[: blocks.index(block)]
    if block.shared:
        offset = str(sum(other.bytes + other.gap for other in before if other.shared))
    else:
        shared = sum(other.bytes + other.gap for other in blocks if other.shared)
        gaps = sum(other.gap for other in before if not other.shared)
        own = sum(other.bytes for other in before if not other.shared)
        offset = f"{(shared + gaps + 7) & ~7} + {own} * (size_t)voices"
    return offset


def _voice_pointer(shape: ProgramShape, block: Block) -> str:
    pointer = _pointer(shape, block)
    return pointer if block.shared else f"{pointer} + DSPC_START({block.extent})"


def _arguments(shape: ProgramShape, function: str) -> Iterator[str]:
    """The arguments of a function for its blocks."""
    for name in shape.used[function]:
        if name == "zones":
            yield f"zones + DSPC_START({len(shape.layout.zones)})"
            continue
        block = shape.layout.block(name)
        if block.next:
            yield from _halves(shape, block, function)
            continue
        yield _voice_pointer(shape, block)


def _halves(shape: ProgramShape, block: Block, function: str) -> Iterator[str]:
    """Of the state that voices share, the half that is read, and the half that is written."""
    pointer = _pointer(shape, block)
    if function == "compute" or function.startswith("level"):
        yield f"{pointer} + turn * {block.extent}"
        yield f"{pointer} + (1 - turn) * {block.extent}"
    else:
        yield pointer
        yield f"{pointer} + {block.extent}"


def _call(
    shape: ProgramShape,
    function: str,
    first: Sequence[str],
    variant: str = "",
    last: Sequence[str] = (),
) -> str:
    arguments = [*first, *_arguments(shape, function), *last]
    return f"{shape.name}_{variant or function}_voice({', '.join(arguments)});"


def has_common_constants(layout: ClLayout) -> bool:
    """Whether the voices share constants that depend on the sampling rate."""
    places = layout.places.values()
    return any(place.common == place.name for place in places if place.common)


def _release(shape: ProgramShape) -> Iterator[str]:
    yield f"static void {shape.name}_release({_memory(shape)})"
    yield "{"
    for number, block in enumerate(shape.layout.blocks):
        released = block.allocator.release(block.piece(_kept_pointer(shape, block, "char")))
        if released:
            yield f"\t{released};"
        yield f"\thandles[{number}] = 0;"
    yield "}"


def _init(shape: ProgramShape) -> Kernel:
    """Allocates all blocks, or none, and fills the tables."""
    missing = Parameter("global int *", "missing")
    return Kernel(
        f"{shape.name}_init",
        [[*_ints("voices", "rate"), missing], [_memory(shape)]],
        tuple(_init_body(shape)),
        "/* By one work-item. `missing` becomes 0, or the number (from 1) of what did not fit. */",
    )


def _init_body(shape: ProgramShape) -> Iterator[str]:
    yield "\tint fault = 0;"
    if shape.heap:
        for number, block in enumerate(shape.layout.blocks):
            acquired = block.allocator.acquire(block.piece(block.name))
            handle = f"DSPC_{block.space.value.upper()}_HANDLE({acquired})"
            yield f"\thandles[{number}] = {handle};"
            yield f"\tif (!fault && !handles[{number}])"
            yield f"\t\tfault = {number + 1};"
        yield "\tif (fault) {"
        yield f"\t\t{shape.name}_release(handles DSPC_HEAP_ARGS);"
        yield "\t\t*missing = fault;"
        yield "\t\treturn;"
        yield "\t}"
    yield "\t{"
    yield "\t\tconst int voice = 0;"
    yield f"\t\t{_call(shape, 'class_init', ['rate', '1'])}"
    if has_common_constants(shape.layout):
        first = ["rate", "1"]
        yield f"\t\t{_call(shape, 'instance_constants', first, 'common_constants')}"
    yield "\t}"
    yield "\t*missing = fault;"


def _per_voice(shape: ProgramShape, name: str, functions: Sequence[str]) -> Kernel:
    calls = [f"\t\t{_call(shape, function, ['rate', '!voice'])}" for function in functions]
    return Kernel(
        f"{shape.name}_{name}",
        [
            [*_ints("voices", "rate")],
            [Parameter(f"global {shape.real} *", "zones"), _memory(shape)],
        ],
        ["\tDSPC_EACH_VOICE(voices)", "\t{", *calls, "\t}"],
        by_items=True,
    )


def _sounding(
    shape: ProgramShape, suffix: str, more: Sequence[str], body: Sequence[str], comment: str = ""
) -> Kernel:
    """A kernel that computes sound; `more`: names of further numbers that it takes."""
    area = [Parameter("local ulong *", "l2_area")] if shape.local_argument else []
    return Kernel(
        f"{shape.name}_{suffix}",
        [
            [*_ints("count", "voices", "in_voices", "turn", *more)],
            [
                Parameter(f"global const {shape.real} *", "inputs"),
                Parameter(f"global {shape.real} *", "outputs"),
            ],
            *([parameter] for parameter in sound_parameters(shape.layout, shape.real)),
            [Parameter(f"global {shape.real} *", "zones"), _memory(shape), *area],
        ],
        body,
        comment,
        by_items=True,
        starts_below=True,
    )


def _sound_arguments(shape: ProgramShape, *more: str) -> list[str]:
    files = [f"{name}_{kind}" for name in shape.layout.sounds.values() for kind in SOUND_BUFFERS]
    first = ["count", "!voice", *more, "DSPC_IN_STEP", "DSPC_IN_LANE"]
    return [*first, "heard_at", "made_at", *files]


def _compute(shape: ProgramShape) -> Iterator[str]:
    """One block of sound. `turn`, 0 and 1 in turns, says which half of common state is read."""
    if shape.own_bytes:
        yield from _near_area(shape)
    sound = TiSound(shape.inputs, shape.outputs, shape.real, SIZES[shape.real], shape.has_sound)
    yield from sound.before()
    yield "\tDSPC_EACH_GROUP(voices)"
    yield "\t{"
    yield from sound.voice()
    last = [AREA_ARGUMENTS] if shape.own_bytes else []
    yield f"\t\t{_call(shape, 'compute', _sound_arguments(shape), last=last)}"
    yield from sound.after()
    yield "\t}"
    yield from sound.finish()


def _near_area(shape: ProgramShape) -> Iterator[str]:
    """Declares the memory of l2 that a work-item's copies take."""
    yield "\tDSPC_L2_HEAP;"
    if shape.is_in_section:
        yield "\tulong *l2_area = dspc_area_l2;"
    elif not shape.local_argument:
        area = Piece("l2_area", "ulong", shape.own_bytes // 8, syntax=CL_SYNTAX)
        yield f"\t{LOCAL.declare(area)};"


def _level(shape: ProgramShape, code: LevelCode) -> Kernel:
    """One level of a block. Dimension 1 of the launch counts parts, or shares a part's frames."""
    count = len(code.parts)
    parts = f"{count} parts that run at once" if count > 1 else "one part"
    comment = f"/* Of each voice: {'some frames of one loop' if code.is_split else parts}. */"
    return _sounding(shape, code.suffix, ("first",), tuple(_level_body(shape, code)), comment)


def _level_body(shape: ProgramShape, code: LevelCode) -> Iterator[str]:
    if code.has_copies:
        yield from _near_area(shape)
    yield "\tconst int part = (int)get_global_id(1), parts = (int)get_global_size(1);"
    yield "\tDSPC_EACH_GROUP(voices)"
    yield "\t{"
    yield from far_sound(shape.inputs, shape.outputs, shape.real)
    more = "first", "part", "parts"
    for number, part in enumerate(code.parts):
        if not code.is_split:
            yield f"\t\tif (part == {number}) {{"
        last = [AREA_ARGUMENTS] if part.has_copies else []
        yield f"\t\t\t{_call(shape, part.name, _sound_arguments(shape, *more), last=last)}"
        if not code.is_split:
            yield "\t\t}"
    yield "\t}"


def _destroy(shape: ProgramShape) -> Kernel:
    return Kernel(
        f"{shape.name}_destroy",
        [[_memory(shape)]],
        [f"\t{shape.name}_release(handles DSPC_HEAP_ARGS);"],
        "/* By one work-item: gives everything back. */",
    )
