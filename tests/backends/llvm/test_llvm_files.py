"""What `dspc --target llvm` writes: IR, assembly, bitcode, and objects that a C host links."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from llvm_programs import lowered

import dspc
from dspc.cli import main

pytest.importorskip("llvmlite")

HOST = Path(__file__).with_name("host.c")
OSC = """
declare name "osc";
gain = hslider("gain", 0.25, 0, 1, 0.01);
process(x) = (+(220 / 48000) ~ fmod(_, 1)) * 6.283185307179586 : sin * gain + x, x @ 30 : _, meter;
meter = _ <: attach(_, hbargraph("level", 0, 2));
"""


@pytest.fixture
def osc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "osc.dsp").write_text(OSC)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as done:
        main(arguments)
    assert isinstance(done.value.code, int)
    return done.value.code


@pytest.mark.parametrize("precision", ["-single", "-double"])
@pytest.mark.parametrize("options", [(), ("-vec", "-vs", "16")], ids=["scalar", "vec"])
def test_a_c_host_links_the_object(osc: Path, precision: str, options: tuple[str, ...]) -> None:
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        pytest.skip("needs a C compiler")
    command = ("--target", "llvm", precision, *options, "-cn", "osc", "osc.dsp", "-o", "osc.o")
    assert run(*command) == 0
    flags = ("-std=c99", "-Wall", "-Wextra", "-Werror", "-fsanitize=address,undefined", "-I.")
    build = [compiler, *flags, str(HOST), "osc.o", "-lm", "-o", "host"]
    subprocess.run(build, check=True)
    said = subprocess.run(["./host"], check=True, capture_output=True, text=True).stdout
    zones, rows = said.splitlines()[:2], said.splitlines()[2:]
    assert zones == ["/osc/gain hslider 0.25 0.25 0 1 0.01", "/osc/level hbargraph 0 0 0 2 1"]
    played = np.array([line.split() for line in rows], np.float64).T
    double = precision == "-double"
    same = dspc.load("osc.dsp", backend="interp", double=double, scalar=True)
    x = (np.arange(100) / np.float64(100)).astype(np.float64 if double else np.float32)
    expected = same(x[None], controls={"gain": 0.5})
    np.testing.assert_array_equal(played, expected)


def test_the_suffix_chooses_the_form(osc: Path) -> None:
    for suffix in ("ll", "s", "bc", "o", "txt"):
        assert run("--target", "llvm", "osc.dsp", "-o", f"made.{suffix}") == 0
    assert (osc / "made.ll").read_text() == (osc / "made.txt").read_text()
    assert "define void @mydsp_compute" in (osc / "made.ll").read_text()
    assert "mydsp_compute:" in (osc / "made.s").read_text()
    assert (osc / "made.bc").read_bytes()[:2] == b"BC"
    assert (osc / "made.o").stat().st_size > 500
    header = (osc / "made.h").read_text()
    assert "void mydsp_compute(void *instance, int count" in header
    ir = (osc / "made.ll").read_text()
    assert all(f"; {line}".rstrip() in ir for line in header.splitlines())


def test_another_machine(osc: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ("--target", "llvm", "osc.dsp", "-o", "osc.s", "--triple")
    assert run(*command, "aarch64-linux-gnu") == 0
    assert "fmadd" not in (osc / "osc.s").read_text()
    assert "scvtf" in (osc / "osc.s").read_text() or "fmul\ts" in (osc / "osc.s").read_text()
    assert run(*command, "abacus") == 2
    assert "error[E0905]" in capsys.readouterr().err


def test_a_header_of_someone_else_is_left_alone(
    osc: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (osc / "osc.h").write_text("int mine;\n")
    assert run("--target", "llvm", "osc.dsp", "-o", "osc.o") == 2
    assert "error[E0010]" in capsys.readouterr().err
    assert (osc / "osc.h").read_text() == "int mine;\n"
    assert not (osc / "osc.o").exists()
    assert run("--target", "llvm", "osc.dsp", "-o", "other.o") == 0
    assert run("--target", "llvm", "osc.dsp", "-o", "other.o") == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("--fast-math", "osc.dsp"),
        ("--target", "llvm", "--triple", "aarch64-linux-gnu", "osc.dsp"),
        ("--triple", "aarch64-linux-gnu", "osc.dsp", "-o", "osc.o"),
    ],
)
def test_options_that_do_not_fit(
    osc: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert run(*arguments) == 2
    assert "error[E0007]" in capsys.readouterr().err


def test_ir_is_printed_on_standard_output(osc: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--target", "llvm", "osc.dsp") == 0
    text = capsys.readouterr().out
    assert run("--emit", "llvm", "osc.dsp") == 0
    emitted = capsys.readouterr().out
    assert emitted.replace("-lang cpp -single --emit llvm", "-lang llvm -single") == text
    assert not (osc / "osc.h").exists()


def test_xdsl_opt_prints_it() -> None:
    from io import StringIO

    from xdsl.context import Context

    from dspc.universe import TARGETS

    output = StringIO()
    TARGETS["dspc-llvm"]()(prefix="osc").emit(Context(), lowered("process = _;"), output)
    assert "define void @osc_compute(" in output.getvalue()


def test_load_and_run_through_llvm(osc: Path) -> None:
    x = np.linspace(0, 1, 200)
    ours = dspc.load("osc.dsp", backend="llvm", double=True)
    reference = dspc.load("osc.dsp", backend="interp", double=True, scalar=True)
    np.testing.assert_array_equal(ours(x), reference(x))
    assert ours.get("level") == reference.get("level")
    fast = dspc.load("osc.dsp", backend="llvm", double=True, fast_math=True)
    np.testing.assert_allclose(fast(x), reference(x)[:, :200], atol=1.0)
    with pytest.raises(dspc.DspcError, match="--fast-math"):
        dspc.load("osc.dsp", backend="cpp", fast_math=True)

    from dspc.run import main as run_main

    with pytest.raises(SystemExit) as done:
        run_main(["--backend", "llvm", "--impulse", "--seconds", "0.1", "osc.dsp", "-o", "o.wav"])
    assert done.value.code == 0
    assert (osc / "o.wav").exists()
