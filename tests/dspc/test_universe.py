"""The plugin: in a fresh virtual environment, plain `xdsl-opt` knows what dspc's wheel brings."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest
from test_without_posix import PROGRAM, WITHOUT

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("dspc", "dialects", "passes", "frontends", "backends")

TOY_PROJECT = """
[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"
[project]
name = "toy"
version = "1"
[project.entry-points."xdsl.universe"]
toy = "toy:UNIVERSE"
[tool.setuptools]
py-modules = ["toy"]
"""

TOY_MODULE = """
from dataclasses import dataclass
from xdsl.passes import ModulePass
from xdsl.universe import Universe

@dataclass(frozen=True)
class Toy(ModulePass):
    name = "toy-mark"

    def apply(self, ctx, op):
        from xdsl.dialects.builtin import UnitAttr
        op.attributes["toy.mark"] = UnitAttr()

UNIVERSE = Universe(all_passes={"toy-mark": lambda: Toy})
"""


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        # What is found here must not be found in the environments that are made.
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def build(kind: str, source: Path, into: Path) -> Path:
    """The distribution of a kind, `wheel` or `sdist`, of the project in a folder."""
    code = f"import sys, setuptools.build_meta as b; print(b.build_{kind}(sys.argv[1]))"
    run(sys.executable, "-c", code, into, cwd=source)
    return next(into.glob("*.whl" if kind == "wheel" else "*.tar.gz"))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what git tracks or would track, so that building leaves nothing behind."""
    copy = tmp_path_factory.mktemp("project")
    files = run("git", "ls-files", "-co", "--exclude-standard", cwd=ROOT).splitlines()
    for name in files:
        target = copy / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target, follow_symlinks=False)
    return copy


@pytest.fixture(scope="module")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", project, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with dspc's wheel and a second plugin; xDSL comes from this one."""
    root = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", root, cwd=root)
    packages = Path(
        sysconfig.get_path("purelib", "venv", {"base": str(root), "platbase": str(root)})
    )
    toy = root / "toy-source"
    toy.mkdir()
    (toy / "pyproject.toml").write_text(TOY_PROJECT)
    (toy / "toy.py").write_text(TOY_MODULE)
    for archive in (wheel, build("wheel", toy, toy)):
        zipfile.ZipFile(archive).extractall(packages)
    # Only the dependencies: a path that comes last, and no editable install of dspc through it.
    dependencies = sysconfig.get_path("purelib")
    (packages / "dependencies.pth").write_text(dependencies + "\n")
    return root


def xdsl_opt(environment: Path, *arguments: str | Path) -> str:
    start = "from xdsl.tools.xdsl_opt import main; main()"
    python = environment / "bin" / "python"
    return run(python, "-c", start, *arguments, cwd=environment)


def test_wheel_holds_everything(wheel: Path, project: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    for folder in FOLDERS:
        for path in (project / folder).rglob("*"):
            if "example" in path.parts:
                continue
            if path.suffix in (".py", ".h", ".hpp", ".toml", ".cl") or path.name == "py.typed":
                inside = path.relative_to(project).as_posix()
                assert (inside if folder == "dspc" else f"dspc/{inside}") in packed
    scripts = next(name for name in packed if name.endswith("entry_points.txt"))
    text = zipfile.ZipFile(wheel).read(scripts).decode()
    commands = {"dspc = dspc.start:main", "dspc-run = dspc.run:main", "dspc-opt = dspc.opt:main"}
    assert commands <= set(text.splitlines())


def test_sdist_is_a_checkout(project: Path, wheel: Path, tmp_path: Path) -> None:
    """An unpacked source distribution makes the same wheel, and passes its own tests."""
    with tarfile.open(build("sdist", project, tmp_path)) as archive:
        archive.extractall(tmp_path, filter="data")
    unpacked = next(path for path in tmp_path.iterdir() if path.is_dir())
    for name in ("LICENSE", "docs/ops.md", "examples/drone.dsp", "benchmarks/run_time.py"):
        assert (unpacked / name).exists()
    again = build("wheel", unpacked, tmp_path)
    assert set(zipfile.ZipFile(again).namelist()) == set(zipfile.ZipFile(wheel).namelist())
    tests = ("tests/dspc/test_structure.py", "tests/dspc/test_deterministic.py")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-m", "not slow", *tests],
        cwd=unpacked,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_it_is_the_wheel_that_runs(environment: Path) -> None:
    where = run(
        environment / "bin" / "python",
        "-c",
        "import dspc.dialects as d; print(d.__file__)",
        cwd=environment,
    )
    assert Path(where.strip()).is_relative_to(environment)


def test_plain_xdsl_opt(environment: Path) -> None:
    source = ROOT / "examples" / "two_filters.dsp"
    signals = run(
        environment / "bin" / "python", "-m", "dspc", "--emit", "dsp", source, cwd=environment
    )
    file = environment / "filters.mlir"
    file.write_text(signals)
    lower = "dsp-size-delays,dsp-lower-to-loops"
    assert "dsp.program" in xdsl_opt(environment, file, "-p", "dsp-simplify")
    marked = xdsl_opt(environment, file, "-p", f"toy-mark,{lower}")
    assert "toy.mark" in marked
    assert "scf.for" in marked
    assert "dsp_mem.buffer" in marked
    code = xdsl_opt(environment, file, "-p", lower, "-t", "dspc-cpp{class_name=filters}")
    assert "class filters : public dsp" in code
    ir = xdsl_opt(environment, file, "-p", lower, "-t", "dspc-llvm{prefix=filters}")
    assert "define void @filters_compute(" in ir


def test_other_tools_do_not_load_our_command_line() -> None:
    code = "import sys, dspc.universe; sys.exit('typer' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_the_wheel_compiles_without_posix(environment: Path, platform: str) -> None:
    """In a fresh environment, with what POSIX alone has taken away."""
    (environment / "p.dsp").write_text(PROGRAM)
    for arguments, made in (
        (["p.dsp", "-o", "p.cpp"], "p.cpp"),
        (["-lang", "c", "-double", "p.dsp", "-o", "p.c"], "p.c"),
        (["--machine", "daisy", "-json", "-O", ".", "p.dsp", "-o", "board.cpp"], "p.dsp.json"),
    ):
        text = WITHOUT.format(platform=platform, module="cli", arguments=arguments)
        (environment / made).unlink(missing_ok=True)
        run(environment / "bin" / "python", "-c", text, cwd=environment)
        assert (environment / made).stat().st_size > 0
