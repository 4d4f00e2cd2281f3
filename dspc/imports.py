"""Imports of xDSL in the processes of commands.

They take longer than compiling a small program, and half of that is work that a process need not
repeat or never uses:

- `dataclasses` writes the methods of each class as text, which Python compiles. The compiled code
  of these texts is kept in a cache.
- xDSL parses the declarative assembly format of an operation where the operation is defined. Here
  it is parsed where the first one of its kind is parsed or printed.
- xDSL's base classes are abstract ones, whose metaclass makes `isinstance` call Python. Here they
  are plain classes.
- Python searches and reads a file for each module: `dspc.module_code` has their code in one.

Programs that import dspc are left alone.
"""

from __future__ import annotations

import abc
import atexit
import dataclasses
import gc
import marshal
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import cached_property
from hashlib import sha256
from types import CodeType
from typing import TYPE_CHECKING, Any

from dspc.module_code import ModuleCode
from dspc.support.files.caches import generated_code
from dspc.support.files.private import read_private, store_private

if TYPE_CHECKING:
    from xdsl.irdl import IRDLOperation, OpDef
    from xdsl.irdl.declarative_assembly_format import FormatProgram
    from xdsl.parser import Parser
    from xdsl.printer import Printer

_FORMAT = "dspc generated code 2"
_MOST = 4096
"""Texts of an entry. One that would hold more keeps those of the last process."""
_PLAIN = ("dspc.", "xdsl.ir.", "xdsl.irdl.", "xdsl.dialects.builtin")
"""Modules, none of which registers a class with an abstract one."""

_is_command = False
"""Whether this process runs a command of dspc and nothing else."""


@contextmanager
def quick_imports(arguments: Sequence[str]) -> Generator[None]:
    """Import quickly in the block, which is all that the process does."""
    global _is_command
    # Objects alive at exit need not be searched for cycles.
    atexit.register(gc.freeze)
    abstract, abc.__dict__["ABC"] = abc.ABC, PlainBases()
    code, modules = GeneratedCode(), ModuleCode()
    _is_command = True
    if "--no-cache" not in arguments:
        dataclasses.__dict__["exec"] = code.run
        sys.meta_path.insert(0, modules)
    try:
        yield
    finally:
        abc.__dict__["ABC"] = abstract
        dataclasses.__dict__.pop("exec", None)
        if modules in sys.meta_path:
            sys.meta_path.remove(modules)
        _is_command = False
        code.store()
        modules.store()


class PlainBase:
    """Takes the place of `abc.ABC` as a base; its attribute is no field of an attribute of xDSL."""

    __slots__ = ()
    _abc_impl = None


class PlainBases:
    """Stands for `abc.ABC` where classes are defined: those of xDSL's core and ours are plain."""

    _abstract = abc.ABC

    def __mro_entries__(self, bases: tuple[object, ...]) -> tuple[type]:
        module = str(sys._getframe(1).f_globals.get("__name__"))
        return (PlainBase if module.startswith(_PLAIN) else self._abstract,)


class GeneratedCode:
    """The compiled code of texts of Python, which is kept in a cache, by text."""

    def __init__(self) -> None:
        self._used: dict[str, CodeType] = {}
        self._new: dict[str, bytes] = {}

    def run(self, text: str, *namespaces: dict[str, Any]) -> None:
        """The builtin `exec` of a text: in the given namespaces of globals and locals."""
        code = self._used.get(text)
        if code is None:
            code = self._used[text] = self._compiled(text)
        exec(code, *namespaces)

    def _compiled(self, text: str) -> CodeType:
        kept = self._kept.get(text)
        if kept is not None:
            return marshal.loads(kept)
        code = compile(text, "<string>", "exec", dont_inherit=True)
        self._new[text] = marshal.dumps(code)
        return code

    @cached_property
    def _kept(self) -> dict[str, bytes]:
        """The code of the cache, marshalled by text."""
        path = self._path
        data = None if path is None else read_private(path)
        header, _, body = (data or b"").partition(b"\n")
        if header != _header(body):
            return {}
        return marshal.loads(body)

    @cached_property
    def _path(self) -> str | None:
        """Where the code for this Python is or would be; None without a folder for it."""
        return generated_code().python_file()

    def store(self) -> None:
        """Store the code, if any was not in the cache."""
        if not self._new or self._path is None:
            return
        both = self._kept | self._new
        if len(both) > _MOST:
            both = {text: code for text, code in both.items() if text in self._used}
        body = marshal.dumps(both)
        store_private(self._path, _header(body) + b"\n" + body, generated_code().limit)


def _header(body: bytes) -> bytes:
    return f"{_FORMAT} {sha256(body).hexdigest()}".encode()


@contextmanager
def deferred_formats() -> Generator[None]:
    """Parse the assembly formats of operations that are defined in the block where they are used.

    Only in the processes of commands: elsewhere others may define operations.
    """
    if not _is_command:
        yield
        return
    from xdsl.irdl.declarative_assembly_format import FormatProgram

    holder: Any = FormatProgram
    parse = FormatProgram.from_str

    class DeferredFormat:
        """A format that is not yet parsed."""

        def __init__(self, text: str, op_def: OpDef) -> None:
            self._text = text
            self._op_def = op_def

        @cached_property
        def _program(self) -> FormatProgram:
            return parse(self._text, self._op_def)

        def parse(self, parser: Parser, kind: type[IRDLOperation]) -> IRDLOperation:
            return self._program.parse(parser, kind)

        def print(self, printer: Printer, op: IRDLOperation) -> None:
            self._program.print(printer, op)

    holder.from_str = DeferredFormat
    try:
        yield
    finally:
        holder.from_str = staticmethod(parse)
