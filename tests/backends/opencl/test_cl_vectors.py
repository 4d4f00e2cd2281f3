"""Ops on vectors in OpenCL C give the interpreter's bits, as far as OpenCL has the vectors."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from heap_platforms import HERE, environment, require

from dspc.backends.interp.instance import InterpInstance
from dspc.backends.opencl.printer import print_opencl
from dspc.support.diagnostics import DspcError

LANES = HERE.parent / "cpp"
sys.path.insert(0, str(LANES))
from test_cpp_lanes import in_two_blocks, noise, parsed  # noqa: E402

pytestmark = pytest.mark.builds

RUN = f"""
import sys
sys.path.insert(0, {str(LANES)!r})
from dspc.backends.opencl.instance import OpenClInstance
from test_cpp_lanes import in_two_blocks, noise, parsed
real, platform = sys.argv[1:]
print(in_two_blocks(OpenClInstance(parsed(real), platform=platform), noise(real)).hex())
"""


@pytest.mark.parametrize("real", ["f32", "f64"])
@pytest.mark.parametrize(("device", "platform"), [("pocl-debian", "debian"), ("pocl-wheel", "3.0")])
def test_every_op(real: str, device: str, platform: str) -> None:
    require(device)
    command = [sys.executable, "-c", RUN, real, platform]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    kind = np.float32 if real == "f32" else np.float64
    values = np.frombuffer(bytes.fromhex(done.stdout), kind)
    expected = np.frombuffer(in_two_blocks(InterpInstance(parsed(real)), noise(real)), kind)
    np.testing.assert_array_equal(values, expected)


def test_lengths_that_opencl_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("test_cpp_lanes.PROGRAM", WIDE)
    with pytest.raises(DspcError, match="no vectors of 32 numbers; give another --lanes"):
        print_opencl(parsed("f32"))


WIDE = """
dsp.lowered @mydsp REAL inputs 0 outputs 1 metadata [] ui {}
func.func private @class_init(%rate: i32) { func.return }
func.func private @instance_constants(%rate: i32) { func.return }
func.func private @instance_clear() { func.return }
func.func private @compute(%count: index, %out0: memref<?xREAL>) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant dense<0.0> : vector<32xREAL>
  vector.store %zero, %out0[%c0] : memref<?xREAL>, vector<32xREAL>
  func.return
}
"""
