"""The notebook runs, and shows a biquad at each level."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

NOTEBOOK = Path(__file__).resolve().parents[2] / "examples" / "biquad_levels.py"


@pytest.mark.slow
def test_the_notebook_runs() -> None:
    spec = importlib.util.spec_from_file_location("biquad_levels", NOTEBOOK)
    assert spec is not None
    assert spec.loader is not None
    notebook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(notebook)
    _, defined = notebook.app.run()
    assert "dsp.program" in defined["module_text"]
    assert set(defined["texts"]) == {"cpp", "opencl", "llvm", "mlir"}
    # y(n) = 0.2 x(n) + 0.4 x(n-1) + 0.2 x(n-2) + 0.6 y(n-1) - 0.2 y(n-2)
    expected = np.zeros(64)
    x = np.eye(1, 64)[0]
    for n in range(64):
        for taps, past, signal in (((0.2, 0.4, 0.2), 0, x), ((0.6, -0.2), 1, expected)):
            for at, tap in enumerate(taps):
                if n - at - past >= 0:
                    expected[n] += tap * signal[n - at - past]
    np.testing.assert_allclose(defined["response"][0], expected, atol=1e-12)
