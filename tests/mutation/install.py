"""Puts the code of a function with a fault in the place of its own, in this process."""

from __future__ import annotations

import gc
import os
from types import FunctionType
from typing import Any

from .faults import Fault, code_with


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
            elif type(candidate).__name__ == "_lru_cache_wrapper":
                # What the front end read of libraries does not depend on the fault.
                name = str(getattr(candidate, "__module__", ""))
                if name.startswith("dspc.") and not name.startswith("dspc.frontends."):
                    self._caches.append(candidate)

    def install(self, fault: Fault) -> None:
        """Raises ValueError where the function is not in use or the fault does not fit it."""
        live = self._functions.get((fault.path, fault.owner, fault.first))
        if not live:
            raise ValueError("the function is not in use")
        code = code_with(fault)
        for one in live:
            one.__code__ = code
        for cached in self._caches:
            cached.cache_clear()
