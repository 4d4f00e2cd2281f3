"""Conformance tests are skipped without Faust and a C++ compiler."""

from __future__ import annotations

import pytest

from . import oracle, programs


@pytest.fixture(autouse=True)
def _tools() -> None:
    if not oracle.have_tools() or not programs.EXAMPLES.is_dir():
        pytest.skip("needs Debian's faust package and g++")
