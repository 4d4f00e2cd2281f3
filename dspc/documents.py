"""Documents beside the compiled text: descriptions and diagrams of the program."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dspc.messages import usage_error
from dspc.output import Document
from dspc.support.diagnostics import DspcError
from dspc.support.version import VERSION

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

    from dspc.backends.description.content import Description
    from dspc.frontends.faust.boxes import Box
    from dspc.frontends.faust.elaborate import Elaboration
    from dspc.options.compile_options import CompileOptions
    from dspc.support.diagnostics import Source


@dataclass(frozen=True, slots=True)
class JsonDocument(Document):
    """The description of a program, to which its memory may be added once it is lowered."""

    about: Description


def with_memory(
    documents: list[Document], module: ModuleOp, options: CompileOptions
) -> list[Document]:
    """The documents; with `-mem` and the like, JSON has the memory of the class and the cost."""
    if (
        not any(isinstance(document, JsonDocument) for document in documents)
        or not options.prints_target
    ):
        return documents
    from dspc.backends.description.cost import frame_cost
    from dspc.backends.description.json_text import print_json
    from dspc.targets.lookup import find_target

    layout = find_target(options.target).layout(module, options)
    if not layout:
        return documents
    cost = frame_cost(module)
    return [
        Document(document.path, print_json(replace(document.about, layout=layout, cost=cost)))
        if isinstance(document, JsonDocument)
        else document
        for document in documents
    ]


def read_documented(program: str | Source, options: CompileOptions) -> tuple[Elaboration, ModuleOp]:
    """The elaborated program, from which documents are made, and its module."""
    from dspc.dialects.dsp.emit import emit_program
    from dspc.frontends.faust.compile import graph_of
    from dspc.frontends.faust.elaborate import elaborate

    frontend = options.frontend()
    elaboration = elaborate(program, frontend)
    return elaboration, emit_program(graph_of(elaboration, frontend))


def export_documented(program: str | Source, options: CompileOptions) -> tuple[str, list[Document]]:
    """A program as a single Faust source, and its documents."""
    from dspc.frontends.faust.elaborate import elaborate
    from dspc.frontends.faust.export import export_program

    frontend = options.frontend()
    elaboration = elaborate(program, frontend)
    effect: Box | None = None
    if frontend.process == "process":
        # Where it is no program by itself, hosts cannot use it either.
        with suppress(DspcError):
            effect = elaborate(program, replace(frontend, process="effect")).box
    text = export_program(elaboration.box, elaboration.metadata, effect)
    return text, make_documents(elaboration, options) if options.documented() else []


def make_documents(elaboration: Elaboration, options: CompileOptions) -> list[Document]:
    """The documents that the options select; nothing is written here.

    Their paths are in `-O DIR` if given, or else beside the program, as Faust's.
    """
    path = _path_beside(options, elaboration.name)
    documents: list[Document] = []
    if options.json or options.xml:
        documents += _descriptions(path, _describe(elaboration, options), options)
    if options.svg:
        from dspc.frontends.faust.diagram.draw import draw

        folder = f"{os.path.splitext(path)[0]}-svg"
        folds = (options.fold_from, options.fold_over, options.scaled_svg)
        files = draw(elaboration.box, elaboration.name, *folds)
        documents += (Document(os.path.join(folder, name), text) for name, text in files.items())
    return documents


def describe_module(module: ModuleOp, options: CompileOptions) -> list[Document]:
    """The documents of a module. Raises DspcError E0007 for those that need Faust source."""
    if options.svg or options.export_dsp:
        flag = "-svg" if options.svg else "-e"
        raise usage_error(7, f"{flag} is for Faust source, not for a module")
    about = module_description(module, options) if options.json or options.xml else None
    return _descriptions(_path_beside(options, about.name), about, options) if about else []


def module_description(module: ModuleOp, options: CompileOptions) -> Description | None:
    """The interface of a module's program; None if it has none."""
    from dspc.backends.description.content import Description
    from dspc.dialects.dsp.interface import GroupKind, ProgramOp
    from dspc.dialects.dsp.ui import UiGroup
    from dspc.dialects.dsp.ui_ops import read_metadata, read_ui
    from dspc.modules import unit_of

    unit = unit_of(module)
    if unit is None:
        return None
    is_signals = isinstance(unit, ProgramOp)
    inputs = len(unit.body.block.args) if is_signals else unit.inputs.value.data
    outputs = len(unit.outputs()) if is_signals else unit.outputs.value.data
    metadata, name = read_metadata(unit.metadata), unit.sym_name.data
    tree = next((item for item in read_ui(unit.ui) if isinstance(item, UiGroup)), None)
    return Description(
        name,
        dict(metadata).get("filename", ""),
        VERSION,
        options.command_line(),
        (),
        (),
        inputs,
        outputs,
        metadata,
        tree or UiGroup(GroupKind.VGROUP, name),
        options.class_name,
        not options.double,
    )


