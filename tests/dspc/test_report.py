"""`--report`: the page opens in a browser, and pointing highlights the same thing everywhere."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from xdsl.context import Context
from xdsl.dialects.builtin import Builtin
from xdsl.parser import Parser
from xdsl.printer import Printer

from dspc.backends.c.trace import LineTrace
from dspc.cli import parse_arguments
from dspc.driver import Clock, compile_all, compile_text, read_program, run_passes
from dspc.options.compile_options import CompileOptions
from dspc.pipelines.printing import print_module
from dspc.pipelines.selection import choose_passes
from dspc.report import Recorder
from dspc.report.links import Links
from dspc.report.snapshots import Snapshots
from dspc.targets.lookup import find_target
from tests.browser import Browser, browser
from tests.dspc.commands import output
from tests.dspc.test_polyphony import SYNTH

EXAMPLES = Path(__file__).parents[2] / "examples"
TWO = """declare name "two";
ring = @(100);
level = hslider("level", 0.5, 0, 1, 0.01);
leaky = + ~ *(0.25);
wave = *(level) : sin;
process = ring, (leaky : wave);
"""


@pytest.fixture(scope="module")
def page() -> Iterator[Browser]:
    with browser() as running:
        yield running


def reported(page: Browser, folder: Path, source: str, *options: str) -> None:
    """Write the report of a program, open it, and wait until it is complete."""
    program = folder / "two.dsp"
    program.write_text(source)
    report = folder / "two.html"
    command = parse_arguments(
        CompileOptions, [*options, "--report", str(report), str(program)], "dspc"
    )
    assert command is not None
    text, documents = compile_all(str(program), command, Clock())
    assert text is None
    (document,) = documents
    assert isinstance(document.text, str)
    report.write_text(document.text, encoding="utf-8")
    page.open(report)
    page.run("shown.then(() => 0)")
    assert page.problems == []


@pytest.mark.slow
def test_a_report_plays_voices_through_the_effect(page: Browser, tmp_path: Path) -> None:
    reported(page, tmp_path, SYNTH)
    assert page.run("[player.voices, player.effect.info.inputs]") == [3, 2]
    peak = """player.render(4800, 48000, [], [[0, {what: 'on', pitch: 60, velocity: 127}]])
        .then((rows) => Math.max(...rows[1].map(Math.abs)))"""
    assert page.run(peak) > 0.1
    # The responses are those of one voice: its widgets do not reach into the effect's memory.
    assert page.run("respond(player).length") == 2


@pytest.mark.slow
@pytest.mark.parametrize(("width", "dark"), [(390, True), (1440, False)])
def test_a_report_is_as_wide_as_the_window(
    page: Browser, tmp_path: Path, width: int, dark: bool
) -> None:
    reported(page, tmp_path, (EXAMPLES / "two_filters.dsp").read_text())
    page.open(tmp_path / "two.html", dark, width)
    page.run("shown.then(() => 0)")
    assert page.run("document.documentElement.scrollWidth") <= width
    colour = page.run("getComputedStyle(document.body).backgroundColor")
    assert colour == ("rgb(23, 24, 28)" if dark else "rgb(251, 250, 247)")


@pytest.mark.slow
def test_a_printed_report_shows_all_lines(page: Browser, tmp_path: Path) -> None:
    reported(page, tmp_path, (EXAMPLES / "two_filters.dsp").read_text())
    page.send("Emulation.setEmulatedMedia", media="print")
    page.run("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    visible = "one.checkVisibility({contentVisibilityAuto: true})"
    shown = f"[...document.querySelectorAll('#code .row')].filter((one) => {visible})"
    try:
        lines = page.run(f"{shown}.length")
        assert lines == page.run("document.querySelectorAll('#code .row').length") > 50
        assert page.run("getComputedStyle(document.getElementById('told')).display") == "none"
    finally:
        page.send("Emulation.setEmulatedMedia", media="")


@pytest.mark.parametrize(
    "name", ["two_filters", "rms", pytest.param("drone", marks=pytest.mark.slow)]
)
@pytest.mark.parametrize("with_places", [False, True])
def test_modules_are_printed_as_by_xdsl(name: str, with_places: bool) -> None:
    """Texts of types and places are kept; what is printed is the same."""
    options = CompileOptions(file=str(EXAMPLES / f"{name}.dsp"), vec=True)
    module = read_program(str(options.file), options.frontend())
    for passes in ([], choose_passes(options)):
        run_passes(module, passes, options, Clock())
        expected = StringIO()
        Printer(expected, print_debuginfo=with_places).print_op(module)
        assert print_module(module, with_places) == expected.getvalue() + "\n"


@pytest.mark.parametrize("name", ["two_filters", pytest.param("drone", marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "mode", [(), ("-scal",), ("-vec",), ("-sch",), ("--lanes", "0", "-vec")], ids=str
)
def test_reasons_are_those_of_the_explanation(mode: tuple[str, ...], name: str) -> None:
    """They come from a copy of the module, not from a second compilation."""
    program = str(EXAMPLES / f"{name}.dsp")
    command = parse_arguments(CompileOptions, [*mode, "--report", "r.html", program], "dspc")
    assert command is not None
    asked: list[CompileOptions] = []
    recorder = Recorder(command, None, lambda options: str(asked.append(options)), lambda: None)
    module = read_program(program, command.frontend())
    run_passes(module, choose_passes(command), command, Clock(), [recorder])
    explained = replace(command, explain="dsp-split-loops", report=None)
    assert recorder._explanation() == compile_text(program, explained, Clock())
    assert asked == []


def test_each_loop_has_the_reasons_of_its_own(page: Browser, tmp_path: Path) -> None:
    """Two loops of one expression had the kind of the first, and the rest that of another."""
    reported(page, tmp_path, (EXAMPLES / "two_filters.dsp").read_text())
    tags = page.run("[...document.querySelectorAll('.loop .tag')].map((one) => one.textContent)")
    kinds = [tag.partition(" ·")[0] for tag in tags]
    assert kinds == ["free", "scan", "free", "scan", "free", "remaining frames"]
    scan = page.run("document.querySelectorAll('.loop')[1].textContent")
    assert "a linear recurrence of order 1" in scan
    assert "after L" not in scan


@pytest.mark.slow
def test_the_program_is_the_first_source(page: Browser, tmp_path: Path) -> None:
    """All signals of such a program come from libraries."""
    reported(page, tmp_path, 'import("stdfaust.lib");\nprocess = dm.zita_light;\n')
    assert page.run("document.querySelector('#source .file').textContent") == "two.dsp"
    assert (
        page.run("document.querySelector('#source .row').textContent") == 'import("stdfaust.lib");'
    )


def test_signals_are_drawn_without_decisions_on_loops(page: Browser, tmp_path: Path) -> None:
    reported(page, tmp_path, (EXAMPLES / "two_filters.dsp").read_text())
    labels = page.run("[...document.querySelectorAll('.node')].map((one) => one.dataset.about)")
    assert sorted(labels)[:4] == ["a: read_widget a", "b: read_widget b", "constant 1", "delay 1"]
    assert len(labels) == 15


@pytest.mark.slow
@pytest.mark.parametrize("width", [400, 1300])
def test_texts_of_pictures_are_inside_them(page: Browser, tmp_path: Path, width: int) -> None:
    """Names of buffers and of tasks were cut at the edge, and lay over each other."""
    reported(page, tmp_path, (EXAMPLES / "plucked_strings.dsp").read_text(), "-vec")
    page.open(tmp_path / "two.html", width=width)
    page.run("shown.then(() => 0)")
    outside = """[...document.querySelectorAll('svg.map text, svg.chart text')].filter((one) => {
      const text = one.getBBox(), room = one.ownerSVGElement.viewBox.baseVal;
      return text.x < 0 || text.x + text.width > room.width;
    }).map((one) => one.textContent)"""
    assert page.run(outside) == []
    over = """[...document.querySelectorAll('svg.map')].flatMap((map) => {
      const pieces = [...map.querySelectorAll('.piece')].map((one) => one.getBBox());
      return [...map.querySelectorAll('.piece + text')].map((one) => one.getBBox()).filter((text) =>
        !pieces.some((box) => box.x <= text.x && text.x + text.width <= box.x + box.width));
    }).length"""
    assert page.run(over) == 0


POINT = """(() => {
  const spans = [...document.querySelectorAll('#source [data-k]')];
  const found = spans.find((one) => one.textContent === TEXT);
  found.dispatchEvent(new PointerEvent('pointerover', {bubbles: true}));
  const text = (one) => one.dataset.about ?? one.textContent.trim();
  const texts = (selector) => [...document.querySelectorAll(selector)].map(text);
  return {
    source: texts('#source .hit'), signals: texts('.node.hit'), loops: texts('.loop.hit'),
    pieces: texts('.piece.hit'), code: texts('#code .row.hit'), module: texts('#passes .row.hit'),
  };
})()"""


def pointed(page: Browser, text: str) -> dict[str, Any]:
    return page.run(POINT.replace("TEXT", repr(text)))


def test_pointing_at_an_expression_highlights_what_became_of_it(
    page: Browser, tmp_path: Path
) -> None:
    reported(page, tmp_path, TWO, "-vec", "--lanes", "0")
    ring = pointed(page, "@(100)")
    assert ring["source"] == ["@(100)"]
    assert [one.split()[0] for one in ring["signals"]] == ["ring:"]
    whole = pointed(page, "+ ~ *(0.25)")
    assert whole["source"] == ["+ ~ *(0.25)", "*(0.25)"]
    assert "fVec0" in [one.partition(":")[0] for one in ring["pieces"]]
    assert not any(one.startswith("leaky") for one in ring["pieces"])
    assert any(re.search(r"out0\w*\[\w+\] = FAUSTFLOAT\(fVec0", line) for line in ring["code"])
    assert not any("in1" in line or "sin" in line for line in ring["code"])
    assert any("%ring" in line for line in ring["module"])
    leaky = pointed(page, "+ ~ *(0.25)")
    assert any("leaky" in line for line in leaky["code"])
    assert not any("out0" in line for line in leaky["code"])
    assert not any(one.startswith("fVec0") for one in leaky["pieces"])
    assert leaky["loops"]
    wave = pointed(page, "*(level)")
    assert any("sin" in line for line in wave["code"])
    level = pointed(page, 'hslider("level", 0.5, 0, 1, 0.01)')
    assert any("level" in line for line in level["code"])


def test_pointing_at_a_buffer_a_loop_and_a_line_is_the_same(page: Browser, tmp_path: Path) -> None:
    reported(page, tmp_path, TWO, "-vec", "--lanes", "0")
    script = """(() => {
      const point = (one) => one.dispatchEvent(new PointerEvent('pointerover', {bubbles: true}));
      const hits = (selector) =>
        [...document.querySelectorAll(selector)].filter((one) => one.classList.contains('hit'));
      const piece = document.querySelector('.piece[data-k^="bfVec0"]');
      point(piece);
      const source = hits('#source [data-k]').map((one) => one.textContent);
      const loop = hits('.loop')[0];
      point(loop);
      const fromLoop = hits('#source [data-k]').map((one) => one.textContent);
      const line = hits('#code .row').find((one) => one.textContent.includes('fVec0'));
      point(line);
      return [source, fromLoop, hits('#source [data-k]').map((one) => one.textContent),
        hits('.piece').includes(piece)];
    })()"""
    source, from_loop, from_line, has_piece = page.run(script)
    assert "@(100)" in source
    assert "@(100)" in from_loop
    assert "@(100)" in from_line
    assert has_piece


def test_a_clicked_selection_stays_until_escape(page: Browser, tmp_path: Path) -> None:
    reported(page, tmp_path, TWO)
    page.run("document.querySelector('#source [data-k]').click()")
    assert page.run("marks.kept !== null && document.querySelectorAll('.hit').length > 3") is True
    page.run("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'}))")
    assert page.run("document.querySelectorAll('.hit').length") == 0


def test_the_report_plays_and_draws(page: Browser, tmp_path: Path) -> None:
    reported(page, tmp_path, "process = *(0.5);", "-double")
    # An impulse's spectrum is flat, at half the amplitude.
    flat = page.run("power(respond(player)[0], 32768).slice(0, 16384)[1234]")
    assert flat == pytest.approx(0.25)
    drawn = "(name) => surface(name).context !== null && document.getElementById(name).width > 300"
    assert page.run(f"['impulse', 'frequency', 'spectrogram'].every({drawn})") is True
    tone = """(() => {
      const sine = (_, n) => Math.sin(2 * Math.PI * 64 * n / 1024);
      const wave = Float32Array.from({length: 1024}, sine);
      const spectrum = power(wave, 1024);
      return [spectrum.indexOf(Math.max(...spectrum)), Math.round(spectrum[64])];
    })()"""
    assert page.run(tone) == [64, 512**2]


def test_bars_of_threads_are_as_wide_as_their_work(page: Browser, tmp_path: Path) -> None:
    """The player's rule for meters made them 0 wide."""
    reported(page, tmp_path, "process = +~*(0.5) : sin <: _, @(100);", "-vec")
    widths = page.run(
        "[...document.querySelectorAll('#threads .bar')].map(b => b.getBoundingClientRect().width)"
    )
    assert widths
    assert min(widths) > 0
    assert max(widths) > 50


