"""The command line when all goes well."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from commands import run_here
from hypothesis import given
from hypothesis import strategies as st

from dspc.cli import parse_arguments
from dspc.options.compile_options import CompileOptions
from dspc.options.reader import layout_of, read_line
from dspc.options.run_options import RunOptions
from dspc.options.typer_command import typer_command

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


def test_usage_names_several_files_once(capsys) -> None:
    parse_arguments(CompileOptions, ["--help"], "dspc")
    assert capsys.readouterr().out.startswith("Usage: dspc [OPTIONS] [FILE]...\n")


def test_help_has_groups_and_the_width_of_the_terminal(capsys, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "110")
    assert parse_arguments(CompileOptions, ["--help"], "dspc") is None
    text = capsys.readouterr().out
    headings = [line for line in text.splitlines() if line[:1].strip() and line[-1] == ":"]
    assert headings[:4] == ["Program:", "Passes:", "Loops, memory and threads:", "Output:"]
    assert "\x1b" not in text
    assert 90 < max(map(len, text.splitlines())) <= 110
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    parse_arguments(CompileOptions, ["--help"], "dspc")
    coloured = capsys.readouterr().out
    assert re.sub(r"\x1b\[\d*m", "", coloured) == text
    assert "\x1b[1mProgram" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    parse_arguments(CompileOptions, ["--help"], "dspc")
    assert capsys.readouterr().out == text


@pytest.mark.parametrize(
    ("program", "module", "word", "completed"),
    [("dspc", "dspc", "--valid", "--validate"), ("dspc-run", "dspc.run", "--im", "--impulse")],
)
def test_options_are_completed(program: str, module: str, word: str, completed: str) -> None:
    variable = f"_{program.upper().replace('-', '_')}_COMPLETE"
    line = {variable: "complete_bash", "COMP_WORDS": f"{program} {word}", "COMP_CWORD": "1"}
    done = subprocess.run(
        [sys.executable, "-m", module], capture_output=True, text=True, env={**os.environ, **line}
    )
    assert done.returncode == 0, done.stderr
    assert completed in done.stdout.split()


WELL_FORMED = st.lists(
    st.sampled_from(
        [
            *(("-vec",), ("--double",), ("-vs", "64"), ("--vec-size=8",), ("-t", "1.5")),
            *(("-Ilib",), ("-I", "-odd"), ("--import-dir=x=y",), ("-o", "out.cpp"), ("p.dsp",)),
            *(("-cn", ""), ("--insert", "after a: b"), ("-lv", "-1"), ("-t", "1e3"), ("q.dsp",)),
        ]
    ),
    max_size=8,
)


@given(WELL_FORMED)
def test_lines_read_without_typer_are_read_as_by_typer(groups: list[tuple[str, ...]]) -> None:
    words = [word for group in groups for word in group]
    layout = layout_of(CompileOptions)
    assert layout is not None
    values = read_line(layout, words, ("-I", "-A"))
    assert values is not None
    command = typer_command(CompileOptions, "dspc")
    assert CompileOptions(**values) == command.main(words, "dspc", standalone_mode=False)


@pytest.mark.parametrize(
    "words", [["-vs"], ["-vs", "x"], ["-vec=1"], ["-h"], ["--no"], ["-t", "nan"], ["--"], ["-"]]
)
def test_other_lines_are_left_to_typer(words: list[str]) -> None:
    layout = layout_of(CompileOptions)
    assert layout is not None
    assert read_line(layout, words, ("-I", "-A")) is None


def test_compiling_loads_no_numpy_backend_or_rich(tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv = ['dspc', '--no-cache', sys.argv[1]]\n"
        "from dspc.start import main\n"
        "try: main()\n"
        "finally: print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, FILTERS], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "class mydsp" in done.stdout
    loaded = set(done.stderr.split())
    assert loaded.isdisjoint(
        {"numpy", "rich", "typer", "click", "importlib.metadata", "dspc.universe", "subprocess"}
    )


def test_version(tmp_path: Path) -> None:
    for arguments in (["--version"], ["-v"]):
        done = run("dspc", *arguments, cwd=tmp_path)
        assert (done.returncode, done.stdout[:5]) == (0, "dspc ")


def test_output_file_is_the_standard_output(tmp_path: Path) -> None:
    shown = run("dspc", FILTERS, cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert run_here(FILTERS, "-o", "a.cpp", cwd=tmp_path).stdout == ""
    (tmp_path / "sub").mkdir()
    assert run_here(FILTERS, "-O", "sub", "-o", "b.cpp", cwd=tmp_path).returncode == 0
    assert (tmp_path / "a.cpp").read_text() == shown.stdout
    assert (tmp_path / "sub" / "b.cpp").read_text() == shown.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.cpp", "sub"]


def test_output_keeps_permissions_and_links(tmp_path: Path) -> None:
    (tmp_path / "real.cpp").write_text("before")
    (tmp_path / "real.cpp").chmod(0o640)
    (tmp_path / "link.cpp").symlink_to("real.cpp")
    assert run_here(FILTERS, "-o", "link.cpp", cwd=tmp_path).returncode == 0
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
        text = run_here("--emit", level, FILTERS, cwd=tmp_path).stdout
        assert text
        (tmp_path / "level.mlir").write_text(text)
        done = run_here("level.mlir", cwd=tmp_path, tool="dspc.opt")
        assert (done.returncode, done.stdout.strip()) == (0, text.strip()), done.stderr


@pytest.mark.slow
def test_pipeline_equals_emit(tmp_path: Path) -> None:
    from dspc.pipelines.standard import LOOP_PASSES

    piped = run_here("-p", ",".join(LOOP_PASSES), FILTERS, cwd=tmp_path)
    assert piped.returncode == 0, piped.stderr
    assert piped.stdout == run_here("-scal", "--emit", "loops", FILTERS, cwd=tmp_path).stdout


def test_opt_reads_faust(tmp_path: Path) -> None:
    done = run("dspc.opt", FILTERS, "-p", "dsp-simplify", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "dsp.program" in done.stdout


def test_print_after_and_timing(tmp_path: Path) -> None:
    done = run_here("--print-after", "all", "--time-passes", FILTERS, cwd=tmp_path)
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
def test_opt_reports_errors(text: str, status: int, words: str, tmp_path: Path) -> None:
    (tmp_path / "x.mlir").write_text(text)
    done = run_here("x.mlir", "-o", "out.mlir", cwd=tmp_path, tool="dspc.opt")
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
