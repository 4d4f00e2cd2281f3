"""Programs compiled by LLVM and run in this process."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from xdsl.dialects.builtin import ModuleOp

from dspc.backends.common.arrays import block_arrays, first_sample, rows
from dspc.backends.common.instance import CompiledInstance, unsaved
from dspc.backends.common.lowered import Unit
from dspc.backends.common.sounds import Sound
from dspc.backends.llvm.array_call import ArrayCall, array_call
from dspc.backends.llvm.foreign import find_foreign
from dspc.backends.llvm.layout import INSTANCE_ALIGNMENT
from dspc.backends.llvm.machine import Jit
from dspc.backends.llvm.printer import LlvmPrinting, print_llvm
from dspc.dialects.dsp.interface import WidgetKind
from dspc.dialects.dsp.ui import UiWidget

_NAME = "program"
_SIGNATURES: dict[str, tuple[Any, ...]] = {
    "init": (ctypes.c_void_p, ctypes.c_int),
    "instance_constants": (ctypes.c_void_p, ctypes.c_int),
    "instance_clear": (ctypes.c_void_p,),
    "compute": (ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p),
    "blocks": (
        *(ctypes.c_void_p, ctypes.c_int, ctypes.c_int),
        *(ctypes.c_void_p, ctypes.c_ssize_t, ctypes.c_void_p),
    ),
}
_ARRAY_CALL = "array_call"
_BLOCKS = "".join(
    Path(__file__).with_name(f"{name}.ll").read_text(encoding="utf-8")
    for name in ("blocks", _ARRAY_CALL)
)
"""The function that computes a span of blocks: one call from Python, however long the sound; and
the one that Python calls with arrays."""


class LlvmInstance(CompiledInstance):
    """A running program, with the methods and results of `InterpInstance`.

    `rate` is in Hz; `fast` permits LLVM to reassociate arithmetic; relative names of sound files
    start in `folder`. Raises DspcError E0015 without llvmlite, E0906 if a foreign function is not
    found.
    """

    def __init__(
        self, module: ModuleOp, rate: int = 44100, fast: bool = False, folder: str = "."
    ) -> None:
        program = print_llvm(module, LlvmPrinting(_NAME, fast, short_rests=True))
        find_foreign(program.foreign)
        # Instances share tables that depend on the rate, so each rate has its own code and tables.
        self._code = _compiled(program.text + _blocks(program.unit), rate)
        self._unit, self._layout = program.unit, program.layout
        self._rate = rate
        self._paths = dict(self._layout.zones)
        self._sounds = {
            widget.symbol: Sound(widget, program.unit.single, folder)
            for widget in self._layout.sounds()
        }
        self._start()

    def _start(self) -> None:
        """Allocate the memory of the instance and initialise it."""
        self._memory = ctypes.create_string_buffer(self._layout.size + INSTANCE_ALIGNMENT)
        first = ctypes.addressof(self._memory)
        self._state = first + -first % INSTANCE_ALIGNMENT
        real = ctypes.c_float if self._unit.single else ctypes.c_double
        self._zones: dict[str, Any] = {}
        for path, widget in self._paths.items():
            if widget.kind != WidgetKind.SOUNDFILE:
                self._zones[path] = real.from_address(self._address(widget))
        self._point_to_sounds()
        self._code.functions["init"](self._state, self._rate)

    def _point_to_sounds(self) -> None:
        for widget in self._paths.values():
            if widget.kind == WidgetKind.SOUNDFILE:
                pointer = self._sounds[widget.symbol].pointer()
                ctypes.c_void_p.from_address(self._address(widget)).value = pointer

    def _address(self, widget: UiWidget) -> int:
        return self._state + self._layout.places[widget.symbol].offset

    def compute(self, inputs: Any) -> Any:
        """Run a block: inputs of shape (inputs, frames) to outputs of shape (outputs, frames)."""
        inputs_block, made = block_arrays(self._unit, inputs)
        self._code.functions["compute"](
            self._state, inputs_block.shape[1], rows(inputs_block), rows(made)
        )
        return made

    def compute_blocks(self, inputs: Any, block: int) -> Any:
        """As `compute`, in blocks of at most `block` frames."""
        inputs_block, made = block_arrays(self._unit, inputs)
        rows_in = first_sample(inputs_block), inputs_block.strides[0]
        self._code.functions["blocks"](
            self._state, inputs_block.shape[1], block, *rows_in, first_sample(made)
        )
        return made

    @property
    def sample_type(self) -> Any:
        """The type of samples, as of an array."""
        return np.dtype(np.float32 if self._unit.single else np.float64)

    def array_call(self) -> ArrayCall | None:
        """A function that computes a span of blocks, from array to array; see `ArrayCall`."""
        address = self._code.jit.address(f"{_NAME}_{_ARRAY_CALL}")
        return array_call(address, self._state, self.sample_type, self._rate)

    def set(self, path: str, value: float) -> None:
        """Set the value of a widget; KeyError for an unknown path."""
        self._zones[path].value = value

    def get(self, path: str) -> float:
        """The value of a widget or meter; KeyError for an unknown path."""
        return float(self._zones[path].value)

    def reset(self) -> None:
        """Restore the initial state, written tables included; widgets keep their values."""
        self._code.functions["instance_constants"](self._state, self._rate)
        self._code.functions["instance_clear"](self._state)

    def clone(self) -> LlvmInstance:
        """An independent instance with a copy of the state."""
        twin = object.__new__(LlvmInstance)
        twin.__dict__.update(self.__dict__)
        twin._start()
        ctypes.memmove(twin._state, self._state, self._layout.size)
        return twin

    def save(self) -> bytes:
        """The state as bytes for `restore`."""
        return ctypes.string_at(self._state, self._layout.size)

    def restore(self, state: bytes) -> None:
        """Take over the state that `save` returned, of an instance of the same module."""
        if len(state) != self._layout.size:
            raise unsaved("code of another version", "restored")
        ctypes.memmove(self._state, state, len(state))
        self._point_to_sounds()


def _blocks(unit: Unit) -> str:
    """The functions that compute a span of blocks of a program."""
    counts: dict[str, object] = {
        "HAS_INPUTS": "true" if unit.inputs else "false",
        "CHANNELS": unit.inputs + unit.outputs,
        "INPUTS": unit.inputs,
    }
    text = _BLOCKS.replace("NAME", _NAME).replace("BYTES", "4" if unit.single else "8")
    for name, count in counts.items():
        text = text.replace(name, str(count))
    return text


@dataclass(frozen=True, slots=True)
class _Code:
    """The functions of a program, by name without the prefix, and the JIT that owns them."""

    functions: dict[str, Callable[..., None]]
    jit: Jit


@lru_cache(maxsize=32)
def _compiled(text: str, rate: int) -> _Code:
    jit = Jit(text, [f"{_NAME}_{name}" for name in (*_SIGNATURES, _ARRAY_CALL)])
    functions: dict[str, Callable[..., None]] = {
        name: ctypes.CFUNCTYPE(None, *arguments)(jit.address(f"{_NAME}_{name}"))
        for name, arguments in _SIGNATURES.items()
    }
    return _Code(functions, jit)
