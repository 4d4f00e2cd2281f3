"""Every code of docs/errors.md is raised from the command line, at the place it is about."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from xdsl.context import Context
from xdsl.dialects import get_all_dialects

import dspc.cli
import dspc.opt
import dspc.run
from dspc.backends.interp.instance import InterpInstance
from dspc.cli import guarded
from dspc.mlir_text import MlirText
from dspc.passes.placement.minimalloc import read_csv
from dspc.support.diagnostics import DspcError
from dspc.universe import DSPC_UNIVERSE

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TOOLS: dict[str, Callable[[list[str]], None]] = {
    "dspc": dspc.cli.main,
    "dspc-run": dspc.run.main,
    "dspc-opt": dspc.opt.main,
}


@dataclass(frozen=True)
class Case:
    """A command line, its files, the expected diagnostic; error_cases.toml explains the fields."""

    tool: str = "dspc"
    args: list[str] = field(default_factory=lambda: ["p.dsp"])
    text: str = "process = _;\n"
    files: dict[str, str] = field(default_factory=dict[str, str])
    folders: list[str] = field(default_factory=list[str])
    env: dict[str, str] = field(default_factory=dict[str, str])
    exit: int = 1
    at: str = ""
    caret: str = ""
    words: str = ""
    no_place: str = ""


TABLE: dict[str, Any] = tomllib.loads((HERE / "error_cases.toml").read_text())
ELSEWHERE: dict[str, dict[str, str]] = TABLE.pop("elsewhere")
CASES = {
    f"{code}-{number}": (code, Case(**fields))
    for code, group in TABLE.items()
    for number, fields in enumerate(group)
}


def exit_status(tool: str, arguments: list[str]) -> int:
    with pytest.raises(SystemExit) as ended:
        TOOLS[tool](arguments)
    return int(ended.value.code or 0)


def listed() -> dict[str, set[int]]:
    """The codes of docs/errors.md, with their exit statuses."""
    rows = [
        [cell.strip() for cell in line.split("|")]
        for line in (ROOT / "docs" / "errors.md").read_text().splitlines()
        if line.startswith("| `E")
    ]
    return {row[1].strip("`"): {int(status) for status in row[2].split(",")} for row in rows}


@pytest.mark.parametrize("name", CASES)
def test_each_code_is_reported_at_its_location(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, case = CASES[name]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DSPC_CACHE_DIR", str(tmp_path / "cache"))
    for variable, value in case.env.items():
        monkeypatch.setenv(variable, value)
    for folder in case.folders:
        Path(folder).mkdir()
    for file, text in {"p.dsp": case.text, "m.mlir": "builtin.module {\n}\n", **case.files}.items():
        Path(file).write_bytes(text.encode("latin-1"))
    before = sorted(path for path in tmp_path.iterdir() if path.name != "cache")
    status = exit_status(case.tool, case.args)
    out, errors = capsys.readouterr()
    assert (status, out) == (case.exit, ""), errors
    assert errors.count("error[") == 1
    assert case.words in errors
    place = case.at or case.tool
    assert errors.startswith(f"{place}: error[{code}]: "), errors
    if case.at:
        assert_excerpt(errors, case)
    assert sorted(path for path in tmp_path.iterdir() if path.name != "cache") == before


def assert_excerpt(message: str, case: Case) -> None:
    """The source line stands under the message, and the caret where the fault begins."""
    file, line, column = case.at.split(":")
    source = Path(file).read_text().splitlines()[int(line) - 1]
    assert source[int(column) - 1 :].startswith(case.caret)
    excerpt = f"{int(line):5} | {source[:100]}\n"
    assert excerpt in message
    caret = message.partition(excerpt)[2].splitlines()[0]
    assert caret.index("^") == len(f"{0:5} | ") + int(column) - 1
    assert set(caret) <= set(" |^")


def test_every_code_has_a_case() -> None:
    """What the docs list is raised, with all its exit statuses; the rest has a test elsewhere."""
    statuses: dict[str, set[int]] = {}
    for code, case in CASES.values():
        statuses.setdefault(code, set()).add(case.exit)
    assert statuses.keys() & ELSEWHERE.keys() == set()
    assert statuses.keys() | ELSEWHERE.keys() == listed().keys()
    # A file that a program names is looked for first, so it has to vanish or to be locked since.
    wanted = {code: listed()[code] for code in statuses}
    assert statuses == wanted | {code: {2} for code in ("E0120", "E0123", "E0126")}


def test_faults_in_programs_have_places() -> None:
    without = {name for name, (_, case) in CASES.items() if case.exit == 1 and not case.at}
    assert without == {name for name, (_, case) in CASES.items() if case.no_place}
    assert len(without) <= 4
    assert all(case.caret for _, case in CASES.values() if case.at)


@pytest.mark.parametrize("code", ELSEWHERE)
def test_the_others_are_tested_elsewhere(code: str) -> None:
    entry = ELSEWHERE[code]
    file, _, function = entry["test"].partition("::")
    text = (ROOT / "tests" / file).read_text()
    assert f"def {function}(" in text
    assert code in text
    assert entry["why"]


def test_time_runs_out_at_a_place_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Which place is chance: that at which the clock found the compiler."""
    monkeypatch.chdir(tmp_path)
    Path("p.dsp").write_text(
        "process = f(40, 1);\nf(0, x) = x;\nf(n, x) = f(n - 1, x * n + 1), f(n - 1, x * n + 2);\n"
    )
    assert exit_status("dspc", ["-t", "0.5", "p.dsp"]) == 1
    errors = capsys.readouterr().err
    assert errors.startswith(("p.dsp:2:", "p.dsp:3:"))
    assert ": error[E0210]: " in errors
    assert "^" in errors


