"""`dspc-play`: live sound without a device, its page, and edits of the source."""

from __future__ import annotations

import json
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import dspc
from dspc.dialects.diagnostics import DspcError
from dspc.live import LiveSound
from dspc.play import Session, main
from dspc.play_options import PlayOptions
from dspc.sound_devices import NullSink, open_device
from tests.browser import browser

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


def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def ask(session: Session, path: str, body: Any = None, **headers: str) -> Any:
    base = session.address.partition("/?")[0]
    data = None if body is None else json.dumps(body).encode()
    given = {"X-Token": session.address.partition("token=")[2]} | headers
    with urllib.request.urlopen(urllib.request.Request(base + path, data, given)) as answer:
        return json.loads(answer.read())


def instance(source: str) -> Any:
    return dspc.load(source, backend="llvm").start(48000)


@pytest.mark.parametrize("backend", ["interp", "opencl"])
def test_back_ends_that_do_not_keep_up_are_refused(backend: str) -> None:
    with pytest.raises(DspcError, match=f"requires --backend cpp or llvm, not {backend}") as caught:
        PlayOptions(file="p.dsp", backend=backend).check()
    assert caught.value.code == "E0007"


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


def test_the_null_sink_asks_at_the_pace_of_a_device() -> None:
    asked = threading.Event()

    def render(given: Any) -> Any:
        asked.set()
        assert given.shape == (2, 480)
        return given

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
