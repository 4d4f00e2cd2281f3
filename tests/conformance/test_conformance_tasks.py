"""`-sch` against scalar Faust: the same samples on 1, 2 and 4 threads, and no data race.

All examples: `DSPC_NUM_THREADS=4 python -m tests.conformance.run --all --with -sch`.
"""

from __future__ import annotations

import os
from functools import partial

import pytest

from . import oracle, programs
from .races import PROGRAMS, WATCHED
from .run import check
from .test_conformance_vector import SOME

pytestmark = pytest.mark.conformance

THREADS = "DSPC_NUM_THREADS"


@pytest.fixture(autouse=True)
def _share_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several threads run blocks of a single frame, too."""
    monkeypatch.setenv("DSPC_SHARE_ALL", "1")


def _assert_agrees(name: str, options: tuple[str, ...], flags: tuple[str, ...]) -> None:
    # What was rendered is kept by text and flags: the number of threads must be among them.
    flags = (*flags, "-pthread", f"-DTHREADS={os.environ[THREADS]}", "-DSHARE_ALL")
    render = partial(oracle.through_dspc, options=options, flags=flags)
    outcome = check(programs.EXAMPLES / name, name, render)
    assert outcome.good, f"{outcome.status}: {outcome.detail}"


@pytest.mark.parametrize("threads", ["1", "2", "4"])
@pytest.mark.parametrize("name", SOME)
def test_tasks_agree(name: str, threads: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(THREADS, threads)
    _assert_agrees(name, ("-sch", "-vs", "64"), ())


@pytest.mark.sanitize
@pytest.mark.slow
@pytest.mark.parametrize("name", PROGRAMS)
def test_no_data_race(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(THREADS, "4")
    _assert_agrees(name, ("-sch", "-vs", "64"), WATCHED)


@pytest.mark.full
@pytest.mark.parametrize("name", sorted({*programs.example_names()} - {*SOME}))
def test_tasks_agree_on_other_example(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(THREADS, "4")
    _assert_agrees(name, ("-sch",), ())