C = 'process = _,\n  ffunction(float {name}(float), <{header}>, "{library}");\n'


@pytest.mark.parametrize(
    ("name", "library", "is_told"),
    [
        ("nosuch", "", True),
        ("nosuch", "-lnosuch", False),
        ("cbrt", "", False),
        ("lgamma", "", False),
    ],
)
def test_an_object_file_with_an_unknown_symbol_is_warned_of(
    name: str,
    library: str,
    is_told: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pytest.importorskip("llvmlite")
    monkeypatch.chdir(tmp_path)
    Path("p.dsp").write_text(C.format(name=name, header="mine.h", library=library))
    arguments = ["--target", "llvm", "p.dsp", "-o", "p.o"]
    assert exit_status("dspc", arguments) == 0
    assert Path("p.o").stat().st_size > 0
    errors = capsys.readouterr().err
    assert errors.startswith("p.dsp:2:3: warning: the program uses nosuch from C") == is_told
    assert errors.count("\n") == is_told


def test_a_symbol_that_no_library_has_is_an_error_when_a_program_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DSPC_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("CPATH", str(tmp_path))
    Path("mine.h").write_text("extern float nosuch(float);\n")
    Path("p.dsp").write_text(C.format(name="nosuch", header="mine.h", library=""))
    arguments = ["-b", "cpp", "--silence", "--seconds", "0.001", "p.dsp"]
    assert exit_status("dspc-run", arguments) == 1
    errors = capsys.readouterr().err
    assert errors.startswith("p.dsp:2:3: error[E0722]: ")
    assert "nosuch" in errors.splitlines()[0]


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(DspcError) as caught:
        action()
    return caught.value.code


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [(PermissionError(13, "No", "f"), 2, "E0028"), (KeyError("nothing"), 3, "E0099")],
)
def test_errors_without_a_message_of_their_own(
    fault: Exception, status: int, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails() -> int:
        raise fault

    assert guarded(fails, "dspc", []) == status
    assert capsys.readouterr().err.startswith(f"dspc: error[{code}]: ")


def test_the_interpreter_stops_at_a_place(tmp_path: Path) -> None:
    (at,) = [case for code, case in CASES.values() if code == "E0701"]
    head = at.files["m.mlir"].partition("    %a")[0]
    path = tmp_path / "m.mlir"
    path.write_text(
        f"{head}    %i = arith.constant 99 : index\n"
        "    %a = memref.load %in0[%i] : memref<?xf32>\n"
        "    memref.store %a, %out0[%i] : memref<?xf32>\n    func.return\n  }\n}\n"
    )
    context = Context()
    for name, factory in {**get_all_dialects(), **DSPC_UNIVERSE.all_dialects}.items():
        context.register_dialect(name, factory)
    module = MlirText(path.read_text(), str(path)).read(context)
    with pytest.raises(DspcError) as caught:
        InterpInstance(module).compute(np.zeros((1, 4), np.float32))
    assert str(caught.value).startswith(f"{path}:8:5: error[E0510]: ")


def test_a_table_of_buffers_of_another_form() -> None:
    assert code_of(lambda: read_csv("id,lower,upper,size\n1,2,x,4\n", 100)) == "E0608"


def test_opencl_without_pyopencl(monkeypatch: pytest.MonkeyPatch) -> None:
    devices = pytest.importorskip("dspc.backends.opencl.devices")
    cl = pytest.importorskip("pyopencl")
    device = SimpleNamespace(name="none", platform=SimpleNamespace(name="N", version="1"))

    def fails() -> None:
        with devices.memory_faults(device, lambda: "a block"):
            raise cl.RuntimeError("it is gone")

    assert code_of(fails) == "E0816"
    monkeypatch.setitem(sys.modules, "pyopencl", None)
    assert code_of(devices.opencl) == "E0810"
