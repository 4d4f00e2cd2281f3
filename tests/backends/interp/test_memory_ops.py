"""Each op on memory does the same in both executors, on random sizes and indices.

Generated Python has text of its own for loads, stores and allocations (docs/backends.md).
"""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from interp_programs import lowered

from dspc.backends.interp.errors import InterpreterError
from dspc.backends.interp.generated.generate_heaps import plain_handlers
from dspc.backends.interp.generated.generate_loops import LoopEmitter
from dspc.backends.interp.instance import InterpInstance
from dspc.backends.interp.instance_memory import LoopMemory
from dspc.backends.interp.orders import Order

EXECUTORS = ("generated", "xdsl")
HEAD = """%0 = arith.constant 0 : index
%1 = arith.constant 1 : index
%i = arith.constant {i} : index
%n = arith.constant {n} : index
%x = arith.constant {x} : f64
%a = dsp_mem.get @a : memref<{size}xf64>
%b = dsp_mem.get @b : memref<{n}xf64>
%s = dsp_mem.get @s : memref<f64>
"""
BUFFERS = """dsp_mem.buffer @a : memref<{size}xf64> instance state
dsp_mem.buffer @b : memref<{n}xf64> instance state
dsp_mem.buffer @s : memref<f64> instance state
"""
CLEAR = """%0 = arith.constant 0 : index
%1 = arith.constant 1 : index
%e = arith.constant {size} : index
%k = arith.constant {n} : index
%x = arith.constant 0.25 : f64
%a = dsp_mem.get @a : memref<{size}xf64>
%b = dsp_mem.get @b : memref<{n}xf64>
%s = dsp_mem.get @s : memref<f64>
memref.store %x, %s[] : memref<f64>
scf.for %j = %0 to %k step %1 {{ memref.store %x, %b[%j] : memref<{n}xf64> }}
scf.for %j = %0 to %e step %1 {{
  %f = arith.index_cast %j : index to i32
  %v = arith.sitofp %f : i32 to f64
  memref.store %v, %a[%j] : memref<{size}xf64>
}}
"""
A, B = "memref<{size}xf64>", "memref<{n}xf64>"
FROM_B = f"%r = memref.load %b[%0] : {B}\n"
LENGTH = "%j = arith.index_cast %d : index to i32\n%r = arith.sitofp %j : i32 to f64\n"
OPS = {
    "memref.load": f"%r = memref.load %a[%i] : {A}",
    "memref.load of rank 0": "%r = memref.load %s[] : memref<f64>",
    "memref.store": f"memref.store %x, %a[%i] : {A}\n%r = memref.load %a[%0] : {A}",
    "memref.store of rank 0": "memref.store %x, %s[] : memref<f64>\n"
    "%r = memref.load %s[] : memref<f64>",
    "vector.load": f"%v = vector.load %a[%i] : {A}, vector<4xf64>\n"
    "%r = vector.extract %v[3] : f64 from vector<4xf64>",
    "vector.store": f"%v = vector.broadcast %x : f64 to vector<4xf64>\n"
    f"vector.store %v, %a[%i] : {A}, vector<4xf64>\n%r = memref.load %a[%1] : {A}",
    "memref.alloc": f"%m = memref.alloc() : {A}\nmemref.store %x, %m[%i] : {A}\n"
    f"%r = memref.load %m[%0] : {A}\nmemref.dealloc %m : {A}",
    "memref.alloc of a length": "%m = memref.alloc(%n) : memref<?xf64>\n"
    "memref.store %x, %m[%i] : memref<?xf64>\n%r = memref.load %m[%0] : memref<?xf64>",
    "memref.alloca": f"%m = memref.alloca() : {A}\nmemref.store %x, %m[%0] : {A}\n"
    f"%r = memref.load %m[%i] : {A}",
    "memref.dim": f"%d = memref.dim %a, %0 : {A}\n" + LENGTH,
    "memref.copy": f'"memref.copy"(%a, %b) : ({A}, {B}) -> ()\n' + FROM_B,
    "memref.cast": f'%m = "memref.cast"(%a) : ({A}) -> memref<?xf64>\n'
    "%r = memref.load %m[%i] : memref<?xf64>",
    "dsp_par.window": f"%w = dsp_par.window %a[%i] : {A} -> memref<?xf64>\n"
    "%d = memref.dim %w, %0 : memref<?xf64>\n"
    "%r = memref.load %w[%n] : memref<?xf64>",
    "dsp_mem.alloc": f'%m = dsp_mem.alloc <ddr> "heap" block : {A}\n'
    f"memref.store %x, %m[%i] : {A}\n%r = memref.load %m[%0] : {A}\n"
    f'dsp_mem.free <ddr> "heap" %m : {A}',
    "dsp_mem.copy": f"dsp_mem.copy %a, %b : {A}, {B}\n" + FROM_B,
    "dsp_mem.copy of a count": f"dsp_mem.copy %a, %b count %i : {A}, {B}\n" + FROM_B,
}
"""The named op, and loads and stores that show its effect."""
SETTINGS = st.fixed_dictionaries(
    {
        "size": st.integers(1, 6),
        "n": st.integers(1, 6),
        "i": st.integers(-2, 8),
        "x": st.sampled_from(("1.5", "-0.0", "1.0e+300")),
    }
)


def ended(text: str, values: dict[str, object], executor: str) -> object:
    """The bits of the sample, or the error with the name of its op."""
    head, buffers, clear = (part.format(**values) for part in (HEAD, BUFFERS, CLEAR))
    store = "memref.store %r, %out0[%0] : memref<?xf64>"
    module = lowered(f"{head}{text.format(**values)}\n{store}", buffers, clear)
    try:
        sample = InterpInstance(module, executor=executor).compute(np.zeros((1, 1)))
    except InterpreterError as error:
        return error.message, error.op and error.op.name
    return sample.tobytes()


@pytest.mark.parametrize("name", OPS)
@settings(max_examples=12)
@given(values=SETTINGS)
def test_both_executors_access_memory_alike(name: str, values: dict[str, object]) -> None:
    one, other = (ended(OPS[name], values, executor) for executor in EXECUTORS)
    assert one == other


def test_each_op_on_memory_is_compared() -> None:
    empty = lowered("")
    emitter = LoopEmitter(empty, LoopMemory(empty, {}, {}), Order(0))
    on_memory = {
        name
        for name in emitter.handlers.keys() | plain_handlers(emitter).keys()
        if name.startswith(("memref.", "vector.load", "vector.store", "dsp_par.window", "dsp_mem."))
    }
    compared = {word for text in OPS.values() for word in re.findall(r"\w+\.\w+", text)} | {
        "dsp_mem.get"
    }
    assert on_memory - compared == PLACED_ONLY | NO_EFFECT


PLACED_ONLY = {"dsp_mem.heap_init", "dsp_mem.realloc", "dsp_mem.scope", "dsp_mem.wait"}
"""Compared in placed memory by `test_placed.py`, in both executors."""
NO_EFFECT = {"memref.assume_alignment", "memref.memory_space_cast"}
"""Other names of their operand."""
