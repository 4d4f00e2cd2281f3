"""Block diagrams: complete, linked, and nothing upon anything else."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree

import pytest
from elaborating import elaborated

from dspc.frontends.faust.boxes import Box
from dspc.frontends.faust.diagram.draw import draw
from dspc.frontends.faust.diagram.layout import layout
from dspc.frontends.faust.diagram.nested_files import fold
from dspc.frontends.faust.diagram.shapes import Shape
from tests.work import lines_of

SVG = "{http://www.w3.org/2000/svg}"

PROGRAMS = {
    "feedback": "process = (_, _, _ : +, _ : _, _) ~ (mem, *(-1));",
    "groups": 'process = hgroup("a & b", vgroup("c", hslider("g<0>", 0, -1, 1, 0.1) * _ <: _, _));',
    "route": "process = route(3, 2, 1, 2, 2, 1, 3, 1) :> _ <: _, !, _;",
    "lambda": "process = \\(a, b, c).(a * b + c), (waveform{1, 2, 3, 4, 5} : !, _), 0.5;",
    "tables": 'process = rdtable(9, 1.5, int), soundfile("s", 2), fconstant(int f, "f.h");',
    "folded": "f(x) = x * 2 + 1 : sin; g = f : f <: f, f; process = g, g <: par(i, 20, f);",
}  # fmt: skip


def box_of(text: str) -> Box:
    return elaborated(text).box


def placed(shape: Shape) -> list[tuple[float, float, float, float]]:
    """The boxes of a picture that hold text, as (left, top, right, bottom)."""
    rectangles: list[tuple[float, float, float, float]] = []
    waiting = [(shape, 0.0, 0.0, False)]
    while waiting:
        one, x, y, turned = waiting.pop()
        for frame in one.frames:
            if frame.kind in ("group", "definition"):
                continue
            a = one.width - frame.x - frame.width if turned else frame.x
            b = one.height - frame.y - frame.height if turned else frame.y
            rectangles.append((x + a, y + b, x + a + frame.width, y + b + frame.height))
        for part, a, b, turns in one.parts:
            if turned:
                a, b = one.width - a - part.width, one.height - b - part.height
            waiting.append((part, x + a, y + b, turned is not turns))
    return rectangles


@pytest.mark.parametrize("name", PROGRAMS)
def test_pictures_are_well_formed_and_their_links_resolve(name: str) -> None:
    files = draw(box_of(PROGRAMS[name]), name)
    assert next(iter(files)) == "process.svg"
    reached = {"process.svg"}
    for file, text in files.items():
        links = [link.get("href") for link in ElementTree.fromstring(text).iter(f"{SVG}a")]
        assert set(links) <= set(files)
        reached.update(filter(None, links))
        assert file == "process.svg" or links
    assert reached == set(files)


@pytest.mark.parametrize("name", PROGRAMS)
def test_boxes_lie_within_the_picture_and_apart(name: str) -> None:
    box = box_of(PROGRAMS[name])
    folding = fold(box)
    for part in folding.files:
        shape, _ = layout(part, folding)
        assert len(shape.ins) == part.ins
        assert len(shape.outs) == part.outs
        frames = placed(shape)
        for left, top, right, bottom in frames:
            assert left >= 0
            assert top >= 0
            assert right <= shape.width
            assert bottom <= shape.height
        for one, other in combinations(frames, 2):
            apart = one[2] <= other[0] or other[2] <= one[0]
            assert apart or one[3] <= other[1] or other[3] <= one[1]


def test_every_box_has_a_description() -> None:
    text = draw(box_of(PROGRAMS["groups"]), "p")["process.svg"]
    for word in ("a &amp; b (hgroup)", "c (vgroup)", "g&lt;0&gt;", "×", "hslider 0 [-1, 1]"):
        assert word in text


LATE = "late(n, x) = x @ n * 0.5 + x @ (n + 1) * 0.25; process = + : late(100) : late(200);"


def texts_of(page: str) -> list[str]:
    """The texts of a picture: its title, then those of boxes."""
    return [one.text or "" for one in ElementTree.fromstring(page).iter(f"{SVG}text")]


def test_partial_applications_are_folded_with_their_arguments_and_inputs() -> None:
    box = box_of(LATE)
    files = draw(box, "late", 1)
    assert list(files) == ["process.svg", "late_100_-0x0001.svg", "late_200_-0x0002.svg"]
    assert sorted(texts_of(files["process.svg"])) == ["+", "late", "late(100)", "late(200)"]
    shape, _ = layout(box, fold(box, 1))
    folds = [part for part, *_ in shape.parts if part.frames[0].kind == "fold"]
    assert [(len(part.ins), len(part.outs)) for part in folds] == [(1, 1), (1, 1)]
    assert texts_of(files["late_100_-0x0001.svg"]).count("x") == 3


def test_definitions_have_frames_with_their_names() -> None:
    text = "leaky = + ~ *(0.5); both(x) = x * 2 : leaky; process = leaky : both;"
    (page,) = draw(box_of(text), "frames").values()
    labels = [
        one.text
        for one in ElementTree.fromstring(page).iter(f"{SVG}text")
        if one.get("class") == "label defined"
    ]
    assert sorted(filter(None, labels)) == ["both", "leaky", "leaky"]


def test_sliders_show_their_steps() -> None:
    (page,) = draw(box_of('process = hslider("a", 0.5, 0, 1, 0.01);'), "a").values()
    assert "hslider 0.5 [0, 1] step 0.01" in page


def test_definitions_are_folded_once_however_often_used() -> None:
    files = draw(box_of(PROGRAMS["folded"]), "p")
    names = [name.partition("-")[0] for name in files]
    assert names.count("g") == 1
    assert names.count("f") == 1


def test_work_is_in_proportion_to_the_number_of_boxes() -> None:
    def lines_run(count: int) -> int:
        box = box_of(f"process = seq(i, {count}, *(i + 2) : +(1) : @(3));")
        files: dict[str, str] = {}
        lines = lines_of(lambda: files.update(draw(box, "p")))
        assert files
        return lines

    assert lines_run(800) < 4.4 * lines_run(200)


@pytest.mark.parametrize(
    "text",
    [
        "f(0) = _; f(n) = (_, _ : +) ~ f(n - 1); process = f(1000);",
        "f(0) = 1; f(n) = vgroup(\"g\", f(n - 1) * 2); process = f(1000);",
        "f(0) = _; f(n) = f(n - 1) <: _, _ :> f(n - 1); process = f(40);",
    ],
)  # fmt: skip
def test_deep_and_wide_sharing_do_not_hurt(text: str) -> None:
    from dspc.frontends.faust.evaluator import Evaluator
    from dspc.frontends.faust.loader import Loader
    from dspc.support.diagnostics import Source, Span

    loader = Loader()
    module = loader.load_source(Source("p.dsp", text))
    evaluator = Evaluator(loader)
    env = evaluator.file_environment(module.statements, "p.dsp")
    box = evaluator.evaluate_name("process", env, Span(module.source, 0, 0))
    for picture in draw(box, "p").values():
        ElementTree.fromstring(picture)
