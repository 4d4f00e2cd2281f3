"""`dspc-play`: live sound without a device, its page, and edits of the source."""

from __future__ import annotations

import json
import sys
import threading
import types
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import mido
import numpy as np
import pytest

import dspc
from dspc.live.live_sound import LiveSound
from dspc.live.midi_inputs import open_inputs
from dspc.live.sound_devices import NullSink, open_device
from dspc.options.play_options import PlayOptions
from dspc.play import Session, main
from dspc.running.notes import MidiEvent
from dspc.running.polyphony import VoiceState
from dspc.support.diagnostics import DspcError
from tests.browser import browser, until
from tests.dspc.test_polyphony import SYNTH

PROGRAM = """import("tune.lib");
process = hslider("level", 0.25, 0, 1, 0.01) + button("hit") : scaled : hbargraph("out", 0, 1);
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tune.lib").write_text("scaled = *(1);\n")
    (tmp_path / "p.dsp").write_text(PROGRAM)
    return tmp_path


@pytest.fixture
def session(folder: Path) -> Iterator[Session]:
    running = Session(PlayOptions(file=str(folder / "p.dsp"), device="null", block=64))
    running.start()
    yield running
    running.stop()


def ask(session: Session, path: str, body: Any = None, **headers: str) -> Any:
    base = session.address.partition("/?")[0]
    data = None if body is None else json.dumps(body).encode()
    fields = {"X-Token": session.address.partition("token=")[2]} | headers
    with urllib.request.urlopen(urllib.request.Request(base + path, data, fields)) as answer:
        return json.loads(answer.read())


def instance(source: str) -> Any:
    return dspc.load(source, backend="llvm").start(48000)


@pytest.mark.parametrize("backend", ["interp", "opencl"])
def test_back_ends_that_do_not_keep_up_are_refused(backend: str) -> None:
    with pytest.raises(DspcError, match=f"requires --backend cpp or llvm, not {backend}") as caught:
        PlayOptions(file="p.dsp", backend=backend).check()
    assert caught.value.code == "E0007"


@pytest.mark.slow
def test_programs_are_crossfaded() -> None:
    live = LiveSound(instance('process = 0.5, hslider("a", 0.5, 0, 1, 0.1);'), 48000)
    live.set("/<text>/a", 0.7)
    silence = np.zeros((0, 100), np.float32)
    first = live.render(silence)
    assert first.dtype == np.float32
    assert first.shape == (2, 100)
    live.replace(instance('process = 1, hslider("a", 0.2, 0, 0.6, 0.1);'))
    blocks = [live.render(silence) for _ in range(30)]
    samples = np.concatenate([first, *blocks], axis=1)
    assert np.all(np.diff(samples[0]) >= 0)
    assert np.diff(samples[0]).max() < 0.001
    assert samples[0, -1] == 1
    assert samples[1, 0] == pytest.approx(0.7)
    assert samples[1, -1] == pytest.approx(0.6)  # kept, within the new range
    live.replace(instance("process = 1;"))
    assert live.render(silence).shape == (1, 100)


def test_controls_are_checked() -> None:
    live = LiveSound(instance(PROGRAM.replace('import("tune.lib");', "scaled = _;")), 48000)
    live.set("/<text>/level", 7)
    assert live.values() == {"/<text>/level": 1.0, "/<text>/hit": 0.0}
    live.render(np.zeros((0, 8), np.float32))
    assert live.meters() == [1.0]
    for path, value in (("/<text>/out", 1.0), ("/<text>/level", float("nan"))):
        with pytest.raises(ValueError):
            live.set(path, value)
    with pytest.raises(KeyError):
        live.set("/none", 1)


def test_a_page_plays_and_follows_edits(folder: Path, session: Session) -> None:
    state = ask(session, "/state")
    assert (state["fault"], state["info"]["name"]) == ("", "p")
    assert state["values"] == {"/p/level": 0.25, "/p/hit": 0.0}
    assert ask(session, "/set", {"path": "/p/level", "value": 0.5}) == {}
    until(lambda: session.sink.peak == 0.5)
    until(lambda: ask(session, "/state")["meters"] == [0.5])

    (folder / "tune.lib").write_text("scaled = *(undefined);\n")
    until(lambda: ask(session, "/state")["fault"] != "")
    fault = ask(session, "/state")["fault"]
    assert "tune.lib:1:12: error[E0201]" in fault
    assert "^^^^^^^^^" in fault
    played = session.sink.frames
    until(lambda: session.sink.frames > played)  # the old program plays on
    assert ask(session, "/state")["meters"] == [0.5]

    (folder / "tune.lib").write_text("scaled = *(2);\n")
    until(lambda: ask(session, "/state")["version"] > state["version"])
    until(lambda: ask(session, "/state")["meters"] == [1.0])
    assert ask(session, "/state")["fault"] == ""
    assert ask(session, "/state")["values"]["/p/level"] == 0.5


def test_only_who_knows_the_token_is_answered(session: Session) -> None:
    for path, headers, status in (
        ("/state", {"X-Token": ""}, 403),
        ("/state", {"X-Token": session.address.partition("token=")[2][:-1]}, 403),
        ("/state", {"Host": "evil.example"}, 403),
        ("/?token=", {"X-Token": ""}, 403),
        ("/other", {}, 404),
    ):
        with pytest.raises(urllib.error.HTTPError) as refused:
            ask(session, path, None, **headers)
        assert refused.value.code == status
    for body in ({"path": "/p/none", "value": 1}, {"path": "/p/level"}, [], {"x": "y" * 5000}):
        with pytest.raises(urllib.error.HTTPError) as refused:
            ask(session, "/set", body)
        assert refused.value.code == 400
    assert session.address.startswith("http://127.0.0.1:")


@pytest.mark.builds
def test_the_page_in_a_browser(folder: Path, session: Session) -> None:
    with browser() as page:
        page.send("Page.navigate", url=session.address)
        until(lambda: page.run("document.querySelectorAll('.widgets [data-path]').length") == 3)
        page.run(
            "(() => { const slider = document.querySelector('[data-path=\"/p/level\"] input');"
            " slider.value = 0.75; slider.dispatchEvent(new Event('input')); })()"
        )
        until(lambda: session.live.values()["/p/level"] == pytest.approx(0.75))
        shown = "document.querySelector('.meter output').textContent"
        until(lambda: "0.75" in page.run(shown))
        fault = "document.getElementById('fault')"
        (folder / "p.dsp").write_text("process = nothing;\n")
        until(lambda: "error[E0201]" in page.run(f"{fault}.textContent"))
        assert "0.75" in page.run(shown)
        (folder / "p.dsp").write_text(PROGRAM.replace("level", "loudness"))
        until(lambda: page.run("document.querySelector('[data-path=\"/p/loudness\"]') !== null"))
        assert page.run(f"{fault}.hidden")
        assert page.problems == []


class Input:
    """A MIDI input of a back end of mido, into which the test writes bytes."""

    opened: ClassVar[list[Input]] = []

    def __init__(self, name: str, virtual: bool = False, callback: Any = None, **_: Any) -> None:
        if name == "broken":
            raise OSError("it is in use")
        self.name, self.virtual, self.is_closed = name, virtual, False
        self._callback, self._parser = callback, mido.Parser()
        Input.opened.append(self)

    def write(self, *data: int) -> None:
        self._parser.feed(data)
        for message in self._parser:
            self._callback(message)

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def inputs(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of the machine's MIDI inputs."""
    names = ["Keys", "Faders"]
    backend = types.ModuleType("mido_test_backend")
    backend.Input = Input
    backend.get_devices = lambda **_: [
        {"name": name, "is_input": True, "is_output": False} for name in names
    ]
    monkeypatch.setitem(sys.modules, "mido_test_backend", backend)
    monkeypatch.setattr(Input, "opened", [])
    before = mido.backend
    mido.set_backend("mido_test_backend")
    yield names
    mido.set_backend(before)


