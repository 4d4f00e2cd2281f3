"""Programs compiled to OpenCL C agree with the C++ back end."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
from cl_agree import LIMITS
from heap_platforms import DEVICES, HERE, environment, require

import dspc

pytestmark = pytest.mark.builds

EXAMPLES = HERE.parents[2] / "examples"
FAUST_EXAMPLES = Path("/usr/share/faust/examples")
OURS = sorted(EXAMPLES.glob("*.dsp"))
THEIRS = [
    "SAM/virtualAnalog/virtualAnalog.dsp",
    "analysis/vumeter.dsp",
    "bela/AdditiveSynth.dsp",
    "delayEcho/tapiir.dsp",
    "dynamic/compressor.dsp",
    "reverb/freeverb.dsp",
]
HEAPS = ["auto", "ddr", "msmc", "l2", "static"]
NAMES = {"pocl-debian": "debian", "pocl-wheel": "3.0-rc2", "oclgrind": "oclgrind"}


def theirs(*names: str) -> list[Path]:
    """Examples that Faust's package installs, as far as it is."""
    return [path for name in names if (path := FAUST_EXAMPLES / name).exists()]


def check(
    platform: str,
    heap: str,
    files: list[Path],
    voices: int = 1,
    precision: str = "double",
    checks: tuple[str, ...] = (),
    timeout: float = 600.0,
) -> None:
    """Run the files in one process and compare; fails on a fault, a difference or a timeout."""
    require(platform)
    name = NAMES.get(platform, platform)
    command = [sys.executable, str(HERE / "cl_agree.py"), name, heap, str(voices), precision]
    if platform == "oclgrind":
        command = ["oclgrind", *checks, "--build-options", "-cl-opt-disable", *command]
    run = subprocess.run(
        [*command, *map(str, files)],
        capture_output=True,
        text=True,
        timeout=timeout,
        env=environment(),
    )
    assert run.returncode == 0, run.stderr[-3000:]
    for fault in ("Invalid", "data race"):  # oclgrind's words
        assert fault not in run.stderr, run.stderr[:3000]
    reports = [json.loads(line) for line in run.stdout.splitlines()]
    assert [path for path, _, _ in reports] == [str(path) for path in files]
    wrong = [
        line
        for line in reports
        # E0801: the program needs C functions, and says so.
        if not (isinstance(line[2], float) and line[2] <= LIMITS[precision])
        and str(line[2])[:5] != "E0801"
    ]
    assert wrong == []


@pytest.mark.parametrize("platform", DEVICES)
def test_a_dozen_programs(platform: str) -> None:
    check(platform, "auto", [*OURS, *theirs(*THEIRS)])


@pytest.mark.parametrize("heap", HEAPS)
def test_every_heap_with_one_voice_and_several(heap: str) -> None:
    files = [EXAMPLES / "two_filters.dsp"]
    check("pocl-debian", heap, files)
    check("pocl-debian", heap, files, voices=5)


def test_single_precision() -> None:
    check("pocl-debian", "msmc", OURS[:3], precision="single")


@pytest.mark.parametrize("heap", ["auto", "l2"])
def test_many_loops(heap: str) -> None:
    files = [EXAMPLES / "two_filters.dsp", EXAMPLES / "plucked_strings.dsp"]
    check("pocl-debian", heap, files, precision="vec")
    check("pocl-debian", heap, files, voices=3, precision="vec")


BANK = """
modes = par(i, 12, *(1 - i / 13) : + ~ (*(0.9) : *(hslider("damp", 0.9, 0, 1, 0.01))));
process = _ <: modes :> _ <: (_ <: _, abs : +), (%(1.5) : floor : int : %(3));
"""


@pytest.mark.parametrize("form", ["lanes", "pairs"])
def test_vectors(form: str, tmp_path: Path) -> None:
    """Banks and feedback in vectors, of one voice and of several, in every heap."""
    (tmp_path / "bank.dsp").write_text(BANK)
    files = [tmp_path / "bank.dsp"]
    check("pocl-debian", "auto", [*files, *theirs("reverb/freeverb.dsp")], 1, form)
    for heap, voices in (("l2", 3), ("static", 2)):
        check("pocl-debian", heap, files, voices, form)
    check("oclgrind", "auto", files, 2, form)
    on_ti_sim(str(files[0]), "auto", "buffer", form, tmp_path)
    kind = {"lanes": "double4", "pairs": "double2"}[form]
    assert f"\t{kind} " in (tmp_path / "program.cl").read_text()


SOUND = """
s = soundfile("s[url:{'tone.wav';'none.wav'}]", 2);
process = (0, (+(1) ~ _ : -(1)) : s), (1, 7 : s), (hslider("part", 0, 0, 300, 1), (abs * 5000) : s);
"""


def test_sound_files(tmp_path: Path) -> None:
    (tmp_path / "s.dsp").write_text(SOUND)
    with wave.open(str(tmp_path / "tone.wav"), "wb") as file:
        file.setparams((2, 2, 44100, 0, "NONE", ""))
        file.writeframes(np.random.default_rng(1).integers(-9999, 9999, 3000, "<i2").tobytes())
    for voices in (1, 3):
        check("pocl-debian", "auto", [tmp_path / "s.dsp"], voices=voices)


