"""Cost model of packs: operations per frame that SIMD lanes save.

The unit is a plain vector operation at full throughput, `ProcessorModel.vector` cycles.
"""

from __future__ import annotations

from xdsl.ir import Operation

from dspc.dialects.dsp import arithmetic
from dspc.dialects.dsp_mem.processor_model import ProcessorModel
from dspc.passes.costs.operations import throughput
from dspc.passes.packing.pack import Pack

SUMMED = 1.0
"""The cost of reducing the lanes of a vector, as part of a transposed sum of several frames."""
ADDED = 1.0
"""The cost of a term of a sum without the pack: it is passed through a row."""
SHARE = 1.3
"""The cost of a vector operation relative to the scalar one: state and constants are loaded."""
LEAST_GAIN = 8.0


def gain(pack: Pack, processor: ProcessorModel) -> float:
    """The operations per frame that a pack saves, less LEAST_GAIN; profitable if above 0."""
    terms = sum(len(lanes_in) for where in pack.terms.values() for _, lanes_in in where)
    scalar = work_of(pack, processor) * pack.lanes + ADDED * terms + 0.6 * len(pack.exports)
    if pack.stencil is not None:
        scalar += pack.stencil.count
    return scalar - _steps(pack, processor) - LEAST_GAIN


def packed_cycles(pack: Pack, processor: ProcessorModel) -> float:
    """The cycles of a frame."""
    return processor.vector * _steps(pack, processor)


def _steps(pack: Pack, processor: ProcessorModel) -> float:
    vectors = -(-pack.lanes // pack.width)
    gathered = {
        tuple(operand.signal for operand in column)
        for columns in pack.operands
        for column in columns
        if pack.kind_of(column) == "apart"
    }
    moved = processor.insert * len(gathered) * pack.lanes + processor.extract * len(pack.exports)
    sums = sum(SUMMED + vectors * len(where) for where in pack.terms.values())
    work = work_of(pack, processor)
    if pack.stencil is not None:
        work += len(pack.stencil.terms)
    return SHARE * work * vectors + moved / processor.vector + sums


def work_of(pack: Pack, processor: ProcessorModel) -> float:
    """The cost of one lane in scalar form."""
    return sum(_step(row[0].op, processor) for row in pack.positions)


def _step(op: Operation | None, processor: ProcessorModel) -> float:
    if not isinstance(op, arithmetic.DivOp | arithmetic.SqrtOp):
        return 1.0
    return throughput(op, processor) / processor.vector
