"""The targets `wasm` and `web`: a browser plays the samples of C++, and its widgets set them."""

from __future__ import annotations

import ctypes
import ctypes.util
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mido
import numpy as np
import pytest

import dspc
from dspc.running.midi_controls import MidiControls
from dspc.running.notes import event_of
from dspc.support.diagnostics import DspcError
from tests.browser import Browser, browser, until
from tests.conformance.in_browser import FRAMES, RATE, compared, in_browser, noise
from tests.dspc.commands import output
from tests.dspc.test_polyphony import WIDGETS

EXAMPLES = Path(__file__).parents[2] / "examples"
MATHS = """
x = _ * 3; y = abs(x) + 0.1;
process = _ <: sin, cos(x), tan, asin, acos, atan, exp(x), log(y), log10(y), pow(y, 2.7), sqrt(y),
    fmod(x, 0.3), remainder(x, 0.7), rint(x * 5), floor(x * 5), ceil(x * 5), atan2(x, y),
    (ffunction(float tanh(float), <math.h>, "")), (ffunction(float erf(float), <math.h>, "")),
    (ffunction(float cbrt(float), <math.h>, "")), (ffunction(float j0(float), <math.h>, ""));
"""
STYLES = """
declare name "styles";
mode = nentry("mode[style:menu{'soft':0.25;'loud':0.75}]", 0.75, 0, 1, 0.25);
kind = hslider("kind[style:radio{'a':1;'b':2}]", 1, 1, 2, 1);
knob = vslider("knob[style:knob][unit:Hz][scale:log][tooltip:how fast]", 100, 10, 1000, 1);
secret = hslider("secret[hidden:1]", 1, 0, 2, 0.01);
held = button("held") + checkbox("kept");
level = hbargraph("level[style:led][unit:dB]", 0, 4);
process = mode * kind + knob / 1000 + secret + held : tgroup("tabs", _ <: hgroup("one", level),
    hgroup("two", vbargraph("up", 0, 8)));
"""
SYNTH = """
declare options "[midi:on][nvoices:3]";
import("stdfaust.lib");
gate = button("gate"); gain = hslider("gain", 0, 0, 1, 0.01);
freq = hslider("freq", 100, 20, 9000, 1);
bend = hslider("bend[midi:ctrl 1]", 0, 0, 2, 0.01);
process = os.osc(freq * (1 + bend)) * gain * en.asr(0.001, 1, 0.01, gate);
"""


@pytest.fixture(scope="module")
def page() -> Iterator[Browser]:
    with browser() as running:
        yield running


def opened(page: Browser, folder: Path, source: str, **options: Any) -> None:
    path = folder / "page.html"
    path.write_text(dspc.compile(source, target="web", **options).code, encoding="utf-8")
    page.open(path)


@pytest.mark.slow
@pytest.mark.parametrize("no_llvm", [False, True], ids=["LLVM", "own"])
@pytest.mark.parametrize("double", [False, True], ids=["single", "double"])
@pytest.mark.parametrize("name", ["two_filters", "rms", "plucked_strings"])
def test_the_browser_plays_the_samples_of_cpp(
    page: Browser, name: str, double: bool, no_llvm: bool
) -> None:
    assert compared(page, str(EXAMPLES / f"{name}.dsp"), double, no_llvm=no_llvm) <= 1e-5


@pytest.mark.slow
@pytest.mark.parametrize(
    "options", [{"scalar": True}, {"vec": True}, {"no_simd": True}, {"no_llvm": True}], ids=str
)
def test_modes_play_the_samples_of_cpp(page: Browser, options: dict[str, bool]) -> None:
    source = (EXAMPLES / "filter_sweep.dsp").read_text()
    native = dspc.load(source, "cpp", double=True)
    inputs = noise(native.inputs)
    samples = in_browser(
        page, dspc.compile(source, target="web", double=True, **options).code, inputs
    )
    expected = native(inputs, RATE, frames=FRAMES)
    assert np.abs(expected).max() > 0.01
    np.testing.assert_allclose(samples, expected, atol=1e-5)


