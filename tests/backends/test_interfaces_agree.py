"""One interface for a program: the same widgets, paths and reset in every back end."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

import dspc
from dspc.driver import Clock, compile_all
from dspc.options.compile_options import CompileOptions

pytestmark = pytest.mark.builds

BACKENDS = ("interp", "cpp", "llvm", "opencl")

LABELS = {
    "slashes": """process = vgroup("x/y", hslider("g/s1", 0, 0, 1, 0.1) +
        hslider("g/s2", 0, 0, 1, 0.1)),
        hslider("/abs/s", 0, 0, 1, 0.1), hslider("a//b", 0, 0, 1, 0.1), button("end/");""",
    "signs": r"""process = button("a b#c*d,e?f{g}(h)"), button("[ ]x"), button("é ü"),
        button("a\b'c");""",
    "no labels": 'process = hgroup("", vgroup("", button("") + button("0x00")));',
    "locations": """process = vgroup("g", hslider("../up", 0, 0, 1, 0.1) +
        hslider("h:G/v:H/s[scale:log]", 0.5, 0, 1, 0.1)), nentry("/t:T/n", 1, 0, 9, 1);""",
    "metadata": """process = button("b[1][style:x y]"), vslider("[2]v[unit:dB]", 0, -60, 0, 1),
        vgroup("[3]g[k:v]", checkbox("c[tooltip:a/b]"));""",
    "meters of one path": """m = hbargraph("m", 0, 1); n(x) = attach(x, x * 2 : m);
        process = m, n, hbargraph("a b", 0, 1), (+(1) : hbargraph("a_b", 0, 1));""",
    "a meter at a control's path": """process = hslider("a", 0, 0, 1, 0.1), hbargraph("a", 0, 1),
        vbargraph("a", 0, 2);""",
    "order": """process = button("b") + button("a") + button("[1]z"), hbargraph("Z", 0, 1),
        hgroup("B", button("y")), hgroup("A", button("x"));""",
    "one group is the top": """process = tgroup("top [k:v]",
        checkbox("c") + nentry("n", 1, 0, 2, 1));""",
    "a title": 'declare name "a/b [x:y] (c)"; process = button("b") + hslider("h", 0, 0, 1, 0.1);',
}


def processor(text: str, backend: Any) -> dspc.Processor:
    return dspc.load(text + "\n", backend=backend)


def documented(text: str, folder: Path, **ways: Any) -> tuple[str, list[Any]]:
    source = folder / "text.dsp"
    source.write_text(text)
    options = CompileOptions(file=str(source), json=True, xml=True, **ways)
    code, documents = compile_all(str(source), options, Clock())
    (described,) = (d.text for d in documents if d.path.endswith(".json"))
    (outlined,) = (d.text for d in documents if d.path.endswith(".xml"))
    widgets = list(ElementTree.fromstring(outlined).iter("widget"))
    assert len(widgets) == len(list(addresses(json.loads(described)["ui"])))
    return code, json.loads(described)["ui"]


def addresses(items: list[dict[str, Any]]) -> Iterator[str]:
    for item in items:
        yield from addresses(item["items"]) if "items" in item else [item["address"]]


@pytest.mark.parametrize("name", LABELS)
def test_paths_are_the_same_everywhere(name: str, tmp_path: Path) -> None:
    _, described = documented(LABELS[name], tmp_path)
    paths = list(addresses(described))
    assert len(set(paths)) == len(paths) > 1
    source = tmp_path / "text.dsp"
    for backend in BACKENDS:
        running = dspc.load(source, backend=backend)
        assert running.paths() == paths, backend
        printed = [line.split("  ")[0] for line in running.describe_controls().splitlines()]
        assert printed == paths, backend


@pytest.mark.parametrize("name", ["slashes", "meters of one path", "no labels"])
def test_a_python_program_has_the_paths(name: str) -> None:
    program: dict[str, Any] = {"__name__": "program"}
    exec(dspc.compile(LABELS[name] + "\n", target="interp").code, program)
    controls = [path for path, w in processor(LABELS[name], "interp").widgets().items()]
    assert set(program["CONTROLS"]) <= set(controls)


PATHS = """#include <cstdio>
#define FAUSTFLOAT float
#include "faust/gui/MapUI.h"
#include "faust/gui/meta.h"
#include "faust/dsp/dsp.h"
%s
int main()
{
    mydsp program;
    MapUI ui;
    program.init(48000);
    program.buildUserInterface(&ui);
    for (auto& each : ui.getFullpathMap()) std::printf("%%s\\n", each.first.c_str());
}
"""


@pytest.mark.conformance
@pytest.mark.parametrize("name", [n for n in LABELS if n != "no labels"])
def test_paths_are_those_of_faust(name: str, tmp_path: Path) -> None:
    """Faust's JSON, except meters of one path, which it doesn't distinguish; its MapUI."""
    if not shutil.which("faust") or not shutil.which("g++"):
        pytest.skip("needs Debian's faust package and g++")
    code, described = documented(LABELS[name], tmp_path)
    ours = list(addresses(described))
    subprocess.run(["faust", "-json", "text.dsp", "-o", "f.cpp"], cwd=tmp_path, check=True)
    theirs = list(addresses(json.loads((tmp_path / "text.dsp.json").read_text())["ui"]))
    assert [path.partition("#")[0] for path in ours] == theirs
    (tmp_path / "main.cpp").write_text(PATHS % code)
    subprocess.run(["g++", "-O0", "main.cpp", "-o", "main"], cwd=tmp_path, check=True)
    mapped = subprocess.run(["./main"], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert mapped.stdout.splitlines() == sorted(set(theirs), key=str.encode)


RESET = {
    "a table that the program writes": """
        process = rwtable(8, 0.25, int(_) & 7, _, int(_) & 7);""",
    "a waveform that the program writes": """
        process = rwtable(waveform {1.5, 2.5, 3.5, 4.5}, int(_) & 3, _, int(_) & 3);""",
    "a table with a generator that counts": """
        count = 1 : + ~ _;
        process = rwtable(8, count, int(_) & 7, _, int(_) & 7), rdtable(8, count, int(_) & 7);""",
    "delays and filters": """
        process = @(5), @(100), (+ ~ *(0.5)), (+ : @(20)) ~ (*(0.5)),
            (int : + ~ %(7));""",
    "a table at the rate": """
        rate = fconstant(int fSamplingFreq, <math.h>);
        process = rwtable(8, rate / 48000.0, int(_) & 7, _, int(_) & 7), prefix(0.5, _);""",
}


@pytest.mark.parametrize("ways", [{}, {"vec": True}], ids=["plain", "vec"])
@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("name", RESET)
def test_a_reset_program_sounds_as_a_new_one(name: str, backend: Any, ways: Any) -> None:
    text = f'gain = hslider("gain", 0.5, 0, 1, 0.1);\n{RESET[name]}\n'.replace(
        "process =", "played ="
    )
    running = dspc.load(
        f"{text}process = played : par(i, outputs(played), *(gain));", backend, **ways
    )
    rng = np.random.default_rng(1)
    x = rng.integers(0, 9, (running.inputs, 200)).astype(float)
    first = running(x, rate=44100, controls={"gain": 0.25})
    again = running(x, rate=44100)
    assert not np.array_equal(first, again)  # it has a state
    running.reset()
    assert running.get("gain") == 0.25
    np.testing.assert_array_equal(running(x, rate=44100), first)


@pytest.mark.parametrize("executor", ["generated", "xdsl"])
@pytest.mark.parametrize("name", RESET)
def test_signals_are_reset_as_loops_are(name: str, executor: Any) -> None:
    from dspc.backends.interp.instance import InterpInstance
    from dspc.frontends.faust.compile import compile_source
    from dspc.frontends.faust.options import FrontendOptions
    from dspc.support.diagnostics import Source

    module = compile_source(Source("reset.dsp", RESET[name]), FrontendOptions())
    running = InterpInstance(module, 44100, executor)
    x = np.random.default_rng(1).integers(0, 9, (running.inputs, 50)).astype(np.float32)
    first = running.compute(x)
    running.reset()
    np.testing.assert_array_equal(running.compute(x), first)
