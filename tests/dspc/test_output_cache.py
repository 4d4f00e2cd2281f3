"""The cache of finished output: hits repeat everything, and no stale or damaged entry is used."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dspc import compile_files, output_cache, start
from dspc.support.files import caches, input_record

PROGRAM = 'import("part.lib");\nprocess = hslider("x", 0.5, 0, 1, 0.1) * gain;\n'
Run = Callable[..., tuple[int, str, str, bool]]


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Run:
    """The command: its exit status, both streams, and whether anything was compiled."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DSPC_CACHE_DIR", str(tmp_path / "cache"))
    compiled: list[str] = []
    real = compile_files.compile_all

    def noted(file: str, *more: object):
        compiled.append(file)
        return real(file, *more)

    monkeypatch.setattr(compile_files, "compile_all", noted)

    def command(*arguments: str) -> tuple[int, str, str, bool]:
        compiled.clear()
        time.sleep(0.03)  # Files written just before a compilation are not settled.
        monkeypatch.setattr(sys, "argv", ["dspc", *arguments])
        monkeypatch.setattr(input_record, "_current", None)
        with pytest.raises(SystemExit) as ended:
            start.main()
        captured = capfdbinary.readouterr()
        return (
            int(ended.value.code or 0),
            captured.out.decode(),
            captured.err.decode(),
            bool(compiled),
        )

    yield command
    monkeypatch.setattr(input_record, "_current", None)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    (tmp_path / "part.lib").write_text("gain = 0.5;\n")
    path = tmp_path / "a.dsp"
    path.write_text(PROGRAM)
    return path


def entries(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "cache" / "outputs").glob("*"))


def test_a_hit_repeats_streams_and_files(run: Run, program: Path, tmp_path: Path):
    program.write_text(f'{PROGRAM[:-2]} / hslider("divisor", 1, 0, 1, 0.1);')
    arguments = ("-json", "-me", "a.dsp")
    first = run(*arguments)
    described = (tmp_path / "a.dsp.json").read_bytes()
    (tmp_path / "a.dsp.json").unlink()
    again = run(*arguments)
    assert first[3]
    assert not again[3]
    assert again[:3] == first[:3]
    assert "warning" in first[2]
    assert (tmp_path / "a.dsp.json").read_bytes() == described
    run("a.dsp", "-o", "a.cpp")
    code = (tmp_path / "a.cpp").read_bytes()
    (tmp_path / "a.cpp").write_text("edited")
    assert not run("a.dsp", "-o", "a.cpp")[3]
    assert (tmp_path / "a.cpp").read_bytes() == code


def test_changes_make_entries_stale(run: Run, program: Path, tmp_path: Path, monkeypatch):
    run("a.dsp")
    assert not run("a.dsp")[3]
    (tmp_path / "part.lib").write_text("gain = 0.6;\n")  # an import, of the same length
    status, out, _, compiled = run("a.dsp")
    assert compiled
    assert "0.6f" in out
    program.write_text(PROGRAM.replace("0.1", "0.2"))
    assert run("a.dsp")[3]
    assert run("-double", "a.dsp")[3]
    (tmp_path / "late").mkdir()
    assert run("-I", "late", "a.dsp")[3]
    monkeypatch.setenv("FAUST_LIB_PATH", "late")
    assert run("a.dsp")[3]
    assert not run("a.dsp")[3]
    monkeypatch.setattr(output_cache, "_stamp", lambda path: [0, 0])  # a module is edited
    assert run("a.dsp")[3]
    assert status == 0


def test_a_file_that_appears_earlier_on_the_path_is_noticed(run: Run, tmp_path: Path):
    for folder in ("first", "second"):
        (tmp_path / folder).mkdir()
    (tmp_path / "a.dsp").write_text('import("part.lib"); process = gain;\n')
    (tmp_path / "second" / "part.lib").write_text("gain = 0.5;\n")
    arguments = ("-I", "first", "-I", "second", "a.dsp")
    run(*arguments)
    assert not run(*arguments)[3]
    (tmp_path / "first" / "part.lib").write_text("gain = 0.75;\n")
    _, out, _, compiled = run(*arguments)
    assert compiled
    assert "0.75f" in out


