"""Programs played by notes: beside Faust's mydsp_poly, from MIDI files, by controllers."""

from __future__ import annotations

import copy
import math
import pickle
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import dspc
from dspc.running.midi_controls import MidiControls
from dspc.running.notes import MidiEvent, note_events, read_midi
from dspc.running.performance import polyphony_of
from dspc.running.polyphony import STOP_LEVEL, Voice, VoiceState, declared_voices
from tests.browser import browser
from tests.conformance.in_browser import in_browser

HERE = Path(__file__).parent
RATE = 48000
SYNTH = """
declare options "[nvoices:3]";
freq = hslider("freq", 440, 20, 4000, 0.01);
gain = hslider("gain", 0.5, 0, 1, 0.01);
gate = button("gate");
tone = hslider("tone[midi:ctrl 74]", 0.3, 0, 0.9, 0.01);
level = gate : (*(0.01) : + ~ *(0.99));
sine = (+(freq / ma_SR) ~ (_ <: _, floor : -)) : *(6.2831853) : sin;
ma_SR = fconstant(int fSamplingFreq, <math.h>);
process = sine : (*(1 - tone) : + ~ *(tone)) : *(level * gain) <: _, *(0.5);
echo = hslider("echo", 0.5, 0, 0.9, 0.01);
effect = par(i, 2, _ <: _, (@(1000) : *(echo * (1 - tone))) :> _);
"""
NOTES = [
    *((60, 0.0, 0.3, 1.0), (64, 0.05, 0.4, 0.5), (67, 0.1, 0.2, 0.8), (60, 0.15, 0.3, 0.6)),
    *((72, 0.32, 0.02, 1.0), (76, 0.33, 0.3, 0.9), (50, 0.34, 0.5, 0.7), (52, 1.6, 0.1, 1.0)),
]
"""More at once than three voices: playing and released ones are taken over."""


@pytest.fixture(scope="module")
def synth() -> dspc.Processor:
    return dspc.load(SYNTH, backend="llvm")


def faust_class(folder: Path, name: str) -> None:
    command = [
        "faust",
        "-double",
        "-pn",
        name if name == "effect" else "process",
        "-cn",
        f"{name}_dsp",
    ]
    command += ["synth.dsp", "-o", f"{name}.h"]
    subprocess.run(command, cwd=folder, check=True)


