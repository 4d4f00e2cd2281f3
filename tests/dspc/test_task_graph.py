"""`-tg`: the graph of loops or tasks, as dot and as a picture."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dspc.cli import _compile, guarded, parse_arguments
from dspc.driver import Clock, read_program, run_passes
from dspc.figures.task_graph import GraphNode, graph_of, print_dot
from dspc.figures.task_graph_svg import graph_svg
from dspc.options.compile_options import CompileOptions
from dspc.pipelines.selection import choose_passes

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"


def status_of(*arguments: object) -> int:
    words = [str(argument) for argument in arguments]
    return guarded(lambda: _compile(words), "dspc", words)


def drawn(tmp_path: Path, *options: str, program: str = "two_filters") -> tuple[str, str]:
    """The dot text and the picture that go with a compiled example."""
    path = shutil.copy(ROOT / "examples" / f"{program}.dsp", tmp_path)
    assert status_of("-tg", *options, path, "-o", tmp_path / "made.cpp") == 0
    assert (tmp_path / "made.cpp").exists()
    return Path(f"{path}.dot").read_text(), Path(f"{path}.svg").read_text()


@pytest.mark.parametrize(
    ("options", "edges", "kinds"),
    [
        (
            ("-omp",),
            {"L0->L1", "L1->L4", "L2->L3", "L3->L4"},
            ["free", "recursive", "free", "recursive", "split"],
        ),
        (("-sch",), {"T0->T2", "T1->T2"}, ["chain", "chain", "free"]),
        (
            ("-vec",),  # vectors over time read their inputs from rows
            {"L0->L1", "L1->L4", "L2->L3", "L3->L4"},
            ["free", "recursive", "free", "recursive", "free"],
        ),
        (("-vec", "--lanes", "0"), set[str](), ["recursive"]),
        (  # faster than one loop, so the default
            (),
            {"L0->L1", "L1->L4", "L2->L3", "L3->L4"},
            ["free", "recursive", "free", "recursive", "free"],
        ),
        (("-scal",), set[str](), ["scalar"]),
    ],
)
def test_two_filters(
    tmp_path: Path, options: tuple[str, ...], edges: set[str], kinds: list[str]
) -> None:
    dot, svg = drawn(tmp_path, *options)
    lines = [line.strip().rstrip(";") for line in dot.splitlines()]
    assert {line for line in lines if "->" in line} == edges
    boxes = [line for line in lines if "tooltip" in line]
    assert [line.split("\\n")[1].split(",")[0] for line in boxes] == kinds
    sizes = {"-sch": "chunks of 512 frames", "-scal": "all in one loop", "": ""}
    assert sizes.get("".join(options), "chunks of 32") in svg
    root = ElementTree.fromstring(svg)
    assert len(root.findall(f"{SVG}g")) == len(kinds)
    arrows = [path for path in root.findall(f"{SVG}path") if path.get("marker-end")]
    assert len(arrows) == len(edges)


def test_boxes_list_their_accesses(tmp_path: Path) -> None:
    dot, svg = drawn(tmp_path, "-omp")
    assert "pole" in dot
    titles = [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}title")]
    assert any("writes @pole_block, @pole_state" in title for title in titles)
    assert any("frames split over the team" in title and "out0" in title for title in titles)


@pytest.mark.skipif(shutil.which("dot") is None, reason="graphviz is not installed")
@pytest.mark.parametrize(
    "program", ["two_filters", "filter_sweep", pytest.param("drone", marks=pytest.mark.slow)]
)
def test_graphviz_reads_the_graph(tmp_path: Path, program: str) -> None:
    dot, _ = drawn(tmp_path, "-sch", program=program)
    done = subprocess.run(
        ["dot", "-Tplain"], input=dot, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\nnode ") == dot.count("tooltip=")


def test_boxes_keep_apart_and_no_name_breaks_the_text() -> None:
    odd = 'a "quoted" <b> & \\c'
    nodes = [
        GraphNode(n, (odd,), "free", 3, 50.0, (odd,), (odd,), tuple(range(max(0, n - 3), n // 2)))
        for n in range(60)
    ]
    root = ElementTree.fromstring(graph_svg(nodes, odd, odd))
    boxes: list[tuple[float, float, float, float]] = []
    for group in root.findall(f"{SVG}g"):
        rect = group.find(f"{SVG}rect")
        assert rect is not None
        x, y, width, height = (float(rect.get(key, "")) for key in ("x", "y", "width", "height"))
        boxes.append((x, y, x + width, y + height))
    assert len(boxes) == 60
    for at, one in enumerate(boxes):
        assert 0 <= one[0] < one[2] <= float(root.get("width", ""))
        assert 0 <= one[1] < one[3] <= float(root.get("height", ""))
        for other in boxes[:at]:
            assert (
                one[2] <= other[0]
                or other[2] <= one[0]
                or one[3] <= other[1]
                or (other[3] <= one[1])
            )
    assert '\\"quoted\\"' in print_dot(nodes, odd)


def test_a_graph_of_many_loops_is_drawn_in_seconds() -> None:
    nodes = [
        GraphNode(n, (f"x{n}",), "free", 3, 50.0, (), (), tuple({n * 7 % max(n, 1), n // 2} - {n}))
        for n in range(800)
    ]
    started = time.process_time()
    assert graph_svg(nodes, "wide", "").count("<g>") == 800
    assert time.process_time() - started < 20


def test_a_graph_of_a_program_without_loops_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = shutil.copy(ROOT / "examples" / "two_filters.dsp", tmp_path)
    for options in (["-e"], ["--emit", "dsp"]):
        assert status_of("-tg", *options, path) == 2
        assert "-tg draws loops" in capsys.readouterr().err
    assert status_of("-tg", "-O", tmp_path / "none", path) == 2
    assert sorted(each.name for each in tmp_path.iterdir()) == ["two_filters.dsp"]


def test_tasks_without_named_signals_have_the_names_of_definitions(tmp_path: Path) -> None:
    program = tmp_path / "noise.dsp"
    program.write_text(
        "hiss = (+(12345) ~ *(1103515245)) / 2147483647.0;\n"
        "process = hiss <: *(0.5), @(1000) : _, _;\n"
    )
    options = parse_arguments(CompileOptions, ["-vec", "--lanes", "0", str(program)], "dspc")
    assert options is not None
    module = read_program(str(program), options.frontend())
    run_passes(module, choose_passes(options), options, Clock())
    names = {name for node in graph_of(module) for name in node.names}
    assert "hiss" in names
    assert not any(re.match(r"[fi](Rec|Zec|Vec)\d", name) for name in names)
