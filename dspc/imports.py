"""Imports of xDSL in the processes of commands.

They take longer than compiling a small program, and half of that is work that a process need not
repeat or never uses:

- `dataclasses` writes the methods of each class as text, which Python compiles, like annotations
  and regular expressions. What it makes of them is kept in a cache (`dspc.kept_code`).
- `dataclasses` gives classes without a docstring their signature, which nobody reads here.
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
import inspect
import re
import sys
import typing
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dspc.kept_code import KeptCode
from dspc.module_code import ModuleCode

if TYPE_CHECKING:
    from xdsl.irdl import IRDLOperation, OpDef
    from xdsl.irdl.declarative_assembly_format import FormatProgram
    from xdsl.parser import Parser
    from xdsl.printer import Printer

_PLAIN = ("dspc.", "xdsl.ir.", "xdsl.irdl.", "xdsl.dialects.builtin")
"""Modules, none of which registers a class with an abstract one."""

_is_command = False
"""Whether this process runs a command of dspc and nothing else."""


@contextmanager
def quick_imports(arguments: Sequence[str], modules: ModuleCode | None = None) -> Generator[None]:
    """Import quickly in the block, which is all that the process does.

    `modules` is the finder of modules that the process uses already.
    """
    global _is_command
    # Objects alive at exit need not be searched for cycles.
    atexit.register(gc.freeze)
    abstract, abc.__dict__["ABC"] = abc.ABC, PlainBases()
    dataclasses.__dict__["inspect"] = NoSignatures()
    code, modules = KeptCode(), modules or ModuleCode()
    _is_command = True
    compiler = vars(re).get("_compiler")
    translate = getattr(compiler, "compile", None)
    if "--no-cache" not in arguments:
        dataclasses.__dict__["exec"] = code.run
        typing.__dict__["compile"] = code.annotation
        if translate is not None:
            vars(compiler)["compile"] = code.translated(compiler)
        if modules not in sys.meta_path:
            sys.meta_path.insert(0, modules)
    try:
        yield
    finally:
        abc.__dict__["ABC"] = abstract
        dataclasses.__dict__["inspect"] = inspect
        dataclasses.__dict__.pop("exec", None)
        typing.__dict__.pop("compile", None)
        if translate is not None:
            vars(compiler)["compile"] = translate
        if modules in sys.meta_path:
            sys.meta_path.remove(modules)
        _is_command = False
        code.store()
        modules.store()


class NoSignatures:
    """The module `inspect` for `dataclasses`, which makes docstrings of signatures."""

    def __getattr__(self, name: str) -> Any:
        return getattr(inspect, name)

    @staticmethod
    def signature(kind: type) -> str:
        return ""


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
