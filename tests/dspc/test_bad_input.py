"""Faults of users: one clear message with its place, the documented exit code, no half a file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commands import run_here

from dspc.cli import _compile, parse_arguments
from dspc.compile_checks import check_options
from dspc.options.compile_options import CompileOptions
from dspc.support.diagnostics import DspcError

GOOD = "process = _;\n"

# name: (source text, exit status, place that the message starts with, words that it must hold)
PROGRAMS = {
    "syntax": ("process = + ;\nfoo = (1, ;\n", 1, "p.dsp:2:11:", "error[E01"),
    "unfinished": ("process = _ : ", 1, "p.dsp:", "error[E01"),
    "unknown symbol": ("gain = 1;\nprocess = _ * gian;\n", 1, "p.dsp:2:15:", "gian"),
    "arity": ("process = (_, _) : _;\n", 1, "p.dsp:1:", "error["),
    "split arity": ("process = (_, _) <: (_, _, _);\n", 1, "p.dsp:1:", "error["),
    "recursion arity": ("process = _ ~ (_, _);\n", 1, "p.dsp:1:", "error["),
    "no process": ("gain = 1;\n", 1, "", "does not define `process`"),
    "empty": ("", 2, "", "p.dsp"),
    "comment only": ("// nothing here\n", 1, "", "does not define `process`"),
    "missing library": ('import("nowhere.lib");\nprocess = _;\n', 1, "p.dsp:1:", "nowhere.lib"),
    "endless": ("f(x) = f(x + 1);\nprocess = f(0);\n", 1, "p.dsp:", "error["),
    "endless value": ("a = b;\nb = a;\nprocess = a;\n", 1, "p.dsp:", "error["),
    "no pattern": ("f(1) = 2;\nprocess = f(3);\n", 1, "p.dsp:", "error["),
    "negative delay": ("process = @(-1);\n", 1, "p.dsp:", "error["),
    "not a number": ("process = par(i, _, _);\n", 1, "p.dsp:", "error["),
    "definition twice": ("f = 1;\nf = 2;\nprocess = f;\n", 1, "p.dsp:2:", "f"),
}


def dspc(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return run_here(*arguments, cwd=cwd, cache=cwd / "cache")


def process(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dspc", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "XDG_CACHE_HOME": str(cwd / "cache")},
    )


def assert_told(done: subprocess.CompletedProcess[str], status: int) -> str:
    """The message: the only thing on standard error, with no traceback in it."""
    assert done.returncode == status, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.count("error[") == 1
    assert "internal error" not in done.stderr
    return done.stderr


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str, tmp_path: Path) -> None:
    text, status, place, words = PROGRAMS[name]
    (tmp_path / "p.dsp").write_text(text)
    started = time.monotonic()
    done = dspc("-t", "3", "-o", "out.cpp", "p.dsp", cwd=tmp_path)
    message = assert_told(done, status)
    assert message.startswith(place)
    assert words in message
    assert not (tmp_path / "out.cpp").exists()
    assert time.monotonic() - started < 20


def test_caret_under_the_fault(tmp_path: Path) -> None:
    (tmp_path / "p.dsp").write_text("process = \t_ * gian;\n")
    message = assert_told(dspc("p.dsp", cwd=tmp_path), 1)
    line, caret = message.splitlines()[1:3]
    assert line.endswith("process = \t_ * gian;")
    assert caret.index("^") == line.index("gian")
    assert caret.count("^") == len("gian")


def test_error_as_json(tmp_path: Path) -> None:
    (tmp_path / "p.dsp").write_text("process = _ * gian;\n")
    done = process("--error-format", "json", "p.dsp", cwd=tmp_path)
    assert done.returncode == 1
    record = json.loads(done.stderr)
    assert record["severity"] == "error"
    assert (record["file"], record["line"], record["column"]) == ("p.dsp", 1, 15)
    assert (record["end_line"], record["end_column"]) == (1, 19)


def test_missing_file(tmp_path: Path) -> None:
    assert "nowhere.dsp" in assert_told(process("nowhere.dsp", cwd=tmp_path), 2)


def test_folder(tmp_path: Path) -> None:
    (tmp_path / "folder.dsp").mkdir()
    assert "folder" in assert_told(dspc("folder.dsp", cwd=tmp_path), 2)


@pytest.mark.parametrize("data", [b"\x7fELF\x00\x01\x02", bytes(range(256)), b"\xff\xfe\x00p"])
def test_binary_file(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "p.dsp").write_bytes(data)
    assert_told(dspc("p.dsp", cwd=tmp_path), 2)


def test_import_cycle_without_process(tmp_path: Path) -> None:
    """Files may import each other, as in Faust; only a program must come out of it."""
    (tmp_path / "a.lib").write_text('import("b.lib");\nx = y;\n')
    (tmp_path / "b.lib").write_text('import("a.lib");\ny = x;\n')
    (tmp_path / "p.dsp").write_text('import("a.lib");\nprocess = x;\n')
    assert_told(dspc("-t", "3", "p.dsp", cwd=tmp_path), 1)


def test_component_of_itself(tmp_path: Path) -> None:
    (tmp_path / "p.dsp").write_text('process = component("p.dsp");\n')
    assert_told(dspc("-t", "3", "p.dsp", cwd=tmp_path), 1)


@pytest.mark.parametrize("output", ["nowhere/out.cpp", "folder", "/dev/null/out.cpp"])
def test_unwritable_output(output: str, tmp_path: Path) -> None:
    (tmp_path / "p.dsp").write_text(GOOD)
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.iterdir())
    message = assert_told(dspc("-o", output, "p.dsp", cwd=tmp_path), 2)
    assert output in message
    assert [path for path in sorted(tmp_path.iterdir()) if path.name != "cache"] == before


def test_old_output_survives_a_fault(tmp_path: Path) -> None:
    (tmp_path / "p.dsp").write_text("process = nothing;\n")
    (tmp_path / "out.cpp").write_text("before")
    assert_told(process("-o", "out.cpp", "p.dsp", cwd=tmp_path), 1)
    assert (tmp_path / "out.cpp").read_text() == "before"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "no input file"),
        (["--nothing", "p.dsp"], "unknown option --nothing"),
        (["-duoble", "p.dsp"], "did you mean -double"),
        (["-ofoo", "p.dsp"], "unknown option -ofoo"),
        (["-lang"], "-lang"),
        (["-lang", "cobol", "p.dsp"], "cobol"),
        (["--emit", "nowhere", "p.dsp"], "nowhere"),
        (["-p", "dsp-nothing", "p.dsp"], "dsp-nothing"),
        (["-p", "dsp-simplify{", "p.dsp"], "pipeline"),
        (["-p", "dsp-simplify{nothing=1}", "p.dsp"], "nothing"),
        (["--validate", "maybe", "p.dsp"], "maybe"),
        (["-single", "-double", "p.dsp"], "exclude"),
        (["-t", "soon", "p.dsp"], "-t"),
        (["-quad", "p.dsp"], "-quad is not supported: there are -single and -double"),
        (["--quad", "p.dsp"], "--quad is not supported: there are -single and -double"),
        (["-vec", "-scal", "p.dsp"], "exclude"),
        (["-vec", "-vs", "0", "p.dsp"], "-vs is at least 1"),
        (["-vec", "-lv", "7", "p.dsp"], "-lv 0, 1 or 2"),
        (["--heap", "l9", "p.dsp"], "l9"),
        (["-a", "nowhere.cpp", "p.dsp"], "nowhere.cpp"),
        (["p.dsp", "q.dsp"], "q.dsp"),
    ],
)
def test_command_line(arguments: list[str], words: str, tmp_path: Path) -> None:
    (tmp_path / "p.dsp").write_text(GOOD)
    assert words in assert_told(dspc(*arguments, cwd=tmp_path), 2)


# A class, a base class or a namespace of these names does not compile.
BAD_NAMES = (
    *(("-cn", name) for name in ("class", "1bad", "", "a b", "a-b", "a::b", "xor", "é", "x\n")),
    *(("-cn", name) for name in ("dsp", "std", "UI", "compute", "int32_t", "FAUSTFLOAT", "sin")),
    *(("-scn", name) for name in ("class", "1bad", "", "a::", "mydsp", "a b", "a;b<c>")),
    *(
        ("-ns", name)
        for name in ("class", "1bad", "", "a::", "a::namespace", "dsp", "a.b", "a::EOF")
    ),
)


@pytest.mark.parametrize(("flag", "name"), BAD_NAMES)
def test_names_that_cpp_cannot_have_are_refused(flag: str, name: str) -> None:
    with pytest.raises(DspcError) as caught:
        check_options(parsed(flag, name, "p.dsp"))
    assert caught.value.message.startswith(f"{flag} {name}: ")
    assert (caught.value.code, caught.value.exit_status) == ("E0029", 2)


@pytest.mark.parametrize(
    ("flag", "name"),
    [("-cn", "Reverb_2"), ("-scn", "a::base<float>"), ("-scn", "::dsp"), ("-ns", "a::b")],
)
def test_names_that_cpp_can_have_are_taken(flag: str, name: str) -> None:
    check_options(parsed(flag, name, "p.dsp"))


@pytest.mark.parametrize("target", ["cpp", "llvm", "opencl", "interp", "mlir"])
def test_a_class_name_that_is_a_keyword_writes_nothing(target: str, tmp_path: Path) -> None:
    (tmp_path / "p.dsp").write_text(GOOD)
    arguments = ("-lang", target, "-cn", "class", "-json", "-o", "out", "p.dsp")
    with pytest.raises(DspcError, match="class is a keyword of C"):
        _compile(["-O", str(tmp_path), *arguments])
    assert [path.name for path in tmp_path.iterdir()] == ["p.dsp"]


def parsed(*arguments: str) -> CompileOptions:
    options = parse_arguments(CompileOptions, list(arguments), "dspc")
    assert options is not None
    return options