def test_passes_show_what_they_changed(page: Browser, tmp_path: Path) -> None:
    reported(page, tmp_path, "process = _ * (2 * 3) + 0;")
    page.run("document.querySelectorAll('#passes [role=tab]')[0].click()")
    first = page.run("document.querySelector('#passes .lines').textContent")
    assert "dsp.program" in first
    page.run("document.querySelectorAll('#passes [role=tab]')[1].click(); 0")
    names = page.run("[...document.querySelectorAll('#passes [role=tab]')].map(t => t.textContent)")
    assert names[0].startswith("front end")
    assert names[-1].startswith("dsp-lower-to-loops")
    page.run("document.querySelector('#passes [role=tab]:last-child').click(); 0")
    page.run("document.getElementById('only').click(); 0")
    kinds = page.run(
        "[...new Set([...document.querySelectorAll('#passes .row')].map(r => r.className))]"
    )
    assert sorted(kinds) == ["row gone", "row new"]


@pytest.mark.parametrize("mode", [(), ("-scal",), ("-vec",), ("-sch",), ("-omp",)], ids=str)
@pytest.mark.parametrize("name", ["plucked_strings", "filter_sweep"])
def test_traced_code_is_the_code(name: str, mode: tuple[str, ...]) -> None:
    path = str(EXAMPLES / f"{name}.dsp")
    options = parse_arguments(CompileOptions, [*mode, path], "dspc")
    assert options is not None
    module = read_program(path, options.frontend())
    run_passes(module, choose_passes(options), options, Clock())
    target = find_target(None)
    lines, ops = target.traced_text(module, options)
    assert lines == target.text(module, options).splitlines()
    first = next(at for at, line in enumerate(lines) if " compute(int" in line)
    assert sum(1 for each in ops[first:] if each) > len(lines[first:]) / 5
    inside = set(module.walk())
    assert all(op in inside for each in ops for op in each)


