"""What hosts would miss is there, or is warned of."""

from __future__ import annotations

import numpy as np
import pytest

from dspc.api import Backend, load

BACKENDS: list[Backend] = ["interp", "cpp", "llvm"]
METERS = [
    'process = attach(_, 3.1 : hbargraph("m", -2, 2));',
    'process(x) = attach(0, 3.1 : hbargraph("m", -2, 2));',
    'process = + ~ (attach(_, 3.1 : hbargraph("m", -2, 2)) * 0.5);',
    'process(x) = control(attach(x, 2 * (3.1 : hbargraph("m", -2, 2))), x > 0);',
]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("program", METERS)
def test_a_meter_of_a_constant_shows_it(program: str, backend: Backend) -> None:
    processor = load(program, backend)
    processor(np.ones((1, 8)))
    assert processor.get("m") == pytest.approx(3.1)


@pytest.mark.parametrize("backend", BACKENDS)
def test_numbers_of_a_waveform_beyond_single_precision_are_infinite(backend: Backend) -> None:
    program = "process = rdtable(waveform { 1, -3.5e38, 1e400 }, int(_));"
    (got,) = load(program, backend)(np.array([[0, 1, 2]]))
    assert got.tolist() == [1, -np.inf, np.inf]
