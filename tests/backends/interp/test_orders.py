"""Concurrent parts run in any order with the same result; a dropped dependence is detected."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

import numpy as np
import pytest
from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.utils.exceptions import VerifyException

from dspc.backends.interp.generated.standalone import print_python
from dspc.backends.interp.instance import InterpInstance
from dspc.backends.interp.orders import Order
from dspc.dialects.dsp_par import (
    GraphOp,
    LoopKind,
    LoopOp,
    ParallelOp,
    SectionOp,
    SectionsOp,
    TaskOp,
    TeamForOp,
)
from dspc.dialects.dsp_par.loops import KINDS
from dspc.pipelines.parsing import parse_pipeline

sys.path.insert(0, str(Path(__file__).parent.parent))
from thread_programs import MODES, PROGRAMS, compiled, played

SEEDS = range(6)


def runs(module: ModuleOp, seeds: range = SEEDS) -> list[np.ndarray]:
    return [played(InterpInstance(module, seed=seed)) for seed in seeds]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", PROGRAMS)
def test_results_do_not_depend_on_the_order(name: str, mode: str) -> None:
    expected = played(InterpInstance(compiled(PROGRAMS[name])))
    module = compiled(PROGRAMS[name], MODES[mode])
    first, *others = runs(module)
    np.testing.assert_allclose(first, expected, rtol=0, atol=1e-9)
    assert all(other.tobytes() == first.tobytes() for other in others)


@pytest.mark.slow
def test_modes_make_something_to_order() -> None:
    """The test above is about modules that leave a choice."""
    for mode, kind in (("omp", ParallelOp), ("sch", GraphOp)):
        modules = [compiled(source, MODES[mode]) for source in PROGRAMS.values()]
        with_choice = [m for m in modules if any(isinstance(op, kind) for op in m.walk())]
        assert len(with_choice) >= len(PROGRAMS) - 3


@pytest.mark.parametrize("executor", ["generated", "xdsl"])
def test_both_executors_run_teams_and_graphs(executor: str) -> None:
    for mode in ("omp", "omp -pl", "sch"):
        module = compiled(PROGRAMS["bank"], MODES[mode])
        expected = played(InterpInstance(module, seed=None), (3, 40))
        samples = played(InterpInstance(module, executor=executor, seed=5), (3, 40))  # pyright: ignore
        assert samples.tobytes() == expected.tobytes()


# Every legal order, and no other


def test_orders_are_all_that_are_legal() -> None:
    parts = [(2, ()), (1, (0,)), (2, ()), (1, (1, 2))]
    legal = {
        order
        for order in itertools.permutations(range(6))
        if order.index(0) < order.index(1) < order.index(2) < order.index(5)
        and order.index(3) < order.index(4) < order.index(5)
    }
    seen = {tuple(Order(seed).steps(parts)) for seed in range(600)}
    assert seen == legal
    assert list(Order(None).steps(parts)) == [0, 1, 2, 3, 4, 5]
    assert list(Order(7).steps(parts)) == list(Order(7).steps(parts))


def test_frames_come_in_pieces_and_each_once() -> None:
    seen = {tuple(Order(seed).frames(2, 14, 2)) for seed in range(50)}
    assert len(seen) > 10
    assert all(sorted(turns) == [2, 4, 6, 8, 10, 12] for turns in seen)
    assert list(Order(None).frames(0, 4, 1)) == [0, 1, 2, 3]
    assert list(Order(1).frames(3, 3, 1)) == []


# Races


def without(module: ModuleOp, task: int, before: int) -> None:
    """Drop a dependence."""
    (dependent,) = (op for op in module.walk() if isinstance(op, TaskOp) and op.number.data == task)
    after = [number for number in dependent.predecessors if number != before]
    block = dependent.parent
    assert block is not None
    assert len(after) < len(dependent.predecessors)
    block.insert_op_before(TaskOp(task, after, dependent.detach_region(dependent.body)), dependent)
    dependent.detach()
    dependent.erase()


def test_a_dropped_dependence_is_seen() -> None:
    """The verifier refuses the module; run all the same, it sounds one way or another."""
    module = compiled(PROGRAMS["filter after filters"], MODES["sch"])
    expected = played(InterpInstance(module))
    without(module, 2, 1)
    with pytest.raises(VerifyException, match="may run in parallel"):
        module.verify()
    sounds = runs(module, range(40))
    wrong = [sound for sound in sounds if not np.array_equal(sound, expected)]
    assert len(wrong) > 0
    assert np.array_equal(played(InterpInstance(module, seed=None)), expected)


def test_sections_that_feed_each_other_are_seen() -> None:
    """What a `for` and a `single` did after them, two sections do beside each other."""
    module = compiled(PROGRAMS["two filters"], MODES["omp"])
    expected = played(InterpInstance(module))
    (sections,) = (op for op in module.walk() if isinstance(op, SectionsOp))
    split = sections.next_op
    assert split is not None
    split.detach()
    last = sections.body.block.last_op
    assert last is not None
    section = SectionOp.create(regions=[split.detach_region(split.regions[0])])
    sections.body.block.insert_op_before(section, last)
    with pytest.raises(VerifyException, match="may run in parallel"):
        module.verify()
    assert any(not np.array_equal(sound, expected) for sound in runs(module))


def test_a_recursion_that_calls_itself_free_is_seen() -> None:
    """The frames of an echo that is shorter than a chunk wait for each other."""
    module = compiled("process = + ~ (@(9) : *(0.5));", MODES["omp"])
    (loop,) = (op for op in module.walk() if isinstance(op, LoopOp))
    expected = played(InterpInstance(module))
    loop.properties["kind"] = KINDS[LoopKind.FREE]
    (free,) = parse_pipeline("dsp-section")
    free.apply(Context(), module)
    assert any(isinstance(op, TeamForOp) for op in module.walk())
    assert any(not np.array_equal(sound, expected) for sound in runs(module))


def test_a_standalone_program_runs_in_an_order_of_its_own() -> None:
    module = compiled(PROGRAMS["bank"], MODES["sch"])
    names: dict[str, object] = {"__name__": "standalone"}
    exec(print_python(module), names)
    processor = names["Processor"](44100)  # pyright: ignore
    processor.inputs = 1
    assert played(processor).tobytes() == played(InterpInstance(module, seed=3)).tobytes()
