"""Files: whole or not at all, under names nobody can foresee, of any bytes, in any locale."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from dspc.output import write_all
from dspc.support.files import atomic, transient
from dspc.support.texts import text_bytes

ROOT = Path(__file__).parents[2]
LATIN_1 = b"caf\xe9.dsp"


def environment(folder: Path, **more: str) -> dict[str, str]:
    base = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    return {**base, "DSPC_CACHE_DIR": str(folder / "cache"), **more}


def dspc(
    *arguments: str | bytes, cwd: Path, module: str = "dspc", **more: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=cwd,
        capture_output=True,
        timeout=120,
        check=False,
        env=environment(cwd, **more),
    )


def shell(line: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a shell's line in which `dspc` is ours."""
    program = f'dspc() {{ "{sys.executable}" -m dspc "$@"; }}\n'
    return subprocess.run(
        ["sh", "-c", program + line],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=environment(cwd),
    )


@pytest.fixture
def program(tmp_path: Path) -> Path:
    (tmp_path / "p.dsp").write_text('process = hslider("größe", 0, 0, 1, 0.1) * _;\n')
    return tmp_path


@pytest.mark.parametrize(
    "line",
    [
        "dspc p.dsp > /dev/full",
        "dspc p.dsp -o /dev/full",
        "dspc p.dsp >&-",
        "dspc --help > /dev/full",
        "dspc --version > /dev/full",
        "dspc -flist -o o.cpp p.dsp > /dev/full",
        "dspc -json -O /proc p.dsp",
    ],
)
def test_where_nothing_can_be_written_is_one_line(line: str, program: Path) -> None:
    done = shell(line, program)
    assert done.returncode == 2, done.stderr
    assert done.stderr.count("\n") == 1
    assert "error[E0010]" in done.stderr
    assert not (program / "o.cpp").exists()


def test_closed_streams_that_nobody_needs(program: Path) -> None:
    assert shell("dspc p.dsp -o o.cpp >&- 2>&- <&-", program).returncode == 0
    assert (program / "o.cpp").read_bytes() == dspc("p.dsp", cwd=program).stdout
    assert shell("dspc nowhere.dsp >&- 2>&-", program).returncode == 2


