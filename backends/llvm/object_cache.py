"""The cache of machine code: a program that was compiled on this machine before is only loaded.

An entry is named by a hash of LLVM's version, the processor, the optimisation level and the IR, and
begins with a digest of its contents. Without a private cache folder nothing is stored.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import sha256

from dspc.support.files.caches import objects
from dspc.support.files.private import mark_used, read_private, store_private
from dspc.support.texts import text_bytes

_DIGEST = 32
"""Bytes of the digest."""


def cached_object(machine: str, text: str, compiled: Callable[[], bytes]) -> bytes:
    """The object file of a text: from the cache, or else from `compiled`, and stored.

    `machine` identifies the code generator and all its settings.
    """
    folder = objects().folder()
    if folder is None:
        return compiled()
    key = sha256(text_bytes(f"{machine}\0{text}")).hexdigest()[:40]
    path = os.path.join(folder, f"{key}.o")
    data = read_private(path)
    if data is not None and data[:_DIGEST] == sha256(data[_DIGEST:]).digest():
        mark_used(path)
        return data[_DIGEST:]
    made = compiled()
    store_private(path, sha256(made).digest() + made, objects().limit)
    return made
