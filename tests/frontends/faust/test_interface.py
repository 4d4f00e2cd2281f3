"""Labels, the user-interface tree and metadata."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from elaborating import elaborated, fault

from dspc.dialects.dsp.ui import UiGroup, UiWidget
from dspc.frontends.faust.elaborate import elaborate
from dspc.frontends.faust.labels import located, parse_label
from dspc.frontends.faust.options import FrontendOptions


@pytest.mark.parametrize(
    ("label", "text", "metadata"),
    [
        ("gain", "gain", []),
        ("[3] gain [unit: dB][style:knob]", "gain", [("3", ""), ("style", "knob"), ("unit", "dB")]),
        ("x[k:2][k:1]", "x", [("k", "1"), ("k", "2")]),
        ("x[c:d:e]", "x", [("c", "d:e")]),
        ("x[tip: see [1] for more]y", "xy", [("tip", "see [1] for more")]),
        (r"x\[a\]", "x[a]", []),
        ("x[open", "x", []),
        ("", "", []),
    ],
)
def test_metadata_of_labels(label: str, text: str, metadata: list[tuple[str, str]]) -> None:
    assert parse_label(label) == (text, metadata)


def test_paths_of_labels() -> None:
    around = (("vgroup", "a"), ("hgroup", "b"))
    assert located("x", around) == (around, "x")
    assert located("h:c/t:d/x", around) == ((*around, ("hgroup", "c"), ("tgroup", "d")), "x")
    assert located("../x", around) == (around[:1], "x")
    assert located("../../../x", around) == ((), "x")
    assert located("/v:c/x", around) == ((("vgroup", "c"),), "x")
    assert located("./x/y", around) == (around, "x/y")


def tree(item: UiGroup | UiWidget) -> Any:
    """Groups as (label, items), widgets as labels."""
    if isinstance(item, UiWidget):
        return item.label
    return (item.label, [tree(child) for child in item.children])


@pytest.mark.parametrize(
    ("process", "expected"),
    [
        ("_", ("test", [])),
        ('button("b")', ("test", ["b"])),
        ('vgroup("g", button("b"))', ("g", ["b"])),
        ('hgroup("", button(""))', ("test", ["0x00"])),
        ('button("b"), vgroup("", button("c"))', ("test", [("0x00", ["c"]), "b"])),
        ('button("b[2]"), button("[1]c"), button("a")', ("test", ["c", "a", "b"])),
        ('vgroup("g", button("b")), vgroup("g", button("a"))', ("g", ["a", "b"])),
        ('hgroup("g", button("../b")), button("h:g/c")', ("test", ["b", ("g", ["c"])])),
        ('button("a") * 0 + button("b")', ("test", ["b"])),
        ('button("a") + button("b") - button("a")', ("test", ["a", "b"])),
        ('_ * (button("a") * button("b") / button("a"))', ("test", ["a", "b"])),
        ('_ * (button("a") - button("a"))', ("test", ["a"])),
        ('par(i, 2, button("x%i %3i %{i}%"))', ("test", ["x0   0 0%", "x1   1 1%"])),
        ('hgroup("g", button("x")) + hgroup("g", button("x"))', ("g", ["x"])),
    ],
)
def test_trees(process: str, expected: Any) -> None:
    assert tree(elaborated(f"process = {process};").ui) == expected


def test_symbols_are_readable_and_unique() -> None:
    text = """process = hslider("wet (%)", 0, 0, 1, 1), vgroup("g", button("wet")),
        vgroup("h", button("wet")), button("int"), button("2x"), button("");"""
    result = elaborated(text)
    symbols = [signal.value.symbol for signal in result.outputs]  # type: ignore[union-attr]
    assert symbols == ["wet", "g_wet", "h_wet", "int_", "n2x", "button"]


def test_two_widgets_at_one_path_are_a_fault() -> None:
    error = fault('process = hslider("a", 0, 0, 1, 1), hslider("a", 0, 0, 2, 1);')
    assert error.code == "E0232"


def test_meters_of_one_path_show_each_its_own_signal() -> None:
    result = elaborated("""m = vbargraph("m", 0, 1); process = _ <: m, (*(2) : m), m;""")
    assert tree(result.ui) == ("test", ["m", "m"])
    first, second, third = (signal.value.symbol for signal in result.outputs)  # type: ignore[union-attr]
    assert (first, second, third) == ("m", "m_2", "m")


def test_a_meter_may_have_the_path_of_a_control() -> None:
    result = elaborated('process = vbargraph("x", 0, 1), hslider("x", 0, 0, 2, 1);')
    assert tree(result.ui) == ("test", ["x", "x"])


def test_metadata(tmp_path: Path) -> None:
    (tmp_path / "lib.lib").write_text(
        'declare author "L"; declare f author "F"; declare g author "G"; f = 1; g = 2;'
    )
    program = tmp_path / "prog.dsp"
    program.write_text(
        'declare author "me"; declare author "you"; import("lib.lib");'
        'declare name "Name"; declare foo "a"; declare foo "b"; process = f;'
    )
    result = elaborate(str(program), FrontendOptions())
    assert result.name == "Name"
    assert result.metadata == [
        ("author", "me"),
        ("contributor", "you"),
        ("filename", "prog.dsp"),
        ("foo", "a"),
        ("lib.lib/author", "L"),
        ("lib.lib/f:author", "F"),
        ("name", "Name"),
    ]


EXAMPLES = Path("/usr/share/faust/examples")
COMPARED = (
    "reverb/freeverb.dsp",
    "SAM/effects/freeverb.dsp",
    "misc/midiTester.dsp",
    "generator/osc.dsp",
    "physicalModeling/faust-stk/blowBottle.dsp",
    "reverb/fdnRev.dsp",
)


@pytest.mark.conformance
@pytest.mark.skipif(shutil.which("faust") is None, reason="needs the Faust compiler")
@pytest.mark.parametrize("name", COMPARED)
def test_trees_are_those_of_faust(name: str, tmp_path: Path) -> None:
    path = EXAMPLES / name
    if not path.exists():
        pytest.skip(f"{path} is not installed")
    command = ["faust", "-json", "-O", str(tmp_path), "-o", "out.cpp", str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    text = (tmp_path / f"{path.name}.json").read_text(errors="replace")
    reference = json.loads(text, strict=False)
    result = elaborate(str(path), FrontendOptions())
    assert (result.inputs, len(result.outputs)) == (reference["inputs"], reference["outputs"])
    _same(result.ui, reference["ui"][0])


def _same(item: UiGroup | UiWidget, reference: dict[str, Any]) -> None:
    assert (str(item.kind), item.label) == (reference["type"], reference["label"])
    metadata = [pair for entry in reference.get("meta", []) for pair in entry.items()]
    assert item.metadata == metadata
    if isinstance(item, UiGroup):
        assert len(item.children) == len(reference["items"])
        for child, other in zip(item.children, reference["items"], strict=True):
            _same(child, other)
        return
    for key in ("init", "min", "max", "step"):
        if key in reference:
            assert getattr(item, key) == pytest.approx(reference[key], rel=1e-5)


def test_readers_of_one_soundfile_may_take_different_numbers_of_channels() -> None:
    first = '(0, 0 : soundfile("snd", 1) : !, !, _)'
    second = '(0, 0 : soundfile("snd", 2) : !, !, _, !)'
    result = elaborated(f"process = {first} + {second};").ui
    assert [child.label for child in result.children] == ["snd"]
