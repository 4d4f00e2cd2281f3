"""Helpers: a program as signals and as distributed loops."""

from __future__ import annotations

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp

from dspc.driver import read_program
from dspc.frontends.faust.options import FrontendOptions
from dspc.options.loop_options import LoopOptions
from dspc.pipelines.parsing import parse_pipeline
from dspc.pipelines.standard import SIGNAL_PASSES, split_pass
from dspc.support.diagnostics import Source


def split(source: str, size: int, variant: int) -> tuple[ModuleOp, ModuleOp]:
    """The module of a program before and after `dsp-split-loops`."""
    module = read_program(Source("test.dsp", source), FrontendOptions(precision="double"))
    for one in parse_pipeline(",".join(SIGNAL_PASSES)):
        one.apply(Context(), module)
    result = module.clone()
    options = LoopOptions(vec=True, vector_size=size, loop_variant=variant)
    for one in parse_pipeline(split_pass(options)):
        one.apply(Context(), result)
    result.verify()
    return module, result
