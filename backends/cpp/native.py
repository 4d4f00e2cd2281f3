"""Programs compiled to machine code by the C++ compiler and run in this process."""

from __future__ import annotations

import ctypes
import os
import re
from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from xdsl.dialects.builtin import ModuleOp, VectorType

from dspc.backends.c.openmp import has_team
from dspc.backends.common.arrays import block_arrays, row_pointers, rows
from dspc.backends.common.instance import CompiledInstance, unsaved
from dspc.backends.common.lowered import CONTROL, Unit, read_unit
from dspc.backends.common.sounds import Sound
from dspc.backends.cpp.build import DEFAULT_FLAGS, OPENMP, build_library, discard, release
from dspc.backends.cpp.foreign import blamed
from dspc.backends.cpp.printer import print_cpp
from dspc.backends.cpp.tasks import TASK_FLAGS, has_tasks
from dspc.dialects.dsp.interface import WidgetKind
from dspc.dialects.dsp.ui import widget_paths
from dspc.dialects.dsp_mem import BufferOp
from dspc.dialects.dsp_mem.allocators import ALLOCATORS
from dspc.support.diagnostics import DspcError

_SIGNATURES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("create", (), "pointer"),
    ("destroy", ("pointer",), "nothing"),
    ("init", ("pointer", "int"), "nothing"),
    ("reset", ("pointer",), "nothing"),
    ("zone", ("pointer", "int"), "zone"),
    ("sound", ("pointer", "int", "pointer"), "nothing"),
    ("compute", ("pointer", "int", "pointer", "pointer"), "nothing"),
    ("blocks", ("pointer", "int", "int", "pointer", "int", "int"), "nothing"),
    ("clone", ("pointer",), "pointer"),
    ("size", (), "int"),
    ("save", ("pointer", "bytes"), "nothing"),
    ("restore", ("pointer", "bytes"), "nothing"),
)

NARROW = ("-O1", "-DDSPC_REGISTER_BYTES=16")
"""Flags by which vectors that are wider than SSE2's or NEON's are made of halves."""


class NativeInstance(CompiledInstance):
    """One running program; same methods and results as the interpreter's instances.

    `rate` is in Hz; `flags` go to the C++ compiler; `folder` is where relative names of sound files
    and headers start; `source` gives the text, by default that of a class. Raises DspcError E0720,
    E0721, E0723 where the code can't be compiled.
    """

    def __init__(
        self,
        module: ModuleOp,
        rate: int = 44100,
        flags: Sequence[str] = DEFAULT_FLAGS,
        folder: str = ".",
        source: Callable[[ModuleOp, Unit], str] | None = None,
    ) -> None:
        self._unit = self._channels = read_unit(module)
        compute = self._unit.functions["compute"]
        if has_tasks(compute):
            flags = (*flags, *TASK_FLAGS)
        if has_team(compute):
            flags = (*flags, OPENMP)
        code = (source or _source)(module, self._unit)
        if headers := _headers_beside(code, folder):
            # The cache knows a library by its text and flags.
            flags = (*flags, f"-I{os.path.abspath(folder)}")
            code += "".join(f"// {sha256(each.read_bytes()).hexdigest()}\n" for each in headers)
        try:
            self._library = _load(code, tuple(flags), self._unit.single)
        except DspcError as error:
            raise blamed(error, self._unit.declarations) from error.__cause__
        self._owns_memory = has_tasks(compute) or _has_allocated(module)
        self._folder = folder
        self._rate = rate
        self._paths = dict(widget_paths(self._unit.tree))
        self._sounds: list[Sound] = []
        self._connect(self._library.dspc_create())
        self._library.dspc_init(self._handle, self._rate)

    def _connect(self, handle: Any) -> None:
        """Take the program's own object, with its zones, and give it sounds."""
        self._handle = handle
        zones = slots = 0
        self._zones: dict[str, Any] = {}
        for path, widget in self._paths.items():
            if widget.kind != WidgetKind.SOUNDFILE:
                self._zones[path] = self._library.dspc_zone(self._handle, zones)
                zones += 1
                continue
            if len(self._sounds) == slots:
                self._sounds.append(Sound(widget, self._unit.single, self._folder))
            self._library.dspc_sound(self._handle, slots, self._sounds[slots].pointer())
            slots += 1

    def __del__(self) -> None:
        handle = getattr(self, "_handle", None)
        if handle:
            self._library.dspc_destroy(handle)
            self._handle = None

    def compute(self, inputs: Any) -> Any:
        """Run one block: inputs of shape (inputs, frames) to outputs of shape (outputs, frames)."""
        made, run = self.block(inputs)
        run()
        return made

    def compute_blocks(self, inputs: Any, block: int) -> Any:
        """As `compute`, in blocks of at most `block` frames."""
        inputs_block, made = block_arrays(self._unit, inputs)
        channels = inputs_block.shape[0] + made.shape[0]
        pointers = row_pointers(inputs_block, made)
        sizes = inputs_block.shape[1], block
        self._library.dspc_blocks(self._handle, *sizes, pointers, channels, inputs_block.shape[0])
        return made

    def block(self, inputs: Any) -> tuple[Any, Callable[[], None]]:
        """The array of a block's outputs, and a call that computes it, as often as it is made."""
        inputs_block, made = block_arrays(self._unit, inputs)
        args = self._handle, inputs_block.shape[1], rows(inputs_block), rows(made)
        compute = self._library.dspc_compute

        def run(_kept: Any = (self, inputs_block, made)) -> None:
            compute(*args)

        return made, run

    def set(self, path: str, value: float) -> None:
        """Give a widget a value; KeyError if there is none at the path."""
        self._zones[path][0] = value

    def get(self, path: str) -> float:
        """The value of a widget or meter; KeyError if there is none at the path."""
        return float(self._zones[path][0])

    def reset(self) -> None:
        """All as at the start, tables that the program writes too; widgets keep their values."""
        self._library.dspc_reset(self._handle)

    def clone(self) -> NativeInstance:
        """Another instance in the same state, by the class's `clone`; E0008 where that fails."""
        twin = object.__new__(NativeInstance)
        twin.__dict__.update(self.__dict__)
        twin._handle = None
        handle = self._library.dspc_clone(self._handle)
        if not handle:
            raise unsaved("code with memory from an allocator", "copied")
        twin._connect(handle)
        return twin

    def save(self) -> bytes:
        """The state as bytes for `restore`; DspcError E0008 if the class owns memory or threads."""
        if self._owns_memory:
            raise unsaved("code with -sch, or with memory from an allocator")
        state = ctypes.create_string_buffer(self._library.dspc_size())
        self._library.dspc_save(self._handle, state)
        return state.raw

    def restore(self, state: bytes) -> None:
        """Take over the state that `save` returned, of an instance of the same code."""
        if len(state) != self._library.dspc_size():
            raise unsaved("code of another compiler", "restored")
        self._library.dspc_restore(self._handle, state)
        for number, sound in enumerate(self._sounds):
            self._library.dspc_sound(self._handle, number, sound.pointer())


