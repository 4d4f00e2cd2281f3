"""`-os` and `-ec`: functions for one frame and for the controls, of C++ and C99."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dspc.messages import usage_error
from dspc.targets.cpp_options import CppOptions

if TYPE_CHECKING:
    from dspc.options.compile_options import CompileOptions
    from dspc.options.loop_options import LoopOptions
    from dspc.targets.base import OptionsT


def check_sample_options(options: CompileOptions) -> None:
    """Refuse options that contradict `-os` and `-ec`; raises DspcError E0007."""
    if options.one_sample and (options.vec or options.threads):
        raise usage_error(7, "-os excludes -vec, -omp and -sch: one frame has no chunks")
    if options.one_sample and options.compute_mix:
        raise usage_error(7, "-os excludes -cm: frame writes its outputs")
    if options.external_control and options.threads:
        raise usage_error(7, "-ec excludes -omp and -sch")


def adapted(options: OptionsT) -> OptionsT:
    """The options with one scalar loop, of which `frame` is a turn."""
    is_asked = isinstance(options, CppOptions) and options.one_sample
    return replace(options, scalar=True) if is_asked and not options.scalar else options


def sample_passes(options: LoopOptions) -> list[str]:
    """The passes that make the functions `control` and `frame`."""
    if not isinstance(options, CppOptions):
        return []
    asked = {
        "dsp-separate-control": options.external_control,
        "dsp-one-sample": options.one_sample,
    }
    return [name for name, is_asked in asked.items() if is_asked]
