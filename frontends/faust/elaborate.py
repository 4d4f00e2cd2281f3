"""From a Faust source to its signals: loading, evaluation, propagation, user interface."""

from __future__ import annotations

from dataclasses import dataclass

from dspc.dialects.dsp.ui import UiGroup
from dspc.frontends.faust import faults
from dspc.frontends.faust.boxes import Box
from dspc.frontends.faust.evaluator import Evaluator
from dspc.frontends.faust.files import SYSTEM_FOLDERS
from dspc.frontends.faust.hidden_states import hidden_states
from dspc.frontends.faust.loader import Loader
from dspc.frontends.faust.metadata import program_metadata
from dspc.frontends.faust.options import FrontendOptions
from dspc.frontends.faust.propagate import Propagator
from dspc.frontends.faust.signals import Sig, SignalGraph
from dspc.frontends.faust.uitree import Interface, reachable_widgets
from dspc.support import limits
from dspc.support.diagnostics import Source
from dspc.support.garbage import without_collection


@dataclass(eq=False, slots=True)
class Elaboration:
    """A program's untyped signals: `outputs` of `inputs` inputs, and its metadata.

    `box` is the block diagram that they come from, `libraries` are the paths of the files that the
    program loaded, `folders` where it looked for them.
    """

    graph: SignalGraph
    outputs: list[Sig]
    inputs: int
    ui: UiGroup
    metadata: list[tuple[str, str]]
    name: str
    box: Box
    libraries: tuple[str, ...]
    folders: tuple[str, ...]


def elaborate(program: str | Source, options: FrontendOptions) -> Elaboration:
    """Evaluate and propagate a program, given by its path or its text.

    Raises DspcError for any fault in it.
    """
    with without_collection():
        return _elaborate(program, options)


def _elaborate(program: str | Source, options: FrontendOptions) -> Elaboration:
    loader = Loader(options.precision, options.import_dirs)
    if isinstance(program, str):
        module = loader.load_program(program)
    else:
        module = loader.load_source(program)
    evaluator = Evaluator(loader)
    evaluator.main = module.source
    env = evaluator.file_environment(module.statements, module.source.name)
    if options.process not in env.definitions:
        raise faults.no_process(options.process, module.source, env)
    span = env.definitions[options.process].span
    limits.concerns(span)
    box = evaluator.evaluate_name(options.process, env, span)
    if not box.outs:
        raise faults.no_outputs(options.process, span)
    graph = SignalGraph()
    interface = Interface()
    inputs = tuple([graph.make("input", (), index) for index in range(box.ins)])
    outputs = list(Propagator(graph, interface, options).outputs(box, inputs))
    metadata = program_metadata(module, evaluator)
    name = next(value for key, value in metadata if key == "name")
    hidden = hidden_states(graph, outputs)
    widgets, foreign = reachable_widgets(graph, [*outputs, *hidden])
    if any(widget.kind.is_output for widget in reachable_widgets(graph, hidden)[0]):
        for state in hidden:
            outputs[0] = graph.make("attach", (outputs[0], state))
    ui = interface.tree(widgets, name, foreign)
    libraries = tuple([m.source.name for m in loader.modules.values() if m is not module])
    folders = (*loader.finder.folders, *SYSTEM_FOLDERS)
    return Elaboration(graph, outputs, box.ins, ui, metadata, name, box, libraries, folders)
