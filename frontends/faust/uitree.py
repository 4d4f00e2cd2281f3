"""The user interface of a program: one control per full path, in groups, in Faust's order.

Within a group, items stand in the order of their labels as written, which is the purpose of
the `[1]`, `[2]` in labels.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable

from dspc.dialects.dsp.graph import ForeignFunction, ForeignSymbol
from dspc.dialects.dsp.interface import GroupKind, WidgetKind
from dspc.dialects.dsp.ui import UiGroup, UiWidget, placed_widgets
from dspc.frontends.faust.boxes import Box
from dspc.frontends.faust.labels import Group, GroupPath, located, parse_label
from dspc.frontends.faust.signals import Sig, SignalGraph
from dspc.support.diagnostics import DspcError, Note, Span

EMPTY_LABEL = "0x00"
"""Faust's name of a widget or group whose label is empty."""

Place = tuple[tuple[Group, ...], str]
"""The groups around a widget and its own label, as written."""


class Interface:
    """The widgets that propagation meets, and where they are."""

    def __init__(self) -> None:
        self.root = GroupPath()
        self.places: dict[UiWidget, Place] = {}
        self.spans: dict[UiWidget, Span | None] = {}
        self._widgets: dict[object, UiWidget] = {}
        self._made: dict[tuple[Box, GroupPath, tuple[Sig, ...]], UiWidget] = {}

    def widget(self, box: Box, path: GroupPath, shown: tuple[Sig, ...] = ()) -> UiWidget:
        """The widget of a box inside of some groups; the same for the same full path.

        Bargraphs of one path that show different signals are different widgets, as Faust's are.
        """
        widget = self._made.get((box, path, shown))
        if widget is not None:
            return widget
        # Sound files that differ only in the channels that are read are one sound file.
        kind, label, *numbers = box.value if box.kind == "widget" else ("soundfile", box.value[0])
        place = located(label, path.groups())
        key = (place, kind, *numbers, *shown)
        widget = self._widgets.get(key)
        if widget is None:
            text, metadata = parse_label(place[1])
            widget = UiWidget(WidgetKind(kind), "", text or EMPTY_LABEL, metadata)
            if len(numbers) == 4:
                widget.init, widget.min, widget.max, widget.step = numbers
            elif len(numbers) == 2:
                widget.min, widget.max = numbers
            self._widgets[key] = widget
            self.places[widget] = place
            self.spans[widget] = box.span
        self._made[box, path, shown] = widget
        return widget

    def tree(self, widgets: list[UiWidget], title: str, used: Iterable[str] = ()) -> UiGroup:
        """The groups and widgets of a program called `title`; gives the widgets their symbols.

        No widget is named as the program, one of its functions, or what is in `used`: all are
        symbols of one module. E0232 where two different controls have the same path.
        """
        root = _Folder(("vgroup", title))
        for widget in widgets:
            groups, label = self.places[widget]
            folder = root
            for group in groups:
                folder = folder.folder(group)
            folder.widgets.append((label, widget))
        top = root
        if not root.widgets and len(root.folders) == 1:
            top = next(iter(root.folders.values()))
        names = _Symbols({title, *_FUNCTIONS, *used})
        for widget in widgets:
            names.name(widget, self.places[widget][0])
        tree = top.build()
        if tree.label == EMPTY_LABEL:
            tree.label = title
        if top is root:  # Faust takes nothing in a title for metadata
            tree.label, tree.metadata = title, []
        self._check_paths(tree, widgets)
        return tree

    def _check_paths(self, tree: UiGroup, widgets: list[UiWidget]) -> None:
        """E0232 where two controls with labels have one path, which hosts could not distinguish."""
        paths = {widget: path for path, widget in placed_widgets([tree])}
        first: dict[str, UiWidget] = {}
        for second in widgets:
            if second.kind.is_output or second.label == EMPTY_LABEL:
                continue
            known = first.setdefault(paths[second], second)
            if known is not second:
                raise DspcError(
                    "E0232",
                    f"two different controls have the path {paths[second]}",
                    self.spans[second],
                    "give one of them another label, or both the same kind and range",
                    [Note("the other widget", self.spans[known])],
                )