def _path_beside(options: CompileOptions, name: str) -> str:
    """The common prefix of the paths of documents."""
    path = options.file or f"{name}.dsp"
    if options.output_dir is not None:
        path = os.path.join(options.output_dir, os.path.basename(path))
    _check_folder(os.path.dirname(path) or os.curdir)
    return path


def draw_tasks(module: ModuleOp, options: CompileOptions) -> list[Document]:
    """The loop DAG or task graph of a lowered module, for graphviz and as SVG."""
    from dspc.dialects.dsp.interface import LoweredOp
    from dspc.dialects.dsp_mem.machine import processor_named
    from dspc.figures.task_graph import graph_of, print_dot
    from dspc.figures.task_graph_svg import graph_svg

    nodes = graph_of(module, processor_named(options.costed_machine))
    name = next((op.sym_name.data for op in module.ops if isinstance(op, LoweredOp)), "program")
    path = _path_beside(options, name)
    nouns = "tasks" if any(node.letter == "T" for node in nodes) else "loops"
    waits = sum(len(node.before) for node in nodes)
    mode = next((m for m in ("sch", "omp", "vec") if getattr(options, m)), "scal")
    subtitle = f"-{mode}, chunks of {options.chunk} frames: " if mode != "scal" else ""
    subtitle += f"{len(nodes)} {nouns if len(nodes) != 1 else nouns[:-1]}, {waits} dependences"
    return [
        Document(f"{path}.dot", print_dot(nodes, name)),
        Document(f"{path}.svg", graph_svg(nodes, name, subtitle)),
    ]


def draw_signals(module: ModuleOp, options: CompileOptions) -> list[Document]:
    """The signals of a program before lowering, for graphviz, in `FILE-sig.dot`."""
    from dspc.figures.signal_graph import print_signals

    path = _path_beside(options, os.path.basename(options.file or "program.dsp"))
    return [Document(f"{path}-sig.dot", print_signals(module))]


def _descriptions(path: str, about: Description, options: CompileOptions) -> list[Document]:
    documents: list[Document] = []
    if options.json:
        from dspc.backends.description.json_text import print_json

        documents.append(JsonDocument(f"{path}.json", print_json(about), about))
    if options.xml:
        from dspc.backends.description.xml_text import print_xml

        documents.append(Document(f"{path}.xml", print_xml(about)))
    return documents


def _check_folder(folder: str) -> None:
    if not os.path.isdir(folder):
        raise usage_error(10, f"{folder}: no such folder")


def _describe(elaboration: Elaboration, options: CompileOptions) -> Description:
    from dspc.backends.description.content import Description

    metadata = elaboration.metadata
    return Description(
        elaboration.name,
        dict(metadata).get("filename", ""),
        VERSION,
        options.command_line(),
        elaboration.libraries,
        elaboration.folders,
        elaboration.inputs,
        len(elaboration.outputs),
        metadata,
        elaboration.ui,
        options.class_name,
        not options.double,
    )