@pytest.mark.parametrize("no_llvm", [False, True], ids=["LLVM", "own"])
def test_mathematics_of_the_browser_are_those_of_c(page: Browser, no_llvm: bool) -> None:
    assert compared(page, MATHS, no_llvm=no_llvm) <= 1e-6


def test_functions_that_javascript_lacks(page: Browser, tmp_path: Path) -> None:
    opened(page, tmp_path, "process = _;")
    libm = ctypes.CDLL(ctypes.util.find_library("m"))
    points = [*np.linspace(-30, 60, 181), 1e-3, 0.5, 1.5, 2.5, -0.5, 170.0]
    names = ["erf", "erfc", "tgamma", "lgamma", "j0", "j1", "y0", "y1", "logb", "round", "rint"]
    names += ["exp10", "exp2"]
    rows = page.run(
        f"{json.dumps(names)}.map(n => {json.dumps(points)}.map(x => String(cFunction(n)(x))))"
    )
    for name, row in zip(names, rows, strict=True):
        function = getattr(libm, name)
        function.restype, function.argtypes = ctypes.c_double, [ctypes.c_double]
        expected = np.array([function(x) for x in points])
        values = np.array([float(text.replace("Infinity", "inf")) for text in row])
        finite = np.isfinite(expected)
        np.testing.assert_array_equal(finite, np.isfinite(values), name)
        np.testing.assert_allclose(values[finite], expected[finite], 2e-12, 2e-14, err_msg=name)
    pairs = [(5.3, 2.0), (-5.5, 2.0), (1.0, 0.4), (3.0, 2.0), (-7.0, 7.0), (5.0, math.inf)]
    given = json.dumps(pairs).replace("Infinity", "1/0")
    values = page.run(f"{given}.map(([x, y]) => cFunction('remainder')(x, y))")
    assert values == [math.remainder(x, y) for x, y in pairs]
    assert page.run("cFunction('nextafterf')(1, 2)") == 1 + 2**-23
    assert page.run("cFunction('nextafter')(1, 0)") == math.nextafter(1, 0)
    assert page.run("cFunction('fma')(1 + 2 ** -30, 1 - 2 ** -30, -1)") == -(2.0**-60)


def test_widgets_have_their_styles_and_set_the_program(page: Browser, tmp_path: Path) -> None:
    opened(page, tmp_path, STYLES)
    assert page.problems == []
    widget = "document.querySelector('[data-path$=\"/{}\"]')".format
    assert page.run(f"{widget('mode')}.querySelector('select').value") == "0.75"
    assert page.run(f"{widget('kind')}.querySelectorAll('[type=radio]').length") == 2
    assert page.run(f"{widget('secret')}.hidden") is True
    assert page.run(f"[{widget('knob')}.title, {widget('knob')}.innerText.trim()]") == [
        "how fast",
        "knob\n100 Hz",
    ]
    assert page.run(f"{widget('level')}.querySelector('.led') !== null") is True
    assert page.run(f"{widget('up')}.checkVisibility()") is False
    page.run("document.querySelectorAll('[role=tab]')[1].click()")
    assert page.run(f"{widget('up')}.checkVisibility()") is True
    last = "player.render(256, 44100).then(rows => rows[0][255])"
    assert page.run(last) == pytest.approx(0.75 + 0.1 + 1)
    page.run(
        f"""{widget("mode")}.querySelector('select').value = 0.25;
        {widget("mode")}.querySelector('select').dispatchEvent(new Event('change'));
        {widget("kind")}.querySelectorAll('input')[1].click();
        {widget("kept")}.querySelector('input').click();
        const dial = {widget("knob")}.querySelector('input');
        dial.value = 1; dial.dispatchEvent(new Event('input')); 0"""
    )
    assert page.run(last) == pytest.approx(0.25 * 2 + 1 + 1 + 1)


KEYBOARD = """
process = hslider("[0]cutoff[unit:Hz][scale:log]", 20, 20, 20000, 1)
    + hslider("[1]tune[unit:ct]", 0, -5, 5, 0.5) + hslider("[2]free", 0, 0, 1, 0)
    + vslider("[3]turn[style:knob]", 3, 0, 10, 1) + nentry("[4]count[unit:x]", 2, 1, 9, 1)
    + tgroup("[5]pages", checkbox("one") + button("two"))
    : hbargraph("[6]peak[unit:dB]", 0, 20000);
"""