class _Folder:
    """A group under construction."""

    __slots__ = ("folders", "group", "widgets")

    def __init__(self, group: Group) -> None:
        self.group = group
        self.folders: dict[Group, _Folder] = {}
        self.widgets: list[tuple[str, UiWidget]] = []

    def folder(self, group: Group) -> _Folder:
        return self.folders.setdefault(group, _Folder(group))

    def build(self) -> UiGroup:
        top = self._group()
        waiting: list[tuple[_Folder, UiGroup]] = [(self, top)]
        while waiting:
            folder, group = waiting.pop()
            items: list[tuple[str, UiGroup | UiWidget]] = [*folder.widgets]
            for inner in folder.folders.values():
                child = inner._group()
                items.append((inner.group[1], child))
                waiting.append((inner, child))
            items.sort(key=lambda item: item[0].encode())
            group.children.extend(item for _, item in items)
        return top

    def _group(self) -> UiGroup:
        label, metadata = parse_label(self.group[1])
        return UiGroup(GroupKind(self.group[0]), label or EMPTY_LABEL, metadata)


def reachable_widgets(
    graph: SignalGraph, outputs: list[Sig]
) -> tuple[list[UiWidget], frozenset[str]]:
    """What the outputs depend on: the widgets in the order in which they are first used, and the
    names of C functions, constants and variables.
    """
    seen: set[Sig] = set()
    waiting = outputs[::-1]
    widgets: dict[UiWidget, None] = {}
    foreign: set[str] = set()
    definitions = graph.definitions
    while waiting:
        signal = waiting.pop()
        if signal in seen:
            continue
        seen.add(signal)
        value = signal.value
        if isinstance(value, UiWidget):
            widgets.setdefault(value)
        elif isinstance(value, ForeignFunction):
            foreign.update(value.names)
        elif isinstance(value, ForeignSymbol):
            foreign.add(value.symbol)
        waiting += signal.args[::-1]
        if signal.op == "feedback":
            waiting.append(definitions[signal])
    return list(widgets), frozenset(foreign)


_FUNCTIONS = (
    *("class_init", "instance_constants", "instance_clear", "compute", "control", "frame"),
    *("exp10", "exp10f"),
)
"""The functions of a lowered module, and those of C that it may declare."""
_RESERVED = frozenset((
    "alignas", "alignof", "and", "and_eq", "asm", "auto", "bitand", "bitor", "bool", "break",
    "case", "catch", "char", "class", "compl", "const", "constexpr", "const_cast", "continue",
    "decltype", "default", "delete", "do", "double", "dynamic_cast", "else", "enum", "explicit",
    "export", "extern", "false", "float", "for", "friend", "global", "goto", "half", "if",
    "inline", "int", "kernel", "local", "long", "mutable", "namespace", "new", "noexcept", "not",
    "not_eq", "nullptr", "operator", "or", "or_eq", "private", "protected", "public", "register",
    "reinterpret_cast", "return", "short", "signed", "sizeof", "static", "static_assert",
    "static_cast", "struct", "switch", "template", "this", "thread_local", "throw", "true", "try",
    "typedef", "typeid", "typename", "uchar", "uint", "ulong", "union", "unsigned", "ushort",
    "using", "virtual", "void", "volatile", "wchar_t", "while", "xor", "xor_eq", "count",
))  # fmt: skip
"""Words of C++ and OpenCL C that a label may be, and the argument of `compute`."""


class _Symbols:
    """Names of zones: a widget's label as an identifier, made unique."""

    def __init__(self, used: set[str]) -> None:
        self.used = used

    def name(self, widget: UiWidget, groups: tuple[Group, ...]) -> None:
        base = _identifier(widget.label) or str(widget.kind)
        symbol = base
        for _, label in reversed(groups):
            if symbol not in self.used:
                break
            outer = _identifier(parse_label(label)[0])
            symbol = f"{outer}_{symbol}" if outer else symbol
        number = 2
        while symbol in self.used:
            symbol = f"{base}_{number}"
            number += 1
        self.used.add(symbol)
        widget.symbol = symbol


def _identifier(label: str) -> str:
    """The label as an identifier of C and Python, or nothing if no letter is in it."""
    if label == EMPTY_LABEL:
        return ""
    text = re.sub(r"[^A-Za-z0-9]+", "_", label).strip("_")
    if not text:
        return ""
    if text[0].isdigit():
        text = f"n{text}"
    return f"{text}_" if text in _RESERVED or keyword.iskeyword(text) else text
