"""Names for C and C++ made from the program's own names, strings and initializer lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_KEYWORDS = """
alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t
char32_t class compl concept const consteval constexpr constinit const_cast continue co_await
co_return co_yield decltype default delete do double dynamic_cast else enum explicit export extern
false float for friend goto if inline int long mutable namespace new noexcept not not_eq nullptr
operator or or_eq private protected public register reinterpret_cast requires return short signed
sizeof static static_assert static_cast struct switch template this thread_local throw true try
typedef typeid typename union unsigned using virtual void volatile wchar_t while xor xor_eq
"""
_TAKEN = """
std dsp UI Meta Soundfile defaultsound count inputs outputs sample_rate fSampleRate ui_interface
clone init compute metadata classInit instanceInit instanceConstants instanceClear
instanceResetUserInterface buildUserInterface getNumInputs getNumOutputs getSampleRate
int32_t uint32_t int64_t uint64_t uintptr_t main errno assert linux unix major minor stdin stdout
stderr signgam
"""
KEYWORDS = frozenset(_KEYWORDS.split())
"""The keywords of C++20, alternative spellings of operators included."""
_RESERVED = KEYWORDS | {*_TAKEN.split()}
_NOT_NAME = re.compile(r"\W", re.ASCII)
_LINE = 96
_SPECIAL = re.compile(r'["\\\x00-\x1f\x7f]|(?<=\?)\?')
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


class Names:
    """Hands out each C++ name once."""

    __slots__ = ("_next", "_used")

    def __init__(self, used: Iterable[str] = ()) -> None:
        self._used = set(used)
        self._next: dict[str, int] = {}

    def fresh(self, hint: str | None, default: str) -> str:
        """A new name like `hint`, or like `default` and a number where there is no hint."""
        base = identifier(hint) if hint else ""
        if base and base not in self._used and base not in _RESERVED:
            self._used.add(base)
            return base
        base = base or default
        if base[-1].isdigit():
            base += "_"
        number = self._next.get(base, 0)
        while f"{base}{number}" in self._used or f"{base}{number}" in _RESERVED:
            number += 1
        self._next[base] = number + 1
        name = f"{base}{number}"
        self._used.add(name)
        return name

    def used(self) -> frozenset[str]:
        return frozenset(self._used)


def default_name(kind: str) -> str:
    """The default name of a variable of a type."""
    return {"int": "n", "bool": "is"}.get(kind, "x")


def identifier(text: str) -> str:
    """The text as a C++ identifier, "" where nothing is left of it.

    Names in capitals are turned small, because headers define macros so; so are names that start
    or continue in ways that C++ keeps for itself.
    """
    name = re.sub("__+", "_", _NOT_NAME.sub("_", text)).strip("_")
    if not name:
        return ""
    if name[0].isdigit():
        name = f"v{name}"
    return name.lower() if name.isupper() else name


def string_literal(text: str) -> str:
    """The text in quotes; a `?` is escaped where it would go on a trigraph."""
    return f'"{_SPECIAL.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    # Three octal digits are never more: a digit that follows is the text's own.
    return _ESCAPES.get(char) or (f"\\{char}" if char in '"\\?' else f"\\{ord(char):03o}")


def wrapped(head: str, items: list[str]) -> Iterator[str]:
    """An initializer list, broken into lines of bearable length."""
    if sum(map(len, items)) + 2 * len(items) + len(head) < _LINE:
        yield f"{head}{{{', '.join(items)}}};"
        return
    yield f"{head}{{"
    yield from item_lines(items)


def item_lines(items: list[str]) -> Iterator[str]:
    """The lines between the braces of a list, and the brace that ends it."""
    line = "\t"
    for item in items:
        if len(line) + len(item) + 2 > _LINE:
            yield line.rstrip()
            line = "\t"
        line += f"{item}, "
    yield line.rstrip(" ,")
    yield "};"
