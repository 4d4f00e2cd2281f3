"""Programs with one error each: golden files hold the diagnostics, as text and as JSON.

`pytest --update-golden` writes them anew: read the difference before committing it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dspc.driver import Clock, compile_text
from dspc.messages import render
from dspc.options.compile_options import CompileOptions
from dspc.support.diagnostics import DspcError

FOLDER = Path(__file__).parent / "errors"
PROGRAMS = sorted(path.stem for path in FOLDER.glob("*.dsp"))


def fault_of(name: str, monkeypatch: pytest.MonkeyPatch) -> DspcError:
    monkeypatch.chdir(FOLDER)
    with pytest.raises(DspcError) as caught:
        compile_text(f"{name}.dsp", CompileOptions(), Clock())
    return caught.value


@pytest.mark.parametrize("name", PROGRAMS)
def test_messages(name: str, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> None:
    fault = fault_of(name, monkeypatch)
    texts = {
        "txt": render(fault) + "\n",
        "json": json.dumps(json.loads(render(fault, "json")), indent=1, ensure_ascii=False) + "\n",
    }
    for ending, text in texts.items():
        path = FOLDER / f"{name}.{ending}"
        if pytestconfig.getoption("--update-golden"):
            path.write_text(text)
        assert text == path.read_text(), f"{path.name}: see --update-golden"


@pytest.mark.parametrize("name", PROGRAMS)
def test_every_fault_has_its_place(name: str) -> None:
    record = json.loads((FOLDER / f"{name}.json").read_text())
    assert record["code"].startswith("E")
    assert record["line"] >= 1
    assert record["column"] >= 1
    line, caret = (FOLDER / f"{name}.txt").read_text().splitlines()[1:3]
    assert line.endswith(record["source_line"])
    assert set(caret.partition("|")[2]) == {" ", "^"}


def test_there_are_twenty() -> None:
    assert len(PROGRAMS) >= 20
    codes = {json.loads(path.read_text())["code"] for path in FOLDER.glob("*.json")}
    assert len(codes) >= 15


def test_a_fault_in_a_library_leads_to_the_program() -> None:
    """The notes go from the library's line to the program's own, innermost first."""
    record = json.loads((FOLDER / "call_chain.json").read_text())
    assert record["file"] == "bank.lib"
    assert [note["line"] for note in record["notes"]] == [4, 5, 6]
    assert {note["file"] for note in record["notes"]} == {"call_chain.dsp"}
