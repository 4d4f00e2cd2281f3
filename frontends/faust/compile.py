"""The Faust front end: from a source to a module with one `dsp.program`."""

from __future__ import annotations

from xdsl.dialects.builtin import ModuleOp

from dspc.dialects.dsp.emit import emit_program
from dspc.dialects.dsp.gates import share_gated
from dspc.dialects.dsp.graph import SignalProgram
from dspc.frontends.faust.elaborate import Elaboration, elaborate
from dspc.frontends.faust.options import FrontendOptions
from dspc.frontends.faust.typing import type_signals
from dspc.support.diagnostics import Source


def compile_file(path: str, options: FrontendOptions) -> ModuleOp:
    """The module of a source file; raises DspcError for errors in it."""
    return emit_program(build_graph(path, options))


def compile_source(source: Source, options: FrontendOptions) -> ModuleOp:
    """The module of a source text; files it names are looked for beside `source.name`, too."""
    return emit_program(build_graph(source, options))


def build_graph(program: str | Source, options: FrontendOptions) -> SignalProgram:
    """The typed signal graph of a source file or text."""
    return graph_of(elaborate(program, options), options)


def graph_of(elaboration: Elaboration, options: FrontendOptions) -> SignalProgram:
    """The typed signal graph of a program that has been elaborated."""
    precision = 64 if options.precision == "double" else 32
    outputs, builder = type_signals(
        elaboration.graph,
        elaboration.outputs,
        precision,
        options.exp10,
        options.saturating,
        options.simplified,
    )
    return SignalProgram(
        elaboration.name,
        precision,
        elaboration.inputs,
        share_gated(builder, outputs),
        builder,
        [elaboration.ui],
        elaboration.metadata,
    )