@pytest.fixture(scope="module")
def poly_host(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Faust's mydsp_poly with the voices and the effect of SYNTH."""
    folder = tmp_path_factory.mktemp("poly")
    (folder / "synth.dsp").write_text(SYNTH)
    for name in ("voice", "effect"):
        faust_class(folder, name)
    command = ["g++", "-O1", "-DFAUSTFLOAT=double", "-I.", str(HERE / "poly_host.cpp")]
    subprocess.run([*command, "-o", "host", "-lpthread"], cwd=folder, check=True)
    return folder / "host"


def played_by_faust(host: Path, notes: Any, seconds: float, block: int) -> Any:
    """The samples of mydsp_poly with three voices, some of which are stolen."""
    lines = [
        f"{event.frame(RATE)} {event.kind[5:]} {event.number:g} {round(event.value)}\n"
        for event in note_events(notes)
    ]
    frames = round(seconds * RATE)
    done = subprocess.run(
        [str(host), "3", str(frames), str(block)],
        input="".join(lines).encode(), capture_output=True, check=True,
    )  # fmt: skip
    assert b"Steal release voice" in done.stderr
    assert b"Steal playing voice" in done.stderr
    samples = np.frombuffer(done.stdout).reshape(frames, 2).T
    assert np.abs(samples).max() > 0.5
    return samples


needs_faust = pytest.mark.skipif(shutil.which("faust") is None, reason="needs the Faust compiler")


@pytest.mark.builds
@pytest.mark.conformance
@needs_faust
def test_notes_sound_as_in_mydsp_poly(poly_host: Path) -> None:
    # Faust's hosts have whole velocities.
    notes = [(key, start, length, round(v * 127) / 127) for key, start, length, v in NOTES]
    expected = played_by_faust(poly_host, notes, 2.0, 512)
    samples = dspc.load(SYNTH, backend="llvm", double=True).midi(notes, RATE, seconds=2.0)
    assert np.abs(samples - expected).max() < 1e-9


@pytest.mark.builds
@pytest.mark.conformance
@needs_faust
def test_a_page_plays_notes_as_mydsp_poly(poly_host: Path) -> None:
    def aligned(seconds: float) -> float:  # to blocks of the audio thread
        return round(seconds * RATE / 128) * 128 / RATE

    notes = [
        (key, aligned(start), aligned(length), round(v * 127) / 127)
        for key, start, length, v in NOTES
    ]
    expected = played_by_faust(poly_host, notes, 2.0, 128)
    events: list[Any] = []
    for event in note_events(notes):
        message = {"what": event.kind[5:], "pitch": event.number, "velocity": round(event.value)}
        events.append([event.frame(RATE), message])
    text = dspc.compile(SYNTH, target="web", double=True).code
    with browser() as page:
        silence = np.zeros((0, 2 * RATE), np.float32)
        samples = in_browser(page, text, silence, RATE, events)
        # A control of voices and effect is one slider, which moves both.
        paths = (
            "[...document.querySelectorAll('.widgets [data-path]')].filter((one) => !one.hidden)"
        )
        assert page.run(f"{paths}.map((one) => one.dataset.path)") == [
            "/<text>/tone",
            "/<text>/echo",
        ]
    assert np.abs(samples - expected).max() < 1e-5


def test_files_are_played_as_their_notes(tmp_path: Path, synth: dspc.Processor) -> None:
    import mido

    song = mido.MidiFile(ticks_per_beat=480)
    track = mido.MidiTrack()
    song.tracks.append(track)
    track.append(mido.MetaMessage("set_tempo", tempo=500_000))  # 960 ticks a second
    for kind, note, velocity, time in (
        *(("note_on", 60, 127, 0), ("note_on", 64, 64, 96), ("note_on", 60, 0, 192)),
        ("note_off", 64, 0, 192),
    ):
        track.append(mido.Message(kind, note=note, velocity=velocity, time=time))
    song.save(tmp_path / "song.mid")
    events = read_midi(tmp_path / "song.mid")
    assert [(e.seconds, e.kind, e.number, e.value) for e in events] == [
        *((0.0, "note_on", 60, 127), (0.1, "note_on", 64, 64)),
        *((pytest.approx(0.3), "note_off", 60, 0), (pytest.approx(0.5), "note_off", 64, 0)),
    ]
    notes = [(60, 0, 0.3, 1), (64, 0.1, 0.4, 64 / 127)]
    assert np.array_equal(synth.midi(tmp_path / "song.mid"), synth.midi(np.array(notes)))
    (tmp_path / "bad.mid").write_bytes(b"MThd\0\0")
    with pytest.raises(dspc.DspcError, match="cannot be read as a MIDI file"):
        synth.midi(tmp_path / "bad.mid")


def test_sound_lasts_until_it_is_silent(synth: dspc.Processor) -> None:
    samples = synth.midi([(69, 0.1, 0.2, 1.0)])
    assert samples.shape[1] > 0.8 * RATE  # half a second of release, and the echo
    assert np.abs(samples[:, -RATE // 4 :]).max() < STOP_LEVEL
    assert np.abs(samples[:, : RATE // 10]).max() == 0
    held = synth.midi([MidiEvent(0, "note_on", 60, 100)], seconds=0.5)
    assert held.shape == (2, RATE // 2)
    released = synth.midi(
        [MidiEvent(0, "note_on", 60, 100), MidiEvent(0.1, "control_change", 123, 0)]
    )
    assert released.shape[1] < 2 * RATE


def test_the_processor_keeps_its_state_and_gives_its_controls(synth: dspc.Processor) -> None:
    notes = [(69, 0, 0.1, 1.0)]
    before = synth.midi(notes)
    synth["tone"] = 0.8
    dark = synth.midi(notes)
    assert not np.array_equal(before, dark)
    assert np.array_equal(synth.midi(notes, controls={"tone": 0.3}), before)
    synth["tone"] = 0.3
    assert np.array_equal(synth.midi(notes), before)


@pytest.mark.parametrize("backend", ["llvm", "interp"])
def test_pickled_and_copied_processors_keep_the_effect(backend: str) -> None:
    f = dspc.load(SYNTH, backend=backend)
    notes = [(69, 0, 0.005, 1.0)]
    expected = f.midi(notes, seconds=0.03, voices=2)
    twins = [pickle.loads(pickle.dumps(f)), copy.copy(f), copy.deepcopy(f)]
    twins.append(pickle.loads(pickle.dumps(twins[0])))
    fresh = dspc.load(SYNTH, backend=backend)  # before its first start
    for twin in (*twins, pickle.loads(pickle.dumps(fresh))):
        assert np.array_equal(twin.midi(notes, seconds=0.03, voices=2), expected)


WIDGETS = """
process = par(i, 6, _) , v : !, !, !, !, !, !, _;
v = hslider("a[midi:ctrl 7]", 10, 10, 20, 1) + hslider("b[midi:ctrl 7 2][scale:log]", 1, 1, 100, 1)
  + hslider("c[midi:pitchwheel]", 0, -2, 4, 1) + hslider("d[midi:key 60]", 0, 0, 1, 1)
  + nentry("e[midi:pgm]", 0, 0, 5, 1) + hslider("f[midi:chanpress][scale:exp]", 0, 0, 2, 1)
  + hslider("g[midi:pitchbend 3]", 5, 5, 9, 1) + button("h[midi:keyoff 61]")
  + hslider("i[midi:keypress 62]", 0, 0, 127, 1) + hslider("j[midi:clock]", 0, 0, 1, 1);
"""


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (("control_change", 7, 127, 0), {"a": 20}),
        (("control_change", 7, 63.5, 1), {"a": 15, "b": 10}),
        (("control_change", 8, 127, 1), {}),
        (("pitchwheel", 0, 0, 0), {"c": -2}),
        (("pitchwheel", 0, 8191, 2), {"c": 0, "g": 7}),
        (("pitchwheel", 0, 16383, 0), {"c": 4}),
        (("note_on", 60, 127, 0), {"d": 1}),
        (("note_off", 60, 90, 0), {"d": 0}),
        (("note_off", 61, 127, 0), {"h": 1}),
        (("program_change", 0, 5, 0), {"e": 5}),
        (("program_change", 0, 6, 0), {}),
        (("aftertouch", 0, 127, 0), {"f": 2}),
        (("aftertouch", 0, 0, 0), {"f": 0}),
        (("polytouch", 62, 100, 0), {"i": 100}),
    ],
)
def test_midi_metadata_moves_widgets(event: Any, expected: dict[str, float]) -> None:
    f = dspc.load(WIDGETS, backend="interp")
    kind, number, value, channel = event
    moved = dict(MidiControls(f.widgets()).changes(MidiEvent(0, kind, number, value, channel)))
    assert {path.rpartition("/")[2]: value for path, value in moved.items()} == pytest.approx(
        expected
    )


@pytest.mark.parametrize(
    ("metadata", "voices"),
    [
        ({"options": "[midi:on][nvoices:12]", "nvoices": "8"}, 12),
        ({"nvoices": "8"}, 8),
        ({"nvoices": "0"}, None),
        ({"nvoices": "many"}, None),
        ({}, None),
    ],
)
def test_programs_declare_their_voices(metadata: dict[str, str], voices: int | None) -> None:
    assert declared_voices(metadata) == voices


def test_a_stolen_note_may_end_before_it_begins(synth: dspc.Processor) -> None:
    voice = Voice(synth.start(RATE).clone(), RATE)
    voice.note_on(60, 100)
    voice.state, voice.next_note = VoiceState.STOLEN, (64, 100)
    assert voice.compute(np.zeros((0, 7))).shape == (2, 7)
    assert (voice.state, voice.key) == (VoiceState.PLAYING, 64)
    events = [MidiEvent(0, kind, key, 100) for kind in ("note_on", "note_off") for key in range(5)]
    assert synth.midi(events, voices=2).shape[1] < 2 * RATE


@pytest.mark.parametrize(
    ("notes", "message"),
    [
        ([(60, 0, 1)], "are no notes"),
        ("x.mid", "cannot be read as a MIDI file"),
        ([(60, -1, 1, 1)], "60:-1:1:1: its start is 0 to 1e.06 seconds, not -1"),
        ([(60, 0, 0, 1)], "its duration is above 0 to 1e.06 seconds, not 0"),
        ([(60, 0, math.inf, 1)], "its duration is above 0 .*, not inf"),
        ([(128, 0, 1, 1)], "its key is 0 to 127, not 128"),
        ([(60, 0, 1, float("nan"))], "its velocity is above 0 to 1, not nan"),
        ([(60, 0, 1, 80)], "its velocity is above 0 to 1, not 80"),
        ([object()], "are no notes"),
        (None, "None are no notes"),
        (3, "3 are no notes"),
        (np.zeros((2, 2, 4)), "are no notes"),
    ],
)
def test_notes_that_cannot_be_are_refused(synth: dspc.Processor, notes: Any, message: str) -> None:
    with pytest.raises(dspc.DspcError, match=message):
        synth.midi(notes)


def test_programs_without_controls_for_notes_are_refused() -> None:
    with pytest.raises(dspc.DspcError, match="no control of the program takes notes"):
        dspc.load("process = _;", backend="interp").midi([(60, 0, 1, 1)])
    odd = SYNTH.replace("par(i, 2,", "par(i, 3,")
    with pytest.raises(dspc.DspcError, match="2 outputs, but effect has 3 inputs"):
        dspc.load(odd, backend="llvm").midi([(60, 0, 0.1, 1)])


def test_the_command_plays_notes(tmp_path: Path, capsys: Any, synth: dspc.Processor) -> None:
    from dspc.run import main

    (tmp_path / "synth.dsp").write_text(SYNTH)

    def run(*words: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(tmp_path / "synth.dsp"), "-b", "llvm", *words])
        return int(ended.value.code or 0), capsys.readouterr().err

    out = str(tmp_path / "out.npy")
    status, output = run(
        "--note", "60:0:0.3:0.5", "--note", "64:0.1", "--set", "tone=0.5", "-o", out
    )
    assert status == 0, output
    notes = [(60, 0, 0.3, 0.5), (64, 0.1, 1.0, 0.8)]
    expected = synth.midi(notes, controls={"tone": 0.5})
    assert np.allclose(np.load(out), expected, atol=1e-6)
    for words, message in (
        (("--note", "60"), "this is no note"),
        (("--note", "60:0", "--batch", "b.json"), "--batch excludes"),
        (("--note", "60:0", "-b", "opencl"), "are not for --backend opencl"),
        (("--note", "60:0", "--voices", "300"), "1 to 256 voices"),
        (("--midi", "none.mid"), "cannot be read as a MIDI file"),
    ):
        status, output = run(*words)
        assert (status, message in output) == (2, True), output


def test_meters_of_voices_are_unknown_until_one_sounds(tmp_path: Path) -> None:
    """They showed 0, which is the top of a meter in dB."""
    program = tmp_path / "p.dsp"
    program.write_text(
        'level = hbargraph("level[unit:dB]", -60, 0);'
        'freq = hslider("freq", 1, 0, 9, 1); gain = hslider("gain", 0, 0, 1, 0.1);'
        'process = button("gate") * gain * freq <: attach(_, (_ - 20 : level));'
    )
    processor = dspc.load(program, backend="interp")
    poly = polyphony_of(processor, RATE, 2)
    (path,) = (path for path in poly.widgets() if path.endswith("level"))
    assert poly.meter(path) is None
    poly.handle(MidiEvent(0.0, "note_on", 60, 127))
    poly.compute(np.zeros((0, 8)))
    assert poly.meter(path) != 0
