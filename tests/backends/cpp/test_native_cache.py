"""The cache of compiled programs: private to the user, checked, repaired, bounded, optional."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import numpy as np
import pytest

import dspc
from dspc.backends.cpp import build, native
from dspc.backends.cpp.build import build_library
from dspc.support.files import caches
from dspc.support.files.transient import run_command

pytestmark = pytest.mark.builds

CODE = 'extern "C" int answer() { return 42; }'


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DSPC_CACHE_DIR", str(tmp_path / "cache"))
    native._load.cache_clear()
    return tmp_path / "cache" / "native"


def rings() -> float:
    """The samples of a program that is compiled and loaded again."""
    native._load.cache_clear()
    return float(dspc.load("process = _ * 2;")(np.ones((1, 4)))[0, 3])


def test_the_folder_is_the_users_alone(cache: Path) -> None:
    assert rings() == 2
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    (library,) = cache.iterdir()
    assert stat.S_IMODE(library.stat().st_mode) == 0o600


def test_a_folder_that_others_could_read_is_closed(cache: Path) -> None:
    cache.mkdir(parents=True, mode=0o755)
    assert rings() == 2
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    assert len(list(cache.iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"\x7fELF", b"half", b"flipped", b"longer"])
def test_a_damaged_library_is_compiled_again(damage: bytes, cache: Path) -> None:
    assert rings() == 2
    (library,) = cache.iterdir()
    whole = library.read_bytes()
    changed = {
        b"half": whole[: len(whole) // 2],
        b"flipped": whole[:900] + bytes([whole[900] ^ 1]) + whole[901:],
        b"longer": whole + b"\0",
    }
    library.unlink()
    library.write_bytes(changed.get(damage, damage))
    assert rings() == 2
    (mended,) = cache.iterdir()
    assert mended.read_bytes() == whole


def test_an_object_of_the_right_digest_that_cannot_be_loaded_is_compiled_again(cache: Path) -> None:
    assert rings() == 2
    (library,) = cache.iterdir()
    library.unlink()
    junk = b"no library"
    key = library.name.partition("-")[0]
    (cache / f"{key}-{build._digest(junk)}.so").write_bytes(junk)
    assert rings() == 2
    assert [path.name for path in cache.iterdir()] == [library.name]


def test_foreign_folders_and_files_are_not_used(cache: Path, tmp_path: Path) -> None:
    cache.mkdir(parents=True)
    cache.chmod(0o777)
    assert rings() == 2
    assert list(cache.iterdir()) == []
    cache.rmdir()
    (tmp_path / "elsewhere").mkdir()
    cache.symlink_to(tmp_path / "elsewhere")
    assert rings() == 2
    assert list(cache.iterdir()) == []


@pytest.mark.parametrize("obstacle", ["others can write", "link", "pipe", "folder"])
def test_a_library_that_others_may_have_placed_is_not_loaded(obstacle: str, cache: Path) -> None:
    first = build_library(CODE)
    data = first.read_bytes()
    first.unlink()
    if obstacle == "others can write":
        first.write_bytes(data)
        first.chmod(0o666)
    elif obstacle == "link":
        (cache.parent / "other.so").write_bytes(data)
        first.symlink_to(cache.parent / "other.so")
    elif obstacle == "pipe":
        os.mkfifo(first)
    else:
        first.mkdir()
    library = build_library(CODE)
    if obstacle == "folder":
        assert library.parent != cache
        build.release(library)
    else:
        assert library == first
        assert stat.S_IMODE(first.lstat().st_mode) == 0o600
        assert stat.S_ISREG(first.lstat().st_mode)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs to give a file away")
def test_another_owners_library_is_not_loaded(cache: Path) -> None:
    first = build_library(CODE)
    os.chown(first, 1234, 1234)
    assert build_library(CODE) == first
    assert first.stat().st_uid == 0
    os.chown(cache, 1234, 1234)
    apart = build_library(CODE)
    assert apart.parent != cache
    build.release(apart)
    assert not apart.parent.exists()


def test_the_oldest_go_where_there_is_no_room(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    libraries = [build_library(f"{CODE}\nint number = {n};", ("-O0",)) for n in range(3)]
    size = sum(path.stat().st_size for path in libraries)
    for age, path in enumerate(libraries):
        os.utime(path, (age, age))
    build_library(f"{CODE}\nint number = 0;", ("-O0",))
    monkeypatch.setattr(build, "native", lambda: caches.native()._replace(limit=size))
    last = build_library(f"{CODE}\nint number = 3;", ("-O0",))
    assert set(cache.iterdir()) == {libraries[0], libraries[2], last}
    monkeypatch.setattr(build, "native", lambda: caches.native()._replace(limit=0))
    last = build_library(f"{CODE}\nint number = 4;", ("-O0",))
    assert list(cache.iterdir()) == [last]


def test_without_a_cache_everything_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("DSPC_CACHE_DIR", str(tmp_path / "file" / "cache"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    assert rings() == 2
    assert list((tmp_path / "tmp").iterdir()) == []


def test_programs_are_compiled_for_the_processor_at_hand(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flag, macros = build._native_flag(tuple(build.find_compiler()))
    assert flag == ["-march=native"] or not macros
    assert rings() == 2
    monkeypatch.setattr(build, "_native_flag", lambda command: ([], "another processor"))
    assert rings() == 2
    assert len(list(cache.iterdir())) == 2  # the cache may be shared by several machines


def test_products_and_sums_are_rounded_apart() -> None:
    """As by LLVM and the interpreter; a fused multiply-add would give 2^-60 here."""
    source = 'process(x) = x * x - hslider("s", 0, -2, 2, 0.1);'
    f = dspc.load(source, double=True)
    x = 1 + 2.0**-30
    f["s"] = x * x
    assert f(np.full((1, 64), x)).max() == 0


def test_a_compiler_is_asked_about_itself_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def run(command: list[str]) -> object:
        asked.append(command)
        return run_command(command)

    monkeypatch.setattr(build, "run_command", run)
    build._native_flag.cache_clear()
    for number in (1, 2):
        build.build_library(f'extern "C" int number() {{ return {number}; }}')
    assert len([command for command in asked if "-E" in command or "--version" in command]) == 1
