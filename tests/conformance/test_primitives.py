"""One meaning for a primitive, whatever its operands are: the table of primitives against Faust.

Every cell (primitive, kinds and types of its operands) runs on all pairs of edge values, in Faust's
C++ and in each back end. With --full, with every literal and every back end in both precisions.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from dspc.driver import read_program
from dspc.frontends.faust.options import FrontendOptions
from dspc.support.diagnostics import DspcError, Source

from .primitives import cells as table
from .primitives import players
from .primitives.cells import DIVISORS, INFIX, INTS, KINDS, PREFIX, Cell
from .primitives.known import is_known

pytestmark = pytest.mark.conformance

REAL_REMAINDER = ("if", "fi", "ff")
PRECISIONS = {"single": True, "double": False}
SIZE = 250
"""Cells of one program."""
BACKENDS = {"single": ("interp", "cpp", "llvm", "opencl"), "double": ("interp", "cpp", "llvm")}


def _is_refused(cell: Cell) -> bool:
    """Whether a literal has no place here (a division by 0): in Faust, too."""
    try:
        read_program(Source("cell.dsp", table.program([cell])), FrontendOptions())
    except DspcError as error:
        return error.code in ("E0230", "E0237")
    return False


def _compare(
    cells: Sequence[Cell],
    precision: str,
    backends: Sequence[str],
    folder: Path,
    seconds: Sequence[int] = INTS,
    rates: Sequence[int] = (),
) -> list[str]:
    """What differs from Faust, a line each."""
    single = PRECISIONS[precision]
    held = [c for c in cells if not is_known(c, single)]
    held = [c for c in held if not c.has("L") or not _is_refused(c)]
    lines: list[str] = []
    for start in range(0, len(held), SIZE):
        batch = players.accepted(held[start : start + SIZE], single, folder, seconds)
        text = table.program(batch, seconds)
        theirs = players.render(players.through_faust(text, single, folder), seconds, rates)
        for backend in backends:
            mine = players.render(players.through_dspc(text, single, backend), seconds, rates)
            differences = players.differences(batch, mine, theirs, single)
            lines += [f"{backend}: {line}" for line in differences]
    return lines


def _without_rate(cells: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in cells if not cell.has("I")]


def _with_rate(cells: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in cells if cell.has("I")]


def _binary(kinds: Sequence[str]) -> list[Cell]:
    others = [p for p in (*INFIX, *PREFIX) if p != "%"]
    reals = table.binary_cells(("%",), types=REAL_REMAINDER, kinds=kinds)
    return [*table.binary_cells(others, kinds=kinds), *reals]


def _spread(cells: Sequence[Cell], count: int) -> list[Cell]:
    """About `count` cells, evenly out of all."""
    return list(cells[:: max(1, len(cells) // count)])


@pytest.mark.parametrize("precision", PRECISIONS)
def test_operands_of_controls_and_inputs(precision: str, tmp_path: Path) -> None:
    cells = [*table.unary_cells(("B", "S")), *_binary(("B", "S"))]
    assert len(cells) > 400
    assert _compare(cells, precision, BACKENDS[precision], tmp_path) == []


@pytest.mark.parametrize("precision", PRECISIONS)
def test_operands_of_the_sampling_rate(precision: str, tmp_path: Path) -> None:
    cells = [*table.unary_cells(("I",)), *_spread(_with_rate(_binary(("I", "B", "S"))), 60)]
    assert _compare(cells, precision, ("interp", "cpp"), tmp_path, rates=players.DIAGONAL) == []


@pytest.mark.parametrize("precision", PRECISIONS)
def test_literal_operands(precision: str, tmp_path: Path) -> None:
    mixed = [c for c in _without_rate(_binary(KINDS)) if c.has("L")]
    cells = [*_spread(list(table.unary_cells(("L",))), 100), *_spread(mixed, 150)]
    assert _compare(cells, precision, ("interp", "cpp"), tmp_path) == []


@pytest.mark.parametrize("precision", PRECISIONS)
def test_remainder_of_integers(precision: str, tmp_path: Path) -> None:
    cells = _without_rate(list(table.binary_cells(("%",), DIVISORS, ("ii",))))
    cells = _spread(cells, 60)
    assert _compare(cells, precision, BACKENDS[precision], tmp_path, DIVISORS) == []


@pytest.mark.full
@pytest.mark.parametrize("precision", PRECISIONS)
@pytest.mark.parametrize("primitive", [*INFIX, *PREFIX])
def test_all_operands(primitive: str, precision: str, tmp_path: Path) -> None:
    types = REAL_REMAINDER if primitive == "%" else table.PAIRS
    cells = list(table.binary_cells((primitive,), types=types))
    assert _compare(_without_rate(cells), precision, BACKENDS[precision], tmp_path) == []
    rates = [cell for cell in cells if cell.has("I")]
    backends = BACKENDS[precision]
    assert _compare(rates, precision, backends, tmp_path, rates=players.DIAGONAL) == []


@pytest.mark.full
@pytest.mark.parametrize("precision", PRECISIONS)
def test_all_operands_of_functions(precision: str, tmp_path: Path) -> None:
    cells = list(table.unary_cells())
    assert _compare(_without_rate(cells), precision, BACKENDS[precision], tmp_path) == []


@pytest.mark.parametrize("precision", PRECISIONS)
def test_a_remainder_by_0_is_0(precision: str) -> None:
    """And by -1: where C++ has no value for the remainder of integers."""
    kinds = list(table.binary_cells(("%",), types=("ii",), kinds=("B", "S")))
    for backend in BACKENDS[precision]:
        play = players.through_dspc(table.program(kinds), PRECISIONS[precision], backend)
        samples = players.render(play)[: len(kinds), : table.COUNT**2]
        for p in range(table.COUNT**2):
            a, b = INTS[p % table.COUNT], INTS[p // table.COUNT]
            expected = float(np.fmod(a, b)) if b else 0.0
            rounded = np.float32(expected) if PRECISIONS[precision] else expected
            assert (samples[:, p] == rounded).all()
