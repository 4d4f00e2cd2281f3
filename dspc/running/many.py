"""Rendering of one program with many sets of parameters, on any executor."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dspc.options.typed_options import LoadOptions
from dspc.running.many_results import Results, fingerprint
from dspc.running.rates import check_block
from dspc.support.diagnostics import Source

if TYPE_CHECKING:
    from dspc.running.processor import Processor

Parameters = Mapping[str, ArrayLike]
Samples = NDArray[np.float32]
_CHUNKS_AHEAD = 64
"""The most chunks that wait in an executor at once."""


@dataclass(frozen=True)
class Job:
    """The state shared by all renderings; it is sent to the workers with each chunk."""

    processor: bytes
    """A pickled processor that has not run yet."""
    inputs: Any
    frames: int | None
    rate: int
    block: int

    def run(self, parameters: Sequence[Parameters]) -> Samples:
        """The outputs for some sets of parameters, of shape (sets, outputs, frames)."""
        first = _started(self.processor, self.rate)
        return np.stack([self._render(first.clone(), values) for values in parameters])

    def _render(self, fresh: Processor, parameters: Parameters) -> Any:
        frames, block = self.frames, self.block
        return fresh(
            self.inputs, self.rate, parameters, frames=frames, block=block, dtype=np.float32
        )


@lru_cache(maxsize=4)
def _started(processor: bytes, rate: int) -> Processor:
    """The processor in its initial state; compiled once in each worker."""
    started: Processor = pickle.loads(processor)
    started.start(rate)
    return started


def render_many(
    program: str | os.PathLike[str] | Source | Processor,
    parameters: Sequence[Parameters],
    x: ArrayLike | None = None,
    *,
    frames: int | None = None,
    rate: int = 48000,
    block: int = 512,
    backend: str = "llvm",
    executor: Executor | None = None,
    out: str | os.PathLike[str] | None = None,
    chunk: int = 16,
    progress: bool | Callable[[int], None] = False,
    **options: Unpack[LoadOptions],
) -> Samples:
    """The outputs of a program for each set of parameters: float32 (sets, outputs, frames).

    Each set maps controls to values, as `controls` of a call, and starts from the initial state.
    `program`, `backend` and `options` are as of `dspc.load`, or `program` is a processor that it
    returned; `x`, `frames`, `rate` and `block` as of a call. `chunk` sets at a time go to the
    `executor`: any of `concurrent.futures`, or Dask's `client.get_executor()`, whose workers need
    dspc. Without one they run here. With `out`, the result is a memory-mapped `.npy` file; the next
    call with the same arguments continues one that stopped. `progress` shows a bar, or is called
    with the number of sets just finished. Raises what `dspc.load` and the call raise.
    """
    _check_arguments(parameters, executor)
    job = Job(
        _pickled(program, backend, options),
        None if x is None else np.asarray(x),
        frames,
        rate,
        check_block(block),
    )
    size = check_block(chunk)
    # Errors of the program and of the first set are raised here, not in a worker.
    shape = job.run(parameters[:1] or [{}]).shape[1:]
    results = Results(out, (len(parameters), *shape), fingerprint(job, parameters, size))
    chunks = [range(at, min(at + size, len(parameters))) for at in range(0, len(parameters), size)]
    waiting = [numbers for numbers in chunks if not results.has(numbers)]
    with _bar(progress, len(parameters)) as advance:
        advance(len(parameters) - sum(map(len, waiting)))
        for numbers, outputs in _rendered(job, parameters, waiting, executor):
            results.keep(numbers, outputs)
            advance(len(numbers))
    return results.close()


def _check_arguments(parameters: Any, executor: Any) -> None:
    """Raise TypeError for other values than a sequence of mappings and an executor."""
    if not isinstance(parameters, Sequence) or isinstance(parameters, str | bytes):
        hint = ""
        if isinstance(parameters, Mapping):
            hint = ": [{'gain': 0.1}, {'gain': 0.5}, ...]"
        raise TypeError(f"parameters is a list of mappings, one for each rendering{hint}")
    if executor is not None and not callable(getattr(executor, "submit", None)):
        raise TypeError(f"executor has a method submit, as of concurrent.futures, not {executor!r}")


def _pickled(program: Any, backend: str, options: Mapping[str, Any]) -> bytes:
    from dspc.api import load
    from dspc.options.keywords import options_of
    from dspc.options.loop_options import LoopOptions
    from dspc.running.processor import Processor

    if isinstance(program, Processor):
        return pickle.dumps(program.clone().forget())
    options_of(LoopOptions, options, "render_many")
    return pickle.dumps(load(program, backend, **options))


def _rendered(
    job: Job,
    parameters: Sequence[Parameters],
    chunks: Sequence[range],
    executor: Executor | None,
) -> Iterator[tuple[range, Samples]]:
    """The chunks with their outputs, in the order in which they are finished."""
    if executor is None:
        for numbers in chunks:
            yield numbers, job.run([parameters[number] for number in numbers])
        return
    for first in range(0, len(chunks), _CHUNKS_AHEAD):
        futures: dict[Future[Samples], range] = {
            executor.submit(job.run, [parameters[number] for number in numbers]): numbers
            for numbers in chunks[first : first + _CHUNKS_AHEAD]
        }
        yield from _collected(futures)


def _collected(futures: Mapping[Future[Samples], range]) -> Iterator[tuple[range, Samples]]:
    """The outputs as they are finished; the first error is raised after those that are running."""
    error: BaseException | None = None
    try:
        for future in as_completed(futures):
            if future.cancelled():
                continue
            if future.exception() is None:
                yield futures[future], future.result()
                continue
            error = error or future.exception()
            for pending in futures:
                pending.cancel()
    finally:
        for future in futures:
            future.cancel()
    if error is not None:
        raise error


@contextmanager
def _bar(progress: bool | Callable[[int], None], total: int) -> Generator[Callable[[int], Any]]:
    """A function that advances the progress bar."""
    if callable(progress):
        yield progress
    elif not progress:
        yield lambda done: None
    else:
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True)) as bar:
            task = bar.add_task("rendering", total=total)
            yield lambda done: bar.advance(task, done)
