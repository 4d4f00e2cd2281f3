"""Sound files of `dspc-run`: other rates and codings, missing packages, arrays."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from dspc.run import main
from dspc.running.audio import read_sound, write_sound
from dspc.running.resampling import resample
from dspc.support.diagnostics import DspcError


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(words)
    return int(ended.value.code or 0)


def test_rates_are_converted() -> None:
    seconds = np.arange(4410) / 44100
    tone = np.sin(2 * np.pi * 1000 * seconds)
    samples = resample(np.stack([tone, 0.5 * tone]), 44100, 48000)
    assert samples.shape == (2, 4800)
    inner = slice(100, -100)
    expected = np.sin(2 * np.pi * 1000 * np.arange(4800) / 48000)
    assert np.abs(samples - np.stack([expected, 0.5 * expected]))[:, inner].max() < 1e-4
    high = np.sin(2 * np.pi * 18000 * seconds)  # beyond what 22 050 Hz holds
    assert np.abs(resample(high[None], 44100, 22050))[:, inner].max() < 1e-4
    assert resample(tone[None], 44100, 44100)[0] is not None
    assert resample(np.zeros((1, 0)), 44100, 8000).shape == (1, 0)
    assert resample(np.ones((1, 3)), 8000, 48000).shape == (1, 18)


def test_an_input_at_another_rate_is_resampled_when_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_sound(str(tmp_path / "in.wav"), np.full((1, 4410), 0.5), 44100, "float")
    (tmp_path / "p.dsp").write_text("process = _;\n")
    words = [str(tmp_path / "p.dsp"), "-b", "interp", "-i", str(tmp_path / "in.wav")]
    words += ["--rate", "48000", "-o", str(tmp_path / "o.npy")]
    assert run(*words) == 2
    assert "--resample" in capsys.readouterr().err
    assert run(*words, "--resample") == 0
    assert np.load(tmp_path / "o.npy").shape == (1, 4800)


def test_missing_packages_are_reported_before_the_program_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for package, words in (("matplotlib", ["--plot", "x.png"]), ("soundfile", ["-o", "x.flac"])):
        monkeypatch.setitem(sys.modules, package, None)
        assert run(str(tmp_path / "none.dsp"), *words) == 2
        assert f"the package {package}" in capsys.readouterr().err


def test_arrays_are_not_called_clipped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "p.dsp").write_text("process = 2;\n")
    words = [str(tmp_path / "p.dsp"), "-b", "interp", "--seconds", "0.001", "-o"]
    for name, is_clipped in (("o.npy", False), ("o.wav", True)):
        assert run(*words, str(tmp_path / name)) == 0
        assert ("clipped" in capsys.readouterr().err) == is_clipped


def test_waves_in_other_codings_are_read_by_soundfile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "a.wav")
    sound = np.sin(np.arange(100) / 10)
    soundfile.write(path, sound, 8000, subtype="ALAW")
    samples, rate = read_sound(path)
    assert rate == 8000
    assert np.abs(samples[0] - sound).max() < 0.03
    monkeypatch.setitem(sys.modules, "soundfile", None)
    with pytest.raises(DspcError, match="unsupported sample format 6") as refused:
        read_sound(path)
    assert (refused.value.code, refused.value.hint) == ("E0013", "pip install 'dspc[audio]'")
