"""The playground of the documentation: its Python, and the page in Chromium."""

from __future__ import annotations

import importlib.util
import json
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import dspc
from tests.browser import Browser, browser, until

FOLDER = Path(__file__).parents[2] / "docs" / "playground"
SLOW = 240.0
"""Seconds in which the page starts Pyodide and compiles."""
PYODIDE = Path(sys.prefix, "node_modules", "pyodide")
needs_pyodide = pytest.mark.skipif(not PYODIDE.exists(), reason="needs npm's pyodide")
PLAYER = "document.getElementById('player')?.contentWindow"
WRITE = """(() => {{
  const source = document.getElementById('source');
  source.value = {};
  source.dispatchEvent(new Event('input'));
  document.getElementById('status').textContent = 'typed';
}})()"""
SHOW = """(() => {{
  const shown = document.getElementById('shown');
  shown.value = {};
  shown.dispatchEvent(new Event('change'));
}})()"""
TONE = """
import("stdfaust.lib");
process = os.osc(hslider("freq", 440, 50, 2000, 1)) : fi.lowpass(3, 1000) <: _, @(100);
"""


def module(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(f"playground_{name}", FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_programs_are_compiled_drawn_and_played(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = module("run")
    text = 'process = *(hslider("g", 0.5, 0, 1, 0.1)) <: _, +(button("b"));'
    done = json.loads(run.compiled(text, ""))
    assert (done["status"], done["error"]) == (0, "")
    assert "class mydsp" in done["text"]
    done = json.loads(run.compiled("process = a;", "--emit loops"))
    assert (done["status"], done["text"]) == (1, "")
    assert "program.dsp:1:11: error[E0201]" in done["error"]
    assert run.diagram(text).startswith("<?xml")
    done = json.loads(run.compiled(text, "--target web --no-llvm"))
    assert (done["status"], done["error"]) == (0, "")
    assert '"module":"AGFzbQEAAAA' in done["text"]
    assert '"module":"AGFzbQEAAAA' in run.report(text)


def test_the_archive_has_what_dspc_imports(tmp_path: Path) -> None:
    (tmp_path / "pyodide").mkdir()
    module("build").build(tmp_path / "out", tmp_path / "pyodide")
    with zipfile.ZipFile(tmp_path / "out" / "dspc.zip") as archive:
        names = archive.namelist()
    assert len(names) == len(set(names))
    wanted = {"run.py", "dspc/api.py", "dspc/passes/dsp_rates.py", "xdsl/ir/core.py"}
    assert wanted | {"dspc/dialects/dsp_mem/machines/cpu.toml"} <= set(names)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the playground, served as files."""
    module("build").build(folder, PYODIDE)

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Requests are not logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/index.html"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The playground in Chromium, once its first program can be played."""
    with served(tmp_path_factory.mktemp("playground")) as address, browser() as running:
        running.send("Page.navigate", url=address)
        until(lambda: running.run(f"!!{PLAYER}?.player"), SLOW)
        yield running
        assert running.problems == []


def write(page: Browser, program: str) -> None:
    """Type a program, and wait until it is compiled."""
    page.run(WRITE.format(json.dumps(program)))
    until(lambda: page.run("document.getElementById('status').textContent") == "", SLOW)


def show(page: Browser, what: str) -> None:
    page.run(SHOW.format(json.dumps(what)))


@pytest.mark.slow
@needs_pyodide
def test_programs_written_in_the_page_sound_as_those_of_cpp(page: Browser) -> None:
    assert "class mydsp" in page.run("document.getElementById('code').textContent")
    write(page, TONE)
    rows = np.array(page.run(f"{PLAYER}.player.render(4410, 44100).then(r => r.map(x => [...x]))"))
    expected = dspc.load(TONE, backend="cpp")(None, 44100, frames=4410)
    assert expected.shape == (2, 4410)
    assert np.abs(expected).max() > 0.5
    np.testing.assert_allclose(rows, expected, atol=1e-5)


@pytest.mark.slow
@needs_pyodide
def test_sound_and_sliders_go_on_as_the_program_is_edited(page: Browser) -> None:
    write(page, TONE)
    page.run(f"{PLAYER}.player.toggle()")
    state = f"{PLAYER}.player.context?.state"
    until(lambda: page.run(state) == "running")
    page.run(
        f"""(() => {{
        const dial = {PLAYER}.document.querySelector('[data-path$="/freq"] input');
        dial.value = 1;
        dial.dispatchEvent(new Event('input'));
        }})()"""
    )
    write(page, TONE.replace("@(100)", "@(50)").replace("2000", "1500"))
    until(lambda: page.run(state) == "running")
    assert page.run(f"[...{PLAYER}.player.interface.values.values()]") == [1500]
    page.run(f"{PLAYER}.player.toggle()")
    assert page.run(f"{PLAYER}.player.context") is None


@pytest.mark.slow
@needs_pyodide
def test_errors_have_carets_and_lead_to_their_place(page: Browser) -> None:
    write(page, TONE)
    write(page, "process =\n  nothing;\n")
    fault = page.run("document.getElementById('fault').textContent")
    assert "program.dsp:2:3: error[E0201]" in fault
    assert "^^^^^^^" in fault
    page.run("document.getElementById('fault').click()")
    assert page.run("document.getElementById('source').selectionStart") == 12
    # What could be played before still can be.
    assert page.run(f"{PLAYER}.player.info.outputs") == 2
    write(page, 'process = ffunction(float mine(float), "mine.h", "");\n')
    fault = page.run("document.getElementById('fault').textContent")
    assert "program.dsp:1:11: error[E0906]" in fault
    write(page, TONE)
    assert page.run("document.getElementById('fault').hidden") is True


@pytest.mark.slow
@needs_pyodide
def test_the_page_shows_diagrams_reports_and_webassembly(page: Browser) -> None:
    write(page, TONE)
    show(page, "diagram")
    until(lambda: page.run("document.getElementById('diagram').naturalWidth") > 0, SLOW)
    show(page, "wat")
    until(lambda: page.run("document.getElementById('code').textContent")[:7] == "(module", SLOW)
    show(page, "report")
    report = "document.getElementById('report').contentWindow"
    until(lambda: page.run(f"{report}.document.title").startswith("program"), SLOW)
    until(lambda: "dsp-rates" in page.run(f"{report}.document.body.textContent"), SLOW)
    show(page, "cpp")
    until(lambda: page.run("document.getElementById('report').hidden"), SLOW)
