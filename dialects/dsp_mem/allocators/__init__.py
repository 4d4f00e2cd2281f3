"""The allocators by name: ours, and those that installed packages bring.

A new one of ours is one new file and one entry here. A package brings one by an entry point in the
group `dspc.allocators`, whose name is the allocator's and whose object is a subclass of
`Allocator`.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from functools import cache
from typing import TYPE_CHECKING, Any

from dspc.dialects.dsp_mem.allocators.base import Allocator
from dspc.dialects.dsp_mem.allocators.heap import HeapAllocator
from dspc.dialects.dsp_mem.allocators.local import LocalAllocator
from dspc.dialects.dsp_mem.allocators.manager import ManagerAllocator
from dspc.dialects.dsp_mem.allocators.new import NewAllocator
from dspc.dialects.dsp_mem.allocators.runtime import RuntimeAllocator
from dspc.dialects.dsp_mem.allocators.stack import StackAllocator
from dspc.dialects.dsp_mem.allocators.static import StaticAllocator
from dspc.dialects.dsp_mem.allocators.zone import ZoneAllocator
from dspc.support.diagnostics import DspcError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "dspc.allocators"


@cache
def _installed() -> dict[str, EntryPoint]:
    """The entry points of other packages."""
    from importlib.metadata import entry_points

    return {entry_point.name: entry_point for entry_point in entry_points(group=GROUP)}


class Registry(MutableMapping[str, Allocator]):
    """Allocators by name; one of another package is loaded when it is asked for.

    Its lookup raises DspcError E0602 where that fails. A name of ours stays ours.
    """

    def __init__(self, *own: Allocator) -> None:
        self._loaded = {allocator.name: allocator for allocator in own}
        self.own = frozenset(self._loaded)
        """The names of those that come with dspc."""

    def __getitem__(self, name: str) -> Allocator:
        if name not in self._loaded:
            self._loaded[name] = _load(_installed()[name])
        return self._loaded[name]

    def __setitem__(self, name: str, one: Allocator) -> None:
        self._loaded[name] = one

    def __delitem__(self, name: str) -> None:
        del self._loaded[name]

    def __contains__(self, name: object) -> bool:
        return name in self._loaded or name in _installed()

    def __iter__(self) -> Iterator[str]:
        yield from self._loaded
        yield from sorted(set(_installed()) - set(self._loaded))

    def __len__(self) -> int:
        return len(set(_installed()) | set(self._loaded))


def _load(entry: EntryPoint) -> Allocator:
    failure = f"the allocator {entry.name} cannot be loaded"
    try:
        kind: Any = entry.load()
    except Exception as error:
        reason = " ".join(str(error).split())
        raise DspcError("E0602", f"{failure}: {reason}", exit_status=2) from None
    if not (isinstance(kind, type) and issubclass(kind, Allocator) and kind.name == entry.name):
        message = f"{failure}: {entry.value} is no such class"
        raise DspcError("E0602", message, exit_status=2)
    missing = [
        name for name in ("languages", "spaces", "lifetimes", "can_free") if not hasattr(kind, name)
    ]
    if kind.declare is Allocator.declare:
        missing.append("declare")
    if missing:
        raise DspcError("E0602", f"{failure}: it lacks {', '.join(missing)}", exit_status=2)
    try:
        return kind()
    except TypeError as error:
        raise DspcError("E0602", f"{failure}: {error}", exit_status=2) from None


ALLOCATORS = Registry(
    StaticAllocator(),
    ManagerAllocator(),
    HeapAllocator(),
    LocalAllocator(),
    StackAllocator(),
    ZoneAllocator(),
    NewAllocator(),
    RuntimeAllocator(),
)
"""Every allocator: name -> the one object of its class."""
