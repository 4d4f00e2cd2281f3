"""Modules of the standard library that commands import but rarely use: loaded when first used.

`importlib.util.LazyLoader` would load them where a second module imports them: the import system
reads an attribute then.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from threading import RLock
from types import ModuleType
from typing import Any

NAMES = frozenset({"ast", "ctypes", "tempfile", "tokenize"})
"""Modules that xDSL, `inspect` and `importlib` import for functions that few commands call."""


class DeferredModules:
    """A finder (`sys.meta_path`) of the modules."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module, with a loader that waits for its first use; None for all other modules."""
        if name not in NAMES:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            deferred: Any = DeferredLoader(spec.loader)
            spec.loader = deferred
        return spec


class DeferredLoader:
    """Runs the code of a module where an attribute is read that it has not yet."""

    def __init__(self, loader: Any) -> None:
        self._loader = loader
        self._lock = RLock()
        self._is_loading = False

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        namespace = vars(module)

        def load(name: str) -> Any:
            with self._lock:
                if namespace.get("__getattr__") is load and not self._is_loading:
                    self._is_loading = True
                    try:
                        self._run(module)
                    finally:
                        self._is_loading = False
                    if namespace["__getattr__"] is load:
                        del namespace["__getattr__"]
                elif self._is_loading:
                    raise AttributeError(f"module {module.__name__!r} has no {name!r} yet")
            return getattr(module, name)

        namespace["__getattr__"] = load

    def _run(self, module: ModuleType) -> None:
        spec = module.__spec__
        module.__loader__ = self._loader
        if spec is not None:
            spec.loader = self._loader
        self._loader.exec_module(module)
