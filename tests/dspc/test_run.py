"""`dspc-run` and the Python API: sound in, sound out."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import dspc
from dspc.run import main
from dspc.running.audio import FORMATS, SampleFormat, read_sound, write_sound
from dspc.running.controls import Change, find_path, read_change_file, read_presses
from dspc.running.stimuli import fit, impulse, noise
from dspc.support.diagnostics import DspcError

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.dsp"), key=lambda path: path.stat().st_size)
FILTERS = str(ROOT / "examples" / "two_filters.dsp")
GAIN = 'process = *(hslider("gain", 1, 0, 2, 0.1));'


def run(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as stopped:
        main([str(argument) for argument in arguments])
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("channels", [1, 2, 3])
def test_wave_files_come_back(form: SampleFormat, channels: int, tmp_path: Path) -> None:
    sound = noise(channels, 777)
    write_sound(str(tmp_path / "x.wav"), sound, 44100, form)
    back, rate = read_sound(str(tmp_path / "x.wav"))
    step = {"16": 2.0**-15, "24": 2.0**-23, "32": 2.0**-31, "float": 2.0**-24}[form]
    assert rate == 44100
    assert np.abs(back - sound).max() <= step


def test_wave_files_are_those_of_others(tmp_path: Path) -> None:
    soundfile = pytest.importorskip("soundfile")
    sound = noise(2, 500)
    for form, kind in (("16", "PCM_16"), ("24", "PCM_24"), ("float", "FLOAT")):
        path = str(tmp_path / f"{form}.wav")
        write_sound(path, sound, 48000, form)
        theirs, rate = soundfile.read(path, always_2d=True)
        assert soundfile.info(path).subtype == kind
        assert rate == 48000
        assert np.array_equal(theirs.T, read_sound(path)[0])


def test_arrays_are_written_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "loud.dsp").write_text("process = 2, -3;")
    path = tmp_path / "x.npy"
    assert run(tmp_path / "loud.dsp", "--seconds", "0.01", "-o", path, "-b", "interp") == 0
    samples = np.load(path)
    assert samples.shape == (2, 480)
    assert np.array_equal(samples[:, 0], [2, -3])


def test_clipping_saturates(tmp_path: Path) -> None:
    write_sound(str(tmp_path / "x.wav"), np.array([[2.0, -2.0, np.nan]]), 48000)
    back, _ = read_sound(str(tmp_path / "x.wav"))
    assert back[0].tolist() == [1 - 2.0**-15, -1.0, 0.0]


@pytest.mark.parametrize("data", [b"", b"RIFF\0\0\0\0WAVE", b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0"])
def test_broken_sound_file(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.wav").write_bytes(data)
    assert run(FILTERS, "-i", tmp_path / "x.wav", "-o", tmp_path / "y.wav") == 2
    assert not (tmp_path / "y.wav").exists()


def test_channels_fit() -> None:
    sound = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert fit(sound, 1, 3).tolist() == [[2.0, 3.0, 0.0]]
    assert fit(sound, 3, 1).tolist() == [[1.0], [3.0], [1.0]]


def test_paths() -> None:
    paths = ["/a/gain", "/b/gain", "/b/wet"]
    assert find_path("/a/gain", paths) == "/a/gain"
    assert find_path("b/gain", paths) == "/b/gain"
    assert find_path("Wet", paths) == "/b/wet"
    for wrong in ("gain", "wat"):
        with pytest.raises(dspc.DspcError):
            find_path(wrong, paths)


def test_changes_over_time(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text(json.dumps({"gain": [[0, 0.5], [0.25, 2]]}))
    changes = read_change_file(str(tmp_path / "c.json"), ["/p/gain"], 100)
    assert changes == [Change(0, "/p/gain", 0.5), Change(25, "/p/gain", 2.0)]
    processor = dspc.load(GAIN, "interp")
    processor.start(100)
    path = processor.paths()[0]
    moved = [Change(change.frame, path, change.value) for change in changes]
    assert processor.render(np.ones((1, 30)), moved, block=16)[0].tolist() == [0.5] * 25 + [2.0] * 5
    assert read_presses(["go=0.5"], ["/go"], 100, 64)[1] == Change(50, "/go", 0.0)


@pytest.mark.parametrize("backend", ["cpp", "interp"])
def test_state_carries_over_until_reset(backend: dspc.api.Backend) -> None:
    processor = dspc.load("process = + ~ *(0.5);", backend, double=True)
    x = impulse(1, 8)
    whole = processor(x)
    assert whole[0].tolist() == [0.5**n for n in range(8)]
    processor.reset()
    parts = np.hstack([processor(x[:, :3]), processor(x[:, 3:])])
    assert np.array_equal(parts, whole)
    assert processor(np.zeros(2))[0, 0] == 0.5**8
    assert processor(x, rate=44100)[0, 0] == 1.0


def test_controls_keep() -> None:
    processor = dspc.load(GAIN, "interp")
    assert processor(np.ones(2), controls={"gain": 0.5}).tolist() == [[0.5, 0.5]]
    assert processor(np.ones(1)).tolist() == [[0.5]]
    assert processor.get("gain") == 0.5


def test_compile_makes_text() -> None:
    program = dspc.compile(GAIN, class_name="Gain", double=True)
    assert "class Gain : public dsp" in program.code
    assert "dsp.lowered" in str(program.module)
    with pytest.raises(TypeError):
        dspc.compile(GAIN, nonsense=True)


def test_real_sound_files_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    soundfile = pytest.importorskip("soundfile")
    samples = np.random.default_rng(1).uniform(-0.5, 0.5, 1000).astype(np.float32)
    soundfile.write(tmp_path / "noise.wav", samples, 22050, subtype="FLOAT")
    monkeypatch.chdir(tmp_path)
    reader = "process = 0, (+(1) ~ _) - 1 : soundfile(\"s[url:{'noise.wav'}]\", 1);"
    length, rate, sound = dspc.load(reader, "cpp", double=True)(np.zeros((0, 1500)))
    assert (length[0], rate[0]) == (1000, 22050)
    assert np.array_equal(sound[:1000], samples)
    assert (sound[1000:] == samples[-1]).all()  # the index is clamped to the file


def test_another_process() -> None:
    half = dspc.load("half = _ * 0.5; process = _;", "interp", process="half")
    assert half(np.ones(2)).tolist() == [[0.5, 0.5]]


def test_load_takes_the_options_that_make_loops() -> None:
    echo = "process = + ~ (@(5000) * 0.5);"
    assert "dsp_par.loop" in str(dspc.load(echo, "interp", vec=True, vector_size=8).module)
    with pytest.raises(TypeError, match="no option colour"):
        dspc.load(echo, colour=3)


def test_compile_takes_the_options_of_the_command() -> None:
    echo = "process = + ~ (@(5000) * 0.5);"
    assert "dsp_par.loop" in str(dspc.compile(echo, vec=True).module)
    placed = dspc.compile(echo, machine="66ak2h", heap="ddr")
    assert any(piece.size >= 5000 * 4 for piece in placed.memory_map.spaces["ddr"])
    with pytest.raises(dspc.DspcError, match="not placed"):
        _ = dspc.compile(echo).memory_map


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_examples_sound(example: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.wav"
    assert (
        run("-double", example, "--noise", "--seconds", "0.5", "-o", out, "--format", "float") == 0
    )
    sound, rate = read_sound(str(out))
    assert (rate, sound.shape[1]) == (48000, 24000)
    assert np.isfinite(sound).all()
    assert np.abs(sound).max() > 1e-3


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_examples_agree(example: Path) -> None:
    """The interpreter and the machine code, over 500 frames of noise."""
    native = dspc.load(example, "cpp", double=True)
    reference = dspc.load(example, "interp", double=True)
    x = noise(native.inputs, 500)
    assert np.abs(native(x, frames=500) - reference(x, frames=500)).max() <= 2e-6


def test_frequency_response_and_group_delay_of_a_delay_and_of_a_filter() -> None:
    pytest.importorskip("matplotlib")
    from dspc.figures.plot import frequency_response

    delayed = np.zeros(100)
    delayed[10] = 0.5
    hertz, decibels, frames = frequency_response(delayed, 48000)
    assert hertz[-1] == 24000
    np.testing.assert_allclose(decibels, 20 * np.log10(0.5))
    np.testing.assert_allclose(frames, 10)
    # y = x + a y': the group delay at 0 Hz is a / (1 - a).
    _, decibels, frames = frequency_response(0.5 ** np.arange(200), 48000)
    assert decibels[0] == pytest.approx(20 * np.log10(2))
    assert frames[0] == pytest.approx(1)
    assert np.isnan(frequency_response(np.zeros(8), 48000)[2]).all()


def test_plot(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    picture = tmp_path / "x.png"
    assert run(FILTERS, "--impulse", "--seconds", "0.1", "--plot", picture) == 0
    assert picture.read_bytes()[:4] == b"\x89PNG"


def test_wrong_command_lines_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments, words in (
        ([FILTERS], "no input is given"),
        ([FILTERS, "--noise", "--impulse"], "exclude"),
        ([FILTERS, "--impulse", "--set", "c=1"], "unknown control c"),
        ([FILTERS, "--impulse", "--set", "a"], "path=value"),
        ([FILTERS, "--impulse", "--backend", "abacus"], "abacus"),
        ([FILTERS, "--impulse", "--block", "0"], "at least 1"),
        ([FILTERS, "--impulse", "--format", "8"], "--format"),
        ([FILTERS, "-i", "nowhere.wav"], "nowhere.wav"),
        ([FILTERS, "--impulse", "-o", str(tmp_path / "no" / "x.wav")], "cannot be written"),
    ):
        assert run(*arguments) == 2
        said = capsys.readouterr().err
        assert words in said
        assert said.count("error[") == 1


def test_clipping_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "loud.dsp").write_text("process = _ * 4;\n")
    assert run(tmp_path / "loud.dsp", "--noise", "--seconds", "0.1", "-o", tmp_path / "x.wav") == 0
    assert "clipped" in capsys.readouterr().err
    run(
        tmp_path / "loud.dsp",
        "--noise",
        "--seconds",
        "0.1",
        "-o",
        tmp_path / "x.wav",
        "--normalize",
    )
    assert "clipped" not in capsys.readouterr().err
    assert np.abs(read_sound(str(tmp_path / "x.wav"))[0]).max() == pytest.approx(
        10**-0.05, abs=1e-3
    )


@pytest.mark.parametrize("name", ["o.xyz", "o.WAV.txt", "o.w"])
def test_sound_of_an_unknown_format_is_refused_before_the_work(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "missing.dsp", "-o", tmp_path / name) == 2
    assert f"error[E0014]: {tmp_path / name}: sound is not written as" in capsys.readouterr().err
    with pytest.raises(DspcError, match="sound is not written as"):
        write_sound(str(tmp_path / name), np.zeros((1, 4)), 44100)
    assert not (tmp_path / name).exists()


@pytest.mark.builds
def test_headers_beside_the_program_are_found(tmp_path: Path) -> None:
    """In C++ compiled by this process; a header that has changed is compiled anew."""
    program, samples_path = tmp_path / "h.dsp", tmp_path / "o.npy"
    program.write_text('process = ffunction(float scaled(float), "scaled.h", "");')
    for factor in (2, 3):
        (tmp_path / "scaled.h").write_text(f"#define scaled(x) ({factor} * (x))")
        options = ("-b", "cpp", "--impulse", "--seconds", "0.01", "-o", samples_path)
        assert run(program, *options) == 0
        assert np.load(samples_path)[0, 0] == factor
