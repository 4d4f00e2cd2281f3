"""`buildUserInterface`: the widgets in the order and with the declarations of Faust's own code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dspc.backends.c.language import Uses
from dspc.backends.c.literals import float_literal
from dspc.backends.c.names import string_literal
from dspc.backends.c.storage import Storage
from dspc.dialects.dsp.interface import GroupKind, WidgetKind
from dspc.dialects.dsp.ui import UiGroup, UiWidget, soundfile_url

_BOXES = {
    GroupKind.HGROUP: "openHorizontalBox",
    GroupKind.VGROUP: "openVerticalBox",
    GroupKind.TGROUP: "openTabBox",
}
_WIDGETS = {
    WidgetKind.BUTTON: "addButton",
    WidgetKind.CHECKBOX: "addCheckButton",
    WidgetKind.HSLIDER: "addHorizontalSlider",
    WidgetKind.VSLIDER: "addVerticalSlider",
    WidgetKind.NENTRY: "addNumEntry",
    WidgetKind.HBARGRAPH: "addHorizontalBargraph",
    WidgetKind.VBARGRAPH: "addVerticalBargraph",
}
_SWITCHES = (WidgetKind.BUTTON, WidgetKind.CHECKBOX)


def interface_lines(
    tree: list[UiGroup | UiWidget], zones: Mapping[str, Storage], single: bool, uses: Uses
) -> Iterator[str]:
    """The calls that build a tree; a widget that no zone belongs to is an error of the caller."""
    work: list[UiGroup | UiWidget | None] = list(reversed(tree))
    while work:
        item = work.pop()
        if item is None:
            yield "ui_interface->closeBox();"
        elif isinstance(item, UiWidget):
            yield from _widget(item, zones[item.symbol].name, single, uses)
        else:
            for key, value in item.metadata:
                yield _declare("0", key, value)
            yield f"ui_interface->{_BOXES[item.kind]}({string_literal(item.label)});"
            work.append(None)
            work.extend(reversed(item.children))


def _widget(widget: UiWidget, zone: str, single: bool, uses: Uses) -> Iterator[str]:
    if widget.kind == WidgetKind.SOUNDFILE:
        for key, value in widget.metadata:
            if key != "url":
                yield _declare(f"&{zone}", key, value)
        label, url = string_literal(widget.label), string_literal(soundfile_url(widget))
        yield f"ui_interface->addSoundfile({label}, {url}, &{zone});"
        return
    for key, value in widget.metadata:
        yield _declare(f"&{zone}", key, value)
    arguments = [string_literal(widget.label), f"&{zone}"]
    if widget.kind.is_output:
        numbers = [widget.min, widget.max]
    elif widget.kind in _SWITCHES:
        numbers = []
    else:
        numbers = [widget.init, widget.min, widget.max, widget.step]
    arguments += [host_literal(number, single, uses) for number in numbers]
    yield f"ui_interface->{_WIDGETS[widget.kind]}({', '.join(arguments)});"


def host_literal(value: float, single: bool, uses: Uses) -> str:
    return f"FAUSTFLOAT({float_literal(value, single, uses)})"


def _declare(zone: str, key: str, value: str) -> str:
    return f"ui_interface->declare({zone}, {string_literal(key)}, {string_literal(value)});"
