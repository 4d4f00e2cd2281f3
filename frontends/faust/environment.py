"""Environments: chains of layers of definitions and of bound values, each made once.

A definition is evaluated in the layer that holds it, so the definitions of a layer see one another
and whatever is further down the chain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dspc.frontends.faust.ast import Definition
    from dspc.frontends.faust.boxes import Box


class Environment:
    """One layer in front of `parent`. Layers compare by identity.

    `definitions` are evaluated in this layer, `foreign` ones in the environment they come with;
    `values` are values already.
    """

    __slots__ = ("definitions", "foreign", "parent", "title", "values")

    def __init__(
        self,
        parent: Environment | None,
        definitions: Mapping[str, Definition],
        values: dict[str, Box] | None = None,
        foreign: dict[str, tuple[Definition, Environment]] | None = None,
        title: str | None = None,
    ) -> None:
        self.parent = parent
        self.definitions = definitions
        self.values = values or {}
        self.foreign = foreign or {}
        self.title = title
        """The file that the layer holds, for messages."""

    def redefined(self, definitions: list[Definition], where: Environment) -> Environment:
        """A copy of this layer in which some names are redefined, as seen from `where`."""
        foreign = dict(self.foreign)
        values = dict(self.values)
        for definition in definitions:
            foreign[definition.name] = (definition, where)
            values.pop(definition.name, None)
        return Environment(self.parent, self.definitions, values, foreign, self.title)

    def names(self) -> Iterator[str]:
        """All names in scope, nearest layer first."""
        env: Environment | None = self
        while env is not None:
            yield from env.values
            yield from env.foreign
            yield from env.definitions
            env = env.parent
