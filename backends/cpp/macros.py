"""`-uim`: the widgets of a program as macros, for hosts that build no user interface."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dspc.backends.c.language import Uses
from dspc.backends.c.literals import float_literal
from dspc.backends.c.names import string_literal
from dspc.backends.c.storage import Storage
from dspc.backends.common.lowered import Unit
from dspc.dialects.dsp.interface import WidgetKind
from dspc.dialects.dsp.ui import UiGroup, UiWidget

_KINDS = {
    WidgetKind.BUTTON: "BUTTON",
    WidgetKind.CHECKBOX: "CHECKBOX",
    WidgetKind.HSLIDER: "HORIZONTALSLIDER",
    WidgetKind.VSLIDER: "VERTICALSLIDER",
    WidgetKind.NENTRY: "NUMENTRY",
    WidgetKind.HBARGRAPH: "HORIZONTALBARGRAPH",
    WidgetKind.VBARGRAPH: "VERTICALBARGRAPH",
    WidgetKind.SOUNDFILE: "SOUNDFILE",
}


@dataclass(frozen=True, slots=True)
class _MacroWidget:
    """A widget as macros tell it: its path and zone, and its numbers as C++ has them."""

    widget: UiWidget
    path: str
    zone: str
    numbers: tuple[str, ...]


def macro_lines(
    unit: Unit, zones: Mapping[str, Storage], uses: Uses, class_name: str, file: str, options: str
) -> Iterator[str]:
    """Faust's macros of a program: its class, and FAUST_ADD..., FAUST_LIST_... of its widgets."""
    widgets = list(_macro_widgets(unit, zones, uses))
    controls = [one for one in widgets if one.widget.kind.is_control]
    meters = [one for one in widgets if one.widget.kind.is_output]
    yield "#ifdef FAUST_UIMACROS"
    yield ""
    yield f"\t#define FAUST_FILE_NAME {string_literal(file)}"
    yield f"\t#define FAUST_CLASS_NAME {string_literal(class_name)}"
    yield f"\t#define FAUST_COMPILATION_OPIONS {string_literal(options)}"
    yield f"\t#define FAUST_INPUTS {unit.inputs}"
    yield f"\t#define FAUST_OUTPUTS {unit.outputs}"
    yield f"\t#define FAUST_ACTIVES {len(controls)}"
    yield f"\t#define FAUST_PASSIVES {len(meters)}"
    yield ""
    for one in widgets:
        words = (string_literal(one.path), one.zone, *one.numbers)
        yield f"\tFAUST_ADD{_KINDS[one.widget.kind]}({', '.join(words)});"
    yield ""
    zero, one_ = (float_literal(number, unit.single, uses) for number in (0.0, 1.0))
    rows = [(one, one.numbers or (zero, zero, one_, one_)) for one in controls]
    yield from _listed("ACTIVES", rows)
    rows = [(one, (zero, *one.numbers, zero)) for one in meters]
    yield from _listed("PASSIVES", rows)
    yield "#endif"


def _listed(kind: str, rows: list[tuple[_MacroWidget, tuple[str, ...]]]) -> Iterator[str]:
    yield f"\t#define FAUST_LIST_{kind}(p) \\"
    for one, numbers in rows:
        name = one.widget.label.replace(" ", "_")
        words = (_KINDS[one.widget.kind], name, string_literal(one.path), one.zone, *numbers)
        yield f"\t\tp({', '.join(words)}) \\"
    yield ""


def _macro_widgets(unit: Unit, zones: Mapping[str, Storage], uses: Uses) -> Iterator[_MacroWidget]:
    """The widgets in order, with the labels of the groups around them but for the program's own."""
    work: list[tuple[str, UiGroup | UiWidget]] = [("", item) for item in reversed(unit.tree)]
    while work:
        above, item = work.pop()
        if isinstance(item, UiGroup):
            is_whole = not above and item.label == dict(unit.metadata).get("name", unit.name)
            inside = above if is_whole else f"{above}{item.label}/"
            work.extend((inside, child) for child in reversed(item.children))
            continue
        numbers: list[float] = []
        if item.kind.is_output:
            numbers = [item.min, item.max]
        elif item.kind.is_control and not item.kind.is_switch:
            numbers = [item.init, item.min, item.max, item.step]
        texts = tuple(float_literal(number, unit.single, uses) for number in numbers)
        yield _MacroWidget(item, above + item.label, zones[item.symbol].name, texts)
