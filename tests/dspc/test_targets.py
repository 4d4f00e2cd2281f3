"""Targets are objects: other packages bring some, and nobody else knows one by name."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import run_here

from dspc.targets.registry import OWN, all_targets
from tests.checkout import LINKS, PYTHON, ROOT, parsed

LISTING = '''
from dataclasses import dataclass
from typing import Annotated

from dspc.options.loop_options import LoopOptions
from dspc.options.source_options import option
from dspc.targets.base import Target


@dataclass(frozen=True)
class ListingOptions(LoopOptions):
    indent: Annotated[int, option("--indent", metavar="N", help="Columns of a listing.")] = 0


class ListingTarget(Target):
    """A listing of ops, run by the interpreter."""

    name = "listing"
    printing = {"indent": 0}

    def option_table(self):
        return ListingOptions

    def check(self, options):
        from dspc.messages import usage_error

        if options.indent < 0:
            raise usage_error(8, "--indent is at least 0")


    def text(self, module, options):
        names = [op.name for op in module.walk()]
        return "".join(" " * options.indent + name + "\\n" for name in names)

    def open(self, module, rate, folder, **settings):
        from dspc.backends.interp.instance import InterpInstance

        return InterpInstance(module, rate)


class Broken:
    name = "broken"
'''
ENTRY_POINTS = """[dspc.targets]
listing = listing:ListingTarget
missing = no_such_module:Target
broken = listing:Broken
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for PYTHONPATH: an installed package with a target and two broken ones."""
    folder = tmp_path_factory.mktemp("package")
    (folder / "listing.py").write_text(LISTING)
    about = folder / "listing-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: listing\nVersion: 1\n")
    (about / "entry_points.txt").write_text(ENTRY_POINTS)
    (folder / "gain.dsp").write_text("process = *(0.5);\n")
    return folder


def run(package: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=package,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{package}", "COLUMNS": "100"},
    )


def test_a_target_of_another_package_compiles(package: Path) -> None:
    done = run(package, "-m", "dspc", "--target", "listing", "--indent", "3", "gain.dsp")
    assert done.returncode == 0, done.stderr
    assert "   arith.mulf\n" in done.stdout
    assert set(done.stdout.splitlines()) == {f"   {line.strip()}" for line in done.stdout.split()}
    # It claims no vectors, so it gets none.
    assert "vector" not in done.stdout


def test_a_target_of_another_package_checks_its_options(package: Path) -> None:
    done = run(package, "-m", "dspc", "--target=listing", "--indent=-1", "gain.dsp")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert "--indent is at least 0" in done.stderr
    done = run(package, "-m", "dspc", "--indent", "3", "gain.dsp")
    assert (done.returncode, "unknown option --indent" in done.stderr) == (2, True)


def test_a_target_of_another_package_runs(package: Path) -> None:
    command = ("--seconds", "0.01", "--impulse", "-o", "out.wav", "gain.dsp")
    done = run(package, "-m", "dspc.run", "--backend", "listing", *command)
    assert done.returncode == 0, done.stderr
    assert "peak -6.0 dBFS" in done.stderr


def test_a_target_of_another_package_is_known_to_python_and_xdsl(package: Path) -> None:
    code = """
