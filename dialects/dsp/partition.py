"""Decisions on how a program becomes loops over chunks of frames, as declarations in its body.

The scalar program stays as it is: ops refer to the declarations by name, and none of these changes
the meaning of a program. Without them (`erase_decisions`) it is the program that was decided upon.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xdsl.dialects.builtin import (
    I64,
    ArrayAttr,
    DenseArrayBase,
    FlatSymbolRefAttrConstr,
    FloatAttr,
    IntAttr,
    IntegerAttr,
    StringAttr,
    SymbolNameConstraint,
    SymbolRefAttr,
    UnitAttr,
)
from xdsl.ir import (
    Attribute,
    Block,
    Operation,
    ParametrizedAttribute,
)
from xdsl.irdl import (
    IRDLOperation,
    ParsePropInAttrDict,
    irdl_attr_definition,
    irdl_op_definition,
    opt_prop_def,
    prop_def,
)
from xdsl.parser import AttrParser
from xdsl.printer import Printer
from xdsl.utils.exceptions import VerifyException

from dspc.dialects.dsp.decided import Rings, check_lanes, check_loops
from dspc.dialects.dsp.forms import LineForm, LineFormAttr, LoopForm, LoopFormAttr
from dspc.dialects.dsp.time import DelayOp, PrefixOp


class DecisionOp(IRDLOperation):
    """Base of the declarations: they have no operands and no results."""

    irdl_options = (ParsePropInAttrDict(),)


@irdl_op_definition
class ChunkOp(DecisionOp):
    """The frames are computed in chunks of `size` frames, in vectors of at most `lanes` elements.

    `lanes` of 0 stands for no vectors. With `is_one_loop`, one loop over all frames is faster, and
    the other decisions are not carried out; `reason` tells why these loops or one. `asked` is the
    size before it was shortened to the dependence distances of feedback. `registers` are the vector
    registers. With `is_bounded`, the last chunk is shorter; otherwise code after the loop over full
    chunks computes the rest. With `is_apart`, several threads may run loops of a chunk at the same
    time. Rings of more elements than `exact_beyond` are of exact size. With `singles`, chunks are
    whole multiples of so many frames, and a loop over single frames, each with the ops of all
    loops, computes those after them, or all where feedback that is assumed to be long has fewer.
    """

    name = "dsp.chunk"
    size = prop_def(IntegerAttr[I64])
    asked = prop_def(IntegerAttr[I64])
    lanes = prop_def(IntegerAttr[I64])
    registers = prop_def(IntegerAttr[I64])
    exact_beyond = opt_prop_def(IntegerAttr[I64])
    is_bounded = opt_prop_def(UnitAttr)
    is_apart = opt_prop_def(UnitAttr)
    is_one_loop = opt_prop_def(UnitAttr)
    singles = opt_prop_def(IntegerAttr[I64])
    reason = opt_prop_def(StringAttr)
    assembly_format = "$size `lanes` $lanes attr-dict"

    def verify_(self) -> None:
        if not 1 <= self.size.value.data <= self.asked.value.data:
            raise VerifyException("a chunk has at least one frame and at most those asked for")
        lanes = self.lanes.value.data
        if lanes < 0 or lanes & (lanes - 1):
            raise VerifyException("the lanes of a vector are a power of two, or 0")
        if self.registers.value.data < 1:
            raise VerifyException("a processor has at least one register")
        if self.singles is not None:
            singles = self.singles.value.data
            if singles < 1 or self.size.value.data % singles:
                raise VerifyException("a chunk is a multiple of `singles` frames, of at least one")
            if self.is_bounded is not None or self.is_apart is not None:
                raise VerifyException("`singles` excludes `is_bounded` and `is_apart`")


@irdl_op_definition
class LineOp(DecisionOp):
    """The delay line of one signal: at least the `depth` frames before the current one.

    `dsp.delay` and `dsp.prefix` name the line that they read. The loop that computes the signal
    carries its last `registers` frames in values (`dsp-partition`); a line of which no loop reads
    others has the form `registers`. Where the signal is a lane of a pack that reads older frames of
    it, the pack has a ring of that many `rows`: the vectors of a frame each. `reads` is the number
    of reads that a form was chosen for.
    """

    name = "dsp.line"
    sym_name = prop_def(SymbolNameConstraint())
    form = prop_def(LineFormAttr)
    depth = prop_def(IntegerAttr[I64])
    reads = opt_prop_def(IntegerAttr[I64])
    registers = opt_prop_def(IntegerAttr[I64])
    rows = opt_prop_def(IntegerAttr[I64])
    assembly_format = "$sym_name $form $depth attr-dict"

    def verify_(self) -> None:
        depth = self.depth.value.data
        if depth < 1:
            raise VerifyException("a delay line holds at least one frame")
        if max(depth, 0 if self.rows is None else self.rows.value.data) >= 1 << 31:
            raise VerifyException("a delay line is shorter than 2^31 frames")
        if not 0 <= self.carried <= depth:
            raise VerifyException("the registers of a delay line hold some of its frames")
        if self.rows is not None and self.rows.value.data < 2:
            raise VerifyException("a ring has rows for a past frame and the current one")

    @property
    def carried(self) -> int:
        """The past frames in loop-carried values."""
        return 0 if self.registers is None else self.registers.value.data


@irdl_op_definition
class PackOp(DecisionOp):
    """Isomorphic ops that run as SIMD lanes of one loop, in vectors of `width` elements.

    `lanes` are logical: 11 lanes in vectors of 8 are two vectors, whose unused lanes repeat the
    last. The ops of its lanes have a `#dsp.lane`; sums over its lanes a `#dsp.summed`. `gain` is
    the number of operations that it saves in a frame, as estimated. No op depends within a frame on
    another lane of its position.

    The lanes of position `grid` are the nodes of a grid, sums of products with the near past of
    each other (a stencil); other ops of their recursion are part of these sums, and of the pack.
    """

    name = "dsp.pack"
    sym_name = prop_def(SymbolNameConstraint())
    lanes = prop_def(IntegerAttr[I64])
    width = prop_def(IntegerAttr[I64])
    gain = prop_def(FloatAttr)
    grid = opt_prop_def(IntegerAttr[I64])
    assembly_format = "$sym_name `lanes` $lanes `width` $width attr-dict"

    def verify_(self) -> None:
        width = self.width.value.data
        if self.lanes.value.data < 2 or width < 2:
            raise VerifyException("a pack and its vectors have at least two lanes")
        if width & (width - 1):
            raise VerifyException("the width of a vector is a power of two")
        body = self.parent
        if body is not None and _first(self, PackOp):
            check_lanes(body, _lanes(body))


LANE = "dsp.lane"
"""The attribute of an op that is a lane of a pack."""
SUMMED = "dsp.summed"
"""The attribute of the last addition of a sum: the positions of packs whose lanes are added for
several frames at a time."""


@irdl_attr_definition
class LaneAttr(ParametrizedAttribute):
    """`#dsp.lane<@pack, p, k>`: the op is lane k of position p of a pack. A position is one vector
    op: the same op in each lane. With `swapped`, its operands are those of lane 0 in reverse."""

    name = LANE
    pack: SymbolRefAttr
    position: IntAttr
    lane: IntAttr
    is_swapped: IntAttr

    @classmethod
    def parse_parameters(cls, parser: AttrParser) -> Sequence[Attribute]:
        with parser.in_angle_brackets():
            pack, position = _parse_position(parser)
            parser.parse_punctuation(",")
            lane = parser.parse_integer(allow_boolean=False, allow_negative=False)
            is_swapped = parser.parse_optional_punctuation(",") is not None
            if is_swapped:
                parser.parse_keyword("swapped")
        return pack, position, IntAttr(lane), IntAttr(int(is_swapped))

    def print_parameters(self, printer: Printer) -> None:
        swapped = ", swapped" if self.is_swapped.data else ""
        with printer.in_angle_brackets():
            printer.print_attribute(self.pack)
            printer.print_string(f", {self.position.data}, {self.lane.data}{swapped}")


@irdl_attr_definition
class SummedAttr(ParametrizedAttribute):
    """`#dsp.summed<@pack, p>`: the lanes of position p of a pack are terms of a sum."""

    name = SUMMED
    pack: SymbolRefAttr
    position: IntAttr

    @classmethod
    def parse_parameters(cls, parser: AttrParser) -> Sequence[Attribute]:
        with parser.in_angle_brackets():
            return _parse_position(parser)

    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_attribute(self.pack)
            printer.print_string(f", {self.position.data}")


def _parse_position(parser: AttrParser) -> tuple[SymbolRefAttr, IntAttr]:
    pack = SymbolRefAttr(parser.parse_symbol_name())
    parser.parse_punctuation(",")
    return pack, IntAttr(parser.parse_integer(allow_boolean=False, allow_negative=False))


@irdl_op_definition
class FirOp(DecisionOp):
    """A FIR filter: a sum of consecutive delays of one signal, each times a coefficient that is
    constant in a call, computed for several vectors of frames at a time.

    Its additions and products name it (`dsp.fir`). It reads `taps` frames of a delay line, the
    latest of them `least` frames ago.
    """

    name = "dsp.fir"
    sym_name = prop_def(SymbolNameConstraint())
    line = prop_def(FlatSymbolRefAttrConstr)
    taps = prop_def(IntegerAttr[I64])
    least = prop_def(IntegerAttr[I64])
    assembly_format = "$sym_name `of` $line `taps` $taps `from` $least attr-dict"

    def verify_(self) -> None:
        if self.taps.value.data < 2 or self.least.value.data < 0:
            raise VerifyException("a FIR filter adds at least two frames, none of them in future")


@irdl_op_definition
class FrameLoopOp(DecisionOp):
    """A loop over the frames of a chunk. The loops of a program run in the order in which they are
    declared; the ops of a loop name it (`dsp.loop`), and run in program order.

    It also writes the outputs of the program numbered in `outputs`, the delay lines in `lines` of
    signals that no loop computes, such as inputs, and the meters in `meters` of such signals.
    `last` numbers those whose value in the last frame is read by ops that run after all frames,
    since only meters need them.

    In a loop of the form `cascade`, a recurrence runs `skew` frames after the one that it reads.

    The ops of a loop read values of the same frame from loops before it only. They may read a past
    of later loops that reaches back at least a chunk, from a ring buffer, or is `assumed` to. A
    free loop reads no past of its own in a chunk.
    """

    name = "dsp.loop"
    sym_name = prop_def(SymbolNameConstraint())
    form = prop_def(LoopFormAttr)
    outputs = opt_prop_def(DenseArrayBase)
    lines = opt_prop_def(ArrayAttr[SymbolRefAttr])
    meters = opt_prop_def(ArrayAttr[SymbolRefAttr])
    last = opt_prop_def(DenseArrayBase)
    skew = opt_prop_def(IntegerAttr[I64])
    assembly_format = "$sym_name $form attr-dict"

    def verify_(self) -> None:
        skew = 0 if self.skew is None else self.skew.value.data
        if (skew >= 1) != (self.form.data is LoopForm.CASCADE):
            raise VerifyException("a cascade, and no other loop, has a skew of at least one frame")
        # The first loop verifies the ops of all, in one walk.
        body = self.parent
        if body is None or not _first(self, FrameLoopOp):
            return
        decisions = list(declarations(body))
        loops = {
            op.sym_name.data: op.form.data is LoopForm.FREE
            for op in decisions
            if isinstance(op, FrameLoopOp)
        }
        chunk = next((op.size.value.data for op in decisions if isinstance(op, ChunkOp)), 1)
        rings = {
            op.sym_name.data
            for op in decisions
            if isinstance(op, LineOp) and op.form.data in (LineForm.RING, LineForm.EXACT_RING)
        }
        check_loops(body, loops, Rings(chunk, rings), LOOP)


FIR = FirOp.name
"""The attribute of the additions and products of a FIR filter: its name."""
LOOP = FrameLoopOp.name
"""The attribute of an op that runs in a loop: its name."""

OPERATIONS: tuple[type[DecisionOp], ...] = (ChunkOp, LineOp, PackOp, FirOp, FrameLoopOp)
ATTRIBUTES = (LineFormAttr, LoopFormAttr, LaneAttr, SummedAttr)


def chunk_of(body: Block) -> ChunkOp | None:
    """The chunk of a program's body, if it has been chosen."""
    return next((op for op in declarations(body) if isinstance(op, ChunkOp)), None)


