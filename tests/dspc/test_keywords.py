"""Options as keyword arguments of `dspc.load` and `dspc.compile`."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

import dspc
from dspc.options.compile_options import CompileOptions
from dspc.options.keywords import options_of
from dspc.options.loop_options import LoopOptions
from dspc.options.typed_options import COMMAND_ONLY, CompilationOptions, LoadOptions

GIVEN: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"vec_size": 16}, {"vector_size": 16}),
    ({"vectorize": True}, {"vec": True}),
    ({"openmp": True}, {"omp": True}),
    ({"enable_semantics": 0}, {"gates": 0}),
    ({"import_dir": "lib"}, {"import_dirs": ["lib"]}),
    ({"import_dirs": Path("lib")}, {"import_dirs": ["lib"]}),
    ({"import_dirs": ["a", Path("b")]}, {"import_dirs": ["a", "b"]}),
    ({"machine": Path("m.toml")}, {"machine": "m.toml"}),
    ({"timeout": 3}, {"time_limit": 3.0}),
    ({"vector_size": None}, {"vector_size": None}),
]
REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"vectr_size": 3}, "load.. has no option vectr_size; did you mean vector_size?"),
    ({"vector_size": "3"}, "vector_size is int or None, not '3'"),
    ({"vector_size": True}, "vector_size is int or None, not True"),
    ({"double": 1}, "double is bool, not 1"),
    ({"heap": None}, "heap is str, not None"),
    ({"vec": True, "vectorize": True}, "load.. has vec twice"),
    ({"version": True}, "version: it is one of the command's"),
    ({"zzz": 1}, "has no option zzz$"),
]


@pytest.mark.parametrize(("keywords", "expected"), GIVEN, ids=str)
def test_options_by_their_names(keywords: dict[str, Any], expected: dict[str, Any]) -> None:
    assert options_of(LoopOptions, keywords, "load") == expected


@pytest.mark.parametrize(("keywords", "message"), REFUSED, ids=str)
def test_options_that_are_refused(keywords: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        dspc.load("process = _;", "interp", **keywords)


def test_options_of_files_are_the_commands() -> None:
    with pytest.raises(TypeError, match="json: it is one of the command's"):
        dspc.compile("process = _;", json=True)  # pyright: ignore


def test_typed_options_are_those_of_the_tables() -> None:
    def names(table: Any) -> set[str]:
        return {field.name for field in fields(table)} - COMMAND_ONLY

    assert set(LoadOptions.__annotations__) == names(LoopOptions)
    assert set(CompilationOptions.__annotations__) == names(CompileOptions)
