"""What Python makes of texts while modules are imported, kept in a cache for later processes.

- `dataclasses` writes the methods of each class as text, which Python compiles.
- `typing` compiles each annotation that is a text.
- `re` translates the regular expressions of modules.

Results are in groups, a group for each module whose classes they belong to, each read when the
first of it is needed.
"""

from __future__ import annotations

import marshal
import re
import sys
from collections.abc import Callable
from functools import cached_property
from types import CodeType, SimpleNamespace
from typing import Any
from zlib import crc32

from dspc.support.files.caches import generated_code
from dspc.support.files.packed import PackedPart, read_parts, store_parts

_FORM = b"dspc generated code 3"
_MOST = 1000
"""Groups, and results of one. Where there would be more, those of the last process are kept."""
_APART = re.DEBUG | re.LOCALE
"""Flags of expressions that are translated anew: they print, or depend on the locale."""

Group = dict[Any, Any]
Arguments = tuple[Any, ...]


class KeptCode:
    """Results by group and text, of the cache and of this process."""

    def __init__(self) -> None:
        self._groups: dict[str, Group] = {}
        self._used: dict[str, set[Any]] = {}
        self._changed: set[str] = set()

    def run(self, text: str, *namespaces: dict[str, Any]) -> None:
        """The builtin `exec` of a text: in the given namespaces of globals and locals."""
        module = str(namespaces[0].get("__name__")) if namespaces else ""
        code = self._kept(module, text, lambda: _compiled(text, "exec"))
        exec(code, *namespaces)

    def annotation(self, text: str, filename: str, mode: str) -> CodeType:
        """The builtin `compile` of an annotation."""
        return self._kept("typing", text, lambda: compile(text, filename, mode))

    def translated(self, compiler: Any) -> Callable[..., re.Pattern[Any]]:
        """The function `compile` of `re._compiler`, for which results of modules are kept."""
        native, plain = compiler._sre, compiler.compile
        group = f"re {native.MAGIC} {native.CODESIZE}"

        def translate(pattern: Any, flags: int = 0) -> re.Pattern[Any]:
            # Frames: this one, `re._compile`, `re.compile`, and where that is called.
            if sys._getframe(3).f_code.co_name != "<module>" or flags & _APART:
                return plain(pattern, flags)
            arguments = self._kept(
                group, (pattern, flags), lambda: _arguments(compiler, plain, pattern, flags)
            )
            return native.compile(pattern, *arguments)

        return translate

    def _kept(self, group: str, key: Any, make: Callable[[], Any]) -> Any:
        kept = self._groups.get(group)
        if kept is None:
            kept = self._groups[group] = self._stored(group)
            self._used[group] = set()
        self._used[group].add(key)
        if key not in kept:
            kept[key] = make()
            self._changed.add(group)
        return kept[key]

    def _stored(self, group: str) -> Group:
        """The results of a group of the cache; none if it is missing or damaged."""
        part = self._parts.get(group)
        if part is None or part.row != (crc32(part.data),):
            return {}
        return marshal.loads(part.data)

    @cached_property
    def _parts(self) -> dict[str, PackedPart]:
        return {} if self._path is None else read_parts(self._path, _FORM)

    @cached_property
    def _path(self) -> str | None:
        """Where the results for this Python are or would be; None without a folder for them."""
        return generated_code().python_file()

    def store(self) -> None:
        """Store the results, if any was not in the cache."""
        if not self._changed or self._path is None:
            return
        parts = dict(self._parts)
        for name in self._changed:
            group = self._groups[name]
            if len(group) > _MOST:
                group = {key: group[key] for key in self._used[name]}
            data = marshal.dumps(group)
            parts[name] = PackedPart((crc32(data),), data)
        if len(parts) > _MOST:
            parts = {name: parts[name] for name in self._groups if name in parts}
        store_parts(self._path, _FORM, parts, generated_code().limit)


def _compiled(text: str, mode: str) -> CodeType:
    return compile(text, "<string>", mode, dont_inherit=True)


def _arguments(
    compiler: Any, translate: Callable[..., object], pattern: Any, flags: int
) -> Arguments:
    """The arguments, behind the pattern, with which `re` makes the object of an expression."""
    native = compiler._sre
    taken: list[Arguments] = []

    def take(_: object, flags: int, code: list[int], *groups: Any) -> None:
        # Some are of classes derived from `int`.
        taken.append((int(flags), [int(each) for each in code], *groups))

    compiler._sre = SimpleNamespace(**(vars(native) | {"compile": take}))
    try:
        translate(pattern, flags)
    finally:
        compiler._sre = native
    return taken[0]
