"""Code of modules that is kept in one file: it is used while the sources are as they were."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dspc.module_code import KeptLoader, ModuleCode, NotingLoader

OLD = time.time() - 100


@pytest.fixture(autouse=True)
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the sources of `dspc.one` and the package `dspc.two`, and a new cache."""
    monkeypatch.setenv("DSPC_CACHE_DIR", str(tmp_path / "cache"))
    folder = tmp_path / "package"
    (folder / "two").mkdir(parents=True)
    _write(folder / "one.py", "VALUE = 1\n")
    _write(folder / "two" / "__init__.py", "VALUE = __path__[0]\n")
    return folder


def _write(path: Path, text: str, changed: float = OLD) -> None:
    path.write_text(text)
    os.utime(path, (changed, changed))


def _load(folder: Path) -> tuple[list[type], list[object]]:
    """Import both modules and store; their loaders, and their values."""
    code = ModuleCode()
    loaders: list[type] = []
    values: list[object] = []
    for name in ("dspc.one", "dspc.two"):
        spec = code.find_spec(name, [str(folder)])
        assert spec is not None
        assert spec.loader is not None
        loaders.append(type(spec.loader))
        module = type(sys)(name)
        module.__path__ = spec.submodule_search_locations or []
        spec.loader.exec_module(module)
        values.append(module.VALUE)
    code.store()
    return loaders, values


def test_kept_code_is_that_of_the_sources(package: Path) -> None:
    two = str(package / "two")
    assert _load(package) == ([NotingLoader] * 2, [1, two])
    assert _load(package) == ([KeptLoader] * 2, [1, two])
    spec = ModuleCode().find_spec("dspc.two", [str(package)])
    assert spec is not None
    assert spec.origin == str(package / "two" / "__init__.py")
    assert spec.submodule_search_locations == [two]
    assert spec.loader is not None
    assert ModuleCode().find_spec("dspc.none", [str(package)]) is None
    assert ModuleCode().find_spec("other.one", [str(package)]) is None


def test_changed_moved_and_removed_sources_are_read(package: Path, tmp_path: Path) -> None:
    _load(package)
    _write(package / "one.py", "VALUE = 2\n", OLD + 1)
    assert _load(package) == ([NotingLoader, KeptLoader], [2, str(package / "two")])
    assert _load(package)[0] == [KeptLoader] * 2
    moved = package.rename(tmp_path / "moved")
    assert _load(moved) == ([NotingLoader] * 2, [2, str(moved / "two")])
    (moved / "one.py").unlink()
    assert ModuleCode().find_spec("dspc.one", [str(moved)]) is None


def test_a_source_of_this_moment_is_not_kept(package: Path) -> None:
    _write(package / "one.py", "VALUE = 3\n", time.time())
    _load(package)
    loaders, values = _load(package)
    assert (loaders, values[0]) == ([NotingLoader, KeptLoader], 3)


@pytest.mark.parametrize("end", [0, 10, 40, 100, -5])
def test_damaged_files_are_ignored(package: Path, tmp_path: Path, end: int) -> None:
    _load(package)
    (file,) = (tmp_path / "cache" / "modules").iterdir()
    data = file.read_bytes()
    file.write_bytes(data[:end])
    assert _load(package)[1] == [1, str(package / "two")]
    assert _load(package)[0] == [KeptLoader] * 2
    data = file.read_bytes()
    file.write_bytes(data[:end] + b"x" + data[end:][1:])
    assert _load(package)[1] == [1, str(package / "two")]


def test_a_command_keeps_the_code_of_its_modules(tmp_path: Path) -> None:
    (tmp_path / "a.dsp").write_text("process = _;")
    code = (
        "import sys; sys.argv[1:] = ['a.dsp', '-time']; from dspc.start import main\n"
        "try: main()\n"
        "finally: print(sum(type(m.__spec__.loader).__name__ == 'KeptLoader' "
        "for m in list(sys.modules.values()) if getattr(m, '__spec__', None)), file=sys.stderr)"
    )
    kept: list[int] = []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        kept.append(int(done.stderr.split()[-1]))
    assert kept[0] == 0
    assert kept[1] > 200
