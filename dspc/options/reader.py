"""Reading of well-formed command lines into option tables, without typer.

A command line that is not well-formed, that asks for help, or whose table has declarations of
typer's is left to typer (`dspc.options.typer_command`), whose rules these are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields
from functools import cache
from inspect import get_annotations
from types import NoneType
from typing import Any, NamedTuple, get_args

from dspc.options.specs import ArgumentSpec, OptionSpec, spec_of

_WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)


class OptionField(NamedTuple):
    """A field with its type: bool, int, float or str, or a list of texts."""

    field: str
    kind: type
    is_list: bool


class OptionFields(NamedTuple):
    """The fields of a table by the names of options, and those of positional arguments."""

    options: dict[str, OptionField]
    arguments: list[OptionField]

    @property
    def valued(self) -> set[str]:
        """The names of options that take a value."""
        return {name for name, slot in self.options.items() if slot.kind is not bool}


def read_line(
    layout: OptionFields, arguments: Sequence[str], attached: Sequence[str] = ()
) -> dict[str, Any] | None:
    """The values by field; None for a line that only typer can read.

    `attached` are the options whose value may follow without a space, as in `-Ilib`.
    """
    values: dict[str, Any] = {}
    files: list[str] = []
    words = iter(arguments)
    for word in words:
        if not word.startswith("-"):
            files.append(word)
            continue
        name, equals, value = word.partition("=")
        slot = layout.options.get(word)
        attached_value: str | None = None
        if slot is None and equals and name.startswith("--"):
            slot, attached_value = layout.options.get(name), value
        elif slot is None and word[:2] in attached:
            slot, attached_value = layout.options.get(word[:2]), word[2:]
        if slot is None or not _stored(values, slot, attached_value, words):
            return None
    return values if _placed(values, layout.arguments, files) else None


@cache
def layout_of(table: type[Any]) -> OptionFields | None:
    """The layout of a table; None if it has declarations or types that only typer knows."""
    annotations: dict[str, Any] = {}
    for kind in reversed(table.__mro__):
        annotations |= get_annotations(kind)
    options: dict[str, OptionField] = {}
    positional: list[OptionField] = []
    for field in fields(table):
        annotation = annotations[field.name]
        spec = spec_of(annotation)
        slot = _slot(field.name, annotation)
        if slot is None:
            return None
        if isinstance(spec, ArgumentSpec):
            positional.append(slot)
        elif isinstance(spec, OptionSpec):
            options |= dict.fromkeys(spec.names, slot)
        else:
            return None
    return OptionFields(options, positional)


def _slot(name: str, annotation: Any) -> OptionField | None:
    kind = getattr(annotation, "__origin__", None)
    kinds = (
        [argument for argument in get_args(kind) if argument is not NoneType]
        if kind not in _KINDS
        else [kind]
    )
    if kind == list[str] or kinds == [list[str]]:
        return OptionField(name, str, True)
    return OptionField(name, kinds[0], False) if len(kinds) == 1 and kinds[0] in _KINDS else None


_KINDS = (bool, int, float, str)


def _stored(
    values: dict[str, Any], slot: OptionField, attached_value: str | None, words: Any
) -> bool:
    """Store the value of an option, the next word if none is given; False if it has no such."""
    if slot.kind is bool:
        values[slot.field] = True
        return attached_value is None
    text = next(words, None) if attached_value is None else attached_value
    if text is None:
        return False
    if slot.is_list:
        values.setdefault(slot.field, []).append(text)
        return True
    pattern = {int: _WHOLE, float: _NUMBER}.get(slot.kind)
    if pattern is not None and not pattern.fullmatch(text):
        return False
    values[slot.field] = slot.kind(text)
    return True


def _placed(values: dict[str, Any], slots: Sequence[OptionField], files: Sequence[str]) -> bool:
    """Store positional arguments; False if there are too many."""
    rest = list(files)
    for slot in slots:
        if slot.is_list:
            if rest:
                values[slot.field], rest = rest, []
        elif rest:
            values[slot.field] = rest.pop(0)
    return not rest
