"""Values of controls in Python: a mapping by path, and arrays of values over time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from dspc.messages import usage_error
from dspc.running.controls import Change, find_path
from dspc.support.diagnostics import DspcError

if TYPE_CHECKING:
    from dspc.running.processor import Processor


class ControlValues(MutableMapping[str, float]):
    """The values of a program's widgets and meters by path, or by a unique suffix of it."""

    def __init__(self, processor: Processor) -> None:
        self._processor = processor

    def __getitem__(self, path: str) -> float:
        return self._processor.get(path)

    def __setitem__(self, path: str, value: float) -> None:
        self._processor.set(path, value)

    def __delitem__(self, path: str) -> None:
        raise TypeError("the controls of a program cannot be deleted")

    def __iter__(self) -> Iterator[str]:
        widgets = self._processor.widgets()
        return (path for path, widget in widgets.items() if widget.kind.value != "soundfile")

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, path: object) -> bool:
        """Whether a path, or a unique suffix of one, names a control, as it does in `[]`."""
        try:
            return isinstance(path, str) and bool(find_path(path, list(self)))
        except DspcError:
            return False

    def __repr__(self) -> str:
        inner = ", ".join(f"{path!r}: {value:g}" for path, value in self.items())
        return "{" + inner + "}"


def automation(
    controls: Mapping[str, ArrayLike], paths: Sequence[str], frames: int
) -> list[Change]:
    """The changes of controls: a number at frame 0, n values spread evenly over `frames`.

    Values that repeat the one before are left out. Raises DspcError E0016 for unknown paths, E0017
    for values that are not finite numbers, TypeError for other values than mappings.
    """
    if not isinstance(controls, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"controls is a mapping from paths to values, not {controls!r}")
    changes: list[Change] = []
    for asked, values in controls.items():
        path = find_path(asked, paths)
        points = _numbers(asked, values)
        last = None
        for number, value in enumerate(points):
            if value != last:
                changes.append(Change(number * frames // len(points), path, value))
            last = value
    return changes


def _numbers(path: str, values: Any) -> list[float]:
    """The values of a control, one or more."""
    try:
        points = np.asarray(values)
        if points.dtype.kind not in "fiub":
            raise TypeError
        points = points.astype(np.float64)
    except (TypeError, ValueError):
        points = np.array([np.nan])
    if points.ndim > 1 or not points.size or not np.isfinite(points).all():
        shown = " ".join(repr(values)[:40].split())
        hint = "the value of a control is a finite number, or an array of them over time"
        raise usage_error(17, f"{path}: {shown} is no value of a control", hint)
    return np.atleast_1d(points).tolist()