def named(page: Browser) -> dict[str, tuple[str, Any]]:
    """The role and value of what Chromium tells to assistive technology, by name."""
    roles = ("slider", "spinbutton", "checkbox", "button", "meter", "tab")
    named_roles: dict[str, tuple[str, Any]] = {}
    for node in page.send("Accessibility.getFullAXTree")["nodes"]:
        role, name, value = (node.get(key, {}).get("value") for key in ("role", "name", "value"))
        if name and role in roles:
            named_roles[name] = (role, value)
    return named_roles


def pressed(page: Browser, key: str, times: int = 1) -> None:
    codes = {"ArrowRight": 39, "ArrowLeft": 37, "ArrowUp": 38, "PageUp": 33, "Home": 36, "Tab": 9}
    for _ in range(times):
        for kind in ("rawKeyDown", "keyUp"):
            code = codes[key]
            page.send(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code
            )


def test_the_keyboard_moves_sliders_by_their_steps(page: Browser, tmp_path: Path) -> None:
    opened(page, tmp_path, KEYBOARD)
    value = "document.querySelector('[data-path$=\"/{0}\"] input[type=range]')".format

    def at(name: str) -> str:
        return page.run(f"{value(name)}.getAttribute('aria-valuetext')")

    def moved(name: str, key: str, times: int = 1) -> str:
        page.run(f"{value(name)}.focus()")
        pressed(page, key, times)
        return at(name)

    assert moved("tune", "ArrowRight") == "0.5 ct"
    assert moved("tune", "ArrowLeft", 3) == "-1.0 ct"
    assert moved("tune", "PageUp", 20) == "5.0 ct"
    # On a logarithmic scale a step may be less than a position of the slider.
    assert moved("cutoff", "ArrowUp", 2) == "23 Hz"
    assert moved("cutoff", "PageUp", 3) == "184 Hz"
    assert moved("free", "ArrowRight", 5) == "0.050"
    assert moved("turn", "ArrowUp") == "4"
    assert page.run("player.interface.values.get(widgetsOf(player.info)[3].index)") == 4


def test_widgets_have_names_and_values_for_assistive_technology(
    page: Browser, tmp_path: Path
) -> None:
    opened(page, tmp_path, KEYBOARD)
    page.run("player.interface.meters[0](12.5)")
    page.send("Accessibility.enable")
    roles = named(page)
    assert roles["cutoff"] == ("slider", 0)  # the position; the value is `aria-valuetext`
    assert [roles[name][0] for name in ("tune", "turn", "free")] == ["slider"] * 3
    assert roles["peak"] == ("meter", 12.5)
    assert (roles["one"][0], roles["count x"]) == ("checkbox", ("spinbutton", 2))
    assert roles["two"][0] == "tab"
    assert {"▶ Play", "● Record", "Render"} <= {n for n, (r, _) in roles.items() if r == "button"}
    texts = "[...document.querySelectorAll('[aria-valuetext]')].map((e) => e.ariaValueText)"
    assert page.run(texts) == ["20 Hz", "0.0 ct", "0.000", "3", "12.5 dB"]
    # Arrow keys go from tab to tab, of which one is reached by Tab.
    tabs = "[...document.querySelectorAll('[role=tab]')]"
    assert page.run(f"{tabs}.map((tab) => tab.tabIndex)") == [0, -1]
    page.run(f"{tabs}[0].focus()")
    pressed(page, "ArrowRight")
    assert page.run("document.activeElement.textContent") == "two"
    panels = "[...document.querySelectorAll('[role=tabpanel]')]"
    assert page.run(f"{panels}.map((one) => [one.ariaLabel, one.hidden])") == [
        *(["one", True], ["two", False]),
    ]


