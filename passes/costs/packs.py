"""Cost model of packs: operations per frame that SIMD lanes save.

The unit is a scalar operation at full throughput: about a third of a cycle on the machine where the
costs were measured (AVX2, g++ 12 and clang 14).
"""

from __future__ import annotations

from xdsl.ir import Operation

from dspc.dialects.dsp import arithmetic
from dspc.passes.packing.grow import Pack

GATHERED = 2.0
"""The cost of inserting a scalar into a lane."""
LEFT = 2.2
"""The cost of extracting a lane and storing it to a row."""
SUMMED = 1.0
"""The cost of reducing the lanes of a vector, as part of a transposed sum of several frames."""
ADDED = 1.0
"""The cost of a term of a sum without the pack: it is passed through a row."""
STEPS: dict[type[Operation], float] = {arithmetic.DivOp: 4.0, arithmetic.SqrtOp: 5.0}
"""The cost of slow operations, vector or scalar."""
SHARE = 1.3
"""The cost of a vector operation relative to the scalar one: state and constants are loaded."""
LEAST_GAIN = 8.0


def gain(pack: Pack, lanes: int) -> float:
    """The operations per frame that a pack saves, less LEAST_GAIN; profitable if above 0."""
    terms = sum(len(lanes_in) for where in pack.terms.values() for _, lanes_in in where)
    scalar = work_of(pack) * pack.lanes + ADDED * terms + 0.6 * len(pack.exports)
    return scalar - packed_steps(pack, lanes) - LEAST_GAIN


def packed_steps(pack: Pack, lanes: int) -> float:
    """The cost of a frame in vectors of `lanes` elements."""
    vectors = -(-pack.lanes // lanes)
    gathered = {
        tuple(taken.signal for taken in column)
        for columns in pack.operands
        for column in columns
        if pack.kind_of(column) == "apart"
    }
    moved = GATHERED * len(gathered) * pack.lanes + LEFT * len(pack.exports)
    sums = sum(SUMMED + vectors * len(where) for where in pack.terms.values())
    return SHARE * work_of(pack) * vectors + moved + sums


def work_of(pack: Pack) -> float:
    """The cost of one lane in scalar form."""
    return sum(STEPS.get(type(row[0].op), 1.0) for row in pack.positions)  # pyright: ignore
