"""The results of many renderings: an array, or a memory-mapped file that a later run continues."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
from contextlib import suppress
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from dspc.output import write_text
from dspc.support.diagnostics import DspcError


def fingerprint(*things: Any) -> str:
    """A hash of all inputs that the results depend on."""
    return hashlib.sha256(pickle.dumps(things)).hexdigest()


class Results:
    """The outputs of all sets, of shape (sets, outputs, frames), float32.

    With `path`, a `.npy` file; until it is complete, `path.json` beside it lists the finished sets.
    """

    def __init__(
        self, path: str | os.PathLike[str] | None, shape: tuple[int, ...], name: str
    ) -> None:
        """`name` is the fingerprint; a file that was begun with another is begun anew."""
        self._name, self._done = name, set[int]()
        self._path = None if path is None else os.fspath(path)
        self._array: NDArray[np.float32]
        if self._path is None or not all(shape):
            self._path = None
            self._array = np.zeros(shape, np.float32)
            return
        self._done = self._finished(self._path)
        mode = "r+" if self._done else "w+"
        try:
            self._array = np.lib.format.open_memmap(self._path, mode, np.float32, shape)
        except OSError as error:
            message = f"{self._path} cannot be written: {error.strerror}"
            raise DspcError("E0010", message, exit_status=2) from error

    def has(self, numbers: range) -> bool:
        """Whether these sets are finished."""
        return self._done.issuperset(numbers)

    def keep(self, numbers: range, outputs: NDArray[np.float32]) -> None:
        """Store the outputs of some sets."""
        self._array[numbers.start : numbers.stop] = outputs
        self._done.update(numbers)
        if self._path is not None:
            cast("np.memmap[Any, Any]", self._array).flush()
            self._write_log(self._path)

    def close(self) -> NDArray[np.float32]:
        """The complete array."""
        if self._path is not None:
            with suppress(OSError):
                os.unlink(self._path + ".json")
        return self._array

    def _finished(self, path: str) -> set[int]:
        """The sets that an earlier run with the same fingerprint has finished."""
        try:
            with open(path + ".json", encoding="utf-8") as file:
                log = json.load(file)
            if os.path.exists(path) and log["fingerprint"] == self._name:
                return {int(number) for number in log["finished"]}
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return set()

    def _write_log(self, path: str) -> None:
        log = {"fingerprint": self._name, "finished": sorted(self._done)}
        write_text(path + ".json", json.dumps(log))
