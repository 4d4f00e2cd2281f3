"""Vectors at the level of loops: interpreter and C++ give the same bits, with no warnings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from shutil import which

import numpy as np
import pytest
from xdsl.context import Context
from xdsl.dialects import arith, builtin, func, math, memref, scf, vector
from xdsl.dialects.builtin import ModuleOp
from xdsl.parser import Parser

from dspc.backends.cpp.native import NativeInstance
from dspc.backends.cpp.printer import print_cpp
from dspc.backends.interp.generated.standalone import print_python
from dspc.backends.interp.instance import InterpInstance
from dspc.dialects.dsp import Dsp
from dspc.dialects.dsp_mem import DspMem
from dspc.dialects.dsp_par import DspPar

pytestmark = pytest.mark.builds

HOST = Path(print_cpp.__code__.co_filename).with_name("native_host.hpp")
DIALECTS = (
    builtin.Builtin, func.Func, arith.Arith, memref.MemRef, scf.Scf, math.Math, vector.Vector,
    Dsp, DspMem, DspPar,
)  # fmt: skip

PROGRAM = """
dsp.lowered @mydsp REAL inputs 1 outputs 1 metadata [] ui {}
dsp_mem.buffer @state : memref<4xREAL> instance state
dsp_mem.buffer @counts : memref<4xi32> instance state
dsp_mem.buffer @row : memref<8xREAL> block scratch
func.func private @class_init(%rate: i32) { func.return }
func.func private @instance_constants(%rate: i32) { func.return }
func.func private @instance_clear() {
  %c0 = arith.constant 0 : index
  %zero = arith.constant dense<0.0> : vector<4xREAL>
  %none = arith.constant dense<0> : vector<4xi32>
  %state = dsp_mem.get @state : memref<4xREAL>
  %counts = dsp_mem.get @counts : memref<4xi32>
  vector.store %zero, %state[%c0] : memref<4xREAL>, vector<4xREAL>
  vector.store %none, %counts[%c0] : memref<4xi32>, vector<4xi32>
  func.return
}
func.func private @compute(%count: index, %in0: memref<?xREAL>, %out0: memref<?xREAL>) {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c4 = arith.constant 4 : index
  %half = arith.constant dense<[0.5, -0.25, 0.125, -0.0]> : vector<4xREAL>
  %splat = arith.constant dense<0.3> : vector<4xREAL>
  %zero = arith.constant dense<0.0> : vector<4xREAL>
  %steps = arith.constant dense<[1, -2, 1000000007, 3]> : vector<4xi32>
  %three = arith.constant dense<3> : vector<4xi32>
  %state = dsp_mem.get @state : memref<4xREAL>
  %counts = dsp_mem.get @counts : memref<4xi32>
  %row = dsp_mem.get @row : memref<8xREAL>
  %y0 = vector.load %state[%c0] : memref<4xREAL>, vector<4xREAL>
  %n0 = vector.load %counts[%c0] : memref<4xi32>, vector<4xi32>
  %y1, %n1 = scf.for %i = %c0 to %count step %c4
      iter_args(%y = %y0, %n = %n0) -> (vector<4xREAL>, vector<4xi32>) {
    %x = vector.load %in0[%i] : memref<?xREAL>, vector<4xREAL>
    %s = memref.load %in0[%i] : memref<?xREAL>
    %b = vector.broadcast %s : REAL to vector<4xREAL>
    %p = arith.mulf %y, %half : vector<4xREAL>
    %q = arith.addf %p, %x : vector<4xREAL>
    %m = dsp_par.compare lt %q, %zero : vector<4xREAL> -> vector<4xi1>
    %m2 = dsp_par.compare gt %b, %splat : vector<4xREAL> -> vector<4xi1>
    %odd = arith.andi %n, %three : vector<4xi32>
    %m3 = dsp_par.compare ne %odd, %three : vector<4xi32> -> vector<4xi1>
    %m4 = arith.andi %m3, %m2 : vector<4xi1>
    %m5 = arith.ori %m, %m4 : vector<4xi1>
    %neg = arith.negf %q : vector<4xREAL>
    %a = dsp_par.select %m, %neg, %q : vector<4xi1>, vector<4xREAL>
    %r = math.sqrt %a : vector<4xREAL>
    %f = math.fma %r, %half, %b : vector<4xREAL>
    %g = dsp_par.select %m5, %f, %r : vector<4xi1>, vector<4xREAL>
    %bits = dsp_par.convert %m5 : vector<4xi1> to vector<4xi32>
    %n2 = arith.addi %n, %steps : vector<4xi32>
    %n3 = arith.muli %n2, %three : vector<4xi32>
    %n4 = arith.xori %n3, %bits : vector<4xi32>
    %five = arith.shli %bits, %three : vector<4xi32>
    %six = arith.subi %five, %bits : vector<4xi32>
    %six1 = dsp_par.select %m5, %six, %bits : vector<4xi1>, vector<4xi32>
    %real = dsp_par.convert %six1 : vector<4xi32> to vector<4xREAL>
    %back = dsp_par.convert %real : vector<4xREAL> to vector<4xi32>
    %low = arith.minsi %back, %n4 : vector<4xi32>
    %lowr = dsp_par.convert %low : vector<4xi32> to vector<4xREAL>
    %tiny = arith.mulf %lowr, %splat : vector<4xREAL>
    %sh = vector.shuffle %g, %real [0, 4, 7, 3] : vector<4xREAL>, vector<4xREAL>
    %e = vector.extract %sh[1] : REAL from vector<4xREAL>
    %w = vector.insert %e, %sh[3] : REAL into vector<4xREAL>
    %w2 = math.absf %w : vector<4xREAL>
    vector.store %w2, %row[%c2] : memref<8xREAL>, vector<4xREAL>
    %w3 = vector.load %row[%c2] : memref<8xREAL>, vector<4xREAL>
    %sum = vector.reduction <add>, %w3 : vector<4xREAL> into REAL
    %all = vector.broadcast %sum : REAL to vector<4xREAL>
    %part = vector.fma %all, %splat, %g : vector<4xREAL>
    %o = arith.addf %part, %tiny : vector<4xREAL>
    vector.store %o, %out0[%i] : memref<?xREAL>, vector<4xREAL>
    scf.yield %g, %n4 : vector<4xREAL>, vector<4xi32>
  }
  vector.store %y1, %state[%c0] : memref<4xREAL>, vector<4xREAL>
  vector.store %n1, %counts[%c0] : memref<4xi32>, vector<4xi32>
  func.return
}
"""


def parsed(real: str) -> ModuleOp:
    context = Context()
    for dialect in DIALECTS:
        context.load_dialect(dialect)
    module = Parser(context, PROGRAM.replace("REAL", real)).parse_module()
    module.verify()
    assert str(Parser(context, str(module)).parse_module()) == str(module)
    return module


def noise(real: str) -> np.ndarray:
    kind = np.float32 if real == "f32" else np.float64
    return np.random.default_rng(3).uniform(-1, 1, (1, 64)).astype(kind)


def in_two_blocks(instance: InterpInstance | NativeInstance, samples: np.ndarray) -> bytes:
    parts = [instance.compute(samples[:, :24]), instance.compute(samples[:, 24:])]
    return np.concatenate(parts, axis=1).tobytes()


@pytest.mark.parametrize("real", ["f32", "f64"])
def test_all_executors_give_the_same_bits(real: str) -> None:
    module, samples = parsed(real), noise(real)
    expected = in_two_blocks(InterpInstance(module, executor="xdsl"), samples)
    assert in_two_blocks(InterpInstance(module, executor="generated"), samples) == expected
    for way in ("-DDSPC_REGISTER_BYTES=64", "-DDSPC_REGISTER_BYTES=16", "-DDSPC_PLAIN_VECTORS"):
        flags = ("-O2", way)
        assert in_two_blocks(NativeInstance(module, flags=flags), samples) == expected, flags


def test_a_python_program_gives_the_same_bits(tmp_path: Path) -> None:
    module, samples = parsed("f64"), noise("f64")
    program = tmp_path / "program.py"
    program.write_text(print_python(module))
    np.save(tmp_path / "in.npy", samples)
    run = (
        "import numpy as np, program\n"
        "rows = program.new_memory()\n"
        "functions = dict(zip(program.FUNCTIONS, program.make(rows)))\n"
        "functions['instance_clear']()\n"
        "x = np.load('in.npy')[0].tolist(); y = [0.0] * len(x)\n"
        "functions['compute'](len(x), x, y)\n"
        "np.save('out.npy', np.array([y]))\n"
    )
    subprocess.run([sys.executable, "-c", run], cwd=tmp_path, check=True)
    result = np.load(tmp_path / "out.npy").tobytes()
    assert result == in_two_blocks(InterpInstance(module), samples)


@pytest.mark.parametrize("compiler", ["g++", "clang++"])
@pytest.mark.parametrize("flags", [(), ("-mavx2",), ("-DDSPC_REGISTER_BYTES=64",)])
@pytest.mark.parametrize("host", ["float", "double"])
def test_compilers_warn_of_nothing(
    compiler: str, flags: tuple[str, ...], host: str, tmp_path: Path
) -> None:
    if which(compiler) is None:
        pytest.skip(f"{compiler} is not installed")
    source = tmp_path / "program.cpp"
    text = print_cpp(parsed("f32"))
    source.write_text(f"#define FAUSTFLOAT {host}\n{HOST.read_text()}\n{text}")
    strict = ["-std=c++11", "-Wall", "-Wextra", "-Wpsabi", "-Werror", "-Wno-unused-parameter"]
    strict += ["-Wno-unused-variable", "-Wno-unused-const-variable"]
    command = [compiler, *strict, "-O1", *flags, "-c", str(source), "-o", str(tmp_path / "o")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