def test_marks_are_taken_out_of_lines() -> None:
    assert LineTrace().split("a\nb") == (["a", "b"], [[], []])


def test_differences_ignore_the_numbers_of_values() -> None:
    before = 'builtin.module {\n  %0 = "a.a"() : () -> i32\n  %1 = "b.b"() : () -> i32\n}'
    after = 'builtin.module {\n  %0 = "c.c"() : () -> i32\n  %1 = "a.a"() : () -> i32\n}'
    snapshots = Snapshots(Links())
    for text in (before, after):
        context = Context(allow_unregistered=True)
        context.load_dialect(Builtin)
        snapshots.take("pass", 1.0, Parser(context, text).parse_module())
    last = snapshots.entries[1]
    table = [line for line, _ in snapshots.table()]
    assert [table[last["lines"][at]].strip() for at in last["new"]] == ['%0 = "c.c"() : () -> i32']
    assert [(at, table[number].strip()) for at, number in last["gone"]] == [
        (3, '%1 = "b.b"() : () -> i32')
    ]


def test_other_targets_show_their_code(page: Browser, tmp_path: Path) -> None:
    for target, word in (("web", "f32x4"), ("opencl", "kernel void"), ("llvm", "getelementptr")):
        reported(page, tmp_path, TWO, "-vec", "--target", target)
        assert word in page.run("document.querySelector('#code .lines').textContent")


def test_a_report_takes_no_level(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "x.html"
    program = str(EXAMPLES / "one_pole.dsp")
    status, _, error = output(capsys, "--report", str(report), "--emit", "dsp", program)
    assert status == 2
    assert "--report shows all levels" in error
    assert not report.exists()


def test_the_report_plays_without_llvm_and_its_linker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "llvmlite.binding", None)
    report = tmp_path / "x.html"
    status, text, error = output(capsys, "--report", str(report), str(EXAMPLES / "one_pole.dsp"))
    assert (status, text, error) == (0, "", "")
    assert '"module":"AGFzbQEAAAA' in report.read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_report_says_why_it_cannot_play(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program, report = tmp_path / "x.dsp", tmp_path / "x.html"
    program.write_text('process = ffunction(float mine(float), "mine.h", "");\n')
    assert output(capsys, "--report", str(report), str(program))[0] == 0
    assert "the program uses mine from C" in report.read_text(encoding="utf-8")
