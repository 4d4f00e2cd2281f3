"""`buildUserInterface` and `metadata`, as calls of Faust's `UIGlue` and `MetaGlue`."""

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


def metadata_lines(pairs: Mapping[str, str]) -> Iterator[str]:
    """The declarations of a program, by key."""
    for key in sorted(pairs):
        text = f"{string_literal(key)}, {string_literal(pairs[key])}"
        yield f"m->declare(m->metaInterface, {text});"


def interface_lines(
    tree: list[UiGroup | UiWidget], zones: Mapping[str, Storage], single: bool, uses: Uses
) -> Iterator[str]:
    """The calls that build a tree."""
    work: list[UiGroup | UiWidget | None] = list(reversed(tree))
    while work:
        item = work.pop()
        if item is None:
            yield _call("closeBox")
        elif isinstance(item, UiWidget):
            yield from _widget(item, f"&{zones[item.symbol].name}", single, uses)
        else:
            for key, value in item.metadata:
                yield _declare("0", key, value)
            yield _call(_BOXES[item.kind], string_literal(item.label))
            work.append(None)
            work.extend(reversed(item.children))


def _widget(widget: UiWidget, zone: str, single: bool, uses: Uses) -> Iterator[str]:
    is_file = widget.kind == WidgetKind.SOUNDFILE
    for key, value in widget.metadata:
        if not is_file:
            yield _declare(zone, key, value)
        elif key != "url":
            yield _declare(f"(FAUSTFLOAT*){zone}", key, value)
    label = string_literal(widget.label)
    if is_file:
        yield _call("addSoundfile", label, string_literal(soundfile_url(widget)), zone)
        return
    if widget.kind.is_output:
        numbers = [widget.min, widget.max]
    elif widget.kind in _SWITCHES:
        numbers = []
    else:
        numbers = [widget.init, widget.min, widget.max, widget.step]
    values = [host_literal(number, single, uses) for number in numbers]
    yield _call(_WIDGETS[widget.kind], label, zone, *values)


def host_literal(value: float, single: bool, uses: Uses) -> str:
    return f"(FAUSTFLOAT){float_literal(value, single, uses)}"


def _call(name: str, *arguments: str) -> str:
    return f"ui_interface->{name}({', '.join(('ui_interface->uiInterface', *arguments))});"


def _declare(zone: str, key: str, value: str) -> str:
    return _call("declare", zone, string_literal(key), string_literal(value))
