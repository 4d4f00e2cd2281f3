"""Base class of the running instances of compiled programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from dspc.dialects.dsp.ui import UiWidget
from dspc.support.diagnostics import DspcError


class Channels(Protocol):
    """A program's channels, and whether its samples have single precision."""

    @property
    def single(self) -> bool: ...
    @property
    def inputs(self) -> int: ...
    @property
    def outputs(self) -> int: ...


class CompiledInstance:
    """A compiled program with its state; each back end adds `compute`, `set`, `get` and `reset`.

    The constructors of the subclasses set `_channels`, `_rate` (sampling rate in
    Hz) and `_paths` (the widgets by path, in the order of the interface).
    """

    _channels: Channels
    _rate: int
    _paths: dict[str, UiWidget]

    @property
    def inputs(self) -> int:
        """Number of input channels."""
        return self._channels.inputs

    @property
    def outputs(self) -> int:
        """Number of output channels."""
        return self._channels.outputs

    @property
    def rate(self) -> int:
        """Sampling rate in Hz."""
        return self._rate

    def widgets(self) -> Mapping[str, UiWidget]:
        """The widgets by path, in the order of the interface."""
        return dict(self._paths)


def unsaved(subject: str, verb: str = "saved") -> DspcError:
    """The error of an instance whose state cannot be saved or restored."""
    hint = 'backend="llvm" saves the state of every program' if verb == "saved" else None
    return DspcError("E0008", f"the state of {subject} cannot be {verb}", hint=hint, exit_status=2)