def test_midi_inputs_play_voices_through_the_effect(folder: Path, inputs: list[str]) -> None:
    (folder / "synth.dsp").write_text(SYNTH)
    session = Session(
        PlayOptions(file=str(folder / "synth.dsp"), device="null", midi=True, double=True)
    )
    keys, faders = Input.opened
    assert [keys.name, faders.name, session.live.voices] == ["Keys", "Faders", 3]
    assert session.state()["about"] == (
        "0 in, 2 out, 48000 Hz, llvm, 3 voices, MIDI from Keys, MIDI from Faders"
    )
    silence = np.zeros((0, 256), np.float32)
    blocks = [session.live.render(silence)]
    keys.write(0x90, 60, 127)
    faders.write(0xB0, 74, 0)
    blocks += [session.live.render(silence) for _ in range(20)]
    keys.write(0x90, 64, 64, 0x90, 60, 0)
    blocks += [session.live.render(silence) for _ in range(20)]
    session.midi[0].close()
    events = [
        MidiEvent(256 / 48000, "note_on", 60, 127),
        MidiEvent(256 / 48000, "control_change", 74, 0),
        MidiEvent(21 * 256 / 48000, "note_on", 64, 64),
        MidiEvent(21 * 256 / 48000, "note_off", 60, 0),
    ]
    f = dspc.load(folder / "synth.dsp", "llvm", double=True)
    expected = f.midi(events, seconds=41 * 256 / 48000, block=256)
    assert np.abs(expected).max() > 0.3
    np.testing.assert_allclose(np.concatenate(blocks, axis=1), expected, atol=1e-6)


