"""Delays, recursions and gated computation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xdsl.dialects.builtin import I64, FlatSymbolRefAttrConstr, IntegerAttr, UnitAttr
from xdsl.ir import Block, BlockArgument, Operation, SSAValue
from xdsl.irdl import (
    irdl_op_definition,
    operand_def,
    opt_operand_def,
    opt_prop_def,
    prop_def,
    region_def,
    result_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import IsTerminator, Pure
from xdsl.utils.exceptions import VerifyException

from dspc.dialects.dsp.base import (
    SignalOp,
    expect_int,
    expect_no_slower_result,
    expect_same_elements,
)
from dspc.dialects.dsp.types import Rate, SignalType


@irdl_op_definition
class DelayOp(SignalOp):
    """`dsp.delay %x {offset = k}`: the value of x k frames ago; zero before time 0.

    With an amount, `dsp.delay %x, %n {offset = k, max = m}` is x `k + n` frames ago, n clamped to
    0..m. `max` is absent until `dsp-size-delays` has computed an upper bound of the amount; until
    then, only `k + n` is clamped, to 0 and more. The delay line has a length of `offset + max`
    frames.

    `dsp-choose-chunk` names the delay line that it reads (`line`), and marks a varying delay in
    feedback that is `assumed` to be at least a chunk long: k + n is clamped to a frame and more.
    """

    name = "dsp.delay"
    signal = operand_def()
    amount = opt_operand_def()
    offset = prop_def(IntegerAttr[I64])
    max = opt_prop_def(IntegerAttr[I64])
    line = opt_prop_def(FlatSymbolRefAttrConstr)
    assumed = opt_prop_def(UnitAttr)
    result = result_def()
    traits = traits_def(Pure())

    def verify_(self) -> None:
        expect_no_slower_result(self)
        expect_same_elements((self.signal, self.result))
        most = self.offset.value.data
        if most < 0:
            raise VerifyException("a delay's offset must not be negative")
        if self.max is not None:
            if self.max.value.data < 0:
                raise VerifyException("a delay's max must not be negative")
            most += self.max.value.data
        if most >= 1 << 31:
            raise VerifyException("a delay is shorter than 2^31 frames")
        if self.amount is None:
            if self.max is not None:
                raise VerifyException("a delay without an amount has no max")
            if self.assumed is not None:
                raise VerifyException("a delay without an amount is as long as it is")
            return
        expect_int(self.amount, "a delay's amount")


@irdl_op_definition
class PrefixOp(SignalOp):
    """`dsp.prefix %first, %x`: `first` in the first frame, then x one frame ago.

    `dsp-choose-chunk` names the delay line that it reads (`line`).
    """

    name = "dsp.prefix"
    first = operand_def()
    signal = operand_def()
    line = opt_prop_def(FlatSymbolRefAttrConstr)
    result = result_def()
    traits = traits_def(Pure())

    def verify_(self) -> None:
        expect_no_slower_result(self)
        expect_same_elements((self.first, self.signal, self.result))


@irdl_op_definition
class YieldOp(SignalOp):
    """Terminator of the regions of this dialect; its operands are the results."""

    name = "dsp.yield"
    values = var_operand_def()
    traits = traits_def(IsTerminator(), Pure())

    def verify_(self) -> None:
        return


class RegionOp(SignalOp):
    """Base of the ops with a single-block region that ends in `dsp.yield`."""

    def yielded(self) -> Sequence[SSAValue]:
        """The operands of the region's `dsp.yield`."""
        last = self.regions[0].block.last_op
        if not isinstance(last, YieldOp):
            raise VerifyException(f"the region of {self.name} must end in dsp.yield")
        return last.operands

    def expect_yield_matches(self, types: Sequence[object]) -> None:
        yielded = [value.type for value in self.yielded()]
        if len(yielded) != len(types):
            raise VerifyException(f"{self.name} yields {len(yielded)} values, not {len(types)}")


class Recursion(RegionOp):
    """Base of the ops whose region's arguments are their own results in earlier frames."""

    projections = var_result_def()
    body = region_def("single_block")
    traits = traits_def(Pure())

    def print(self, printer: Printer) -> None:
        printer.print_op_attributes(self.attributes, print_keyword=True)
        printer.print_string(" ")
        printer.print_region(self.body)

    @classmethod
    def parse(cls, parser: Parser) -> Recursion:
        attributes = parser.parse_optional_attr_dict_with_keyword()
        body = parser.parse_region()
        types = [argument.type for argument in body.block.args]
        return cls.create(
            result_types=types, attributes=attributes.data if attributes else {}, regions=[body]
        )

    def verify_(self) -> None:
        arguments = self.body.block.args
        if len(arguments) != len(self.projections):
            raise VerifyException("a recursion has as many arguments as results")
        self.expect_yield_matches(self.projections)
        yielded = self.yielded()
        for argument, result, value in zip(arguments, self.projections, yielded, strict=True):
            if argument.type != result.type:
                raise VerifyException("an argument's type differs from its projection's")
            if not isinstance(result.type, SignalType) or result.type.rate.data != Rate.SAMPLE:
                raise VerifyException("a projection is a signal of rate sample")
            expect_same_elements((result, value))
            expect_delayed_uses(argument)


@irdl_op_definition
class RecOp(Recursion):
    """A recursion: a strongly connected component of the signal graph.

    The region's arguments are the results of the recursion (Faust's projections), of the same
    types. They are used only as the signal of a `dsp.delay` of offset 1 or more, or of a
    `dsp.prefix`: every cycle has a delay of at least one frame, and the SSA graph is acyclic.
    """

    name = "dsp.rec"


def frame_ops(block: Block) -> Iterator[Operation]:
    """The ops of a block and of its recursions in program order, without the recursions themselves.

    Gated regions are not entered: their ops do not run in each frame.
    """
    work = [iter(block.ops)]
    while work:
        op = next(work[-1], None)
        if op is None:
            work.pop()
        elif isinstance(op, Recursion):
            work.append(iter(op.body.block.ops))
        else:
            yield op


def expect_delayed_uses(projection: BlockArgument) -> None:
    """A result of a recursion is read inside it only through a delay of at least one frame."""
    for use in projection.uses:
        op = use.operation
        delayed = isinstance(op, DelayOp) and use.index == 0 and op.offset.value.data >= 1
        if not delayed and not (isinstance(op, PrefixOp) and use.index == 1):
            raise VerifyException(
                f"a recursion's own result is read by {op.name} without a delay of a frame or more"
            )


@irdl_op_definition
class ControlOp(RegionOp):
    """`dsp.control %gate { … }`: the region runs only in frames where the gate is not 0.

    In other frames the results hold their last values (initially 0), and the state in the region
    (delays, recursions, tables) does not advance.
    """

    name = "dsp.control"
    gate = operand_def()
    held = var_result_def()
    body = region_def("single_block")
    traits = traits_def(Pure())

    def verify_(self) -> None:
        expect_int(self.gate, "the gate")
        self.expect_yield_matches(self.held)
        for result, value in zip(self.held, self.yielded(), strict=True):
            expect_same_elements((result, value))


@irdl_op_definition
class AttachOp(SignalOp):
    """`dsp.attach %x, %y`: x; y is kept alive, for the meters in it."""

    name = "dsp.attach"
    signal = operand_def()
    attached = operand_def()
    result = result_def()
    traits = traits_def(Pure())

    def verify_(self) -> None:
        expect_same_elements((self.signal, self.result))


OPERATIONS: tuple[type[SignalOp], ...] = (
    DelayOp, PrefixOp, YieldOp, RecOp, ControlOp, AttachOp,
)  # fmt: skip
