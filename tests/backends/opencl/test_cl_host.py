"""Bad input and faults of devices: one clear message each; and the options that choose."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from cl_agree import loops
from heap_platforms import HERE, environment, require

from dspc.backends.opencl import devices
from dspc.backends.opencl.printer import ClOptions, print_opencl
from dspc.support.diagnostics import DspcError

pytestmark = pytest.mark.builds

EXAMPLE = HERE.parents[2] / "examples" / "two_filters.dsp"


def run(*args: object) -> tuple[int, str]:
    """Exit status and messages of `dspc-run --backend opencl`."""
    command = [sys.executable, "-m", "dspc.run", *map(str, args), "--backend", "opencl"]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=120, env=environment(), cwd=HERE.parents[2]
    )
    return done.returncode, done.stderr


def fake(extensions: str = "", **given: Any) -> Any:
    """A device that can nothing."""
    platform = SimpleNamespace(name="Nothing", version="OpenCL 1.2")
    device = SimpleNamespace(name="none", platform=platform, extensions=extensions, type=2, **given)
    platform.get_devices = lambda: [device]
    return device


@pytest.fixture
def platforms(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The platforms that PyOpenCL finds."""
    available: list[Any] = []
    monkeypatch.setattr(devices.opencl(), "get_platforms", lambda: available)
    return available


def code(action: Any) -> str:
    with pytest.raises(DspcError) as caught:
        action()
    return caught.value.code


def test_no_platform_and_no_double_precision(platforms: list[Any]) -> None:
    assert code(devices.find_devices) == "E0811"
    platforms.append(fake().platform)
    assert code(lambda: devices.find_devices(double=True)) == "E0812"
    assert code(lambda: devices.find_devices("another")) == "E0811"
    platforms.append(fake("cl_khr_fp64").platform)
    assert [d.extensions for d in devices.find_devices(double=True)] == ["cl_khr_fp64"]


def test_gpus_first_then_newer_versions(platforms: list[Any]) -> None:
    old, new, gpu = fake(), fake(), fake()
    new.platform.version = "OpenCL 3.0"
    gpu.type = 4
    platforms.extend(device.platform for device in (old, new, gpu))
    assert devices.find_devices() == [gpu, new, old]


FAULTS = f"""
import sys
sys.path.insert(0, {str(HERE)!r})
from cl_agree import loops
from dspc.backends.opencl.devices import build
from dspc.backends.opencl.instance import OpenClInstance
from dspc.support.diagnostics import DspcError
module = loops(sys.argv[1])
for action in (
    lambda: OpenClInstance(module, heap="msmc", heap_bytes=1000, platform="debian"),
    lambda: OpenClInstance(module, heap="msmc", voices=1 << 29, platform="debian"),
    lambda: OpenClInstance(module, heap="static", voices=1 << 30, platform="debian"),
    lambda: build(lambda _: ("kernel void k(nothing x) {{}}", []), "debian", False),
):
    try:
        action()
    except DspcError as error:
        print(error.code)
"""


def test_memory_that_is_not_there_and_a_build_error() -> None:
    require("pocl-debian")
    command = [sys.executable, "-c", FAULTS, str(EXAMPLE)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment())
    assert done.stdout.split() == ["E0814", "E0814", "E0815", "E0813"], done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--platform", "no such"], "E0811"),
        (["--heap", "l3"], "E0008"),
        (["--voices", "0"], "E0008"),
        (["--batch", "missing.json"], "E0017"),
    ],
)
def test_options_that_cannot_be_meant(arguments: list[str], message: str) -> None:
    status, said = run(EXAMPLE, "--seconds", "0.01", "--noise", *arguments)
    assert (status, message in said) == (2, True), said


def test_foreign_functions_are_refused(tmp_path: Path) -> None:
    (tmp_path / "f.dsp").write_text('process = ffunction(float j0(float), <math.h>, "");\n')
    module = loops(str(tmp_path / "f.dsp"))
    assert code(lambda: print_opencl(module)) == "E0801"


def test_a_batch_becomes_one_array(tmp_path: Path) -> None:
    require("pocl-debian")
    (tmp_path / "g.dsp").write_text('process = *(hslider("gain", 1, 0, 9, 1));\n')
    (tmp_path / "b.json").write_text(json.dumps([{"gain": 1}, {"gain": 2}, {}]))
    out = tmp_path / "x.npy"
    options = ("--impulse", "--seconds", "0.01", "--set", "gain=5", "--platform", "debian")
    status, said = run(tmp_path / "g.dsp", *options, "--batch", tmp_path / "b.json", "-o", out)
    assert status == 0, said
    sound = np.load(out)
    assert sound.shape == (3, 1, 480)
    assert sound[:, 0, 0].tolist() == [1.0, 2.0, 5.0]
    assert not sound[:, :, 1:].any()


def test_built_ins_stand_literally_and_none_in_compute() -> None:
    text = print_opencl(loops(str(EXAMPLE)), ClOptions(heap="msmc", device="ti")).text
    assert "__malloc_msmc(" in text
    assert "__free_msmc(" in text
    assert "dspc_heap_malloc" not in text
    start = text.index("kernel DSPC_ITEMS void mydsp_compute(")
    compute = text[start : text.index("\n}\n", start)]
    assert "__malloc" not in compute
    assert "printf" not in text