import io
import dspc
from dspc.universe import DSPC_UNIVERSE
from xdsl.context import Context
program = dspc.compile("gain.dsp", target="listing", indent=2)
assert "  arith.mulf\\n" in program.code
assert float(dspc.load("gain.dsp", backend="listing")([1.0])[0, 0]) == 0.5
output = io.StringIO()
DSPC_UNIVERSE.all_targets["dspc-listing"]()(indent=2).emit(Context(), program.module, output)
assert output.getvalue() == program.code
"""
    done = run(package, "-c", code)
    assert done.returncode == 0, done.stderr


def test_help_lists_a_target_of_another_package(package: Path) -> None:
    done = run(package, "-m", "dspc", "--help")
    help_text = " ".join(done.stdout.split())
    names = ", ".join([*OWN][1:])
    assert f"Target to generate code for: cpp (the default), {names}, listing." in help_text
    assert "--indent N Columns of a listing." in help_text


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("listin", "did you mean listing?"),
        ("cp", "did you mean cpp?"),
        ("qqqq", "known are cpp, "),
        ("missing", "the target missing cannot be loaded: No module named 'no_such_module'"),
        ("broken", "the target broken cannot be loaded: listing:Broken is not a subclass"),
    ],
)
def test_unknown_and_broken_targets_are_reported(package: Path, name: str, message: str) -> None:
    done = run(package, "-m", "dspc", "-lang", name, "gain.dsp")
    assert done.returncode == 2
    assert "error[E0003]" in done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", OWN)
def test_xdsl_knows_each_target(name: str, tmp_path: Path) -> None:
    (tmp_path / "gain.dsp").write_text("process = *(0.5);\n")
    lower = "dsp-size-delays,dsp-lower-to-loops"
    command = ("gain.dsp", "-p", lower, "-t", f"dspc-{name}")
    done = run_here(*command, cwd=tmp_path, tool="dspc.opt")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout) > 100


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("dspc-cpp{nope=1}", "nope"),
        ("dspc-cpp{virtual=7}", "bool"),
        ("dspc-opencl{heap=nowhere}", "--heap is one of"),
        ("dspc-cp", "did you mean dspc-cpp?"),
    ],
)
def test_a_wrong_option_of_an_xdsl_target_is_a_usage_error(
    target: str, message: str, tmp_path: Path
) -> None:
    (tmp_path / "gain.dsp").write_text("process = *(0.5);\n")
    lower = "dsp-size-delays,dsp-lower-to-loops"
    command = ("gain.dsp", "-p", lower, "-t", target, "-o", "x")
    done = run_here(*command, cwd=tmp_path, tool="dspc.opt")
    assert done.returncode == 2, done.stderr
    assert message in done.stderr
    assert "internal" not in done.stderr
    assert not (tmp_path / "x").exists()


def named_targets(tree: ast.AST) -> Iterator[ast.expr]:
    """Names of targets that a module compares with, looks up, or lists."""
    names = {target.name for target in all_targets()}
    for node in ast.walk(tree):
        candidates: list[ast.expr | None] = []
        if isinstance(node, ast.Compare):
            candidates = [node.left, *node.comparators]
        elif isinstance(node, ast.Tuple | ast.List | ast.Set):
            candidates = [*node.elts]
        elif isinstance(node, ast.Dict):
            candidates = [*node.keys]
        elif isinstance(node, ast.Subscript):
            candidates = [node.slice]
        elif isinstance(node, ast.Call):
            candidates = [*node.args, *(keyword.value for keyword in node.keywords)]
        elif isinstance(node, ast.MatchValue):
            candidates = [node.value]
        for one in candidates:
            if isinstance(one, ast.Constant) and one.value in names:
                yield one


def is_driver(path: Path) -> bool:
    inside = path.relative_to(ROOT / "dspc").parts
    return inside[0] not in (*LINKS, "targets")


def test_only_targets_know_targets_by_name() -> None:
    paths = [path for path in PYTHON if is_driver(path)]
    assert len(paths) > 25
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in paths
        for node in named_targets(parsed(path))
    ]
    assert wrong == []


def test_comparisons_and_lists_of_targets_are_found() -> None:
    text = 'a == "cpp"; b in ("llvm",); c["opencl"]; {"interp": 1}; f("mlir"); "c" != i; "x" == h'
    text += '; ["wasm", "web"]'
    names = [
        node.value for node in named_targets(ast.parse(text)) if isinstance(node, ast.Constant)
    ]
    assert sorted(names) == ["c", "cpp", "interp", "llvm", "mlir", "opencl", "wasm", "web"]


def test_heaps_stand_once() -> None:
    text = '("auto", "ddr", "msmc", "l2", "static")'
    holders = [str(path.relative_to(ROOT / "dspc")) for path in PYTHON if text in path.read_text()]
    assert holders == ["dialects/heap_option.py"]
