"""A WebAssembly module: its parts, in the binary and the text format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from dspc.backends.wasm.instructions import (
    TYPES,
    Instruction,
    encoded,
    listed,
    signed,
    sized,
    unsigned,
    written,
)

_PAGE = 65536
_MAGIC = b"\0asm\1\0\0\0"
Signature = tuple[tuple[str, ...], tuple[str, ...]]
"""The types of parameters and results."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function without results: its name as an export, parameters, variables and code."""

    name: str
    parameters: int
    """Their number; all are i32."""
    kinds: list[str]
    """The types of the variables after the parameters."""
    code: list[Instruction]

    @property
    def signature(self) -> Signature:
        return ("i32",) * self.parameters, ()


@dataclass(frozen=True, slots=True)
class Module:
    """A module with one memory, which it exports."""

    imports: list[tuple[str, Signature]]
    """Functions from `env`."""
    functions: list[Function]
    contents: list[tuple[int, bytes]]
    """Address and bytes of initialised data."""
    end: int
    """The first address that is the host's: the global `__heap_base`."""

    @property
    def pages(self) -> int:
        return -(-self.end // _PAGE)

    def signatures(self) -> list[Signature]:
        """The types of the functions, each once."""
        used = [type for _, type in self.imports] + [one.signature for one in self.functions]
        return list(dict.fromkeys(used))

    def binary(self) -> bytes:
        """The module in the binary format (Core Specification 2.0, section 5.5)."""
        types = self.signatures()
        sections: list[tuple[int, list[bytes]]] = [
            (1, [b"\x60" + _types(parameters) + _types(results) for parameters, results in types]),
            (
                2,
                [
                    _name("env") + _name(name) + b"\0" + unsigned(types.index(type))
                    for name, type in self.imports
                ],
            ),
            (3, [unsigned(types.index(one.signature)) for one in self.functions]),
            (5, [b"\0" + unsigned(self.pages)]),
            (6, [b"\x7f\0\x41" + signed(self.end) + b"\x0b"]),
            (7, list(self._exports())),
            (10, [_body(one) for one in self.functions]),
            (
                11,
                [
                    b"\0\x41" + signed(start) + b"\x0b" + sized(content)
                    for start, content in self.contents
                ],
            ),
        ]
        parts = (bytes([number]) + sized(listed(items)) for number, items in sections if items)
        return _MAGIC + b"".join(parts)

    def _exports(self) -> Iterator[bytes]:
        for number, one in enumerate(self.functions, len(self.imports)):
            yield _name(one.name) + b"\0" + unsigned(number)
        yield _name("memory") + b"\x02\0"
        yield _name("__heap_base") + b"\x03\0"

    def text(self) -> str:
        """The module in the text format (chapter 6)."""
        return "\n".join(["(module", *self._lines(), ")", ""])

    def _lines(self) -> Iterator[str]:
        for name, type in self.imports:
            yield f'  (import "env" "{name}" (func{_signature(type)}))'
        for one in self.functions:
            yield f'  (func (export "{one.name}"){_signature(one.signature)}'
            if one.kinds:
                yield f"    (local {' '.join(one.kinds)})"
            yield from _indented(one.code)
            yield "  )"
        yield f'  (memory (export "memory") {self.pages})'
        yield f'  (global (export "__heap_base") i32 (i32.const {self.end}))'
        for start, content in self.contents:
            text = "".join(f"\\{byte:02x}" for byte in content)
            yield f'  (data (i32.const {start}) "{text}")'


def _types(kinds: tuple[str, ...]) -> bytes:
    return listed(bytes([TYPES[kind]]) for kind in kinds)


def _name(text: str) -> bytes:
    return sized(text.encode())


def _body(function: Function) -> bytes:
    runs = ((kind, len(list(same))) for kind, same in groupby(function.kinds))
    variables = listed(unsigned(count) + bytes([TYPES[kind]]) for kind, count in runs)
    return sized(variables + encoded(function.code) + b"\x0b")


def _signature(type: Signature) -> str:
    parameters, results = type
    text = f" (param {' '.join(parameters)})" if parameters else ""
    return f"{text} (result {' '.join(results)})" if results else text


def _indented(code: list[Instruction]) -> Iterator[str]:
    depth = 2
    for instruction in code:
        name = instruction[0]
        if name in ("end", "else"):
            depth -= 1
        yield "  " * depth + written(instruction)
        if name in ("block", "loop", "if", "else"):
            depth += 1
