"""WebAssembly modules run in this process by wasmtime, as `--validate code` does."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dspc.backends.common.instance import CompiledInstance, unsaved
from dspc.backends.common.sounds import Sound
from dspc.backends.interp.definition.c_library import c_function
from dspc.backends.wasm.wasm_image import WasmImage
from dspc.dialects.dsp.interface import WidgetKind
from dspc.dialects.dsp.ui import UiWidget
from dspc.support.diagnostics import DspcError

PAGE = 65536


class WasmInstance(CompiledInstance):
    """One instance of a program, hosted as by `dspc/player/engine.js`.

    `rate` is in Hz; relative names of sound files start in `folder`. Raises DspcError E0015 without
    wasmtime, E0722 for a module that is not valid; each method E0506 where the code traps.
    """

    def __init__(self, image: WasmImage, rate: int, folder: str = ".") -> None:
        self._image, self._channels, self._rate, self._folder = image, image.unit, rate, folder
        self._paths = {path: widget for path, (widget, _) in image.widgets.items()}
        self._real: Any = np.float32 if image.unit.single else np.float64
        self._start()
        self.call("init", self.state, rate)

    def _start(self) -> None:
        """Instantiate the module, with sound files in its memory."""
        wasmtime = _wasmtime()
        self._store = wasmtime.Store()
        try:
            module = wasmtime.Module(self._store.engine, self._image.code)
            imports = [_imported(wasmtime, self._store, one) for one in module.imports]
            exports = wasmtime.Instance(self._store, module, imports).exports(self._store)
        except (wasmtime.WasmtimeError, wasmtime.Trap) as error:
            raise DspcError("E0722", f"the WebAssembly module can't be loaded: {error}") from None
        self._exports: Any = exports
        self._memory: Any = exports["memory"]
        self._top: int = exports["__heap_base"].value(self._store)
        self._trap: type[Exception] = wasmtime.Trap
        unit = self._image.unit
        self._rows = self.allocate(4 * (unit.inputs + unit.outputs))
        self._frames = -1
        self.state = self.allocate(self._image.size)
        for widget, offset in self._image.widgets.values():
            if widget.kind == WidgetKind.SOUNDFILE:
                self._write(self.state + offset, np.array([self._sound(widget)], np.int32))

    def call(self, name: str, *arguments: int) -> None:
        """Call a function of the program."""
        try:
            self._exports[f"{self._image.name}_{name}"](self._store, *arguments)
        except self._trap as error:
            reason = str(error).strip().splitlines()[-1].strip()
            message = f"the code of target wasm stops in {name}: {reason}"
            hint = "this is an error in the compiler, not in the program: please report it"
            raise DspcError("E0506", message, hint=hint) from None

    def allocate(self, size: int) -> int:
        """The address of `size` bytes of zeros, at a multiple of 16."""
        at = -(-self._top // 16) * 16
        self._top = at + size
        missing = self._top - self._memory.data_len(self._store)
        if missing > 0:
            self._memory.grow(self._store, -(-missing // PAGE))
        return at

    def _write(self, at: int, values: NDArray[Any]) -> None:
        self._memory.write(self._store, values.tobytes(), at)

    def _written(self, values: NDArray[Any]) -> int:
        """The address of a copy of some values."""
        at = self.allocate(values.nbytes)
        self._write(at, values)
        return at

    def _sound(self, widget: UiWidget) -> int:
        """The address of a `Soundfile` structure (`backends/wasm/sounds.py`)."""
        sound = Sound(widget, self._image.unit.single, self._folder)
        samples, parts = sound.arrays()
        rows = [self._written(row) for row in samples]
        buffers = np.array([rows[at % len(rows)] for at in range(64)], np.int32)
        tables = [self._written(one) for one in (buffers, *parts)]
        return self._written(np.array([*tables, len(rows), parts.shape[1]], np.int32))

    def _read(self, at: int, count: int) -> NDArray[Any]:
        size = np.dtype(self._real).itemsize * count
        return np.frombuffer(self._memory.read(self._store, at, at + size), self._real)

    def set(self, path: str, value: float) -> None:
        """Set the value of a widget; KeyError for an unknown path."""
        self._write(self.state + self._image.widgets[path][1], np.array([value], self._real))

    def get(self, path: str) -> float:
        """The value of a widget or meter; KeyError for an unknown path."""
        return float(self._read(self.state + self._image.widgets[path][1], 1)[0])

    def compute(self, inputs: Any) -> NDArray[Any]:
        """Run a block: inputs of shape (inputs, frames) to outputs of shape (outputs, frames)."""
        unit, frames = self._image.unit, inputs.shape[1]
        if frames > self._frames:
            size = frames * np.dtype(self._real).itemsize
            self._places = [self.allocate(size) for _ in range(unit.inputs + unit.outputs)]
            self._write(self._rows, np.array(self._places, np.int32))
            self._frames = frames
        for at, row in zip(self._places, inputs, strict=False):
            self._write(at, row.astype(self._real))
        self.call("compute", self.state, frames, self._rows, self._rows + 4 * unit.inputs)
        made = [self._read(at, frames) for at in self._places[unit.inputs :]]
        return np.array(made, self._real).reshape(unit.outputs, frames)

    def reset(self) -> None:
        """Restore the initial state, written tables included; widgets keep their values."""
        self.call("instance_constants", self.state, self._rate)
        self.call("instance_clear", self.state)

    def save(self) -> bytes:
        """The state as bytes for `restore`."""
        return bytes(self._memory.read(self._store, self.state, self.state + self._image.size))

    def restore(self, state: bytes) -> None:
        """Take over the state that `save` returned, of an instance of the same module."""
        if len(state) != self._image.size:
            raise unsaved("code of another version", "restored")
        self._memory.write(self._store, state, self.state)

    def clone(self) -> WasmInstance:
        """An independent instance with a copy of the memory."""
        twin = object.__new__(WasmInstance)
        twin.__dict__.update(self.__dict__)
        twin._start()
        whole = self._memory.data_len(self._store)
        missing = whole - twin._memory.data_len(twin._store)
        if missing > 0:
            twin._memory.grow(twin._store, missing // PAGE)
        twin._memory.write(twin._store, self._memory.read(self._store, 0, whole), 0)
        twin._top, twin._frames = self._top, self._frames
        return twin


def _wasmtime() -> Any:
    """The package wasmtime; DspcError E0015 without it."""
    try:
        import wasmtime
    except ImportError:
        message = "running WebAssembly needs the package wasmtime, which is not installed"
        raise DspcError("E0015", message, None, "pip install 'dspc[wasm]'", [], 2) from None
    return wasmtime


def _imported(wasmtime: Any, store: Any, one: Any) -> Any:
    """A function of C's mathematics, of the library that the interpreter calls."""
    function: Any = c_function(one.name or "")
    if function is None:
        raise DspcError("E0906", f"the program uses {one.name} from C, which is in no library here")
    return wasmtime.Func(store, one.type, lambda *args: float(function(*args)))
