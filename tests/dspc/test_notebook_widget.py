"""Processors in Jupyter: IPython shows the widget, whose controls set the program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import dspc
from dspc.player import json_script
from tests.browser import browser

TEXT = """process = *(hslider("gain[unit:dB]", 0.5, 0, 1, 0.1)) : *(checkbox("on"))
    : hbargraph("level", 0, 1);"""


@pytest.fixture
def processor() -> dspc.Processor:
    return dspc.load(TEXT, backend="llvm")


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    made = InteractiveShell.instance()
    yield made
    InteractiveShell.clear_instance()


def shown(shell: InteractiveShell, value: Any) -> list[dict[str, Any]]:
    """The data of all that IPython displays for a value, by type."""
    shell.user_ns["value"] = value
    with capture_output() as captured:
        shell.run_cell("from IPython.display import display; display(value)")
    return [output.data for output in captured.outputs]


def test_jupyter_shows_the_diagram_and_the_widget(
    shell: InteractiveShell, processor: dspc.Processor
) -> None:
    diagram, widget = shown(shell, processor)
    assert "data:image/svg+xml" in diagram["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in widget


def test_without_the_package_jupyter_shows_a_table(
    shell: InteractiveShell, processor: dspc.Processor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dspc.running.notebook_widget.find_spec", lambda name: None)
    (table,) = shown(shell, processor)
    assert "<table>" in table["text/html"]
    with pytest.raises(dspc.DspcError, match="need the package anywidget") as error:
        processor.widget()
    assert error.value.code == "E0015"
    plain = dspc.load("process = _;", backend="llvm")
    monkeypatch.undo()
    (table,) = shown(shell, plain)  # no controls
    assert "1 in, 1 out" in table["text/html"]


def test_moved_controls_set_the_program(processor: dspc.Processor) -> None:
    widget = processor.widget()
    assert widget.values == {"/<text>/gain": 0.5, "/<text>/on": 0.0}
    widget.values = {"/<text>/gain": 7.0, "/<text>/on": 1.0, "/none": 3.0}
    assert dict(processor.controls)["/<text>/gain"] == 1.0
    assert processor["on"] == 1.0
    sent: list[Any] = []
    widget.send = lambda *message: sent.append(message)
    widget._handle_custom_msg({"what": "play"}, [])
    ((about, (data,)),) = sent
    assert about == {"channels": 1, "rate": 48000}
    samples = np.frombuffer(data, np.float32)
    assert samples.shape == (96000,)
    assert 0.49 < np.abs(samples).max() <= 0.5


PAGE = """<!doctype html><meta charset="utf-8"><div id="cell"></div>
<script type="module">
const read = (name) => JSON.parse(document.getElementById(name).textContent);
const state = read("state"), heard = new Map();
globalThis.told = [];
globalThis.model = {
  get: (name) => state[name], set: (name, value) => (state[name] = value),
  save_changes: () => told.push(state.values), send: (message) => told.push(message),
  on: (name, call) => heard.set(name, call), heard,
};
const code = new Blob([read("code")], {type: "text/javascript"});
const module = await import(URL.createObjectURL(code));
module.default.render({model, el: document.getElementById("cell")});
globalThis.shadow = document.querySelector("#cell div").shadowRoot;
</script>"""


def test_the_widget_in_a_browser(processor: dspc.Processor, tmp_path: Path) -> None:
    widget = processor.widget()
    state = json_script("state", {"info": widget.info, "values": widget.values})
    path = tmp_path / "page.html"
    path.write_text(PAGE + state + json_script("code", widget._esm), encoding="utf-8")
    with browser() as page:
        page.open(path)
        page.run("new Promise((done) => setInterval(() => globalThis.shadow && done(0), 20))")
        gain = "shadow.querySelector('[data-path$=\"/gain\"]')"
        assert page.run(f"{gain}.innerText").split() == ["gain", "0.5", "dB"]
        page.run(f"""(() => {{
          const slider = {gain}.querySelector('input');
          slider.value = 0.7;
          slider.dispatchEvent(new Event('input'));
          shadow.querySelector('button').click();
        }})()""")
        values, message = page.run("told")
        assert values["/<text>/gain"] == pytest.approx(0.7)
        assert message == {"what": "play"}
        page.run("model.set('values', {'/<text>/gain': 0.2}); model.heard.get('change:values')()")
        assert page.run(f"{gain}.querySelector('output').textContent") == "0.2 dB"
        page.run(
            "model.heard.get('msg:custom')({channels: 1, rate: 44100},"
            " [new DataView(new Float32Array(64).buffer)])"
        )
        assert page.run("getComputedStyle(document.body).maxWidth") == "none"
        assert page.problems == []
