"""From a Faust source to its signals: loading, evaluation, propagation, user interface."""

from __future__ import annotations

import os
from dataclasses import dataclass

from dspc.dialects.diagnostics import DspcError, Source
from dspc.dialects.dsp.ui import UiGroup
from dspc.frontends.faust import ast, faults
from dspc.frontends.faust.evaluator import Evaluator
from dspc.frontends.faust.loader import Loader
from dspc.frontends.faust.options import FrontendOptions
from dspc.frontends.faust.propagate import Propagator
from dspc.frontends.faust.signals import Sig, SignalGraph
from dspc.frontends.faust.uitree import Interface


@dataclass(eq=False, slots=True)
class Elaboration:
    """A program's untyped signals: `outputs` of `inputs` inputs, and what describes it."""

    graph: SignalGraph
    outputs: list[Sig]
    inputs: int
    ui: UiGroup
    metadata: list[tuple[str, str]]
    name: str


def elaborate(program: str | Source, options: FrontendOptions) -> Elaboration:
    """Evaluate and propagate a program, given by its path or its text.

    Raises DspcError for any fault in it.
    """
    loader = Loader(options.precision, options.import_dirs)
    if isinstance(program, str):
        module = loader.load_program(program)
    else:
        module = loader.load_source(program)
    evaluator = Evaluator(loader, options.time_limit)
    env = evaluator.file_environment(module.statements, module.source.name)
    box = evaluator.evaluate_name(options.process, env, faults.NOWHERE)
    graph = SignalGraph()
    interface = Interface()
    inputs = tuple([graph.make("input", (), index) for index in range(box.ins)])
    outputs = Propagator(graph, interface).outputs(box, inputs)
    from dspc.dialects.dsp.interface import GroupKind

    ui = UiGroup(GroupKind.VGROUP, "")
    name = os.path.splitext(os.path.basename(module.source.name))[0]
    return Elaboration(graph, list(outputs), box.ins, ui, [], name)
