"""Ops on signals of other packages: what they mean, and where dspc refuses them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from xdsl.context import Context
from xdsl.dialects.builtin import FloatAttr, IntegerAttr, ModuleOp, UnitAttr, f32, i64
from xdsl.ir import Block, Operation, Region
from xdsl.irdl import irdl_op_definition, operand_def, region_def, result_def, traits_def
from xdsl.passes import ModulePass
from xdsl.rewriter import Rewriter
from xdsl.traits import Pure

from dspc.backends.interp.instance import InterpInstance, find_unit
from dspc.dialects.dsp import arithmetic, time
from dspc.dialects.dsp.base import SignalOp
from dspc.dialects.dsp.composed import ComposedOp
from dspc.dialects.dsp.interface import ProgramOp
from dspc.dialects.dsp.types import signal_type
from dspc.driver import read_program
from dspc.frontends.faust.options import FrontendOptions
from dspc.passes.dsp_lower_to_loops import DspLowerToLoops
from dspc.passes.dsp_simplify import DspSimplify
from dspc.support.diagnostics import DspcError, Source
from dspc.validation import Validation


@irdl_op_definition
class PastOp(ComposedOp):
    """A signal a frame before."""

    name = "mine.past"
    signal = operand_def()
    result = result_def()
    traits = traits_def(Pure())

    def decompose(self) -> Sequence[Operation]:
        return [
            time.DelayOp.create(
                operands=[self.signal],
                result_types=[self.result.type],
                properties={"offset": IntegerAttr(1, i64)},
            )
        ]


@irdl_op_definition
class DifferenceOp(ComposedOp):
    """A signal less what it was a frame before, which is an op of the same package."""

    name = "mine.difference"
    signal = operand_def()
    result = result_def()
    traits = traits_def(Pure())

    def decompose(self) -> Sequence[Operation]:
        kind = self.result.type
        past = PastOp.create(operands=[self.signal], result_types=[kind])
        less = arithmetic.SubOp.create(operands=[self.signal, past.result], result_types=[kind])
        return [past, less]


@irdl_op_definition
class WrongOp(ComposedOp):
    """Decomposes into a constant, whose rate is not that of its result."""

    name = "mine.wrong"
    signal = operand_def()
    result = result_def()

    def decompose(self) -> Sequence[Operation]:
        constant = arithmetic.ConstantOp.create(
            result_types=[signal_type(f32, "const")], properties={"value": FloatAttr(2.0, f32)}
        )
        return [constant]


class Recognize(ModulePass):
    """Replaces differences of a signal and its past."""

    name = "mine-recognize"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for found in list(op.walk()):
            if isinstance(found, arithmetic.SubOp) and isinstance(found.rhs.owner, time.DelayOp):
                replace(found, DifferenceOp)


class Forget(ModulePass):
    """Replaces differences by pasts, which is wrong."""

    name = "mine-forget"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for found in list(op.walk()):
            if isinstance(found, DifferenceOp):
                replace(found, PastOp)


def replace(op: Operation, kind: type[ComposedOp]) -> None:
    made = kind.create(operands=[op.operands[0]], result_types=[op.results[0].type])
    Rewriter.replace_op(op, made)


def differences(kind: type[ComposedOp] | None = DifferenceOp) -> ModuleOp:
    """A program of the difference in a recursion, with an op of this kind in its place."""
    text = "process = + ~ *(0.5) <: _ - mem;"
    module = read_program(Source("x.dsp", text), FrontendOptions())
    subtractions = [op for op in module.walk() if isinstance(op, arithmetic.SubOp)]
    assert len(subtractions) == 1
    if kind is not None:
        replace(subtractions[0], kind)
    return module


def test_composed_ops_mean_what_they_stand_for() -> None:
    noise = np.random.default_rng(3).uniform(-1, 1, (1, 50))
    module = differences()
    results = [InterpInstance(one).compute(noise) for one in (module, differences(None))]
    np.testing.assert_array_equal(*results)
    assert any(isinstance(op, DifferenceOp) for op in module.walk()), "the module is changed"


def test_composed_ops_are_validated() -> None:
    module = differences(None)
    validation = Validation(module)
    Recognize().apply(Context(), module)
    validation.after(Recognize())
    Forget().apply(Context(), module)
    with pytest.raises(DspcError) as caught:
        validation.after(Forget())
    assert (caught.value.code, caught.value.hint) == (
        "E0501",
        "this is an error in a pass, not in the program; not of dspc: mine-forget",
    )
    assert "the pass mine-forget changed the results" in caught.value.message


def test_a_wrong_decomposition_is_reported() -> None:
    with pytest.raises(DspcError, match=r"mine\.wrong decomposes into results of other types"):
        InterpInstance(differences(WrongOp))


def test_ops_of_other_packages_are_refused_where_dspc_cannot_lower_them() -> None:
    with pytest.raises(DspcError) as caught:
        DspLowerToLoops().apply(Context(), differences())
    words = "mine.difference cannot be lowered to loops"
    assert (caught.value.code, caught.value.message) == ("E0305", words)


@irdl_op_definition
class ScaledOp(SignalOp):
    """A signal times what its region yields, which may use signals around it."""

    name = "mine.scaled"
    signal = operand_def()
    scale = region_def()
    result = result_def()
    traits = traits_def(Pure())


def test_simplification_leaves_ops_of_other_packages_as_they_are() -> None:
    """Signals around them are simplified; equal ops without side effects are shared."""
    noise = np.random.default_rng(3).uniform(-1, 1, (1, 50))
    text = "process = _ <: (*(2 - 1) : + ~ *(0.5) <: _ - mem), (+(0) <: _ - mem) :> _;"
    module = read_program(Source("x.dsp", text), FrontendOptions())
    before = InterpInstance(module).compute(noise)
    Recognize().apply(Context(), module)
    kept = [op for op in module.walk() if isinstance(op, DifferenceOp)]
    assert kept
    kept[0].attributes["mine.note"] = UnitAttr()
    DspSimplify().apply(Context(), module)
    module.verify()
    after = [op for op in module.walk() if isinstance(op, DifferenceOp)]
    assert [op.attributes.keys() for op in after] == [op.attributes.keys() for op in kept]
    np.testing.assert_allclose(InterpInstance(module).compute(noise), before, atol=1e-12)


def test_simplification_shares_equal_pure_ops_of_other_packages() -> None:
    module = differences(None)
    program = find_unit(module)
    assert isinstance(program, ProgramOp)
    last = program.body.block.last_op
    assert last is not None
    x = last.operands[0]
    ops = [
        kind.create(operands=[x], result_types=[x.type])
        for kind in (PastOp, PastOp, WrongOp, WrongOp)
    ]
    total = ops[0].results[0]
    for op in ops:
        program.body.block.insert_op_before(op, last)
    for op in ops[1:]:
        add = arithmetic.AddOp.create(operands=[total, op.results[0]], result_types=[x.type])
        program.body.block.insert_op_before(add, last)
        total = add.results[0]
    last.operands[0] = total
    DspSimplify().apply(Context(), module)
    module.verify()
    counts = [sum(isinstance(op, kind) for op in module.walk()) for kind in (PastOp, WrongOp)]
    assert counts == [1, 2], "an op with side effects is no other"


def test_regions_of_ops_of_other_packages_read_the_simplified_signals() -> None:
    module = differences(None)
    subtraction = next(op for op in module.walk() if isinstance(op, arithmetic.SubOp))
    signal, past = subtraction.operands
    product = arithmetic.MulOp.create(operands=[past, past], result_types=[past.type])
    body = Block([product, time.YieldOp.create(operands=[product.result])])
    scaled = ScaledOp.create(operands=[signal], result_types=[signal.type], regions=[Region(body)])
    Rewriter.replace_op(subtraction, scaled)
    DspSimplify().apply(Context(), module)
    module.verify()
    (kept,) = (op for op in module.walk() if isinstance(op, ScaledOp))
    inner = kept.scale.block.first_op
    assert inner is not None
    assert isinstance(inner.operands[0].owner, time.DelayOp)


def test_unused_ops_of_other_packages_are_dropped_by_lowering() -> None:
    module = differences(None)
    program = find_unit(module)
    assert isinstance(program, ProgramOp)
    last = program.body.block.last_op
    assert last is not None
    unused = PastOp.create(operands=[last.operands[0]], result_types=[last.operands[0].type])
    program.body.block.insert_op_before(unused, last)
    DspLowerToLoops().apply(Context(), module)
    assert not any(op.name.startswith("mine.") for op in module.walk())
