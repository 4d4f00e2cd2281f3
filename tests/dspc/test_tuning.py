"""`--tune`: which candidates are compared, what is chosen and remembered; times are made up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from dspc.targets.cpp import CppTarget
from dspc.tuning import timing
from dspc.tuning.candidates import words
from tests.dspc.commands import output

PROGRAM = 'process = _ * hslider("gain", 0.5, 0, 1, 0.01) : + ~ *(0.9);\n'
Capture = pytest.CaptureFixture[str]


class Measured:
    """Stands for compiler and clock: candidates take what `times` says by name, else 10 ns."""

    def __init__(self) -> None:
        self.compiler = "cc -O3\nversion 1"
        self.times: dict[str, float] = {}
        self.names: list[str] = []

    def open(self, target: CppTarget, module: Any, *_: Any, **__: Any) -> Any:
        return module

    def take(self, programs: Sequence[object]) -> list[float]:
        asked, self.asked = self.asked, []
        assert len(programs) == len(asked)
        self.names += asked
        return [self.times.get(name, 10.0) for name in asked]

    asked: list[str] = []


@pytest.fixture
def measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Measured:
    from dspc.tuning import Tuning

    found = Measured()
    plain = Tuning._instance

    def instance(self: Tuning, options: Any) -> Any:
        found.asked = [*found.asked, words(options)]
        return plain(self, options)

    monkeypatch.setenv("DSPC_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(Tuning, "_instance", instance)
    monkeypatch.setattr(timing, "times", found.take)
    monkeypatch.setattr(CppTarget, "compiler", lambda self: found.compiler)
    monkeypatch.setattr(CppTarget, "open_timed", found.open)
    return found


@pytest.fixture
def compiled(tmp_path: Path, capsys: Capture) -> Callable[..., tuple[str, str]]:
    (tmp_path / "a.dsp").write_text(PROGRAM)

    def command(*arguments: str, file: str = "a.dsp") -> tuple[str, str]:
        status, text, errors = output(capsys, str(tmp_path / file), *arguments)
        assert status == 0, errors
        return text, errors

    return command


def test_the_fastest_candidate_is_named_by_the_file(
    measured: Measured, compiled: Callable[..., tuple[str, str]]
) -> None:
    measured.times = {"-vec -vs 128": 4, "-vec -vs 128 --lanes 4": 3}
    text, said = compiled("--tune")
    assert "-vec -lv 0 -vs 128 --lanes 4" in text
    assert "--tune " not in text
    assert text == compiled("-vec", "-vs", "128", "--lanes", "4")[0]
    assert said == (
        "--tune: -vec -vs 128 --lanes 4: 3.00 ns a frame by cc -O3; default 10.00, -scal 10.00, "
        "-vec -vs 32 10.00, -vec -vs 64 10.00, -vec -vs 128 4.00, -vec -vs 256 10.00, "
        "-vec -vs 128 --lanes 0 10.00, -vec -vs 128 --lanes 16 10.00\n"
    )


def test_nothing_changes_for_less_than_the_noise(
    measured: Measured, compiled: Callable[..., tuple[str, str]]
) -> None:
    measured.times = {"-scal": 9.9, "--lanes 0": 9.95}
    text, said = compiled("--tune")
    assert said.startswith("--tune: default: 10.00 ns")
    assert text == compiled()[0]


def test_a_choice_is_remembered_by_program_options_and_compiler(
    measured: Measured, compiled: Callable[..., tuple[str, str]], tmp_path: Path, capsys: Capture
) -> None:
    def is_measured(*arguments: str, file: str = "a.dsp") -> bool:
        measured.names.clear()
        said = compiled("--tune", *arguments, file=file)[1]
        assert said.endswith("(remembered)\n") == (not measured.names)
        return bool(measured.names)

    measured.times = {"-scal": 2}
    first = compiled("--tune")[0]
    measured.times = {}
    assert not is_measured()
    assert compiled("--tune")[0] == first == compiled("-scal")[0]
    # Names and the place of the output move no loop; precision and other programs do.
    assert not is_measured("-cn", "other", "-scn", "base", "-o", str(tmp_path / "a.cpp"))
    assert is_measured("-double")
    (tmp_path / "b.dsp").write_text(PROGRAM.replace("0.9", "0.8"))
    assert is_measured(file="b.dsp")
    (tmp_path / "b.dsp").write_text("// A comment.\n" + PROGRAM.replace("0.9", "0.8"))
    assert not is_measured(file="b.dsp")
    measured.compiler = "cc -O3\nversion 2"
    assert is_measured()
    assert not is_measured()
    output(capsys, "--cache", "clear")
    assert is_measured()


def test_without_caches_each_run_measures(
    measured: Measured, compiled: Callable[..., tuple[str, str]], tmp_path: Path
) -> None:
    for _ in range(2):
        assert not compiled("--tune", "--no-cache")[1].endswith("(remembered)\n")
    assert not (tmp_path / "cache" / "tuned").exists()


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-4], lambda data: b"", lambda data: data * 2]
)
def test_damaged_choices_are_measured_again(
    damage: Callable[[bytes], bytes],
    measured: Measured,
    compiled: Callable[..., tuple[str, str]],
    tmp_path: Path,
) -> None:
    compiled("--tune")
    (entry,) = (tmp_path / "cache" / "tuned").iterdir()
    entry.write_bytes(damage(entry.read_bytes()))
    assert not compiled("--tune")[1].endswith("(remembered)\n")
    assert compiled("--tune")[1].endswith("(remembered)\n")


def test_what_the_options_say_is_kept(
    measured: Measured, compiled: Callable[..., tuple[str, str]]
) -> None:
    asked: dict[tuple[str, ...], list[str]] = {
        ("-scal", "--lanes", "0"): ["-scal --lanes 0"],
        ("-vec", "-vs", "64", "-double"): [
            "-vec -vs 64", "-vec -vs 64", "-vec -vs 64 --lanes 0", "-vec -vs 64 --lanes 2",
            "-vec -vs 64 --lanes 8",
        ],
        ("-vec", "--lanes", "4"): [
            "-vec --lanes 4", *(f"-vec -vs {size} --lanes 4" for size in (32, 64, 128, 256)),
        ],
        ("-vs", "64", "--lanes", "0"): ["-vs 64 --lanes 0", "-vec -vs 64 --lanes 0"],
    }  # fmt: skip
    for options, names in asked.items():
        measured.names.clear()
        compiled("--tune", *options)
        assert measured.names == names


def test_modules_of_signals_are_tuned_in_their_precision(
    measured: Measured, compiled: Callable[..., tuple[str, str]], tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / "a.mlir"
    path.write_text(compiled("-double", "--emit", "dsp")[0])
    measured.times = {"--lanes 8": 1}
    assert "--lanes 8" in compiled("--tune", file="a.mlir")[0]
    path.write_text(compiled("--emit", "loops")[0])
    status, text, errors = output(capsys, str(path), "--tune")
    assert (status, text) == (2, "")
    assert "the module has loops" in errors


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--target", "opencl"), "targets cpp and llvm, not opencl"),
        (("--target", "interp"), "targets cpp and llvm, not interp"),
        (("-omp",), "no -omp and -sch"),
        (("--machine", "avx2"), "no --machine"),
        (("-os",), "no -os"),
        (("--emit", "loops"), "it excludes --emit"),
        (("-e",), "it excludes --emit, -p, -e"),
        (("-p", "dsp-simplify"), "it excludes --emit, -p"),
        (("--memory-map", "text"), "and --memory-map"),
    ],
)
def test_what_cannot_be_measured_is_refused(
    options: tuple[str, ...], message: str, measured: Measured, tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "a.dsp").write_text(PROGRAM)
    status, text, errors = output(capsys, str(tmp_path / "a.dsp"), "--tune", *options)
    assert (status, text) == (2, "")
    assert "E0007" in errors
    assert message in errors
    assert not measured.names


def test_without_compiler_there_is_one_error_and_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    (tmp_path / "a.dsp").write_text(PROGRAM)
    made = tmp_path / "a.cpp"
    monkeypatch.setenv("CXX", "no-such-compiler")
    status, _, errors = output(capsys, str(tmp_path / "a.dsp"), "--tune", "-o", str(made))
    assert status != 0
    assert errors.count("error[E0720]") == 1
    assert not made.exists()


@pytest.mark.parametrize("options", [("-vec", "-vs", "32", "--lanes", "0"), ("--target", "llvm")])
def test_candidates_are_compiled_and_run(
    options: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    (tmp_path / "a.dsp").write_text(PROGRAM)
    monkeypatch.setenv("DSPC_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("CXXFLAGS", "-O1 -DUNUSED")
    monkeypatch.setattr(timing, "ROUNDS", 1)
    monkeypatch.setattr("dspc.tuning.candidates.CHUNKS", (32,))
    status, text, said = output(capsys, str(tmp_path / "a.dsp"), "--tune", *options)
    assert (status, said.count("\n"), said.count(" ns a frame by ")) == (0, 1, 1)
    assert ("LLVM" if "llvm" in options else "-O1 -DUNUSED") in said
    assert "compute" in text
    again = output(capsys, str(tmp_path / "a.dsp"), "--tune", *options)
    assert again[:2] == (0, text)
    assert again[2].endswith("(remembered)\n")
