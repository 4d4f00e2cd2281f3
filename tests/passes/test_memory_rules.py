"""`dsp-check-memory` on small modules: each file of memory/ has FileCheck directives."""

from __future__ import annotations

from pathlib import Path

import pytest
from filechecks import assert_directives, ran

FILES = sorted((Path(__file__).parent / "memory").glob("*.mlir"))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_rule(path: Path) -> None:
    status, text = ran(path, "dsp-check-memory")
    assert status == (0 if path.stem == "accepted" else 1), text
    assert_directives(path, text)
