"""From a diagram to a module with one `dsp.program`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from xdsl.dialects.builtin import ModuleOp

from dspc.dialects.dsp.emit import emit_program
from dspc.dialects.dsp.gates import share_gated
from dspc.dialects.dsp.graph import SignalProgram
from dspc.frontends.faust.propagate import Propagator
from dspc.frontends.faust.signals import SignalGraph
from dspc.frontends.faust.typing import type_signals
from dspc.frontends.faust.uitree import Interface, reachable_widgets
from dspc.frontends.python.diagram import Diagram
from dspc.support.diagnostics import DspcError


def program(
    process: Diagram,
    name: str = "process",
    precision: Literal["single", "double"] = "single",
    metadata: Mapping[str, str] | None = None,
) -> ModuleOp:
    """The module of a diagram: its inputs and outputs are the program's.

    Raises DspcError E0233 for a diagram without outputs, and for whatever else is wrong with it.
    """
    if not process.outs:
        raise DspcError("E0233", f"the program has no outputs: {process!r}")
    graph, interface = SignalGraph(), Interface()
    inputs = tuple([graph.make("input", (), index) for index in range(process.ins)])
    outputs = list(Propagator(graph, interface).outputs(process.box, inputs))
    bits = 64 if precision == "double" else 32
    typed, builder = type_signals(graph, outputs, bits)
    widgets, foreign = reachable_widgets(graph, outputs)
    ui = interface.tree(widgets, name, foreign)
    pairs = sorted({"name": name, **(metadata or {})}.items())
    shared = share_gated(builder, typed)
    return emit_program(SignalProgram(name, bits, process.ins, shared, builder, [ui], pairs))
