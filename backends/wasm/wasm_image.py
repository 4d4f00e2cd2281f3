"""What a host needs of a WebAssembly module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dspc.backends.common.lowered import Unit
from dspc.dialects.dsp.ui import UiWidget


@dataclass(frozen=True)
class WasmImage:
    """A WebAssembly module, and where a host finds what in an instance."""

    code: bytes
    unit: Unit
    size: int
    """Bytes of an instance."""
    widgets: Mapping[str, tuple[UiWidget, int]]
    """The widgets by path, with their offsets in an instance."""
    name: str = "mydsp"
    """The prefix of the functions."""
