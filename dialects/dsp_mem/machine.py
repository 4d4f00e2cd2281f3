"""Machine descriptions: the spaces of a machine and what an access costs, read from TOML."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dspc.dialects.diagnostics import DspcError
from dspc.dialects.dsp_mem.allocators import ALLOCATORS
from dspc.dialects.dsp_mem.spaces import Space

BUILT_IN = Path(__file__).parent / "machines"

_SPACE_KEYS: Mapping[str, type] = {
    "bytes": int,
    "read": int,
    "write": int,
    "shared": bool,
    "persists": bool,
    "host_visible": bool,
    "allocators": list,
}
_MACHINE_KEYS: Mapping[str, type] = {
    "title": str,
    "cores": int,
    "line": int,
    "staging": bool,
    "copy": dict,
    "spaces": dict,
}
_CACHE_KEYS: Mapping[str, type] = {"bytes": int, "line": int, "hit": int, "writes_allocate": bool}
_KINDS = {
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    str: "a text",
    dict: "a table",
}


@dataclass(frozen=True, slots=True)
class SpaceFacts:
    """One space of a machine. `bytes` is its capacity; `read` and `write` are cycles per access."""

    space: Space
    bytes: int
    read: int
    write: int
    shared: bool
    """Whether all cores see it; if not, each core has its own."""
    persists: bool
    """Whether its contents outlive a kernel."""
    host_visible: bool
    allocators: tuple[str, ...]
    """The allocators that serve it, the preferred first."""
    copy_bytes_per_cycle: int = 8
    """How fast a block of it is copied to or from l2."""


@dataclass(frozen=True, slots=True)
class Cache:
    """A core's first cache, which lies before all spaces; `hit` is the cycles of what it holds."""

    bytes: int
    line: int
    """Bytes that one miss brings in."""
    hit: int
    writes_allocate: bool
    """Whether a write that misses brings its line in, or goes to the space."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What placement knows about a target."""

    name: str
    title: str
    cores: int
    line: int
    """Bytes of a cache line: where arrays begin."""
    staging: bool
    """Whether it can pay to copy state into l2 for the length of a block."""
    copy_setup: int
    """Cycles to start one copy."""
    spaces: dict[Space, SpaceFacts]
    vector_bits: int = 0
    """How long the vectors are in which OpenCL code for it computes; 0: code has none."""
    cache: Cache | None = None
    """None where the spaces' cycles are all there is to tell."""

    def copy_cycles(self, far: SpaceFacts, size: int) -> int:
        """Cycles to copy so many bytes between a space and l2."""
        return self.copy_setup + -(-size // far.copy_bytes_per_cycle)


def built_in_names() -> list[str]:
    """The machines that come with dspc."""
    return sorted(path.stem for path in BUILT_IN.glob("*.toml"))


def load_machine(name: str) -> Machine:
    """A built-in machine by name, or the one of a TOML file by its path.

    Raises DspcError E0601 where there is no such machine or file, E0602 for a bad description.
    """
    is_file = name.endswith(".toml") or "/" in name
    if not is_file and name not in built_in_names():
        there = f"there are {', '.join(built_in_names())}, and files ending in .toml"
        raise DspcError("E0601", f"no machine is called {name}", hint=there, exit_status=2)
    path = Path(name) if is_file else BUILT_IN / f"{name}.toml"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        message = f"{name}: cannot be read: {str(reason).lower()}"
        raise DspcError("E0601", message, exit_status=2) from None
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _bad(name, str(error)) from None
    return read_machine(path.stem, table, name)


def read_machine(name: str, table: Mapping[str, Any], place: str) -> Machine:
    """A machine from its table; `place` names it in errors. Raises DspcError E0602."""
    _check_keys(table, _MACHINE_KEYS, {"vector_bits": int, "cache": dict}, place)
    _check_keys(table["copy"], {"setup": int}, {}, f"{place}: [copy]")
    if table["cores"] < 1 or table["line"] < 1 or table["line"] & (table["line"] - 1):
        raise _bad(place, "cores is at least 1 and line is a power of two")
    spaces: dict[Space, SpaceFacts] = {}
    for key, facts in table["spaces"].items():
        where = f"{place}: [spaces.{key}]"
        if key not in list(Space):
            raise _bad(where, f"no space is called {key}; there are {', '.join(Space)}")
        spaces[Space(key)] = _read_space(Space(key), facts, where)
    if not any(facts.persists and facts.host_visible for facts in spaces.values()):
        raise _bad(place, "it has no space that persists and that the host sees")
    return Machine(
        name,
        table["title"],
        table["cores"],
        table["line"],
        table["staging"],
        table["copy"]["setup"],
        spaces,
        table.get("vector_bits", 0),
        _read_cache(table["cache"], f"{place}: [cache]") if "cache" in table else None,
    )


def _read_cache(facts: Mapping[str, Any], where: str) -> Cache:
    _check_keys(facts, _CACHE_KEYS, {}, where)
    if min(facts["bytes"], facts["line"]) < 1 or facts["hit"] < 0:
        raise _bad(where, "bytes and line are at least 1 and hit is not negative")
    return Cache(**facts)


def _read_space(space: Space, facts: Any, where: str) -> SpaceFacts:
    if not isinstance(facts, dict):
        raise _bad(where, "it is a table")
    _check_keys(facts, _SPACE_KEYS, {"copy_bytes_per_cycle": int}, where)
    for name in facts["allocators"]:
        if name not in ALLOCATORS:
            raise _bad(where, f"no allocator is called {name}; there are {', '.join(ALLOCATORS)}")
        reason = ALLOCATORS[name].refuses_space(space)
        if reason:
            raise _bad(where, reason)
    if not facts["allocators"]:
        raise _bad(where, "allocators names at least one")
    if facts["bytes"] < 1 or facts.get("copy_bytes_per_cycle", 1) < 1:
        raise _bad(where, "bytes and copy_bytes_per_cycle are at least 1")
    if min(facts["read"], facts["write"]) < 0:
        raise _bad(where, "read and write are not negative")
    values: dict[str, Any] = dict(facts)
    values["allocators"] = tuple(values["allocators"])
    return SpaceFacts(space, **values)


def _check_keys(
    table: Mapping[str, Any], needed: Mapping[str, type], more: Mapping[str, type], where: str
) -> None:
    for key, kind in needed.items():
        if key not in table:
            raise _bad(where, f"{key} is missing")
        if type(table[key]) is not kind:
            raise _bad(where, f"{key} is {_KINDS[kind]}")
    for key in table:
        if key not in needed and key not in more:
            raise _bad(where, f"nothing is called {key}; there are {', '.join([*needed, *more])}")
        if key in more and type(table[key]) is not more[key]:
            raise _bad(where, f"{key} is {_KINDS[more[key]]}")


def _bad(where: str, reason: str) -> DspcError:
    return DspcError("E0602", f"{where}: {reason}", exit_status=2)
