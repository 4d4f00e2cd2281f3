"""What an allocator owes: one contract for all ways to come by memory."""

from __future__ import annotations

from abc import ABC, abstractmethod

from dspc.dialects.dsp_mem.spaces import Lifetime, Space


class Allocator(ABC):
    """One way to come by memory, told as C: text for a buffer of `count` numbers of type `element`.

    `declare` is what stands beside the instance, `acquire` and `release` the statements that begin
    and end its life ("" where nothing is to be done), `access` the expression of its first element.
    `verify` gives the reason why a buffer may not live here, or None.
    """

    name: str
    spaces: frozenset[Space]
    """The spaces that it can serve."""
    lifetimes: frozenset[Lifetime]
    """The lifetimes that it can give."""
    can_free: bool
    """Whether one piece of memory can be given back before all."""

    @abstractmethod
    def declare(self, name: str, element: str, count: int) -> str: ...

    @abstractmethod
    def acquire(self, name: str, element: str, count: int, space: Space) -> str: ...

    @abstractmethod
    def release(self, name: str, space: Space) -> str: ...

    def access(self, name: str) -> str:
        return name

    def refuses_space(self, space: Space) -> str | None:
        """Why it cannot serve a space."""
        if space in self.spaces:
            return None
        return f"the allocator {self.name} does not serve {space.value}"

    def verify(self, space: Space, lifetime: Lifetime) -> str | None:
        """Why it cannot hold a buffer of this lifetime in a space."""
        reason = self.refuses_space(space)
        if reason is None and space == Space.L2 and lifetime != Lifetime.BLOCK:
            return "memory in l2 is gone when a kernel ends, and this buffer must persist"
        if reason is None and lifetime not in self.lifetimes:
            return f"the allocator {self.name} gives no memory of lifetime {lifetime.value}"
        return reason