def test_held_notes_and_controls_last_over_an_edit(folder: Path, inputs: list[str]) -> None:
    path = folder / "synth.dsp"
    path.write_text(SYNTH)
    session = Session(PlayOptions(file=str(path), device="null", midi_port="fad"))
    (faders,) = Input.opened
    assert faders.name == "Faders"
    session.live.set("/synth/echo", 0.25)  # of the effect
    session.live.note(69, 127)
    faders.write(0x90, 72, 127)
    silence = np.zeros((0, 4800), np.float32)
    before = session.live.render(silence)
    path.write_text(SYNTH.replace("nvoices:3", "nvoices:5"))
    session.look()
    after = [session.live.render(silence) for _ in range(3)][-1]
    assert session.live.voices == 5
    assert session.live.values()["/synth/echo"] == 0.25
    assert np.abs(after).max() == pytest.approx(np.abs(before[:, 2400:]).max(), rel=0.2)
    session.live.note(69, 0)
    session.live.note(72, 0)
    for _ in range(12):
        session.live.render(silence)
    assert np.abs(session.live.render(silence)).max() < 1e-6
    session.midi[0].close()


@pytest.mark.parametrize(
    ("names", "options", "code", "message"),
    [
        (["Keys"], {"midi_port": "none"}, "E0030", "there is no MIDI input none"),
        (["broken"], {"midi": True}, "E0030", "no MIDI input can be opened: it is in use"),
        (["Keys"], {"midi": True, "file": "p.dsp"}, "E0016", "no control of the program takes"),
    ],
)
def test_midi_inputs_that_cannot_be(
    names: list[str],
    options: dict[str, Any],
    code: str,
    message: str,
    folder: Path,
    inputs: list[str],
) -> None:
    inputs[:] = names
    (folder / "synth.dsp").write_text(SYNTH)
    chosen = {"file": "synth.dsp"} | options
    chosen["file"] = str(folder / chosen["file"])
    with pytest.raises(DspcError, match=message) as caught:
        Session(PlayOptions(device="null", **chosen))
    assert caught.value.code == code


def test_an_input_is_made_where_there_is_none(inputs: list[str]) -> None:
    inputs.clear()
    (port,) = open_inputs(lambda event: None)
    assert (port.name, port.virtual) == ("dspc-play", True)


def test_packages_of_midi_are_named_before_playing(
    monkeypatch: pytest.MonkeyPatch, capsys: Any, folder: Path
) -> None:
    before = mido.backend
    mido.set_backend("mido.backends.rtmidi")
    monkeypatch.setitem(sys.modules, "mido.backends.rtmidi", None)
    monkeypatch.setitem(sys.modules, "rtmidi", None)
    try:
        with pytest.raises(SystemExit) as ended:
            main([str(folder / "p.dsp"), "--device", "null", "--midi"])
    finally:
        mido.set_backend(before)
    assert ended.value.code == 2
    error = capsys.readouterr().err
    assert "error[E0015]" in error
    assert "pip install 'dspc[midi-ports]'" in error


@pytest.mark.slow
def test_the_page_plays_notes(folder: Path) -> None:
    (folder / "synth.dsp").write_text(SYNTH)
    session = Session(PlayOptions(file=str(folder / "synth.dsp"), device="null"))
    session.start()
    try:
        for body in ({"key": 60}, {"key": 200, "velocity": 1}, {"key": 60, "velocity": -1}):
            with pytest.raises(urllib.error.HTTPError) as refused:
                ask(session, "/note", body)
            assert refused.value.code == 400
        with browser() as page:
            page.send("Page.navigate", url=session.address)
            shown = "[...document.querySelectorAll('.widgets [data-path]')]"
            until(lambda: page.run(f"{shown}.length") == 5)
            visible = f"{shown}.filter((one) => !one.hidden).map((one) => one.dataset.path)"
            assert page.run(visible) == ["/synth/tone", "/synth/echo"]
            press = (
                "document.body.dispatchEvent(new KeyboardEvent('{}', {{key: 'd', bubbles: true}}))"
            )
            page.run(press.format("keydown"))
            until(lambda: [v.key for v in playing(session)] == [64])
            until(lambda: session.sink.peak > 0.1)
            page.run(press.format("keyup"))
            until(lambda: not playing(session))
            assert page.problems == []
    finally:
        session.stop()


def playing(session: Session) -> list[Any]:
    return [v for v in session.live._now.voices if v.state is VoiceState.PLAYING]


def test_the_null_sink_asks_at_the_pace_of_a_device() -> None:
    asked = threading.Event()

    def render(inputs: Any) -> Any:
        asked.set()
        assert inputs.shape == (2, 480)
        return inputs

    sink = NullSink(render, 2, 48000, 480)
    sink.start()
    assert asked.wait(10)
    sink.stop()
    assert sink.frames % 480 == 0


def test_devices_that_are_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(dspc.DspcError, match="no sound device can be opened") as error:
        open_device(lambda x: x, (0, 1), 48000, 64, "a device of that name")
    assert error.value.code == "E0030"
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(dspc.DspcError, match="needs the package sounddevice"):
        open_device(lambda x: x, (0, 1), 48000, 64, None)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "no file to play"),
        (["p.dsp", "-b", "interp"], "cpp or llvm"),
        (["p.dsp", "--port", "70000"], "--port is at most"),
        (["p.dsp", "--block", "0"], "--block is at least 1"),
        (["none.dsp", "--device", "null"], "no such file"),
    ],
)
def test_wrong_command_lines(words: list[str], message: str, capsys: Any, folder: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert message in capsys.readouterr().err
