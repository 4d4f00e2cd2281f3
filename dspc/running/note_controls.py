"""The controls that notes set, as Faust's polyphonic hosts name them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FREQUENCIES, KEYS, GATES = "freq", "key", "gate"
GAINS, VELOCITIES = "gain", ("vel", "velocity")
NOTE_CONTROLS = (FREQUENCIES, KEYS, GATES, GAINS, *VELOCITIES)


def ending(widgets: Mapping[str, Any], name: str) -> list[str]:
    """The paths of the controls of a name, in any group."""
    return [path for path in widgets if path.endswith(f"/{name}")]


def is_polyphonic(widgets: Mapping[str, Any]) -> bool:
    """Whether notes can play a program: it has a gate, and a frequency or key."""
    return bool(ending(widgets, GATES)) and any(ending(widgets, one) for one in (FREQUENCIES, KEYS))
