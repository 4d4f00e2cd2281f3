"""The representation of programs at a prompt and in a notebook."""

from __future__ import annotations

import base64
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dspc.api import Program
    from dspc.frontends.faust.options import FrontendOptions
    from dspc.running.processor import Processor
    from dspc.support.diagnostics import Source

_SHOWN = 100_000
"""The most characters of generated code in a notebook."""


def describe(processor: Processor) -> str:
    """One line: the program, its channels and its controls."""
    count = len(processor.controls)
    return (
        f"<dspc.Processor {program_name(processor.module)}: {processor.inputs} in, "
        f"{processor.outputs} out, {count} control{'s' if count != 1 else ''}, "
        f"{processor.backend}, {processor.rate} Hz>"
    )


def describe_program(program: Program) -> str:
    """One line: the program and the size of its text."""
    lines = program.code.count("\n")
    return f"<dspc.Program {program_name(program.module)}: {lines} lines of code>"


def program_name(module: Any) -> str:
    """The program's own name: its `declare name`, or that of its file."""
    for op in module.body.block.ops:
        name = getattr(op, "sym_name", None)
        if op.name in ("dsp.program", "dsp.lowered") and name is not None:
            return name.data
    return "program"


def display_processor(processor: Processor) -> None:
    """Show a processor in IPython: its diagram, and its controls as a widget.

    Raises NotImplementedError without the package anywidget, or where it has no controls, upon
    which IPython shows the table.
    """
    from importlib import import_module

    from dspc.running.notebook_widget import has_widgets

    if not has_widgets() or not len(processor.controls):
        raise NotImplementedError
    display: Any = import_module("IPython.display")
    title = f"<code>{escape(describe(processor))}</code>"
    display.display(display.HTML(f"<div>{title}{_image(processor.diagram())}</div>"))
    display.display(processor.widget())


def processor_html(processor: Processor) -> str:
    """The diagram of the program, if its source is known, and a table of its controls."""
    rows = "".join(
        f"<tr><td>{escape(path)}</td><td>{widget.kind.value}</td><td>{value:g}</td>"
        f"<td>{widget.min:g} to {widget.max:g}</td></tr>"
        for (path, widget), value in (
            ((path, processor.widgets()[path]), value) for path, value in processor.controls.items()
        )
    )
    head = "<tr><th>control</th><th>kind</th><th>value</th><th>range</th></tr>"
    table = f"<table>{head}{rows}</table>" if rows else ""
    title = f"<code>{escape(describe(processor))}</code>"
    return f"<div>{title}{_image(processor.diagram())}{table}</div>"


def _image(svg: str) -> str:
    """SVG text as an image, so that its styles stay its own."""
    data = base64.b64encode(svg.encode()).decode()
    return f'<p><img alt="block diagram" src="data:image/svg+xml;base64,{data}"></p>' if svg else ""


def diagram_svg(program: str | Source, options: FrontendOptions) -> str:
    """The block diagram of the whole program, as SVG text."""
    from dspc.frontends.faust.diagram.draw import draw
    from dspc.frontends.faust.elaborate import elaborate

    elaboration = elaborate(program, options)
    files = draw(elaboration.box, elaboration.name, 2**31, 2**31)
    return next(iter(files.values()))


def program_html(program: Program) -> str:
    """The generated code, in a box that scrolls."""
    title, code = escape(describe_program(program)), escape(program.code[:_SHOWN])
    return f'<div><code>{title}</code><pre style="max-height:30em;overflow:auto">{code}</pre></div>'
