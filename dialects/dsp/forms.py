"""The forms that delay lines and loops over a chunk may have."""

from __future__ import annotations

from xdsl.dialects.utils import EnumAttribute
from xdsl.ir import SpacedOpaqueSyntaxAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.utils.str_enum import StrEnum


class LineForm(StrEnum):
    """Where a delay line keeps its past frames."""

    REGISTERS = "registers"
    """In loop-carried values only."""
    COPIED = "copied"
    """In a row with the current chunk, copied in before the chunk and out after it."""
    RING = "ring"
    """In a ring buffer of a power of two."""
    EXACT_RING = "exact_ring"
    """In a ring buffer of exactly the frames that are needed."""


@irdl_attr_definition
class LineFormAttr(EnumAttribute[LineForm], SpacedOpaqueSyntaxAttribute):
    """Where a delay line keeps its past frames: `registers`, `copied`, `ring` or `exact_ring`."""

    name = "dsp.line_form"


class LoopForm(StrEnum):
    """How a loop over the frames of a chunk is computed."""

    FREE = "free"
    """Without loop-carried dependence: SIMD lanes are frames."""
    RECURSIVE = "recursive"
    """Frame by frame."""
    PACK = "pack"
    """The ops of a `dsp.pack`, frame by frame in vectors."""
    SCAN = "scan"
    """A `dsp.linear` of first order, as a prefix scan over vectors of frames."""
    STATE_SPACE = "state_space"
    """A `dsp.linear` of higher order, and filters of its past, as block state space over vectors of
    frames."""
    CASCADE = "cascade"
    """Linear recurrences of which each filters the output of another, as SIMD lanes: each runs some
    frames after the one that it reads."""
    FIR = "fir"
    """A `dsp.fir`."""


@irdl_attr_definition
class LoopFormAttr(EnumAttribute[LoopForm], SpacedOpaqueSyntaxAttribute):
    """How a loop is computed: `free`, `recursive`, `pack`, `scan`, `state_space`, `cascade` or
    `fir`."""

    name = "dsp.loop_form"
