"""The user interface of a program: one widget per full path, in groups, in Faust's order."""

from __future__ import annotations

from dspc.dialects.dsp.ui import UiWidget
from dspc.frontends.faust.boxes import Box
from dspc.frontends.faust.labels import Group, GroupPath, located


class Interface:
    """The widgets that propagation meets."""

    def __init__(self) -> None:
        self.root = GroupPath()
        self.widgets: dict[object, UiWidget] = {}
        self.places: dict[UiWidget, tuple[tuple[Group, ...], str]] = {}

    def widget(self, box: Box, path: GroupPath) -> UiWidget:
        """The widget of a box inside of some groups; the same for the same full path."""
        kind, label, *numbers = box.value if box.kind == "widget" else ("soundfile", *box.value)
        place = located(label, path.groups())
        key = (place, kind, *numbers)
        widget = self.widgets.get(key)
        if widget is None:
            from dspc.dialects.dsp.interface import WidgetKind

            widget = self.widgets[key] = UiWidget(WidgetKind(kind), "", place[1])
            if len(numbers) == 4:
                widget.init, widget.min, widget.max, widget.step = numbers
            elif len(numbers) == 2:
                widget.min, widget.max = numbers
            self.places[widget] = place
        return widget
