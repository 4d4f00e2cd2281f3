"""The playground of the documentation: its Python, and the page in Chromium."""

from __future__ import annotations

import importlib.util
import json
import sys
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import dspc
from tests.browser import browser, until

FOLDER = Path(__file__).parents[2] / "docs" / "playground"
SLOW = 240.0
"""Seconds in which the page starts Pyodide and compiles."""
PYODIDE = Path(sys.prefix, "node_modules", "pyodide")


def module(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(f"playground_{name}", FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_programs_are_compiled_drawn_and_rendered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = module("run")
    text = 'process = *(hslider("g", 0.5, 0, 1, 0.1)) <: _, +(button("b"));'
    done = json.loads(run.compiled(text, []))
    assert (done["status"], done["error"]) == (0, "")
    assert "class mydsp" in done["text"]
    done = json.loads(run.compiled("process = a;", ["--emit", "loops"]))
    assert (done["status"], done["text"]) == (1, "")
    assert "program.dsp:1:11: error[E0201]" in done["error"]
    assert run.drawn(text).startswith("<?xml")
    channels, samples = run.rendered(text, 0.01, 8000)
    rows = np.frombuffer(samples, np.float32).reshape(channels, 80)
    f = dspc.load(text, backend="llvm")
    x = np.random.default_rng(1).uniform(-0.5, 0.5, (1, 80)).astype(np.float32)
    np.testing.assert_allclose(rows, f(x, 8000, controls={"b": 1}), atol=1e-6)


def test_the_archive_has_what_dspc_imports(tmp_path: Path) -> None:
    (tmp_path / "pyodide").mkdir()
    module("build").build(tmp_path / "out", tmp_path / "pyodide")
    with zipfile.ZipFile(tmp_path / "out" / "dspc.zip") as archive:
        names = archive.namelist()
    assert len(names) == len(set(names))
    wanted = {"run.py", "dspc/api.py", "dspc/passes/dsp_rates.py", "xdsl/ir/core.py"}
    assert wanted | {"dspc/dialects/dsp_mem/machines/cpu.toml"} <= set(names)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The address of the playground, served as files."""
    module("build").build(tmp_path, PYODIDE)

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Requests are not logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/index.html"
    server.shutdown()
    server.server_close()


@pytest.mark.slow
@pytest.mark.skipif(not PYODIDE.exists(), reason="needs npm's pyodide")
def test_the_page_compiles_and_shows_errors_with_carets(site: str) -> None:
    with browser() as page:
        page.send("Page.navigate", url=site)
        code = "document.getElementById('code')?.textContent ?? ''"
        until(lambda: "class mydsp" in page.run(code), SLOW)
        write = """(() => {{
          const source = document.getElementById('source');
          source.value = {};
          source.dispatchEvent(new Event('input'));
        }})()"""
        page.run(write.format(json.dumps("process = nothing;\n")))
        fault = "document.getElementById('fault').textContent"
        until(lambda: "error[E0201]" in page.run(fault), SLOW)
        assert "^^^^^^^" in page.run(fault)
        # The npm package of Pyodide has no NumPy, which the page says.
        assert page.run("document.getElementById('no-sound').hidden") is False
        assert page.run("document.getElementById('sound').disabled") is True
        page.run(write.format(json.dumps("process = _;\n")))
        page.run("document.getElementById('shown').value = 'diagram'")
        until(lambda: page.run("document.getElementById('diagram').naturalWidth") > 0, SLOW)
        assert page.run("document.getElementById('fault').hidden") is True