def test_damaged_and_foreign_entries_are_ignored(run: Run, program: Path, tmp_path: Path):
    expected = run("a.dsp")
    [entry] = entries(tmp_path)
    data = entry.read_bytes()
    assert entry.stat().st_mode & 0o777 == 0o600
    for at in range(0, len(data), len(data) // 12):
        entry.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert run("a.dsp") == expected
    entry.write_bytes(data[:-1])
    assert run("a.dsp") == expected
    entry.chmod(0o666)  # another user could have written it
    assert run("a.dsp") == expected
    entry.unlink()
    entry.symlink_to(program)
    assert run("a.dsp") == expected
    assert not run("a.dsp")[3]


def test_errors_and_refusals_are_not_stored(run: Run, program: Path, tmp_path: Path):
    (tmp_path / "bad.dsp").write_text("process = nothing;\n")
    assert run("bad.dsp")[0] == 1
    assert run("--no-cache", "a.dsp")[0] == 0
    assert run("--time-passes", "a.dsp")[0] == 0
    assert entries(tmp_path) == []


def test_outputs_that_a_record_cannot_describe_are_not_stored(run, program, tmp_path, monkeypatch):
    real = compile_files.compile_all

    def starts_a_process(*arguments):
        sys.audit("subprocess.Popen", "faust", ["faust"], None, None)
        return real(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(compile_files, "compile_all", starts_a_process)
        assert run("a.dsp")[0] == 0
    assert entries(tmp_path) == []
    future = time.time() + 60
    os.utime(program, (future, future))  # it may have changed while it was compiled
    assert run("a.dsp")[0] == 0
    assert entries(tmp_path) == []


def test_the_cache_is_bounded(run: Run, program: Path, tmp_path: Path, monkeypatch):
    run("a.dsp")
    size = entries(tmp_path)[0].stat().st_size
    cache = caches.outputs()._replace(limit=2 * size + size // 2)
    monkeypatch.setattr(output_cache, "outputs", lambda: cache)
    for name in ("B", "C", "D", "E"):
        run("-cn", name, "a.dsp")
    assert len(entries(tmp_path)) == 2
    assert not run("-cn", "E", "a.dsp")[3]


def test_several_files(run: Run, program: Path, tmp_path: Path):
    (tmp_path / "b.dsp").write_text("process = _ * 2;\n")
    (tmp_path / "bad.dsp").write_text("process = nothing;\n")
    (tmp_path / "out").mkdir()
    status, out, err, _ = run("bad.dsp", "a.dsp", "b.dsp", "-O", "out", "-json")
    assert (status, out) == (1, "")
    assert err.count("error[") == 1
    assert "bad.dsp:1:11" in err
    files = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert sorted(files) == ["a.cpp", "a.dsp.json", "b.cpp", "b.dsp.json"]
    for name in ("a.dsp", "b.dsp"):
        run(name, "-O", "out", "-o", f"{name[0]}.cpp", "-json", "--no-cache")
    assert files == {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert not run("a.dsp", "b.dsp", "-O", "out", "-json")[3]
    program.write_text(PROGRAM.replace("0.1", "0.2"))
    status, *_, compiled = run("b.dsp", "a.dsp", "-O", "out", "-json")
    assert compiled
    assert not run("b.dsp", "-O", "out", "-json", "a.dsp")[3]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("a.dsp", "b.dsp"), "several files need -O DIR"),
        (("a.dsp", "b.dsp", "-O", ".", "-o", "x.cpp"), "several files need -O DIR"),
        (("a.dsp", "sub/a.dsp", "-O", "."), "would both be written"),
        (("a.dsp", "b.dsp", "-e", "-O", "."), "would be overwritten"),
        (("a.dsp", "b.dsp", "-O", "none"), "no such folder"),
        (("a.dsp", "b.dsp", "-O", ".", "--stats", "s.json"), "--stats is for one file"),
    ],
)
def test_outputs_of_several_files_never_meet(run: Run, program, tmp_path, arguments, message):
    status, out, err, compiled = run(*arguments)
    assert (status, out, compiled) == (2, "", False)
    assert message in err
    assert program.read_text() == PROGRAM
