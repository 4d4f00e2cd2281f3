"""Docstrings of the public API name each parameter, and only errors that exist."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import dspc

ERRORS = (Path(__file__).resolve().parents[2] / "docs" / "errors.md").read_text()


def public() -> Iterator[tuple[str, Callable[..., Any], str]]:
    """The functions and methods of the API, each with the docstring that describes it."""
    for name in dspc.__all__:
        thing = getattr(dspc, name)
        text = inspect.getdoc(thing) or ""
        yield name, thing, text
        if not inspect.isclass(thing):
            continue
        for member, value in vars(thing).items():
            function = value.fget if isinstance(value, property) else value
            if inspect.isfunction(function) and (member == "__call__" or member[0] != "_"):
                yield f"{name}.{member}", function, inspect.getdoc(function) or ""


@pytest.mark.parametrize(
    ("thing", "text"), [pytest.param(*rest, id=name) for name, *rest in public()]
)
def test_docstrings_name_parameters_and_errors(thing: Callable[..., Any], text: str) -> None:
    assert text
    if inspect.isclass(thing):
        text += inspect.getdoc(thing.__init__) or ""
    if thing is not dspc.DspcWarning:  # takes what any warning does
        parameters = set(inspect.signature(thing).parameters) - {"self"}
        assert [one for one in sorted(parameters) if not re.search(rf"\b{one}\b", text)] == []
    assert [code for code in re.findall(r"E\d{4}", text) if f"| `{code}` |" not in ERRORS] == []