def has_vectors(module: ModuleOp) -> bool:
    """Whether a lowered module has ops on vectors."""
    return any(isinstance(one.type, VectorType) for op in module.walk() for one in op.results)


def _has_allocated(module: ModuleOp) -> bool:
    """Whether instances hold pointers to memory that an allocator gave."""
    buffers = [op for op in module.body.block.ops if isinstance(op, BufferOp)]
    named = (op.allocator.data for op in buffers if op.allocator is not None)
    return any(ALLOCATORS[name].can_free for name in named)


def _source(module: ModuleOp, unit: Unit) -> str:
    here = Path(__file__)
    kind = "float" if unit.single else "double"
    host = here.with_name("native_host.hpp").read_text(encoding="utf-8")
    shim = here.with_name("native_shim.hpp").read_text(encoding="utf-8")
    controls = "#define DSPC_CONTROL\n" if CONTROL in unit.functions else ""
    return f"#define FAUSTFLOAT {kind}\n{controls}{host}\n{print_cpp(module)}\n{shim}"


def _headers_beside(code: str, folder: str) -> list[Path]:
    """The headers that a text includes and that are in the program's folder."""
    names = re.findall(r'^#include "([^"\n]+)"$', code, re.MULTILINE)
    return [path for path in (Path(folder, name) for name in names) if path.is_file()]


def _open(code: str, flags: tuple[str, ...]) -> ctypes.CDLL:
    """The library of a text, loaded; compiled anew where what the cache has cannot be."""
    for is_last in (False, True):
        path = build_library(code, flags)
        try:
            return ctypes.CDLL(str(path))
        except OSError as fault:
            discard(path)
            if is_last:
                message = f"the compiled program can't be loaded: {fault}"
                raise DspcError("E0722", message) from fault
        finally:
            release(path)
    raise AssertionError("the second turn returns or raises")


@cache
def _load(code: str, flags: tuple[str, ...], single: bool) -> Any:
    library = _open(code, flags)
    real = ctypes.c_float if single else ctypes.c_double
    types: dict[str, Any] = {
        "pointer": ctypes.c_void_p,
        "int": ctypes.c_int,
        "bytes": ctypes.c_char_p,
        "zone": ctypes.POINTER(real),
        "nothing": None,
    }
    for name, arguments, result in _SIGNATURES:
        function = getattr(library, f"dspc_{name}")
        function.argtypes = [types[argument] for argument in arguments]
        function.restype = types[result]
    return library
