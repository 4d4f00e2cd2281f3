"""`-json`, `-xml`: descriptions beside the output."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from dspc.cli import _compile
from dspc.support.diagnostics import DspcError

EXAMPLES = Path("/usr/share/faust/examples")

PROGRAM = r"""
declare author "J \ B";
process = tgroup("a <q> / [x:y\\z][k:1]", hgroup("b", (button("go"), checkbox("ch[unit:Hz]"),
    nentry("n", 1.5, -1000000, 123456.78, 0.0000123), (vslider("v /é", 440, 20, 20000, 1)
    : hbargraph("bar", -60, 1e30)))), vgroup("c", button("go"))),
    (0, 0 : soundfile("so[url:{'a.wav';'b'}]", 2));
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "p.dsp"
    path.write_text(PROGRAM)
    return path


def compiled(*arguments: object) -> None:
    assert _compile([str(argument) for argument in arguments]) == 0


def fields(item: Any) -> Any:
    """A description with its numbers rounded as Faust writes them."""
    if isinstance(item, dict):
        return {key: fields(value) for key, value in item.items()}
    if isinstance(item, list):
        return [fields(value) for value in item]
    return float(f"{item:.6g}") if isinstance(item, int | float) else item


def test_json_is_valid_and_complete(program: Path) -> None:
    compiled(program, "-json", "-o", program.with_suffix(".cpp"))
    about = json.loads((program.parent / "p.dsp.json").read_text())
    assert (about["name"], about["filename"]) == ("p", "p.dsp")
    assert (about["inputs"], about["outputs"]) == (0, 9)
    assert {"author": "J \\ B"} in about["meta"]
    top, sound = about["ui"][0]["items"]
    assert top["meta"] == [{"k": "1"}, {"x": "y\\z"}]
    names = [item["shortname"] for group in top["items"] for item in group["items"]]
    assert names == ["bar", "ch", "b_go", "n", "v", "c_go"]
    slider = top["items"][0]["items"][3]
    assert slider["max"] == 123456.78
    assert sound["url"] == "{'a.wav';'b'}"


@pytest.mark.parametrize("target", ["cpp", "llvm", "opencl", "interp", "mlir"])
def test_the_description_names_the_target(target: str, program: Path) -> None:
    program.write_text("process = *(0.5);")
    compiled(program, "-json", "-lang", target, "-double", "-o", program.with_suffix(".out"))
    about = json.loads((program.parent / "p.dsp.json").read_text())
    options = f"-lang {target} -double"
    assert about["compile_options"] == options
    assert {"compile_options": options} in about["meta"]


def test_xml_is_well_formed(program: Path) -> None:
    compiled(program, "-xml", "-o", program.with_suffix(".cpp"))
    tree = ElementTree.parse(program.parent / "p.dsp.xml").getroot()
    assert tree.findtext("author") == "J \\ B"
    assert tree.findtext("ui/activewidgets/count") == "6"
    ids = {widget.get("id") for widget in tree.iter("widget")}
    assert ids == {ref.get("id") for ref in tree.iter("widgetref")}
    assert "a <q> /" in [label.text for label in tree.iter("label")]


def test_documents_go_to_the_output_folder(program: Path) -> None:
    folder = program.parent / "out"
    folder.mkdir()
    compiled(program, "-json", "-xml", "-O", folder, "-o", "p.cpp")
    assert {p.name for p in folder.iterdir()} == {"p.cpp", "p.dsp.json", "p.dsp.xml"}
    assert {p.name for p in program.parent.iterdir()} == {"out", "p.dsp"}


def test_a_missing_folder_is_one_error_and_nothing_is_written(program: Path) -> None:
    with pytest.raises(DspcError, match="no such folder"):
        compiled(program, "-json", "-O", program.parent / "none", "-o", "p.cpp")
    assert [p.name for p in program.parent.iterdir()] == ["p.dsp"]


def test_failed_writes_leave_no_file(program: Path) -> None:
    (program.parent / "p.dsp.xml").mkdir()
    with pytest.raises(DspcError, match="folder"):
        compiled(program, "-json", "-xml", "-o", program.with_suffix(".cpp"))
    assert {p.name for p in program.parent.iterdir()} == {"p.dsp", "p.dsp.xml"}


def test_diagrams_go_to_a_folder_beside_the_program(program: Path) -> None:
    for _ in range(2):  # the folder may be there already
        compiled(program, "-svg", "-o", program.with_suffix(".cpp"))
        assert (program.parent / "p-svg" / "process.svg").exists()
    other = program.parent / "q.dsp"
    other.write_text(PROGRAM)
    (program.parent / "q-svg").write_text("in the way")
    with pytest.raises(DspcError, match="q-svg"):
        compiled(other, "-svg", "-o", other.with_suffix(".cpp"))
    assert not other.with_suffix(".cpp").exists()


@pytest.mark.conformance
@pytest.mark.skipif(shutil.which("faust") is None, reason="needs Faust")
@pytest.mark.parametrize(
    "example",
    [
        "reverb/freeverb.dsp",
        "physicalModeling/old/karplus.dsp",
        "filtering/parametricEqualizer.dsp",
        "bela/FMSynth2_FX.dsp",
        "smartKeyboard/harp.dsp",
        "misc/midiTester.dsp",
    ],
)
def test_json_has_what_fausts_has(example: str, tmp_path: Path) -> None:
    source = tmp_path / Path(example).name
    source.write_text((EXAMPLES / example).read_text())
    described = tmp_path / f"{source.name}.json"
    command = ["faust", "-json", str(source), "-o", str(tmp_path / "f.cpp")]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    theirs = fields(json.loads(described.read_text()))
    compiled(source, "-json", "-o", tmp_path / "o.cpp")
    ours = fields(json.loads(described.read_text()))
    assert ours["ui"] == theirs["ui"]
    assert list(ours) == list(theirs)
    for key in ("name", "filename", "inputs", "outputs"):
        assert ours[key] == theirs[key]
    assert set(ours.get("library_list", ())) == set(theirs.get("library_list", ()))
    keys = [[key for pair in about["meta"] for key in pair] for about in (ours, theirs)]
    assert keys[0] == keys[1]
