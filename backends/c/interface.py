"""`buildUserInterface` and `instanceResetUserInterface`, in the order of Faust's own code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class InterfacePrinter:
    """Prints the interface of a program for its host; the fields are spellings of the language."""

    zones: Mapping[str, Storage]
    """The memory of each widget, by symbol."""
    single: bool
    uses: Uses
    first: tuple[str, ...] = ()
    """The arguments of each call that come first: the host's own data in C."""
    sound_cast: str = ""
    """The cast of a sound file's zone to that of a widget, which `declare` takes in C."""
    number: str = "FAUSTFLOAT({})"
    """The conversion of a number to the host's type of samples."""

    def lines(self, tree: list[UiGroup | UiWidget]) -> Iterator[str]:
        """The calls that build a tree; a widget without a zone is an error of the caller."""
        work: list[UiGroup | UiWidget | None] = list(reversed(tree))
        while work:
            item = work.pop()
            if item is None:
                yield self._call("closeBox")
            elif isinstance(item, UiWidget):
                yield from self._widget(item)
            else:
                for key, value in item.metadata:
                    yield self._declare("0", key, value)
                yield self._call(_BOXES[item.kind], string_literal(item.label))
                work.append(None)
                work.extend(reversed(item.children))

    def resets(self, widgets: Iterable[UiWidget]) -> Iterator[str]:
        """The statements that set widgets to their initial values, and empty sound files."""
        for widget in widgets:
            name = self.zones[widget.symbol].name
            if widget.kind == WidgetKind.SOUNDFILE:
                yield f"if (!{name}) {name} = defaultsound;"
                continue
            start = 0.0 if widget.kind.is_output else widget.init
            yield f"{name} = {self._number(start)};"

    def _widget(self, widget: UiWidget) -> Iterator[str]:
        zone, label = f"&{self.zones[widget.symbol].name}", string_literal(widget.label)
        if widget.kind == WidgetKind.SOUNDFILE:
            for key, value in widget.metadata:
                if key != "url":
                    yield self._declare(f"{self.sound_cast}{zone}", key, value)
            yield self._call("addSoundfile", label, string_literal(soundfile_url(widget)), zone)
            return
        for key, value in widget.metadata:
            yield self._declare(zone, key, value)
        if widget.kind.is_output:
            numbers = [widget.min, widget.max]
        elif widget.kind.is_switch:
            numbers = []
        else:
            numbers = [widget.init, widget.min, widget.max, widget.step]
        yield self._call(_WIDGETS[widget.kind], label, zone, *map(self._number, numbers))

    def _number(self, value: float) -> str:
        return self.number.format(float_literal(value, self.single, self.uses))

    def _call(self, name: str, *arguments: str) -> str:
        return f"ui_interface->{name}({', '.join((*self.first, *arguments))});"

    def _declare(self, zone: str, key: str, value: str) -> str:
        return self._call("declare", zone, string_literal(key), string_literal(value))