def test_no_state_lives_in_l2() -> None:
    module = loops(str(EXAMPLE.with_name("plucked_strings.dsp")), heap="l2")
    program = print_opencl(module, ClOptions(heap="l2", device="ti"))
    kernels = program.text[program.text.index("kernel void dspc_heap_init_ddr") :]
    assert "__malloc_msmc(" in kernels
    assert "__malloc_l2(" not in kernels
    assert "local ulong l2_area[" in kernels
    lines = program.text[program.text.index("mydsp_compute_voice(") :].splitlines()
    rows = [line for line in lines if " = DSPC_NEAR(" in line]
    assert len(rows) > 0
    assert any("DSPC_COPY_IN(" in line for line in lines)
    assert any("DSPC_COPY_OUT(" in line for line in lines)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--heap-storage", "stack"], "E0008"),
        (["--heap-storage", "local-arg"], "requires --heap l2, not auto"),
        (["--heap-storage", "data-section", "--heap", "msmc"], "give -o FOLDER/"),
        (["--heap-storage", "data-section", "--heap", "static"], "auto or ddr or msmc"),
    ],
)
def test_storages_that_do_not_apply(arguments: list[str], message: str) -> None:
    command = [sys.executable, "-m", "dspc", "--target", "opencl", *arguments, str(EXAMPLE)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=HERE.parents[2])
    assert (done.returncode, message in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--heap-storage", "local-arg", "--heap", "l2"], ""),
        (["--heap-storage", "local-arg"], "requires --heap l2, not auto"),
        (["--heap-storage", "data-section", "--heap", "l2"], "only TI's tools run"),
        (["--heap-storage", "pool"], "E0008"),
    ],
)
def test_storages_of_programs_that_run(arguments: list[str], message: str, tmp_path: Path) -> None:
    require("pocl-debian")
    command = [sys.executable, "-m", "dspc.run", "--backend", "opencl", *arguments, str(EXAMPLE)]
    command += ["--impulse", "--seconds", "0.01", "-o", str(tmp_path / "out.npy")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment())
    assert (done.returncode, message in done.stderr) == (2 if message else 0, True), done.stderr


STORED = f"""
import sys
sys.path.insert(0, {str(HERE)!r})
from cl_agree import loops, play
from dspc.backends.cpp.native import NativeInstance
from dspc.backends.opencl.instance import OpenClInstance
module = loops(sys.argv[1], heap="l2")
one = OpenClInstance(module, heap="l2", platform="debian", heap_storage="local-arg")
expected = play(NativeInstance(loops(sys.argv[1], target="cpp"), flags=("-O1",)))
print(one._program.local_bytes > 0 and abs(play(one) - expected).max() <= 2e-6)
"""


def test_local_memory_as_an_argument() -> None:
    require("pocl-debian")
    command = [sys.executable, "-c", STORED, str(EXAMPLE)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment())
    assert done.stdout == "True\n", done.stderr


VOICES = f"""
import sys
sys.path.insert(0, {str(HERE)!r})
import numpy as np
from dspc.api import open_processor
from dspc.backends.opencl.instance import OpenClInstance
from dspc.support.diagnostics import Source
from dspc.options.loop_options import LoopOptions
text = "process = _, (+ ~ *(0.5));"
for heap in ("ddr", "l2"):
    module = open_processor(Source("a.dsp", text), "opencl", LoopOptions(heap=heap)).module
    one = OpenClInstance(module, voices=3, heap=heap, platform="debian")
    heard = np.arange(24, dtype=np.float32).reshape(3, 2, 4)
    made = one.compute_voices(heard)
    assert (made[:, 0] == heard[:, 0]).all()
    assert (made[:, 1, 0] == heard[:, 1, 0]).all()
    twin = one.clone()
    silence = np.zeros((2, 4))
    after = one.compute_voices(silence)
    assert (twin.compute_voices(silence) == after).all() and (after[:, 1, 0] != 0).all()
    one.reset()
    assert not one.compute_voices(silence).any() and twin.compute_voices(silence).any()
"""


def test_voices_have_inputs_and_twins_of_their_own() -> None:
    require("pocl-debian")
    command = [sys.executable, "-c", VOICES]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment())
    assert done.returncode == 0, done.stderr


def test_no_cache_that_unpickles_is_used(tmp_path: Path) -> None:
    """PyOpenCL keeps one, under a name that can be foreseen, for drivers that cache nothing."""
    text = (
        "import pyopencl.characterize as c, numpy as np, dspc\n"
        "c.has_src_build_cache = lambda device: False\n"
        "for _ in range(2):\n"
        '    heard = dspc.load("process = _ * 2;", backend="opencl")(np.ones((1, 4)))\n'
        "print(heard[0, 3])\n"
    )
    known = {**environment(), "XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path)}
    known |= {"PYTHONPATH": str(HERE.parents[2]), "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", text],
        env=known,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout == "2.0\n", done.stderr
    assert not (tmp_path / "pyopencl").exists()
    assert not list(tmp_path.glob("dspc-*"))
