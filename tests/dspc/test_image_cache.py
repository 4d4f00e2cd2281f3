"""Programs that Python loads again are not compiled: what is kept, and what is stale."""

from __future__ import annotations

import os
import pickle
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import dspc
from dspc.support.files.caches import outputs

TEXT = """import("part.lib");
process = + ~ *(hslider("gain", part, 0, 0.9, 0.01)) : hbargraph("m", 0, 1);
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DSPC_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "part.lib").write_text("part = 0.5;")
    (tmp_path / "one.dsp").write_text(TEXT)
    settled()
    return tmp_path


def settled() -> None:
    """Wait until files are older than the record of a load can be mistaken about."""
    time.sleep(0.03)


def is_found(program: str = "one.dsp", **options: Any) -> bool:
    """Whether loading compiles nothing; the outputs are those of another back end."""
    loaded = dspc.load(program, "llvm", **options)
    x = np.random.default_rng(1).uniform(-1, 1, (1, 99))
    names = {name: value for name, value in options.items() if name != "fast_math"}
    expected = dspc.load(program, "interp", **names)(x)
    assert np.allclose(loaded(x), expected, atol=1e-6)
    assert list(loaded.controls) == ["/one/gain", "/one/m"] or program != "one.dsp"
    return callable(loaded._module)  # pyright: ignore[reportPrivateUsage]


def test_a_program_is_compiled_once() -> None:
    assert not is_found()
    assert is_found()
    assert is_found()


def test_a_text_is_kept_as_well() -> None:
    assert not is_found("process = + ~ *(0.5);")
    assert is_found("process = + ~ *(0.5);")
    assert not is_found("process = + ~ *(0.6);")


@pytest.mark.parametrize("name", ["one.dsp", "part.lib"])
def test_a_changed_file_is_read_again(name: str, folder: Path) -> None:
    assert not is_found()
    text = (folder / name).read_text()
    (folder / name).write_text(text.replace("0.5", "0.25") + "// changed")
    settled()
    assert not is_found()
    assert is_found()


def test_a_file_that_comes_before_the_one_that_was_found_is_read(folder: Path) -> None:
    (folder / "first").mkdir()
    options = {"import_dirs": ["first", "."]}
    (folder / "part.lib").rename(folder / "first" / "other.lib")
    (folder / "one.dsp").write_text(TEXT.replace("part.lib", "other.lib"))
    (folder / "other.lib").write_text("part = 0.5;")
    settled()
    assert not is_found(**options)
    assert is_found(**options)
    (folder / "other.lib").unlink()
    assert not is_found(**options)


def test_options_have_entries_of_their_own() -> None:
    assert not is_found()
    assert not is_found(double=True)
    assert not is_found(fast_math=True)
    assert not is_found(scalar=True)
    assert is_found(double=True)
    assert is_found(fast_math=True)


def test_an_entry_that_is_damaged_is_ignored() -> None:
    assert not is_found()
    store = outputs().folder()
    assert store is not None
    for name in os.listdir(store):
        path = Path(store, name)
        data = bytearray(path.read_bytes())
        data[-1] ^= 1
        path.write_bytes(bytes(data))
    assert not is_found()


def test_what_the_module_is_asked_for_compiles_it() -> None:
    dspc.load("one.dsp", "llvm", fast_math=True)
    found = dspc.load("one.dsp", "llvm", fast_math=True)
    x = np.ones((1, 50))
    expected = found(x)
    twin = found.clone()
    again = pickle.loads(pickle.dumps(found))
    assert np.array_equal(twin(x), found(x))
    assert again(x).shape == expected.shape
    assert "one" in repr(found)
    assert found.module.verify() is None


def test_programs_with_warnings_are_compiled_each_time() -> None:
    for _ in range(2):
        with pytest.warns(dspc.DspcWarning, match="sqrt"):
            dspc.load("process = sqrt;", "llvm", math_exceptions=True)


def test_a_machine_or_own_passes_are_not_kept() -> None:
    for _ in range(2):
        assert not is_found(machine="cpu")
    passes = dspc.pipeline(target="llvm")
    for _ in range(2):
        loaded = dspc.load("one.dsp", "llvm", passes=passes)
        assert not callable(loaded._module)  # pyright: ignore[reportPrivateUsage]
