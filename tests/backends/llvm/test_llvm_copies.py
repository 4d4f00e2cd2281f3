"""Loops that copy or clear rows become LLVM's intrinsics where these do the same."""

from __future__ import annotations

import numpy as np
import pytest
from llvm_programs import lowered

from dspc.backends.interp.instance import InterpInstance
from tests.backends.cpp.cpp_programs import frame_program

pytest.importorskip("llvmlite")
from dspc.backends.llvm.instance import LlvmInstance
from dspc.backends.llvm.printer import print_llvm

ROWS = """
  dsp_mem.buffer @row : memref<16xf32> instance state
  dsp_mem.buffer @other : memref<16xf32> instance state
"""
BEFORE = """
    %c3 = arith.constant 3 : index
    %c8 = arith.constant 8 : index
    %zero = arith.constant 0.0 : f32
    %negative = arith.constant -0.0 : f32
    %row = dsp_mem.get @row : memref<16xf32>
    %other = dsp_mem.get @other : memref<16xf32>
    %later = dsp_par.window %row[%c1] : memref<16xf32> -> memref<?xf32>
    %less = arith.subi %count, %c8 : index
    %c16 = arith.constant 16 : index
    %quarter = arith.constant 0.25 : f32
    scf.for %k = %c0 to %c16 step %c1 {
      memref.store %quarter, %row[%k] : memref<16xf32>
      memref.store %quarter, %other[%k] : memref<16xf32>
    }
    scf.for %k = %c0 to %count step %c1 {
      %given = memref.load %in0[%k] : memref<?xf32>
      memref.store %given, %row[%k] : memref<16xf32>
      memref.store %given, %other[%k] : memref<16xf32>
    }
"""
READ = """
      %a = memref.load %row[%i] : memref<16xf32>
      %b = memref.load %other[%i] : memref<16xf32>
      %one = arith.constant 1.0 : f32
      %signed = math.copysign %one, %b : f32
      memref.store %a, %out0[%i] : memref<?xf32>
      memref.store %b, %out1[%i] : memref<?xf32>
      memref.store %signed, %out2[%i] : memref<?xf32>
"""


def copy(low: str, high: str, source: str, target: str, step: str = "%c1") -> str:
    types = ["memref<16xf32>" if name in ("%row", "%other") else "memref<?xf32>"
             for name in (source, target)]  # fmt: skip
    return f"""
    scf.for %j = {low} to {high} step {step} {{
      %x = memref.load {source}[%j] : {types[0]}
      memref.store %x, {target}[%j] : {types[1]}
    }}"""


def clear(value: str, high: str) -> str:
    return f"""
    scf.for %j = %c0 to {high} step %c1 {{
      memref.store {value}, %other[%j] : memref<16xf32>
    }}"""


def free(loop: str) -> str:
    rows = "%row : memref<16xf32>"
    return f"dsp_par.loop free writes({rows}) {{ {loop}\n dsp_par.yield }}"


@pytest.mark.parametrize(
    ("work", "intrinsic"),
    [
        (copy("%c3", "%c8", "%row", "%other"), "memcpy"),
        (copy("%c3", "%count", "%row", "%other"), "memcpy"),
        (copy("%c0", "%less", "%row", "%other"), "memcpy"),
        (copy("%c8", "%c3", "%row", "%other"), "memcpy"),
        (copy("%c0", "%c8", "%row", "%other", "%c3"), None),
        # Forward, each element is the one before: not what a memory move does.
        (copy("%c0", "%c8", "%row", "%later"), None),
        (copy("%c0", "%c8", "%later", "%row"), None),
        (free(copy("%c0", "%c8", "%later", "%row")), "memmove"),
        (clear("%zero", "%count"), "memset"),
        (clear("%zero", "%less"), "memset"),
        (clear("%negative", "%c8"), None),
    ],
)
def test_rows_are_copied_as_by_the_loop(work: str, intrinsic: str | None) -> None:
    module = frame_program(READ, 1, 3, before=BEFORE + work, top=ROWS)
    text = print_llvm(module).text
    used = {name for name in ("memcpy", "memmove", "memset") if f"call void @llvm.{name}" in text}
    assert used == ({intrinsic} if intrinsic else set())
    ours, compiled = InterpInstance(module), LlvmInstance(module)
    for frames in (1, 2, 8, 9, 16):
        inputs = np.random.default_rng(frames).uniform(-1, 1, (1, frames)).astype(np.float32)
        np.testing.assert_array_equal(compiled.compute(inputs), ours.compute(inputs))


def test_no_loop_is_printed_for_one_iteration_or_a_copy() -> None:
    comb = "+ ~ (@(1000) : *(0.7) : (+ : *(0.5)) ~ _)"
    chunks = "dsp-split-loops{vector-size=32 loop-variant=0 lanes=0}"
    text = print_llvm(lowered(f"process = {comb} : {comb};", pipeline=chunks)).text
    lines = text.splitlines()
    bodies = [index for index, line in enumerate(lines) if line.startswith("do.")]
    assert bodies
    for index in bodies:
        body = lines[index + 1 :]
        body = body[: next(n for n, line in enumerate(body) if line.startswith("  br "))]
        assert sum("getelementptr" not in line for line in body) > 3, body
    assert not any(line.endswith(", 1") and "icmp slt" in line for line in lines)