@pytest.mark.parametrize("locale", ["C", pytest.param("POSIX", marks=pytest.mark.slow), "C.utf8"])
def test_labels_are_utf_8_in_every_locale(locale: str, program: Path) -> None:
    plain = {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = dspc("p.dsp", cwd=program, **plain)
    assert done.returncode == 0, done.stderr
    assert "größe".encode() in done.stdout
    (program / "wrong.dsp").write_text("größe = 1;\nprocess = größe;\n")
    done = dspc("--error-format", "json", "wrong.dsp", cwd=program, **plain)
    assert done.returncode == 1
    assert done.stderr.startswith(b'{"severity": "error"')


@pytest.mark.parametrize(
    "arguments",
    [
        ("-json", "-xml", "-svg", "-tg", "-o", "o.cpp"),
        ("--emit", "loops"),
        ("-lang", "interp", "-o", "o.py"),
        ("-lang", "llvm", "-o", "o.o"),
        ("-lang", "opencl", "-o", "o/"),
    ],
)
def test_file_names_of_any_bytes(arguments: tuple[str, ...], tmp_path: Path) -> None:
    name = os.path.join(os.fsencode(tmp_path), LATIN_1)
    Path(os.fsdecode(name)).write_bytes(b"process = _;\n")
    done = dspc(*arguments, LATIN_1, cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_a_missing_file_of_any_bytes_is_named_in_one_line(tmp_path: Path) -> None:
    done = dspc(b"\xff\n\x1b.dsp", cwd=tmp_path)
    assert (done.returncode, done.stderr.count(b"error[E0120]")) == (2, 1)
    assert (done.stderr.count(b"\n"), done.stderr.count(b"\x1b")) == (1, 0)


def test_architecture_files_of_any_bytes_are_copied(program: Path) -> None:
    every = bytes(byte for byte in range(256) if byte not in b"\n")
    head, tail = b"// " + every + b"\n// \x0b\x0c\x1c\x85\r\n", b"// \xe2\x80\xa8 end\r\n"
    (program / "a.cpp").write_bytes(head + b"<<includeIntrinsic>>\n<<includeclass>>\n" + tail)
    done = dspc("-a", "a.cpp", "p.dsp", "-o", "o.cpp", cwd=program)
    assert done.returncode == 0, done.stderr
    text = (program / "o.cpp").read_bytes()
    assert text.startswith(head)
    assert text.endswith(tail)


def test_a_planted_link_is_not_followed(program: Path) -> None:
    """A name that others can foresee, once `.PID-NAME`, was opened without O_EXCL."""
    victim = program / "victim"
    victim.write_text("kept")
    seen: list[str] = []

    def plant(name: str) -> str:
        seen.append(name)
        if len(seen) == 1:
            (program / f".dspc-{name}.new").symlink_to(victim)
        return name

    names = iter(["0" * 16, "1" * 16])
    atomic.random_name, original = lambda: plant(next(names)), atomic.random_name
    try:
        with pytest.raises(OSError), atomic.writing(str(program / "o")) as file:
            file.write(b"new")
    finally:
        atomic.random_name = original
    assert victim.read_text() == "kept"
    assert not (program / "o").exists()


def test_names_cannot_be_foreseen(tmp_path: Path) -> None:
    assert len({transient.random_name() for _ in range(1000)}) == 1000
    with atomic.writing(str(tmp_path / "o")) as file:
        (name,) = os.listdir(tmp_path)
        assert file.write(b"1") == 1
    assert str(os.getpid()) not in name.split("-")
    assert os.listdir(tmp_path) == ["o"]


def test_several_files_are_written_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "b").write_text("old")
    replace = os.replace
    targets = [str(tmp_path / name) for name in "abc"]

    def fails(source: str, target: str) -> None:
        if target == targets[2]:
            raise OSError(5, "Input/output error")
        replace(source, target)

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(Exception, match=r"E0010.*/c: cannot be written: input/output error"):
        write_all([(target, b"new") for target in targets])
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {"b": "old"}


def test_text_that_is_no_unicode() -> None:
    assert text_bytes("ä\udcff") == b"\xc3\xa4\xff"
    assert text_bytes("\ud800ä\udcff") == b"\xef\xbf\xbd\xc3\xa4\xff"


def living(group: int) -> Iterator[int]:
    """The processes of a group that are not dead and only unburied."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, its_group = status.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state not in "ZX":
                yield int(status.parent.name)


WAITING = """
import sys, time
from dspc.support.files import atomic, transient
with atomic.writing("o") as file, transient.scratch_folder(".") as folder:
    file.write(b"half")
    print("ready", flush=True)
    transient.run_command(["sh", "-c", "echo $$ > child; sleep 98 & wait"])
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_signals_leave_nothing_behind(number: signal.Signals, tmp_path: Path) -> None:
    (tmp_path / "o").write_text("old")
    process = subprocess.Popen(
        [sys.executable, "-c", WAITING],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(tmp_path),
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    child = tmp_path / "child"
    for _ in range(200):
        if child.exists() and child.read_text():
            break
        time.sleep(0.05)
    assert len([p for p in tmp_path.iterdir() if "dspc-" in p.name]) == 2
    process.send_signal(number)
    assert process.wait(timeout=30) == -number
    process.stdout.close()
    assert {p.name for p in tmp_path.iterdir()} == {"o", "child"}
    assert (tmp_path / "o").read_text() == "old"
    assert not list(living(int(child.read_text())))


def test_a_host_programs_own_handling_is_left_alone(tmp_path: Path) -> None:
    def own(*_: object) -> None: ...

    before = signal.signal(signal.SIGHUP, own)
    try:
        with atomic.writing(str(tmp_path / "o")):
            assert signal.getsignal(signal.SIGHUP) is own
            assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGHUP, before)