def are_loops_decided(body: Block) -> bool:
    """Whether the loops of a program are declared, and are not to become one loop."""
    chunk = chunk_of(body)
    if chunk is None or chunk.is_one_loop is not None:
        return False
    return any(isinstance(op, FrameLoopOp) for op in declarations(body))


def is_decided(body: Block) -> bool:
    """Whether all decisions on loops have been made, be it for one loop."""
    chunk = chunk_of(body)
    return are_loops_decided(body) or (chunk is not None and chunk.is_one_loop is not None)


def declarations(body: Block) -> Iterator[DecisionOp]:
    """The declarations of a body, which stand before all signals."""
    for op in body.ops:
        if not isinstance(op, DecisionOp):
            return
        yield op


def _first(op: DecisionOp, kind: type[DecisionOp]) -> bool:
    """Whether an op is the first of its kind in its block."""
    before = op.prev_op
    while before is not None and not isinstance(before, kind):
        before = before.prev_op
    return before is None


def _lanes(body: Block) -> dict[Operation, tuple[str, int, int]]:
    """The pack, position and lane of each op that is a lane."""
    places = ((op, op.attributes.get(LANE)) for op in body.walk())
    return {
        op: (place.pack.root_reference.data, place.position.data, place.lane.data)
        for op, place in places
        if isinstance(place, LaneAttr)
    }


def erase_decisions(body: Block) -> None:
    """Erase all declarations of a program's body, and the references to them."""
    for op in body.walk():
        if isinstance(op, DelayOp | PrefixOp):
            op.properties.pop("line", None)
            op.properties.pop("assumed", None)
    erase(body, DecisionOp, (LANE, SUMMED, FIR, LOOP))


def erase(body: Block, kind: type[DecisionOp], attributes: Sequence[str]) -> None:
    """Erase the declarations of a kind, and these attributes of all ops."""
    for op in body.walk():
        for name in attributes:
            op.attributes.pop(name, None)
    for op in list(declarations(body)):
        if isinstance(op, kind):
            op.detach()
            op.erase()


def declare(body: Block, ops: Sequence[Operation]) -> None:
    """Insert declarations after those that a body has."""
    if not ops:
        return
    first = next((op for op in body.ops if not isinstance(op, DecisionOp)), None)
    if first is None:
        body.add_ops(ops)
    else:
        body.insert_ops_before(ops, first)
