"""Every way of making loops against scalar code: the same samples, with 1, 2 and 4 threads.

All examples: `python -m tests.conformance.modes --all`.
"""

from __future__ import annotations

import pytest

from . import programs
from .modes import MODES, compare_modes, set_threads
from .test_conformance_vector import SOME

pytestmark = pytest.mark.conformance

THREADED = [mode for mode, options in MODES.items() if options.threads]


def _assert_agree(names: list[str], modes: list[str], threads: int) -> None:
    set_threads(threads)
    work = [(programs.EXAMPLES / name, name) for name in names]
    results = list(compare_modes(work, modes))
    assert len(results) == len(names) * len(modes)
    assert [result for result in results if result.deviation is not None] == []


@pytest.mark.parametrize("threads", [1, 2, 4])
@pytest.mark.parametrize("at", range(0, len(SOME), 4))
def test_threads_agree(at: int, threads: int) -> None:
    _assert_agree(list(SOME[at : at + 4]), THREADED, threads)


@pytest.mark.parametrize("at", range(0, len(SOME), 4))
def test_split_loops_agree(at: int) -> None:
    _assert_agree(list(SOME[at : at + 4]), [m for m in MODES if m not in THREADED], 1)


@pytest.mark.full
@pytest.mark.parametrize("name", sorted({*programs.example_names()} - {*SOME}))
def test_all_modes_agree_on_other_example(name: str) -> None:
    _assert_agree([name], list(MODES), 2)
