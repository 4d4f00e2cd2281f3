"""Programs compiled by LLVM and run in this process."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from xdsl.dialects.builtin import ModuleOp

from dspc.backends.common.arrays import block_arrays, first_sample, rows
from dspc.backends.common.instance import CompiledInstance, unsaved
from dspc.backends.common.sounds import Sound
from dspc.backends.llvm.array_call import ArrayCall, array_call
from dspc.backends.llvm.foreign import find_foreign
from dspc.backends.llvm.image import ARRAY_CALL, NAME, LlvmImage, block_functions
from dspc.backends.llvm.jit import Jit
from dspc.backends.llvm.layout import INSTANCE_ALIGNMENT
from dspc.backends.llvm.printer import LlvmPrinting, print_llvm
from dspc.dialects.dsp.interface import WidgetKind
from dspc.dialects.dsp.ui import UiWidget

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


def image_of(module: ModuleOp, fast: bool = False) -> LlvmImage:
    """The image of a lowered module; `fast` permits LLVM to reassociate arithmetic.

    Raises DspcError as `print_llvm`.
    """
    program = print_llvm(module, LlvmPrinting(NAME, fast, short_rests=True))
    unit, layout = program.unit, program.layout
    return LlvmImage(
        program.text + block_functions(unit.inputs, unit.outputs, unit.single, fast),
        unit.single,
        unit.inputs,
        unit.outputs,
        layout.size,
        tuple(layout.zones),
        {widget.symbol: layout.places[widget.symbol].offset for _, widget in layout.zones},
        program.foreign,
    )


class LlvmInstance(CompiledInstance):
    """A running program, with the methods and results of `InterpInstance`.

    `program` is a lowered module or its image; `rate` is in Hz; `fast` permits LLVM to reassociate
    arithmetic; relative names of sound files start in `folder`. Raises DspcError E0015 without
    llvmlite, E0906 if a foreign function is not found.
    """

    def __init__(
        self,
        program: ModuleOp | LlvmImage,
        rate: int = 44100,
        fast: bool = False,
        folder: str = ".",
    ) -> None:
        image = program if isinstance(program, LlvmImage) else image_of(program, fast)
        find_foreign(image.foreign)
        # Instances share tables that depend on the rate, so each rate has its own code and tables.
        self._code = _compiled(image.text, rate)
        self._image = self._channels = image
        self._rate = rate
        self._paths = dict(image.widgets)
        self._sounds = {
            widget.symbol: Sound(widget, image.single, folder) for widget in image.sounds()
        }
        self._start()

    def _start(self) -> None:
        """Allocate the memory of the instance and initialise it."""
        self._memory = ctypes.create_string_buffer(self._image.size + INSTANCE_ALIGNMENT)
        first = ctypes.addressof(self._memory)
        self._state = first + -first % INSTANCE_ALIGNMENT
        real = ctypes.c_float if self._image.single else ctypes.c_double
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
        return self._state + self._image.offsets[widget.symbol]

    def compute(self, inputs: Any) -> Any:
        """Run a block: inputs of shape (inputs, frames) to outputs of shape (outputs, frames)."""
        inputs_block, made = block_arrays(self._image, inputs)
        self._code.functions["compute"](
            self._state, inputs_block.shape[1], rows(inputs_block), rows(made)
        )
        return made

    def compute_blocks(self, inputs: Any, block: int) -> Any:
        """As `compute`, in blocks of at most `block` frames."""
        inputs_block, made = block_arrays(self._image, inputs)
        rows_in = first_sample(inputs_block), inputs_block.strides[0]
        self._code.functions["blocks"](
            self._state, inputs_block.shape[1], block, *rows_in, first_sample(made)
        )
        return made

    @property
    def sample_type(self) -> Any:
        """The type of samples, as of an array."""
        return np.dtype(np.float32 if self._image.single else np.float64)

    def array_call(self) -> ArrayCall | None:
        """A function that computes a span of blocks, from array to array; see `ArrayCall`."""
        address = self._code.jit.address(f"{NAME}_{ARRAY_CALL}")
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
        ctypes.memmove(twin._state, self._state, self._image.size)
        return twin

    def save(self) -> bytes:
        """The state as bytes for `restore`."""
        return ctypes.string_at(self._state, self._image.size)

    def restore(self, state: bytes) -> None:
        """Take over the state that `save` returned, of an instance of the same module."""
        if len(state) != self._image.size:
            raise unsaved("code of another version", "restored")
        ctypes.memmove(self._state, state, len(state))
        self._point_to_sounds()


@dataclass(frozen=True, slots=True)
class _Code:
    """The functions of a program, by name without the prefix, and the JIT that owns them."""

    functions: dict[str, Callable[..., None]]
    jit: Jit


@lru_cache(maxsize=32)
def _compiled(text: str, rate: int) -> _Code:
    jit = Jit(text, [f"{NAME}_{name}" for name in (*_SIGNATURES, ARRAY_CALL)])
    functions: dict[str, Callable[..., None]] = {
        name: ctypes.CFUNCTYPE(None, *arguments)(jit.address(f"{NAME}_{name}"))
        for name, arguments in _SIGNATURES.items()
    }
    return _Code(functions, jit)
