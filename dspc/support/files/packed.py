"""Files of caches with many named parts, of which a process reads those that it needs.

A file is a header, an index and the parts one after another. The index, which the header's checksum
covers, has a row of values for each name; whoever uses a part checks it.
"""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from typing import Any, NamedTuple
from zlib import crc32

from dspc.support.files.private import map_private, store_private

_DIGITS = 8
"""Hexadecimal digits of a number in the header."""


class PackedPart(NamedTuple):
    """A part of a file, and what its row of the index says about it."""

    row: tuple[Any, ...]
    data: bytes | memoryview


def read_parts(path: str, form: bytes) -> dict[str, PackedPart]:
    """The parts of a file by name; none if it is missing, damaged, or of another form."""
    data = map_private(path)
    if data is None:
        return {}
    start = len(_header(form, b""))
    try:
        size = int(bytes(data[start - _DIGITS : start]), 16)
    except ValueError:
        return {}
    index = data[start : start + size]
    if bytes(data[:start]) != _header(form, index):
        return {}
    rows: dict[str, Any] = marshal.loads(index)
    parts = data[start + size :]
    return {name: PackedPart(row[:-2], parts[row[-2] : row[-1]]) for name, row in rows.items()}


def store_parts(path: str, form: bytes, parts: Mapping[str, PackedPart], limit: int) -> None:
    """Write a file of parts into a private folder, which is trimmed to `limit` bytes."""
    rows: dict[str, tuple[object, ...]] = {}
    end = 0
    for name, part in parts.items():
        rows[name] = (*part.row, end, end := end + len(part.data))
    index = marshal.dumps(rows)
    data = b"".join([_header(form, index), index, *(part.data for part in parts.values())])
    store_private(path, data, limit)


def _header(form: bytes, index: bytes | memoryview) -> bytes:
    """The first bytes of a file: its form, and the checksum and size of the index behind it."""
    return b"%s %08x %08x" % (form, crc32(index), len(index))
