"""The command line when all goes well."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from dspc.cli import parse_arguments
from dspc.options import CompileOptions
from dspc.run_options import RunOptions

ROOT = Path(__file__).resolve().parents[2]
FILTERS = str(ROOT / "examples" / "two_filters.dsp")


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def options(*arguments: str) -> CompileOptions:
    parsed = parse_arguments(CompileOptions, list(arguments), "dspc")
    assert parsed is not None
    return parsed


@pytest.mark.parametrize(
    ("arguments", "field", "value"),
    [
        (["-double"], "double", True),
        (["--double"], "double", True),
        (["--double-precision-floats"], "double", True),
        (["-lang", "cpp"], "target", "cpp"),
        (["--target=mlir"], "target", "mlir"),
        (["-cn", "Reverb"], "class_name", "Reverb"),
        (["-scn", "base"], "super_class", "base"),
        (["-pn", "effect"], "process_name", "effect"),
        (["-I", "a", "-Ib", "--import-dir", "c"], "import_dirs", ["a", "b", "c"]),
        (["-t", "2.5"], "time_limit", 2.5),
        (["-nvi"], "no_virtual", True),
        (["-i"], "inline", True),
        (["-scal"], "scalar", True),
        (["-o", "x.cpp"], "output", "x.cpp"),
    ],
)
def test_spellings(arguments: list[str], field: str, value: object) -> None:
    assert getattr(options(*arguments, "p.dsp"), field) == value
    assert getattr(options("p.dsp", *arguments), field) == value


def test_defaults_are_those_of_the_tables() -> None:
    assert options("p.dsp") == CompileOptions(file="p.dsp")
    assert parse_arguments(RunOptions, ["p.dsp"], "dspc-run") == RunOptions(file="p.dsp")


def test_help_loads_little(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "dspc", "--help"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "-double" in done.stdout
    assert "Exit status" in done.stdout
    loaded = {line.rsplit("|")[-1].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert loaded.isdisjoint({"xdsl", "numpy", "rich", "pyopencl", "matplotlib", "llvmlite"})


def test_compiling_loads_no_numpy_backend_or_rich(tmp_path: Path) -> None:
    done = run("dspc", "--emit", "dsp", FILTERS, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "dsp.program" in done.stdout


def test_version(tmp_path: Path) -> None:
    for arguments in (["--version"], ["-v"]):
        done = run("dspc", *arguments, cwd=tmp_path)
        assert (done.returncode, done.stdout[:5]) == (0, "dspc ")


def test_output_file_is_the_standard_output(tmp_path: Path) -> None:
    shown = run("dspc", FILTERS, cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert run("dspc", FILTERS, "-o", "a.cpp", cwd=tmp_path).stdout == ""
    (tmp_path / "sub").mkdir()
    assert run("dspc", FILTERS, "-O", "sub", "-o", "b.cpp", cwd=tmp_path).returncode == 0
    assert (tmp_path / "a.cpp").read_text() == shown.stdout
    assert (tmp_path / "sub" / "b.cpp").read_text() == shown.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.cpp", "sub"]


def test_output_keeps_permissions_and_links(tmp_path: Path) -> None:
    (tmp_path / "real.cpp").write_text("before")
    (tmp_path / "real.cpp").chmod(0o640)
    (tmp_path / "link.cpp").symlink_to("real.cpp")
    assert run("dspc", FILTERS, "-o", "link.cpp", cwd=tmp_path).returncode == 0
    assert (tmp_path / "link.cpp").is_symlink()
    assert (tmp_path / "real.cpp").read_text() != "before"
    assert stat.S_IMODE(os.stat(tmp_path / "real.cpp").st_mode) == 0o640


@pytest.mark.slow
def test_output_to_a_device(tmp_path: Path) -> None:
    done = run("dspc", FILTERS, "-o", "/dev/stdout", cwd=tmp_path)
    assert done.stdout == run("dspc", FILTERS, cwd=tmp_path).stdout


@pytest.mark.slow
def test_emitted_levels_parse_back(tmp_path: Path) -> None:
    for level in ("dsp", "signals", "loops"):
        text = run("dspc", "--emit", level, FILTERS, cwd=tmp_path).stdout
        assert text
        (tmp_path / "level.mlir").write_text(text)
        done = run("dspc.opt", "level.mlir", cwd=tmp_path)
        assert (done.returncode, done.stdout.strip()) == (0, text.strip()), done.stderr


@pytest.mark.slow
def test_pipeline_equals_emit(tmp_path: Path) -> None:
    from dspc.pipelines import LOOP_PASSES

    piped = run("dspc", "-p", ",".join(LOOP_PASSES), FILTERS, cwd=tmp_path)
    assert piped.returncode == 0, piped.stderr
    assert piped.stdout == run("dspc", "-scal", "--emit", "loops", FILTERS, cwd=tmp_path).stdout


def test_opt_reads_faust(tmp_path: Path) -> None:
    done = run("dspc.opt", FILTERS, "-p", "dsp-simplify", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "dsp.program" in done.stdout


def test_print_after_and_timing(tmp_path: Path) -> None:
    done = run("dspc", "--print-after", "all", "--time-passes", FILTERS, cwd=tmp_path)
    assert done.returncode == 0
    assert "// after dsp-lower-to-loops" in done.stderr
    assert "ms  total" in done.stderr


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        ("builtin.module { %a = arith.addi %b, %b : i32 }", 1, "x.mlir:1:"),
        ("builtin.module { nothing.at_all }", 1, "x.mlir:1:"),
        ('"builtin.module"() ({ "func.return"() : () -> () }) : () -> ()', 1, "error[E0021]"),
    ],
)
def test_opt_tells_errors(text: str, status: int, words: str, tmp_path: Path) -> None:
    (tmp_path / "x.mlir").write_text(text)
    done = run("dspc.opt", "x.mlir", "-o", "out.mlir", cwd=tmp_path)
    assert done.returncode == status
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out.mlir").exists()


def test_closed_pipe_is_quiet(tmp_path: Path) -> None:
    command = f"{sys.executable} -m dspc --emit dsp {FILTERS} | true"
    done = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
