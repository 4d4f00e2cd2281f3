"""Machine descriptions: memory spaces, access costs and caches, read from TOML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dspc.dialects.dsp_mem.allocators import ALLOCATORS
from dspc.dialects.dsp_mem.processor_model import (
    DEFAULT,
    FIELDS,
    LATENCY,
    THROUGHPUT,
    ProcessorModel,
    processor_of,
    time_fields,
)
from dspc.dialects.dsp_mem.spaces import Space
from dspc.support.diagnostics import DspcError, Source, Span
from dspc.support.schema import Field, excess, matching, of_type, one_of, whole

BUILT_IN = Path(__file__).parent / "machines"

_MOST_BYTES, _MOST_CYCLES = 1 << 48, 1_000_000
_LINE = Field(
    "a power of two from 1 to 65536",
    lambda value: type(value) is int and value in [1 << shift for shift in range(17)],
)

_SPACE_FIELDS: Mapping[str, Field] = {
    "bytes": whole(1, _MOST_BYTES),
    "read": whole(0, _MOST_CYCLES),
    "write": whole(0, _MOST_CYCLES),
    "shared": of_type(bool, "true or false"),
    "persists": of_type(bool, "true or false"),
    "host_visible": of_type(bool, "true or false"),
    "allocators": of_type(list, "a list"),
    "copy_bytes_per_cycle": whole(1, 1 << 16, is_needed=False),
    "reserved": whole(0, _MOST_BYTES, is_needed=False),
    "title": of_type(str, "a text", is_needed=False),
    "section": matching(r"[A-Za-z0-9_.$]+", "a section's name", is_needed=False),
    "macro": matching(r"[A-Za-z_]\w*", "an identifier", is_needed=False),
}
_MACHINE_FIELDS: Mapping[str, Field] = {
    "title": of_type(str, "a text"),
    "cores": whole(1, 1 << 16),
    "line": _LINE,
    "staging": of_type(bool, "true or false"),
    "copy": of_type(dict, "a table"),
    "spaces": of_type(dict, "a table"),
    "vector_bits": one_of((0, 64, 128, 256, 512, 1024), is_needed=False),
    "cache": of_type(dict, "a table", is_needed=False),
    "processor": Field("a table or a machine's name", lambda it: type(it) in (dict, str), False),
}
_PLAIN_FIELDS: Mapping[str, Field] = {
    "title": _MACHINE_FIELDS["title"],
    "processor": of_type(dict, "a table"),
}
"""The fields of a machine without spaces."""
_TIMES = {"latency": time_fields(LATENCY), "throughput": time_fields(THROUGHPUT)}
_COPY_FIELDS: Mapping[str, Field] = {"setup": whole(0, _MOST_CYCLES)}
_CACHE_FIELDS: Mapping[str, Field] = {
    "bytes": whole(1, _MOST_BYTES),
    "line": _LINE,
    "hit": whole(0, _MOST_CYCLES),
    "writes_allocate": of_type(bool, "true or false"),
}


@dataclass(frozen=True, slots=True)
class SpaceFacts:
    """A memory space: capacity in bytes, and cycles of a `read` and a `write` access."""

    space: Space
    bytes: int
    read: int
    write: int
    shared: bool
    """Whether all cores share it; otherwise each core has its own."""
    persists: bool
    """Whether its contents persist between kernels."""
    host_visible: bool
    allocators: tuple[str, ...]
    """The allocators that serve it, in order of preference."""
    copy_bytes_per_cycle: int = 8
    """Throughput of block copies to and from l2."""
    reserved: int = 0
    """Bytes that placement leaves to the rest of the program: spilled registers, firmware."""
    title: str = ""
    """The name in the machine's manual."""
    section: str = ""
    """The linker section of arrays there; empty for where a compiler puts arrays anyway."""
    macro: str = ""
    """The macro of the board's library that stands for the section, if it has one."""

    @property
    def capacity(self) -> int:
        """The bytes that placement may use."""
        return self.bytes - self.reserved


