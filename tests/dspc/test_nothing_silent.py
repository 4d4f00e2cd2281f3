"""What hosts would miss is there, or is warned of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dspc.api import load
from dspc.dialects.dsp.interface import WidgetKind
from dspc.dialects.dsp.ui import UiWidget
from dspc.run import main
from dspc.running.audio import write_sound
from dspc.running.batch import read_batch, set_voices
from dspc.support.diagnostics import DspcError, DspcWarning

BACKENDS: list[str] = ["interp", "cpp", "llvm"]
METERS = [
    'process = attach(_, 3.1 : hbargraph("m", -2, 2));',
    'process(x) = attach(0, 3.1 : hbargraph("m", -2, 2));',
    'process = + ~ (attach(_, 3.1 : hbargraph("m", -2, 2)) * 0.5);',
    'process(x) = control(attach(x, 2 * (3.1 : hbargraph("m", -2, 2))), x > 0);',
]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("program", METERS)
def test_a_meter_of_a_constant_shows_it(program: str, backend: str) -> None:
    processor = load(program, backend)
    processor(np.ones((1, 8)))
    assert processor.get("m") == pytest.approx(3.1)


@pytest.mark.parametrize("backend", BACKENDS)
def test_numbers_of_a_waveform_beyond_single_precision_are_infinite(backend: str) -> None:
    program = "process = rdtable(waveform { 1, -3.5e38, 1e400 }, int(_));"
    (samples,) = load(program, backend)(np.array([[0, 1, 2]]))
    assert samples.tolist() == [1, -np.inf, np.inf]


def sounds(folder: Path) -> Path:
    """A program that reads parts of two and three channels, an empty one and a missing one."""
    write_sound(str(folder / "two.wav"), np.array([[0.5, 0.25], [-0.5, -0.25]]), 48000, "float")
    three = np.arange(1, 10).reshape(3, 3) / 16
    write_sound(str(folder / "three.wav"), three, 22050, "float")
    write_sound(str(folder / "none.wav"), np.zeros((1, 0)), 8000, "float")
    path = folder / "p.dsp"
    path.write_text(
        "s = soundfile(\"s[url:{'two.wav';'three.wav';'none.wav';'gone.wav'}]\", 4);\n"
        "process = s;\n"
    )
    return path


def test_sound_files_are_the_same_in_every_back_end(tmp_path: Path) -> None:
    pytest.importorskip("soundfile")
    path = sounds(tmp_path)
    asked = np.array([(part, at) for part in (-1, 0, 1, 2, 3, 4, 300) for at in (-1, 0, 1, 2, 9)]).T
    outputs: dict[str, np.ndarray] = {}
    for backend in BACKENDS:
        with pytest.warns(DspcWarning, match=r"gone\.wav .*no such file"):
            outputs[backend] = load(path, backend)(asked)
    length, rate, *channels = outputs["interp"]
    assert length[::5].tolist() == [2, 2, 3, 0, 1024, 1024, 1024]
    assert rate[::5].tolist() == [48000, 48000, 22050, 8000, 44100, 44100, 44100]
    assert [row[5 + 1] for row in channels] == [0.5, -0.5, 0.5, 0.5]
    assert [row[10 + 4] for row in channels] == [3 / 16, 6 / 16, 9 / 16, 3 / 16]
    assert not np.any(np.array(channels)[:, 15:])
    for backend in BACKENDS[1:]:
        assert np.array_equal(outputs[backend], outputs["interp"]), backend


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_missing_sound_file_is_named(
    backend: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("soundfile")
    (tmp_path / "p.dsp").write_text(
        "process = 0, 0 : soundfile(\"s[url:{'nothere.wav'}]\", 1) : !, !, _;"
    )
    assert run(["-b", backend, "--seconds", "0.01", str(tmp_path / "p.dsp")]) == 0
    (line,) = [line for line in capsys.readouterr().err.splitlines() if "warning" in line]
    assert line.startswith("dspc-run: warning: ")
    assert line.endswith("nothere.wav is silent in soundfile s: there is no such file")


def run(arguments: list[str]) -> int:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert isinstance(left.value.code, int)
    return left.value.code


@pytest.mark.parametrize(
    ("process", "channels", "warning"),
    [
        ("_", 2, "the input's 2 channels are mixed for the program's one input"),
        ("_, _", 1, "the input's 1 channel is repeated for the program's 2 inputs"),
        ("_, _", 3, "of the input's 3 channels the program's 2 inputs hear the first 2"),
        ("1", 1, "the input's 1 channel is not heard: the program has no inputs"),
        ("_, _", 2, None),
    ],
)
def test_mixed_or_dropped_channels_are_reported(
    process: str, channels: int, warning: str | None, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    write_sound(str(tmp_path / "in.wav"), np.zeros((channels, 8)), 48000)
    (tmp_path / "p.dsp").write_text(f"process = {process};")
    assert run(["-b", "interp", "-i", str(tmp_path / "in.wav"), str(tmp_path / "p.dsp")]) == 0
    warnings = [line for line in capsys.readouterr().err.splitlines() if "warning" in line]
    assert warnings == ([] if warning is None else [f"dspc-run: warning: {warning}"])


def test_a_control_out_of_its_range_is_reported_and_accepted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = 'process = hslider("gain", 0.5, 0, 1, 0.01), button("on");'
    processor = load(program, "interp")
    with pytest.warns(DspcWarning, match=r"gain is set to 3, outside of 0 to 1"):
        assert processor(frames=2, controls={"gain": 3})[0].tolist() == [3, 3]
    (tmp_path / "p.dsp").write_text(program)
    path = str(tmp_path / "p.dsp")
    assert run(["-b", "interp", "--seconds", "0.001", "--set", "gain=-2", path]) == 0
    assert "dspc-run: warning: /p/gain is set to -2, outside of 0 to 1\n" in capsys.readouterr().err


def test_a_control_out_of_its_range_in_a_file_has_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "p.dsp").write_text('process = hslider("gain", 0.5, 0, 1, 0.01);')
    path = tmp_path / "s.json"
    path.write_text('{\n  "gain": [[0, 1], [0.5, 9]]\n}')
    options = ["-b", "interp", "--seconds", "0.001", "--set-file", str(path)]
    assert run([*options, str(tmp_path / "p.dsp")]) == 0
    place = f"{path}:2:3: warning: "
    assert f"{place}/p/gain is set to 9, outside of 0 to 1\n" in capsys.readouterr().err


class Voices:
    """What `set_voices` needs of an instance of several voices."""

    def __init__(self) -> None:
        self.changes: list[tuple[str, float, int]] = []

    def widgets(self) -> dict[str, UiWidget]:
        gain = UiWidget(WidgetKind.HSLIDER, "gain", "gain", [], 0.5, 0.0, 1.0, 0.1)
        return {"/p/gain": gain, "/p/on": UiWidget(WidgetKind.CHECKBOX, "on", "on", [])}

    def set(self, path: str, value: float, voice: int) -> None:
        self.changes.append((path, value, voice))


def test_controls_of_voices_out_of_their_ranges_are_reported_at_their_locations(
    tmp_path: Path,
) -> None:
    file = tmp_path / "b.json"
    file.write_text('[{"gain": 1},\n {"gain": -3, "on": 2}]')
    voices: Any = Voices()
    with pytest.warns(DspcWarning) as caught:
        set_voices(voices, read_batch(str(file)))
    warnings = [one.message for one in caught if isinstance(one.message, DspcWarning)]
    messages = [(str(one), str(one.span)) for one in warnings]
    assert messages == [
        ("/p/gain is set to -3, outside of 0 to 1", f"{file}:2:3"),
        ("/p/on is set to 2, outside of 0 to 1", f"{file}:2:15"),
    ]
    assert voices.changes == [("/p/gain", 1.0, 0), ("/p/gain", -3.0, 1), ("/p/on", 2.0, 1)]


def test_an_unknown_control_of_a_voice_has_its_place(tmp_path: Path) -> None:
    file = tmp_path / "b.json"
    file.write_text('[{"gain": 1},\n {"gian": 0}]')
    voices: Any = Voices()
    with pytest.raises(DspcError, match="E0016") as caught:
        set_voices(voices, read_batch(str(file)))
    assert str(caught.value.span) == f"{file}:2:3"
