"""The choices of `--tune` in dspc's cache."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from typing import Any, NamedTuple

from dspc.support.files.caches import tuned_options
from dspc.support.files.private import mark_used, read_private, store_private
from dspc.tuning.candidates import CHOSEN

_FORM = "dspc choice 1"


class TunedOptions(NamedTuple):
    """Values of the fields `CHOSEN`, and what was measured, in one line."""

    options: dict[str, Any]
    report: str


def recall(key: str) -> TunedOptions | None:
    """The choice that is remembered under a key; None if there is none that is whole."""
    path = _path(key)
    data = None if path is None else read_private(path)
    header, _, body = (data or b"").partition(b"\n")
    if path is None or header != _header(key, body):
        return None
    choice = TunedOptions(*json.loads(body))
    if tuple(choice.options) != CHOSEN:
        return None
    mark_used(path)
    return choice


def remember(key: str, choice: TunedOptions) -> None:
    """Keep a choice, if there is a folder for it."""
    path = _path(key)
    body = json.dumps(choice).encode()
    if path is not None:
        store_private(path, _header(key, body) + b"\n" + body, tuned_options().limit)


def _path(key: str) -> str | None:
    folder = tuned_options().folder()
    return None if folder is None else os.path.join(folder, key)


def _header(key: str, body: bytes) -> bytes:
    return f"{_FORM} {key} {sha256(body).hexdigest()}".encode()
