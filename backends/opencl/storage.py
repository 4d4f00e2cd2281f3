"""Where a buffer lies on the device, as the printed functions address it."""

from __future__ import annotations

from dataclasses import dataclass

from dspc.backends.c.storage import Storage


@dataclass(slots=True)
class ClStorage(Storage):
    """A buffer's place: a whole block, or (by `cell`, a constant's name) one number of it."""

    cell: str = ""
    step: str = ""
    """The stride of indices; empty where elements are adjacent."""
    lane: str = ""
    """The offset of indices in code that computes several voices at once."""
    common: str = ""
    """For state that voices share: the name under which `compute` writes it, or the name itself."""
    holder: str = ""
    """How a pointer to its elements is declared."""
    is_near: bool = False
    """Whether it is a row of l2 that the function itself has taken."""