@dataclass(frozen=True, slots=True)
class Cache:
    """The first-level data cache of a core; `hit` is its latency in cycles."""

    bytes: int
    line: int
    """Line size in bytes."""
    hit: int
    writes_allocate: bool
    """Write-allocate; otherwise a write miss goes to the space."""


@dataclass(frozen=True, slots=True)
class Machine:
    """A target machine as the cost models of passes see it.

    One without spaces describes a processor only: memory is left as it is.
    """

    name: str
    title: str
    cores: int
    line: int
    """Cache line size in bytes, to which arrays are aligned."""
    staging: bool
    """Whether staging state in l2 for a block can reduce the access cost."""
    copy_setup: int
    """Cycles to start a copy."""
    spaces: dict[Space, SpaceFacts]
    vector_bits: int | None = None
    """Vector width in bits; 0 for a processor without vectors, None where nothing is known."""
    cache: Cache | None = None
    """None if all accesses cost the cycles of their space."""
    processor: ProcessorModel = DEFAULT

    @property
    def has_processor(self) -> bool:
        """Whether its description has a processor of its own."""
        return self.processor is not DEFAULT

    def copy_cycles(self, far: SpaceFacts, size: int) -> int:
        """Cycles to copy `size` bytes between a space and l2."""
        return self.copy_setup + -(-size // far.copy_bytes_per_cycle)


def built_in_names() -> list[str]:
    """The names of the machine descriptions that are part of dspc."""
    return sorted(path.stem for path in BUILT_IN.glob("*.toml"))


def load_machine(name: str) -> Machine:
    """A built-in machine by name, or a TOML file by path.

    Raises DspcError E0601 if there is no such machine or file, E0602 for an invalid description.
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
    source = Source(name, text)
    fault = excess(text)
    if fault is not None:
        span = Span(source, fault.offset, fault.offset + 1)
        raise DspcError("E0602", fault.message, span, exit_status=2)
    import tomllib

    try:
        table = tomllib.loads(text)
    except ValueError as error:
        raise _unreadable(source, str(error)) from None
    try:
        return read_machine(path.stem, table, name)
    except DspcError as error:
        error.span = _place(source, error.message)
        raise


def processor_named(machine: str | None) -> ProcessorModel:
    """The processor of a machine; the default's for None."""
    return DEFAULT if machine is None else load_machine(machine).processor


def read_machine(name: str, table: Mapping[str, Any], source: str) -> Machine:
    """A machine from its TOML table; `source` is its name in errors. Raises DspcError E0602."""
    if "spaces" not in table and "processor" in table:
        _check_fields(table, _PLAIN_FIELDS, source)
        processor = _read_processor(table["processor"], source)
        return Machine(
            name, table["title"], 1, 64, False, 0, {}, processor.vector_bits, None, processor
        )
    _check_fields(table, _MACHINE_FIELDS, source)
    _check_fields(table["copy"], _COPY_FIELDS, f"{source}: [copy]")
    spaces: dict[Space, SpaceFacts] = {}
    for key, facts in table["spaces"].items():
        where = f"{source}: [spaces.{key}]"
        if key not in list(Space):
            raise _bad(where, f"no space is called {key}; there are {', '.join(Space)}")
        spaces[Space(key)] = _read_space(Space(key), facts, where)
    if not any(facts.persists and facts.host_visible for facts in spaces.values()):
        raise _bad(source, "it has no space that is both persistent and visible to the host")
    return Machine(
        name,
        table["title"],
        table["cores"],
        table["line"],
        table["staging"],
        table["copy"]["setup"],
        spaces,
        table.get("vector_bits"),
        _read_cache(table["cache"], f"{source}: [cache]") if "cache" in table else None,
        _read_processor(table.get("processor", {}), source),
    )


def _named_processor(name: str, source: str) -> Mapping[str, Any]:
    """The processor's table of a built-in machine."""
    if name not in built_in_names():
        raise _bad(source, f"processor: no machine is called {' '.join(name.split())[:40]}")
    import tomllib

    text = (BUILT_IN / f"{name}.toml").read_text(encoding="utf-8")
    facts: Mapping[str, Any] | str | None = tomllib.loads(text).get("processor")
    if facts is None or isinstance(facts, str):
        raise _bad(source, f"processor: {name} has none of its own")
    return facts


def _read_processor(processor: Mapping[str, Any] | str, source: str) -> ProcessorModel:
    """A processor from its table, or that of a built-in machine by its name."""
    facts = _named_processor(processor, source) if isinstance(processor, str) else processor
    if not facts:
        return DEFAULT
    _check_fields(facts, FIELDS, f"{source}: [processor]")
    for name, fields in _TIMES.items():
        where, table = f"{source}: [processor.{name}]", facts.get(name, {})
        for key in table:
            if key not in fields:
                there = ", ".join(name for name in fields if "." not in name)
                shown = " ".join(key.split())[:40]
                reason = f"nothing is called {shown}; there are {there}, or for one type add.f64"
                raise _bad(where, reason)
        _check_fields(table, fields, where)
    return processor_of(facts)


def _read_cache(facts: Mapping[str, Any], where: str) -> Cache:
    _check_fields(facts, _CACHE_FIELDS, where)
    return Cache(**facts)


def _read_space(space: Space, facts: Any, where: str) -> SpaceFacts:
    if not isinstance(facts, dict):
        raise _bad(where, "it is a table")
    _check_fields(facts, _SPACE_FIELDS, where)
    for name in facts["allocators"]:
        if not isinstance(name, str) or name not in ALLOCATORS:
            shown = " ".join(str(name).split())[:40]
            there = ", ".join(ALLOCATORS)
            raise _bad(where, f"allocators: no allocator is called {shown}; there are {there}")
        reason = ALLOCATORS[name].refuses_space(space)
        if reason:
            raise _bad(where, f"allocators: {reason}")
    if not facts["allocators"]:
        raise _bad(where, "allocators names at least one")
    if facts.get("reserved", 0) >= facts["bytes"]:
        raise _bad(where, "reserved leaves no bytes")
    values: dict[str, Any] = dict(facts)
    values["allocators"] = tuple(values["allocators"])
    return SpaceFacts(space, **values)


def _check_fields(table: Mapping[str, Any], fields: Mapping[str, Field], where: str) -> None:
    for key, field in fields.items():
        if key not in table:
            if field.is_needed:
                raise _bad(where, f"{key} is missing")
        elif not field.fits(table[key]):
            raise _bad(where, f"{key} is {field.description}")
    for key in table:
        if key not in fields:
            raise _bad(
                where,
                f"nothing is called {' '.join(key.split())[:40]}; there are {', '.join(fields)}",
            )


def _bad(where: str, reason: str) -> DspcError:
    return DspcError("E0602", f"{where}: {reason}", exit_status=2)


def _unreadable(source: Source, reason: str) -> DspcError:
    """A syntax error in TOML; `reason` is the message of tomllib, which ends in the position."""
    position = re.search(r" \(at line (\d+), column (\d+)\)$", reason)
    start = len(source.text.rstrip())
    if position is not None:
        start = source.line_starts[int(position[1]) - 1] + int(position[2]) - 1
        reason = reason[: position.start()]
    return DspcError("E0602", reason, Span(source, start, start + 1), exit_status=2)


def _place(source: Source, message: str) -> Span:
    """The span of the table or key that a message names; by default the start of the file."""
    text = source.text
    table = re.search(r"\[(?:copy|cache|spaces\.\w+|processor(?:\.\w+)?)\]", message)
    header = re.search(rf"^[ \t]*{re.escape(table[0])}", text, re.MULTILINE) if table else None
    start = header.start() if header else 0
    words = message.rpartition(table[0] if table else source.name)[2].split()
    if words:
        key = re.escape(words[-1 if "nothing is called" in message else 1].strip(":';,"))
        entry = re.compile(rf"^[ \t]*{key}[ \t]*=", re.MULTILINE).search(text, start)
        if entry is not None:
            return Span(source, entry.start(), entry.end() - 1)
    return Span(source, start, header.end() if header else start + 1)
