"""What the tests of the back end llvm share: loop-level programs from Faust text, and renders."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp

from dspc.frontends.faust.compile import compile_source
from dspc.frontends.faust.options import FrontendOptions
from dspc.pipelines.parsing import parse_pipeline
from dspc.pipelines.standard import SIGNAL_PASSES
from dspc.support.diagnostics import Source

ROOT = Path(__file__).parents[3]
PROGRAMS: dict[str, str] = tomllib.loads(
    (ROOT / "tests" / "passes" / "lowering_programs.toml").read_text()
)
SCALAR = "dsp-lower-to-loops"
MANY = "dsp-split-loops{vector-size=8 loop-variant=0 max-copy-delay=4 lanes=0}"


def signals(text: str, precision: str = "double") -> ModuleOp:
    """A Faust program, ready to be lowered."""
    module = compile_source(Source("p.dsp", text), FrontendOptions(precision=precision))
    for one in parse_pipeline(",".join(SIGNAL_PASSES)):
        one.apply(Context(), module)
    return module


def loops(module: ModuleOp, pipeline: str = SCALAR) -> ModuleOp:
    """A copy at the level of loops."""
    result = module.clone()
    for one in parse_pipeline(pipeline):
        one.apply(Context(), result)
    return result


def lowered(text: str, precision: str = "double", pipeline: str = SCALAR) -> ModuleOp:
    return loops(signals(text, precision), pipeline)


def noise(channels: int, frames: int) -> NDArray[np.float64]:
    return np.random.default_rng(7).uniform(-1, 1, (channels, frames))


def assert_same(one: Any, other: Any, frames: int = 500) -> None:
    """Two instances compute the same, to the bit, however blocks are cut."""
    rows = noise(one.inputs, frames)
    for first, last in ((0, 1), (1, 1), (1, 65), (65, 68), (68, frames)):
        block = rows[:, first:last]
        np.testing.assert_array_equal(one.compute(block), other.compute(block))
