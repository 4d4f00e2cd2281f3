"""`dsp-check-bounds` on modules with a fault each: the files of bounds/ have FileCheck directives.

The fault is what a pass might do: an index off by one, a mask too wide, a clamp left out (E0504),
frames or sections that share memory (E0505).
"""

from __future__ import annotations

from pathlib import Path

import pytest
from filechecks import assert_directives, ran

from dspc.passes.bounds import checker

FILES = sorted((Path(__file__).parent / "bounds").glob("*.mlir"))


@pytest.fixture(autouse=True, params=["bounds", "solver"])
def with_or_without_solver(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Faults are detected and correct modules are accepted, with Z3 and without it."""
    if request.param == "bounds":
        monkeypatch.setattr(checker, "has_solver", lambda: False)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_fault(path: Path) -> None:
    status, text = ran(path, "dsp-check-bounds")
    assert status == (0 if path.stem.startswith("accepted") else 1), text
    assert_directives(path, text)