SINGLE = """
absolute = ffunction(float fabsf(float), <math.h>, "");
largest = ffunction(float fmaxf(float, float), <math.h>, "");
process = absolute, largest;
"""


@pytest.mark.parametrize("precision", ["single", "double"])
def test_functions_of_c_on_float_are_overloads(precision: str, tmp_path: Path) -> None:
    """`fabsf` is OpenCL's `fabs` of a float, also where the program computes in double."""
    file = tmp_path / "f.dsp"
    file.write_text(SINGLE)
    assert "fabs((float)" in dspc.compile(str(file), target="opencl", double=True).code
    check("pocl-debian", "auto", [file], precision=precision)


@pytest.mark.parametrize("heap", ["msmc", "l2", "static"])
def test_no_access_outside_memory(heap: str) -> None:
    check("oclgrind", heap, [EXAMPLES / "two_filters.dsp", EXAMPLES / "rms.dsp"], voices=2)


@pytest.mark.parametrize(
    ("heap", "storage"),
    [*((heap, "buffer") for heap in HEAPS), ("msmc", "data-section"), ("auto", "data-section"),
     ("l2", "data-section"), ("l2", "local-array"), ("l2", "local-arg")],
)  # fmt: skip
def test_the_branch_for_ti(heap: str, storage: str, tmp_path: Path) -> None:
    for name in ("two_filters", "plucked_strings", "two_waveforms"):
        on_ti_sim(name, heap, storage, "double", tmp_path)


@pytest.mark.parametrize(
    ("heap", "storage"),
    [
        ("l2", "buffer"),
        ("l2", "local-arg"),
        ("static", "buffer"),
        ("msmc", "data-section"),
        ("l2", "data-section"),
    ],
)
def test_levels_in_the_branch_for_ti(heap: str, storage: str, tmp_path: Path) -> None:
    for name, form in (("two_filters", "omp"), ("plucked_strings", "omp"), ("drone", "sch")):
        on_ti_sim(name, heap, storage, form, tmp_path)


@pytest.mark.parametrize(("heap", "storage"), [("auto", "buffer"), ("l2", "local-arg")])
def test_copies_in_l2_that_passes_have_written(heap: str, storage: str, tmp_path: Path) -> None:
    """Windows of rings and whole rows, on a machine with 128 KiB of l2."""
    on_ti_sim("plucked_strings", heap, storage, "placed", tmp_path)
    assert "DSPC_NEAR(double, " in (tmp_path / "program.cl").read_text()
    check("pocl-debian", heap, [EXAMPLES / "plucked_strings.dsp"], 2, "placed")


def test_rows_of_l2_that_share_bytes(tmp_path: Path) -> None:
    """A row was filled before what lay at its place had been read."""
    on_ti_sim("plucked_strings", "l2", "local-array", "placed", tmp_path)
    rows = (tmp_path / "program.cl").read_text().count(" = DSPC_NEAR(double, 0);")
    assert rows > 1


def on_ti_sim(name: str, heap: str, storage: str, form: str, folder: Path) -> None:
    if shutil.which("clang") is None:
        pytest.fail("the TI branch is compiled by clang: apt-get install clang")
    command = [sys.executable, str(HERE / "cl_ti.py"), str((EXAMPLES / name).with_suffix(".dsp"))]
    command += [heap, str(folder), storage, form]
    run = subprocess.run(command, capture_output=True, text=True, timeout=240)
    assert run.returncode == 0, run.stderr
    assert float(run.stdout) <= LIMITS["double"], name


@pytest.mark.parametrize("heap", ["auto", "l2"])
def test_levels(heap: str) -> None:
    files = [EXAMPLES / "two_filters.dsp", EXAMPLES / "plucked_strings.dsp"]
    check("pocl-debian", heap, files, precision="omp")
    check("pocl-debian", heap, files[:1], voices=3, precision="sch")


ECHOES = "process = par(i, 2, (@(40 * i + 9) : + ~ (@(60 + i) : *(0.9)) : + ~ *(0.2)));"


def test_no_race_and_no_access_outside_memory_in_levels(tmp_path: Path) -> None:
    """The simulator has 32 KiB of l2, and takes a copy by a work-group for one beside its only
    work-item, so that races in l2 are for `dsp-check-bounds` to exclude."""
    (tmp_path / "echoes.dsp").write_text(ECHOES)
    check("oclgrind", "static", [EXAMPLES / "two_filters.dsp"], 2, "omp", ("--data-races",))
    for form in ("omp", "sch"):
        check("oclgrind", "l2", [tmp_path / "echoes.dsp"], 2, form)


@pytest.mark.full
@pytest.mark.parametrize("heap", HEAPS)
def test_all_examples(heap: str) -> None:
    """Those whose number in the list falls to this heap."""
    programs = [p for p in sorted(FAUST_EXAMPLES.rglob("*.dsp")) if "process" in p.read_text()]
    for path in programs[HEAPS.index(heap) :: len(HEAPS)]:
        check("pocl-debian", heap, [path])
