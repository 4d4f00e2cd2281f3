"""The description of a program as JSON, with the fields of Faust's `-json`."""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping

from dspc.backends.common.layout import Cost, LayoutItem
from dspc.backends.description.content import (
    Description,
    addresses,
    short_names,
    walk,
)
from dspc.dialects.dsp.ui import Metadata, UiGroup, UiWidget, soundfile_url

_SURROGATES = re.compile("[\ud800-\udfff]")


def print_json(about: Description) -> str:
    """The text of `FILE.dsp.json`."""
    lines = [
        "{",
        f'\t"name": {_text(about.name)},',
        f'\t"filename": {_text(about.filename)},',
        f'\t"version": {_text(about.version)},',
        f'\t"compile_options": {_text(about.compile_options)},',
        *([f'\t"library_list": {_list(about.libraries)},'] if about.libraries else []),
        f'\t"include_pathnames": {_list(about.folders)},',
        *_memory(about),
        *_layout(about.layout),
        *_cost(about.cost),
        f'\t"inputs": {about.inputs},',
        f'\t"outputs": {about.outputs},',
        *_metadata(about.all_metadata(), "\t", ","),
        '\t"ui": [',
        *_interface(about.ui, about.memory.offsets if about.memory else {}),
        "\t]",
        "}",
    ]
    return "\n".join(lines) + "\n"


def _memory(about: Description) -> list[str]:
    """For hosts of WebAssembly modules: Faust's `size`, prefix of names and type of samples."""
    if about.memory is None:
        return []
    real = "float" if about.single else "double"
    return [
        f'\t"prefix": {_text(about.class_name)},',
        f'\t"real": {_text(real)},',
        f'\t"size": {about.memory.size},',
    ]


def _layout(items: tuple[LayoutItem, ...]) -> Iterator[str]:
    if not items:
        return
    yield '\t"memory_layout": ['
    for item in items:
        end = "," if item is not items[-1] else ""
        yield (
            f'\t\t{{ "name": {_text(item.name)}, "type": {_text(item.kind)}, "size": {item.size}, '
            f'"size_bytes": {item.bytes}, "read": {item.reads}, "write": {item.writes} }}{end}'
        )
    yield "\t],"


def _cost(cost: Cost | None) -> Iterator[str]:
    if cost is None:
        return
    yield '\t"compute_cost": [{'
    for key in ("load", "store", "declare", "number", "cast", "select", "loop"):
        yield f'\t\t"{key}": {getattr(cost, key)},'
    yield f'\t\t"binop": {_counted(cost.binop)},'
    yield f'\t\t"mathop": {_counted(cost.mathop)}'
    yield "\t}],"


def _counted(counts: Counter[str]) -> str:
    pairs = {"total": counts.total(), **{name: counts[name] for name in sorted(counts)}}
    return f"[{{ {', '.join(f'{_text(name)}: {count}' for name, count in pairs.items())} }}]"


def _interface(ui: UiGroup, offsets: Mapping[str, int]) -> list[str]:
    paths = addresses(ui)
    names = short_names(paths)
    lines: list[str] = []
    indent = "\t\t"
    for item, last in walk(ui):
        end = "" if last else ","
        if item is None:
            indent = indent[:-2]
            lines += (f"{indent}\t]", f"{indent}}}{end}")
        elif isinstance(item, UiGroup):
            lines += _opening(item, indent)
            lines += _metadata(item.metadata, f"{indent}\t", ",")
            lines.append(f'{indent}\t"items": [')
            indent += "\t\t"
        else:
            lines += _opening(item, indent)
            if paths[item] in offsets:
                lines.append(f'{indent}\t"index": {offsets[paths[item]]},')
            lines += _widget(item, f"{indent}\t", paths[item], names.get(item, ""))
            lines.append(f"{indent}}}{end}")
    return lines


def _opening(item: UiGroup | UiWidget, indent: str) -> list[str]:
    return [
        f"{indent}{{",
        f'{indent}\t"type": {_text(item.kind.value)},',
        f'{indent}\t"label": {_text(item.label)},',
    ]


def _widget(widget: UiWidget, indent: str, address: str, name: str) -> list[str]:
    """The fields of a widget after its label; a soundfile's only metadata is its url."""
    if widget.kind == "soundfile":
        url = _text(soundfile_url(widget))
        return [f'{indent}"url": {url},', f'{indent}"address": {_text(address)}']
    numbers = _numbers(widget)
    fields = [f'{indent}"{key}": {_number(value)}' for key, value in numbers.items()]
    end = "," if fields or widget.metadata else ""
    return [
        f'{indent}"shortname": {_text(name)},',
        f'{indent}"address": {_text(address)}{end}',
        *_metadata(widget.metadata, indent, "," if fields else ""),
        *(field + "," for field in fields[:-1]),
        *fields[-1:],
    ]


def _numbers(widget: UiWidget) -> dict[str, float]:
    if widget.kind in ("button", "checkbox"):
        return {}
    ends = {"min": widget.min, "max": widget.max}
    if widget.kind in ("hbargraph", "vbargraph"):
        return ends
    return {"init": widget.init, **ends, "step": widget.step}


def _metadata(pairs: Metadata, indent: str, end: str) -> list[str]:
    if not pairs:
        return []
    entries = [f"{indent}\t{{ {_text(key)}: {_text(value)} }}," for key, value in pairs]
    entries[-1] = entries[-1][:-1]
    return [f'{indent}"meta": [', *entries, f"{indent}]{end}"]


def _list(texts: tuple[str, ...]) -> str:
    return f"[{','.join(map(_text, texts))}]"


def _text(text: str) -> str:
    """A JSON string; lone surrogates, which UTF-8 cannot encode, are escaped."""
    encoded = json.dumps(text, ensure_ascii=False)
    return _SURROGATES.sub(lambda half: f"\\u{ord(half[0]):04x}", encoded)


def _number(value: float) -> str:
    """The shortest literal that parses to the number; JSON has no infinity."""
    if math.isnan(value):
        return "0"
    value = min(max(value, -sys.float_info.max), sys.float_info.max)
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