def test_letters_and_midi_play_notes(page: Browser, tmp_path: Path) -> None:
    opened(page, tmp_path, SYNTH)
    assert page.run("[player.voices, player.piano.keys.size > 24]") == [3, True]
    shown = "[...document.querySelectorAll('[data-path]')].filter((one) => !one.hidden)"
    assert page.run(f"{shown}.map((one) => one.dataset.path)") == ["/<text>/bend"]
    page.run(
        """globalThis.sent = []; player.send = (message) => sent.push(message);
        for (const type of ["keydown", "keydown", "keyup"]) {
          document.body.dispatchEvent(new KeyboardEvent(type, {key: "d", bubbles: true}));
        }
        for (const type of ["keydown", "keydown", "keyup"]) {
          document.body.dispatchEvent(new KeyboardEvent(type, {key: "x", bubbles: true}));
        }
        document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "a", bubbles: true}));
        window.dispatchEvent(new Event("blur"));
        player.midi([0x90, 50, 3]); player.midi([0x90, 50, 0]); 0"""
    )
    # x twice is two octaves up
    assert page.run("sent.map((one) => [one.what, one.pitch])") == [
        *(["on", 64], ["off", 64], ["on", 84], ["off", 84], ["on", 50], ["off", 50]),
    ]


def test_midi_moves_the_widgets_that_it_moves_in_python(page: Browser, tmp_path: Path) -> None:
    """Messages are parsed by mido there, and their meaning compared for all kinds."""
    opened(page, tmp_path, WIDGETS)
    controls = MidiControls(dspc.load(WIDGETS, backend="interp").widgets())
    messages = [
        *([status | channel, data, 100] for status in (0x80, 0x90, 0xA0, 0xB0) for channel in (0, 1)
          for data in (7, 60, 61, 62)),
        *([0x90, 60, 0], [0x90, 61, 0], [0xC0, 5], [0xC0, 6], [0xD0, 90], [0xD1, 0]),
        *([0xE0 | channel, low, high] for channel in (0, 2) for low, high in ((0, 0), (127, 63),
          (0, 64), (127, 127), (3, 100))),
        *([0xF8], [0xB0, 74, 12]),
    ]  # fmt: skip
    for data in messages:
        event = event_of(0.0, mido.Message.from_bytes(data))
        expected = {} if event is None else dict(controls.changes(event))
        moved = page.run(
            f"""(() => {{
              const moved = {{}};
              player.set = (index, value) => {{
                moved[widgetsOf(player.info).find((one) => one.index === index).address] = value;
              }};
              player.midi({data});
              return moved;
            }})()"""
        )
        assert moved == pytest.approx(expected), data


@pytest.mark.parametrize("width", [360, 1000])
def test_nested_groups_fit_the_window_and_a_frame_around_them(
    page: Browser, tmp_path: Path, width: int
) -> None:
    """Groups of sliders and entries were wider than a narrow window; frames had a fixed height."""
    widgets = """vgroup("a", hgroup("", vgroup("b", hslider("a long label[unit:Hz]", 1, 0, 10000, 1)
        + nentry("order", 2, 0, 4, 1) + vgroup("c", vslider("v", 1, 0, 2, 0.1)))))"""
    opened(page, tmp_path, f"process = {widgets};", no_llvm=True)
    around = tmp_path / "around.html"
    around.write_text("""<!doctype html><iframe style="width: 100%" src="page.html"></iframe>
        <script>onmessage = ({data}) => (globalThis.height = data.height);</script>""")
    page.open(tmp_path / "page.html", width=width)
    assert page.run("document.documentElement.scrollWidth") <= width
    untitled = "fieldset.group:not(:has(> legend))"
    assert page.run(f"getComputedStyle(document.querySelector('{untitled}')).borderWidth") == "0px"
    page.open(around, width=width)
    until(lambda: page.run("globalThis.height ?? 0") > 200)


def test_a_page_from_disk_plays(page: Browser, tmp_path: Path) -> None:
    opened(page, tmp_path, STYLES)
    page.run("player.toggle()")
    assert page.run("player.find('play').textContent") == "■ Stop"
    shown = page.run(
        """new Promise((done) => {
          const output = document.querySelector('[data-path$="/level"] output');
          new MutationObserver(() => done(output.textContent)).observe(output, {childList: true});
          setTimeout(() => done('no change'), 5000);
        })"""
    )
    assert shown == "1.85 dB"
    page.run("player.toggle()")
    assert page.run("player.context") is None
    assert page.problems == []


