"""Options as keyword arguments of the Python API: by field or long name, with checked types."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields
from difflib import get_close_matches
from functools import cache
from numbers import Integral
from types import NoneType
from typing import Any, cast, get_args, get_type_hints

from dspc.options.specs import names_of, spec_of
from dspc.options.typed_options import COMMAND_ONLY


def options_of(table: type, keywords: Mapping[str, Any], function: str) -> dict[str, Any]:
    """The values by field of an option table, as of `CompileOptions`.

    An option has the name of its field or a long name of the command, with `_` for `-`:
    `vector_size`, `vec_size`; not those of files and reports. A list may be given as one value.
    Raises TypeError, in the name of the function, for an unknown option, one given by two names,
    and a value of another type.
    """
    names, types = _names(table), _types(table)
    values: dict[str, Any] = {}
    for name, value in keywords.items():
        field = names.get(name)
        if field in COMMAND_ONLY:
            raise TypeError(f"{function}() has no option {name}: it is one of the command's")
        if field is None:
            near = get_close_matches(name, names, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise TypeError(f"{function}() has no option {name}{hint}")
        if field in values:
            raise TypeError(f"{function}() has {field} twice, once by the name {name}")
        values[field] = _typed(value, types[field], f"{function}() option {name}")
    return values


@cache
def _names(table: type) -> dict[str, str]:
    """The fields by each of their names."""
    hints = get_type_hints(table, include_extras=True)
    names: dict[str, str] = {}
    for field in fields(table):
        for flag in names_of(spec_of(hints[field.name])):
            if flag.startswith("--"):
                names[flag[2:].replace("-", "_")] = field.name
    return names | {field.name: field.name for field in fields(table)}


@cache
def _types(table: type) -> dict[str, tuple[Any, ...]]:
    """The types of each field's values: `list` for a list of texts."""
    hints = get_type_hints(table)
    types: dict[str, tuple[Any, ...]] = {}
    for field in fields(table):
        members = get_args(hints[field.name]) or (hints[field.name],)
        is_list = hints[field.name] == list[str] or list[str] in members
        types[field.name] = (list, NoneType) if is_list else tuple(members)
    return types


def _typed(argument: Any, types: tuple[Any, ...], where: str) -> Any:
    """The value as one of the types."""
    value: Any = argument
    if isinstance(argument, os.PathLike) and (str in types or list in types):
        value = os.fspath(cast("os.PathLike[str]", argument))
    if list in types and value is not None:
        return [value] if isinstance(value, str) else [os.fspath(item) for item in value]
    if float in types and isinstance(argument, int) and not isinstance(argument, bool):
        return float(argument)
    if int in types and isinstance(argument, Integral) and type(value) is not bool:
        return int(argument)
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        names = " or ".join("None" if kind is NoneType else kind.__name__ for kind in types)
        raise TypeError(f"{where} is {names}, not {value!r}")
    return value
