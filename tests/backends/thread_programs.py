"""Programs whose loops can run at once, for tests of back ends."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp

from dspc.driver import read_program
from dspc.frontends.faust.options import FrontendOptions
from dspc.options.loop_options import LoopOptions
from dspc.pipelines.parsing import parse_pipeline
from dspc.pipelines.standard import loop_passes
from dspc.support.diagnostics import Source

POLE = "pole(c) = *(1 - c) : + ~ *(c);"
ECHO = "echo(n, g) = + ~ (@(n) : *(g));"
PROGRAMS = {
    "two filters": f"{POLE} process = pole(0.9), pole(0.99) : +;",
    "filter after filters": f"{POLE} process = pole(0.9), pole(0.8) : + : atan : pole(0.5);",
    "bank": "f(i) = + ~ *(i / 10) : sin : cos : + ~ *(0.5);"
    "process = _ <: par(i, 8, f(i + 1)) :> _;",
    "inputs past outputs": f"{POLE} process = pole(0.9), pole(0.99), (_ <: sin, cos : *);",
    "reverbs": f"{ECHO} r(i) = _ <: par(j, 4, echo(31 + 37 * i + 11 * j, 0.8)) :> *(0.2)"
    " : seq(j, 2, (_ <: @(5 + j), *(0.5) : +)); process = _, _ <: par(i, 4, (+ : r(i))) :> _, _;",
    "meters": f"{POLE} m(i) = hbargraph(\"m%i\", 0, 1);"
    "process = pole(0.9), pole(0.99) : + : abs : m(0) : sin <: m(1), @(3) : *;",
    "oscillators": "o(f) = (+(f) ~ (_ <: _, int : -)) : *(6.2831853) : sin;"
    "process = par(i, 6, o(0.01 * (i + 1))) :> *(0.1) <: _, _;",
    "short and long": f"{POLE} d = _ <: _, @(3), @(15), @(17), @(40) :> _;"
    "process = d, pole(0.3) <: pole(0.7), d, _, pole(0.2) :> d, pole(0.1);",
    "table": "i = (+(1) ~ _) & 15; process = rwtable(16, 0.5, i, _, (i + 3) & 15), sin : *;",
    "gate": "process = _, _ <: control(+ ~ *(0.5), _ > 0), (sin, cos : + : mem);",
    "controls": f"{POLE} process = pole(hslider(\"a\", 0.9, 0, 1, 0.1)),"
    " pole(hslider(\"b\", 0.5, 0, 1, 0.1)) : +, checkbox(\"c\") : * : exp;",
    "slow": "process = hslider(\"g\", 1, 0, 2, 0.1) <: _, mem, (+ ~ *(0.5)) :> _;",
}  # fmt: skip
MODES = {
    "omp": LoopOptions(omp=True),
    "omp -pl": LoopOptions(omp=True, par_loop=True, vector_size=24),
    "omp -g": LoopOptions(omp=True, group_tasks=True, vector_size=128),
    "sch": LoopOptions(sch=True),
    "sch -g": LoopOptions(sch=True, group_tasks=True, vector_size=128),
}
BLOCKS = (1, 7, 64, 3, 40, 8, 50)


def compiled(source: str, options: LoopOptions | None = None) -> ModuleOp:
    """The loops of a program in double precision, verified."""
    module = read_program(Source("test.dsp", source), FrontendOptions(precision="double"))
    for one in parse_pipeline(",".join(loop_passes(options or LoopOptions()))):
        one.apply(Context(), module)
    module.verify()
    return module


def played(instance: object, blocks: Sequence[int] = BLOCKS) -> NDArray[np.float64]:
    """The outputs for noise in blocks of these sizes."""
    run: object = instance
    count: int = run.inputs  # pyright: ignore
    noise = np.random.default_rng(3).uniform(-1, 1, (count, sum(blocks)))
    parts, at = [], 0
    for size in blocks:
        parts.append(np.array(run.compute(noise[:, at : at + size])))  # pyright: ignore
        at += size
    return np.concatenate(parts, axis=1)
