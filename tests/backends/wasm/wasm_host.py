"""Runs WebAssembly modules in wasmtime, with the C library of the interpreter as imports."""

from __future__ import annotations

from typing import Any

import numpy as np
import wasmtime
from numpy.typing import NDArray
from xdsl.dialects.builtin import ModuleOp

from dspc.backends.interp.definition.c_library import c_function
from dspc.backends.wasm.printer import print_wasm

PAGE = 65536


class WasmHost:
    """One instance of a program, as `dspc/player/engine.js` hosts it."""

    def __init__(self, module: ModuleOp, rate: int, frames: int) -> None:
        program = print_wasm(module)
        self.code = program.module.binary()
        self._unit = program.unit
        self._offsets = program.offsets
        self._frames = frames
        store = self._store = wasmtime.Store()
        compiled = wasmtime.Module(store.engine, self.code)
        imports = [_import(store, one) for one in compiled.imports]
        exports = wasmtime.Instance(store, compiled, imports).exports(store)
        self._exports: Any = exports
        self._memory: Any = exports["memory"]
        self._top: int = exports["__heap_base"].value(store)  # pyright: ignore
        self._real: Any = np.float32 if self._unit.single else np.float64
        channels = self._unit.inputs + self._unit.outputs
        self._rows = self.allocate(4 * channels)
        size = np.dtype(self._real).itemsize
        self._channels = [self.allocate(frames * size) for _ in range(channels)]
        self._write(self._rows, np.array(self._channels, np.int32))
        self.state = self.allocate(program.size)
        self.call("init", self.state, rate)

    def call(self, name: str, *arguments: int) -> None:
        self._exports[f"mydsp_{name}"](self._store, *arguments)

    def allocate(self, size: int) -> int:
        at = -(-self._top // 16) * 16
        self._top = at + size
        missing = self._top - self._memory.data_len(self._store)
        if missing > 0:
            self._memory.grow(self._store, -(-missing // PAGE))
        return at

    def _write(self, at: int, values: NDArray[Any]) -> None:
        self._memory.write(self._store, values.tobytes(), at)

    def read(self, at: int, count: int) -> NDArray[Any]:
        size = np.dtype(self._real).itemsize * count
        return np.frombuffer(self._memory.read(self._store, at, at + size), self._real)

    def set(self, path: str, value: float) -> None:
        self._write(self.state + self._offsets[path], np.array([value], self._real))

    def get(self, path: str) -> float:
        return float(self.read(self.state + self._offsets[path], 1)[0])

    def compute(self, inputs: NDArray[Any]) -> NDArray[Any]:
        """Run a block: inputs of shape (inputs, frames) to outputs of shape (outputs, frames)."""
        frames = inputs.shape[1]
        assert frames <= self._frames
        for at, row in zip(self._channels, inputs, strict=False):
            self._write(at, row.astype(self._real))
        outputs = self._rows + 4 * self._unit.inputs
        self.call("compute", self.state, frames, self._rows, outputs)
        made = self._channels[self._unit.inputs :]
        return np.array([self.read(at, frames) for at in made]).reshape(len(made), frames)


def _import(store: wasmtime.Store, one: wasmtime.ImportType) -> wasmtime.Func:
    assert one.module == "env"
    assert isinstance(one.type, wasmtime.FuncType)
    function = c_function(one.name or "")
    assert function is not None, one.name
    return wasmtime.Func(store, one.type, lambda *args: float(function(*args)))  # pyright: ignore