@pytest.mark.parametrize("no_llvm", [False, True], ids=["LLVM", "own"])
def test_dropped_sound_files_are_read(page: Browser, tmp_path: Path, no_llvm: bool) -> None:
    source = "process = 1, (+(1) ~ _) - 1 : soundfile(\"s[url:{'a.wav';'b.wav'}]\", 1);"
    opened(page, tmp_path, source, double=True, no_llvm=no_llvm)
    result = page.run(
        """(() => {
        const slot = widgetsOf(player.info)[0];
        const part = (value, frames) =>
          ({rate: 8000, channels: [new Float32Array(frames).fill(value)]});
        player.sounds.set(slot.index, [part(0.5, 10), part(0.25, 20)]);
        return player.render(4, 44100).then((rows) => rows.map((row) => row[3]));
        })()"""
    )
    assert result == [20, 8000, 0.25]


def test_one_voice_is_rendered_without_the_widgets_of_the_effect(
    page: Browser, tmp_path: Path
) -> None:
    source = """process = hslider("freq", 100, 1, 900, 1) * button("gate");
    effect = *(hslider("wet", 1, 0, 1, 0.1));
    """
    opened(page, tmp_path, source, no_llvm=True)
    assert page.run("widgetsOf(player.info).length") == 3
    assert page.run("player.render(4, 44100).then((rows) => rows[0].length)") == 4
    assert page.problems == []


def test_files_of_the_target_wasm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("gain.dsp").write_text('process = *(hslider("gain", 0.5, 0, 1, 0.1));\n')
    assert output(capsys, "--target", "wasm", "gain.dsp", "-cn", "gain", "-o", "gain.wasm")[0] == 0
    assert Path("gain.wasm").read_bytes()[:4] == b"\0asm"
    info = json.loads(Path("gain.json").read_text())
    assert [info[key] for key in ("prefix", "real", "inputs", "outputs")] == ["gain", "float", 1, 1]
    assert 0 <= info["ui"][0]["items"][0]["index"] <= info["size"] - 4
    status, text, _ = output(capsys, "--target", "wasm", "gain.dsp", "-vec")
    assert status == 0
    assert "f32x4.mul" in text
    status, text, _ = output(capsys, "--target", "wasm", "gain.dsp", "-vec", "--no-simd")
    assert status == 0
    assert "f32x4" not in text
    assert output(capsys, "--target", "web", "gain.dsp", "-o", "gain/")[0] == 0
    Path("more.dsp").write_text("process = _;\n")
    Path("out").mkdir()
    assert output(capsys, "--target", "web", "gain.dsp", "more.dsp", "-O", "out")[0] == 0
    assert sorted(path.name for path in Path("out").iterdir()) == ["gain.html", "more.html"]
    assert Path("gain/index.html").read_text().startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-o", "x.txt"), "error[E0007]: --target wasm writes FILE.wasm"),
        (("-omp", "-o", "x.wasm"), "error[E0007]: -omp needs threads"),
    ],
    ids=str,
)
def test_options_that_webassembly_does_not_take(
    arguments: tuple[str, ...], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = tmp_path / "x.dsp"
    program.write_text("process = _;\n")
    status, _, error = output(capsys, "--target", "wasm", str(program), *arguments)
    assert status == 2
    assert message in error


def test_a_missing_linker_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program = tmp_path / "x.dsp"
    program.write_text("process = _;\n")
    monkeypatch.setenv("PATH", str(tmp_path))
    binary = tmp_path / "x.wasm"
    status, _, error = output(capsys, "--target", "wasm", str(program), "-o", str(binary))
    assert status == 2
    assert "error[E0015]" in error
    assert "apt-get install lld" in error
    assert not binary.exists()


@pytest.mark.slow
def test_functions_that_no_browser_has_are_refused() -> None:
    source = 'process = ffunction(float mine(float), "mine.h", "");'
    with pytest.raises(DspcError, match="the program uses mine from C") as caught:
        dspc.compile(source, target="wasm")
    assert caught.value.code == "E0906"
