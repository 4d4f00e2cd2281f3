"""What running a pack in lanes saves: a rough count of machine steps in a frame.

A step is an operation on a number, in a loop with others beside it: about a third of a cycle on the
machine where these were measured (AVX2, g++ 12 and clang 14).
"""

from __future__ import annotations

from xdsl.ir import Operation

from dspc.dialects.dsp import arithmetic
from dspc.passes.splitting.packs import Pack

GATHERED = 2.0
"""Steps to put one number into a lane."""
LEFT = 2.2
"""Steps to take one number out of a lane and leave it in a row."""
SUMMED = 1.0
"""Steps to sum the lanes of a vector, as part of a transposed sum of many frames."""
ADDED = 1.0
"""Steps that a term of a sum costs alone: it goes by way of a row."""
STEPS: dict[type[Operation], float] = {arithmetic.DivOp: 4.0, arithmetic.SqrtOp: 5.0}
"""Steps of what is slow in lanes and alone."""
SHARE = 1.3
"""How much an op on a vector costs of what it costs on a number: state and constants are loaded."""
LEAST_GAIN = 8.0


def gain(pack: Pack, lanes: int) -> float:
    """The steps saved in each frame, less what must be saved to be sure; above 0 it pays."""
    terms = sum(len(found) for where in pack.terms.values() for _, found in where)
    alone = work_of(pack) * pack.lanes + ADDED * terms + 0.6 * len(pack.exports)
    return alone - packed_steps(pack, lanes) - LEAST_GAIN


def packed_steps(pack: Pack, lanes: int) -> float:
    """The steps of a frame in vectors of so many lanes."""
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
    """The steps of one lane, alone."""
    return sum(STEPS.get(type(row[0].op), 1.0) for row in pack.positions)  # pyright: ignore
