"""One program with many sets of parameters, on executors."""

from __future__ import annotations

import json
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import dspc

TEXT = 'process = + ~ *(hslider("gain", 0.5, 0, 0.9, 0.01));'
X = np.random.default_rng(3).standard_normal(256)
SETS = [{"gain": gain} for gain in np.linspace(0, 0.9, 21)]


@pytest.fixture(scope="module")
def one_by_one() -> Any:
    outputs: list[Any] = []
    for controls in SETS:
        outputs.append(dspc.load(TEXT, "llvm")(X, controls=controls, dtype="float32"))
    return np.stack(outputs)


def test_each_set_starts_anew(one_by_one: Any) -> None:
    many = dspc.render_many(TEXT, SETS, X)
    assert many.shape == (21, 1, 256)
    assert np.array_equal(many, one_by_one)
    processor = dspc.load(TEXT, "llvm")
    processor(X)
    assert np.array_equal(dspc.render_many(processor, SETS, X), one_by_one)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["threads", "processes"])
def test_executors(one_by_one: Any, kind: str) -> None:
    pool: Executor = ThreadPoolExecutor(2)
    if kind == "processes":
        pool = ProcessPoolExecutor(2, mp_context=get_context("spawn"))
    with pool:
        assert np.array_equal(dspc.render_many(TEXT, SETS, X, executor=pool, chunk=4), one_by_one)


@pytest.mark.slow
def test_dask(one_by_one: Any) -> None:
    distributed: Any = pytest.importorskip("distributed")
    settings: dict[str, Any] = {"n_workers": 1, "threads_per_worker": 1, "dashboard_address": None}
    with (
        distributed.LocalCluster(processes=False, **settings) as cluster,
        distributed.Client(cluster) as client,
    ):
        pool = client.get_executor()
        assert np.array_equal(dspc.render_many(TEXT, SETS, X, executor=pool, chunk=4), one_by_one)


class Failing(Executor):
    """Fails after some chunks, as a machine that is switched off."""

    def __init__(self, works: int) -> None:
        self.works = works
        self.chunks = 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.chunks += 1
        if self.chunks > self.works:
            future.set_exception(RuntimeError("switched off"))
        else:
            future.set_result(fn(*args))
        return future


def test_a_run_that_stopped_is_continued(one_by_one: Any, tmp_path: Path) -> None:
    out = tmp_path / "out.npy"
    advanced: list[int] = []
    with pytest.raises(RuntimeError, match="switched off"):
        dspc.render_many(TEXT, SETS, X, executor=Failing(2), out=out, chunk=4)
    finished = json.loads((tmp_path / "out.npy.json").read_text())["finished"]
    assert finished == list(range(8))
    rest = Failing(99)
    dspc.render_many(TEXT, SETS, X, executor=rest, out=out, chunk=4, progress=advanced.append)
    assert rest.chunks == 4
    assert advanced[0] == 8
    assert sum(advanced) == len(SETS)
    assert np.array_equal(np.load(out), one_by_one)
    assert [path.name for path in tmp_path.iterdir()] == ["out.npy"]


def test_other_arguments_begin_anew(tmp_path: Path) -> None:
    out = tmp_path / "out.npy"
    with pytest.raises(RuntimeError):
        dspc.render_many(TEXT, SETS, X, executor=Failing(2), out=out, chunk=4)
    rest = Failing(99)
    dspc.render_many(TEXT, SETS, X * 2, executor=rest, out=out, chunk=4)
    assert rest.chunks == 6


def test_errors_come_before_any_work(tmp_path: Path) -> None:
    out = tmp_path / "out.npy"
    pool = Failing(0)
    with pytest.raises(dspc.DspcError, match="unknown control gian"):
        dspc.render_many(TEXT, [{"gian": 1}], X, executor=pool, out=out)
    with pytest.raises(dspc.DspcError, match="a block is a whole number"):
        dspc.render_many(TEXT, SETS, X, executor=pool, chunk=0)
    assert pool.chunks == 0
    assert not out.exists()
    assert dspc.render_many(TEXT, [], X).shape[0] == 0


@pytest.mark.parametrize(
    ("parameters", "settings", "message"),
    [
        ({"gain": [0, 0.5]}, {}, r"a list of mappings, one for each rendering: \[{'gain': 0.1}"),
        (5, {}, "a list of mappings"),
        (None, {}, "a list of mappings"),
        ("gain", {}, "a list of mappings"),
        ([3], {}, "controls is a mapping"),
        (SETS, {"executor": 4}, "executor has a method submit, .* not 4"),
        (SETS, {"inputs": X}, r"render_many\(\) has no option inputs"),
    ],
    ids=["columns", "number", "none", "text", "numbers", "executor", "option"],
)
def test_arguments_of_another_type(parameters: Any, settings: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        dspc.render_many(TEXT, parameters, X, **settings)


def test_no_sets_have_the_shape_of_the_outputs() -> None:
    assert dspc.render_many("process = _ <: _, _;", [], X, backend="interp").shape == (0, 2, 256)
