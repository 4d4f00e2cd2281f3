"""What a program declares about itself, as Faust lists it."""

from __future__ import annotations

import os

from dspc.frontends.faust import ast
from dspc.frontends.faust.evaluator import Evaluator
from dspc.frontends.faust.loader import Module


def program_metadata(main: Module, evaluator: Evaluator) -> list[tuple[str, str]]:
    """The declarations of a program and of the libraries it loaded, sorted by key.

    Those of a library have the file's name in front; those of a function count only if the
    function is used. Of several values of a key the first counts, but for authors: the others are
    contributors. `name` is the file's name if not declared.
    """
    found: dict[str, list[str]] = {}
    used = {
        (definition.span.source, definition.name) for definition in evaluator.used
    }
    environments = [*evaluator.environments]
    files: list[ast.Statements] = [module.statements for module in evaluator.loader.modules.values()]
    for statements in (*files, *environments):
        for declare in statements.declares:
            source = declare.span.source
            key = declare.key
            if declare.function is not None:
                if (source, declare.function) not in used:
                    continue
                key = f"{os.path.basename(source.name)}/{declare.function}:{key}"
            elif source is not main.source:
                key = f"{os.path.basename(source.name)}/{key}"
            found.setdefault(key, []).append(declare.value)
    file = os.path.basename(main.source.name)
    found.setdefault("name", [os.path.splitext(file)[0]])
    found.setdefault("filename", [file])
    pairs = [(key, values[0]) for key, values in found.items()]
    pairs += (("contributor", value) for value in found.get("author", ())[1:])
    return sorted(pairs, key=lambda pair: pair[0])
