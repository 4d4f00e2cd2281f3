"""Puts the code of a function with a fault in the place of its own, in this process."""

from __future__ import annotations

import functools
import gc
import os
import sys
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from .by_hand import Edit
from .faults import Fault, code_with

CACHED = functools.lru_cache(int).__class__


class Functions:
    """The functions of this process by file, qualified name and first line."""

    def __init__(self, package: str = "dspc") -> None:
        self._functions: dict[tuple[str, str, int], list[FunctionType]] = {}
        self._caches: list[Any] = []
        gc.unfreeze()  # frozen objects are not listed
        for candidate in gc.get_objects():
            if type(candidate) is FunctionType and str(candidate.__module__).startswith(
                f"{package}."
            ):
                code = candidate.__code__
                key = os.path.realpath(code.co_filename), code.co_qualname, code.co_firstlineno
                self._functions.setdefault(key, []).append(candidate)
            elif type(candidate) is CACHED:
                # What the front end read of libraries does not depend on the fault.
                name = str(getattr(candidate, "__module__", ""))
                if name.startswith("dspc.") and not name.startswith("dspc.frontends."):
                    self._caches.append(candidate)

    def install(self, fault: Fault | Edit) -> None:
        """Raises ValueError where the function is not in use or the fault does not fit it."""
        if isinstance(fault, Edit):
            self._install_text(fault)
            return
        live = self._functions.get((fault.path, fault.owner, fault.first))
        if not live:
            raise ValueError("the function is not in use")
        code = code_with(fault)
        for one in live:
            one.__code__ = code
        for cached in self._caches:
            cached.cache_clear()

    def _install_text(self, edit: Edit) -> None:
        """Have the code of all functions and the dictionaries of a file, or the text that is read
        from it."""
        text = edit.text()
        if not edit.path.endswith(".py"):
            read = Path.read_text

            def edited(path: Path, *args: Any, **options: Any) -> str:
                is_edited = os.path.realpath(path) == edit.path
                return text if is_edited else read(path, *args, **options)

            Path.read_text = edited
            return
        pending: list[CodeType] = [compile(text, edit.path, "exec", dont_inherit=True)]
        while pending:
            code = pending.pop()
            key = edit.path, code.co_qualname, code.co_firstlineno
            for one in self._functions.get(key, ()):
                if one.__code__.co_freevars == code.co_freevars:
                    one.__code__ = code
            pending += [one for one in code.co_consts if isinstance(one, CodeType)]
        for module in list(sys.modules.values()):
            if os.path.realpath(getattr(module, "__file__", None) or "") == edit.path:
                _renew_tables(vars(module), text)
        for cached in self._caches:
            cached.cache_clear()


def _renew_tables(names: dict[str, Any], text: str) -> None:
    """Put what a text of a module defines in the dictionaries that a module has."""
    fresh = {"__name__": names["__name__"], "__file__": names["__file__"]}
    exec(compile(text, names["__file__"], "exec", dont_inherit=True), fresh)
    for name, value in fresh.items():
        table = names.get(name)
        is_own = isinstance(value, dict) and value is not table and not name.startswith("__")
        if isinstance(table, dict) and is_own:
            table.clear()
            table.update(value)
