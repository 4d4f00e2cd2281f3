"""The metadata that a program declares, as Faust lists it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import fields
from typing import Any, cast

from dspc.frontends.faust import ast
from dspc.frontends.faust.evaluator import Evaluator
from dspc.frontends.faust.loader import ParsedFile
from dspc.support.diagnostics import Source


def program_metadata(main: ParsedFile, evaluator: Evaluator) -> list[tuple[str, str]]:
    """The declarations of a program and of the libraries it loaded, sorted by key.

    Those of a library have the file's name in front; those of a function count only if the
    function is used. Of several values of a key the first counts, but for authors: the others are
    contributors. `name` is the file's name if not declared.
    """
    values_of: dict[str, list[str]] = {}
    used = {(definition.span.source, definition.name) for definition in evaluator.used}
    titles = _titles(evaluator)
    files = [module.statements for module in evaluator.loader.modules.values()]
    for statements in dict.fromkeys((*files, *evaluator.environments, *_environments(main))):
        for declare in statements.declares:
            source = declare.span.source
            key = declare.key
            title = titles.get(source) or os.path.basename(source.name)
            if declare.function is not None:
                if (source, declare.function) not in used:
                    continue
                key = f"{title}/{declare.function}:{key}"
            elif source is not main.source:
                key = f"{title}/{key}"
            values_of.setdefault(key, []).append(declare.value)
    file = os.path.basename(main.source.name)
    values_of.setdefault("name", [os.path.splitext(file)[0]])
    values_of.setdefault("filename", [file])
    pairs = [(key, values[0]) for key, values in values_of.items()]
    pairs += (("contributor", value) for value in values_of.get("author", ())[1:])
    return sorted(pairs, key=lambda pair: pair[0])


def _environments(main: ParsedFile) -> list[ast.Statements]:
    """All environments that the main file writes down, evaluated or not, as Faust counts them."""
    if "environment" not in main.source.text:
        return []
    files: list[ast.Statements] = []
    waiting: list[Any] = list(main.statements.definitions.values())
    while waiting:
        item = waiting.pop()
        if isinstance(item, ast.Statements):
            files.append(item)
            waiting.extend(item.definitions.values())
        elif isinstance(item, list | tuple):
            waiting.extend(cast("Sequence[Any]", item))
        elif isinstance(item, ast.SyntaxNode | ast.Definition | ast.Rule):
            waiting.extend(getattr(item, field.name) for field in fields(item))
    return files[::-1]


def _titles(evaluator: Evaluator) -> dict[Source, str]:
    """The names of files as imports, libraries and components write them."""
    titles = dict(evaluator.titles)
    loader = evaluator.loader
    for module in [*loader.modules.values()]:
        for item in module.statements.imports:
            titles.setdefault(loader.load(item.file, item.span).source, item.file)
    return titles
