"""The description of a program as XML, with the elements of Faust's `-xml`."""

from __future__ import annotations

from dspc.backends.description.content import Description, walk
from dspc.dialects.dsp.ui import UiGroup, UiWidget
from dspc.support.texts import xml_text

_OF_THEIR_OWN = ("name", "author", "copyright", "license", "version")


def print_xml(about: Description) -> str:
    """The text of `FILE.dsp.xml`."""
    metadata = dict(about.metadata)
    lines = ["<faust>"]
    lines += (_element("\t", key, metadata.get(key, "")) for key in _OF_THEIR_OWN)
    lines += (
        _element("\t", "classname", about.class_name),
        _element("\t", "inputs", str(about.inputs)),
        _element("\t", "outputs", str(about.outputs)),
    )
    for key, value in about.all_metadata():
        if key not in _OF_THEIR_OWN:
            lines.append(_meta("\t", key, value))
    numbers: dict[UiWidget, int] = {}
    for item, _ in walk(about.ui):
        if isinstance(item, UiWidget):
            numbers[item] = len(numbers) + 1
    lines.append("\t<ui>")
    suffix = "f" if about.single else ""
    passive = [w for w in numbers if w.kind.is_output]
    active = [w for w in numbers if not w.kind.is_output]
    lines += _widgets("activewidgets", active, numbers, suffix)
    lines += _widgets("passivewidgets", passive, numbers, suffix)
    lines += ("\t\t<layout>", *_layout(about.ui, numbers), "\t\t</layout>", "\t</ui>", "</faust>")
    return "\n".join(lines) + "\n"


def _widgets(
    title: str, widgets: list[UiWidget], numbers: dict[UiWidget, int], suffix: str
) -> list[str]:
    lines = [f"\t\t<{title}>", _element("\t\t\t", "count", str(len(widgets)))]
    for widget in widgets:
        lines.append(f'\t\t\t<widget type="{widget.kind.value}" id="{numbers[widget]}">')
        lines.append(_element("\t\t\t\t", "label", widget.label))
        lines.append(_element("\t\t\t\t", "varname", widget.symbol))
        for name in _ranges(widget):
            lines.append(_element("\t\t\t\t", name, f"{float(getattr(widget, name))!r}{suffix}"))
        lines += (_meta("\t\t\t\t", key, value) for key, value in widget.metadata)
        lines.append("\t\t\t</widget>")
    return [*lines, f"\t\t</{title}>"]


def _ranges(widget: UiWidget) -> tuple[str, ...]:
    if widget.kind.is_switch or widget.kind == "soundfile":
        return ()
    if widget.kind.is_output:
        return ("min", "max")
    return ("init", "min", "max", "step")


def _layout(ui: UiGroup, numbers: dict[UiWidget, int]) -> list[str]:
    lines: list[str] = []
    indent = "\t\t\t"
    for item, _ in walk(ui):
        if item is None:
            indent = indent[:-1]
            lines.append(f"{indent}</group>")
        elif isinstance(item, UiGroup):
            lines.append(f'{indent}<group type="{item.kind.value}">')
            indent += "\t"
            lines.append(_element(indent, "label", item.label))
        else:
            lines.append(f'{indent}<widgetref id="{numbers[item]}" />')
    return lines


def _element(indent: str, name: str, text: str) -> str:
    return f"{indent}<{name}>{xml_text(text)}</{name}>"


def _meta(indent: str, key: str, value: str) -> str:
    return f'{indent}<meta key="{xml_text(key)}">{xml_text(value)}</meta>'
