"""dspc's C++ against Faust's, sample by sample: the seed programs and Debian's examples.

The core set runs in minutes on two cores; the other examples are marked `full`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from . import oracle, programs
from .run import check
from .steps import StepError

SEEDS = sorted((Path(__file__).parent / "seeds").glob("*.dsp"))
REST = [name for name in programs.example_names() if name not in set(programs.CORE)]

pytestmark = pytest.mark.conformance


def _assert_agrees(path: Path, name: str) -> None:
    outcome = check(path, name)
    assert outcome.good, f"{outcome.status}: {outcome.detail}"


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_seed_program_agrees(path: Path) -> None:
    _assert_agrees(path, path.name)


@pytest.mark.parametrize("name", programs.CORE)
def test_core_example_agrees(name: str) -> None:
    _assert_agrees(programs.EXAMPLES / name, name)


@pytest.mark.full
@pytest.mark.parametrize("name", REST)
def test_other_example_agrees(name: str) -> None:
    _assert_agrees(programs.EXAMPLES / name, name)


@pytest.mark.slow
@pytest.mark.parametrize("name", programs.FAUST_CRASHES)
def test_programs_that_crash_faust_compile_and_run(name: str) -> None:
    rendering = oracle.through_dspc(programs.EXAMPLES / name)
    assert rendering.outputs > 0
    assert rendering.split[0] <= oracle.TOLERANCE


def test_core_covers_every_folder_of_examples() -> None:
    folders = {name.split("/")[0] for name in programs.example_names()}
    assert len(programs.CORE) >= 60
    assert set(programs.CORE) <= set(programs.example_names())
    assert {name.split("/")[0] for name in programs.CORE} == folders


def test_every_known_difference_is_of_an_example() -> None:
    known = programs.known_differences()
    assert set(known) <= set(programs.example_names())
    assert all(entry.reason and entry != type(entry)(entry.reason) for entry in known.values())


@pytest.mark.parametrize("name", programs.layout_names())
def test_a_layout_without_process_is_refused_by_both(name: str) -> None:
    path = programs.EXAMPLES / name
    for generate in (oracle.faust_code, oracle.dspc_code):
        with pytest.raises(StepError, match="process"):
            generate(path)
