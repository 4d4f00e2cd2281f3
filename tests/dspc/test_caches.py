"""`dspc --cache show|clear`, and where the caches are."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from dspc.support.files import caches, private
from tests.dspc.commands import output


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DSPC_CACHE_DIR", str(tmp_path / "cache"))
    for cache in caches.all_caches():
        folder = cache.folder()
        assert folder is not None
        (Path(folder) / "entry").write_bytes(bytes(1 << 20))
    return tmp_path / "cache"


def test_caches_are_shown_and_cleared(place: Path, capsys: pytest.CaptureFixture[str]):
    (place / "conformance" / "inner").mkdir()
    (place / "conformance" / "inner" / "step").write_bytes(bytes(1 << 20))
    mine = place / "notes.txt"
    mine.write_text("not a cache")
    outside = place.parent / "outside.txt"
    outside.write_text("kept")
    (place / "objects" / "link").symlink_to(outside)
    status, out, _ = output(capsys, "--cache", "show")
    lines = out.splitlines()
    assert (status, lines[0]) == (0, str(place))
    assert [line.split()[:2] for line in lines[1:]] == [
        *(["outputs", "1"], ["libraries", "1"], ["code", "1"], ["modules", "1"]),
        *(["objects", "2"], ["native", "1"], ["tuned", "1"], ["conformance", "2"]),
    ]
    assert "1.0 MiB of    64" in lines[1]
    status, out, _ = output(capsys, "--cache", "clear")
    assert (status, out) == (0, "removed 10 files, 9.0 MiB\n")
    assert mine.read_text() == "not a cache"
    assert outside.read_text() == "kept"
    assert not [path for path in place.rglob("*") if path.is_file() and path != mine]


def test_folders_of_others_are_not_cleared(place: Path, capsys: pytest.CaptureFixture[str]):
    (place / "objects" / "entry").rename(place / "entry")
    (place / "objects").rmdir()
    (place / "objects").symlink_to(place.parent)
    (place.parent / "precious").write_text("kept")
    assert output(capsys, "--cache", "clear")[0] == 0
    assert (place.parent / "precious").read_text() == "kept"


def test_unknown_actions_are_refused(place: Path, capsys: pytest.CaptureFixture[str]):
    status, out, errors = output(capsys, "--cache", "list")
    assert (status, out) == (2, "")
    assert "--cache is one of show, clear, not list" in errors


def test_the_place_is_that_of_the_system(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("DSPC_CACHE_DIR", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    known = ModuleType("platformdirs")
    known.__dict__["user_cache_dir"] = lambda: "/Users/me/Library/Caches"
    monkeypatch.setitem(sys.modules, "platformdirs", known)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert private.cache_folder() == "/Users/me/Library/Caches/dspc"
    monkeypatch.setenv("HOME", "/home/me")
    monkeypatch.setattr(sys, "platform", "linux")
    assert private.cache_folder() == "/home/me/.cache/dspc"
