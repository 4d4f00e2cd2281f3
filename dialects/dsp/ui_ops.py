"""Conversion of the user-interface tree between plain objects (`ui.py`) and `ui` regions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from xdsl.dialects.builtin import ArrayAttr, FloatAttr, StringAttr, f64
from xdsl.ir import Attribute, Block, Operation, Region

from dspc.dialects.dsp.interface import (
    GroupKindAttr,
    GroupOp,
    WidgetKind,
    WidgetKindAttr,
    WidgetOp,
)
from dspc.dialects.dsp.ui import Metadata, UiGroup, UiWidget
from dspc.dialects.text_attributes import make_text, text_of

SLIDERS = (WidgetKind.HSLIDER, WidgetKind.VSLIDER, WidgetKind.NENTRY)


def metadata_attribute(metadata: Iterable[tuple[str, str]]) -> ArrayAttr[Attribute]:
    return ArrayAttr(ArrayAttr([make_text(key), make_text(value)]) for key, value in metadata)


def read_metadata(attribute: ArrayAttr[Attribute]) -> Metadata:
    pairs: Metadata = []
    for pair in attribute.data:
        assert isinstance(pair, ArrayAttr)
        key, value = pair.data
        pairs.append((text_of(key), text_of(value)))
    return pairs


def ui_region(children: Sequence[UiGroup | UiWidget]) -> Region:
    """A region of `dsp.group` and `dsp.widget` ops in order; without a block if there are none."""
    region = Region()
    work: list[tuple[Region, Sequence[UiGroup | UiWidget]]] = [(region, children)]
    while work:
        target, items = work.pop()
        if not items:
            continue
        ops: list[Operation] = []
        for item in items:
            if isinstance(item, UiWidget):
                ops.append(_widget_op(item))
                continue
            inner = Region()
            ops.append(_group_op(item, inner))
            work.append((inner, item.children))
        block = Block()
        block.add_ops(ops)
        target.add_block(block)
    return region


def _group_op(group: UiGroup, body: Region) -> GroupOp:
    return GroupOp.create(
        properties={
            "kind": GroupKindAttr(group.kind),
            "label": make_text(group.label),
            "metadata": metadata_attribute(group.metadata),
        },
        regions=[body],
    )


def _widget_op(widget: UiWidget) -> WidgetOp:
    properties: dict[str, Attribute] = {
        "sym_name": StringAttr(widget.symbol),
        "kind": WidgetKindAttr(widget.kind),
        "label": make_text(widget.label),
        "metadata": metadata_attribute(widget.metadata),
    }
    ranges = {"min": widget.min, "max": widget.max}
    if widget.kind in SLIDERS:
        ranges.update(init=widget.init, step=widget.step)
    if widget.kind in SLIDERS or widget.kind.is_output:
        properties.update((name, FloatAttr(value, f64)) for name, value in ranges.items())
    return WidgetOp.create(properties=properties)


def read_ui(region: Region) -> list[UiGroup | UiWidget]:
    """The user-interface tree of a `ui` region."""
    top: list[UiGroup | UiWidget] = []
    work: list[tuple[Region, list[UiGroup | UiWidget]]] = [(region, top)]
    while work:
        source, children = work.pop()
        for op in source.block.ops if source.blocks else ():
            if isinstance(op, WidgetOp):
                children.append(_read_widget(op))
            elif isinstance(op, GroupOp):
                group = UiGroup(op.kind.data, text_of(op.label), read_metadata(op.metadata))
                children.append(group)
                work.append((op.body, group.children))
    return top


def walk_widgets(children: Sequence[UiGroup | UiWidget]) -> Iterator[UiWidget]:
    """The widgets of a tree, in unspecified order."""
    work = list(children)
    while work:
        item = work.pop()
        if isinstance(item, UiWidget):
            yield item
        else:
            work.extend(item.children)


def _read_widget(op: WidgetOp) -> UiWidget:
    widget = UiWidget(op.kind.data, op.sym_name.data, text_of(op.label), read_metadata(op.metadata))
    for name in ("init", "min", "max", "step"):
        number = op.properties.get(name)
        if isinstance(number, FloatAttr):
            setattr(widget, name, number.value.data)
    return widget
