"""`-json` with `-mem`: Faust's `memory_layout` and `compute_cost`, and whether they are true."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from dspc.driver import Clock, compile_all
from dspc.options.compile_options import CompileOptions

PROGRAM = """
import("stdfaust.lib");
table = waveform{1, 2, 3};
process = _, _ : @(int(hslider("d", 10, 0, 4000, 1))), (os.osc(440) + fi.lowpass(2, 800))
    : _, _ * (table, int(hslider("k", 0, 0, 2, 1)) : rdtable) :> + ~ _
    : hbargraph("level", 0, 1);
"""
FORMS: dict[str, dict[str, Any]] = {
    "-mem": {"manager": True, "manager_shape": "info6"},
    "-mem1": {"manager_zones": True, "manager_shape": "info6"},
    "-mem2": {"host_zones": True},
    "-vec": {"manager": True, "manager_shape": "info6", "vec": True},
}


def described(folder: Path, **settings: Any) -> tuple[dict[str, Any], str]:
    path = folder / "layout.dsp"
    path.write_text(PROGRAM)
    options = CompileOptions(file=str(path), json=True, **settings)
    code, documents = compile_all(str(path), options, Clock())
    assert code is not None
    return json.loads(documents[0].text), code


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("double", [False, True])
def test_items_are_those_of_the_class(form: str, double: bool, tmp_path: Path) -> None:
    about, code = described(tmp_path, double=double, **FORMS[form])
    items = {item["name"]: item for item in about["memory_layout"]}
    assert items["mydsp"]["type"] == "kObj_ptr"
    real = "Double" if double else "Float"
    announced = re.findall(r'fManager->info\("(\w+)", dsp_memory_manager::(\w+), (\d+), ', code)
    for name, kind, size in announced:
        item = items[name]
        assert (item["type"], item["size"]) == (kind, int(size))
        each = {"kInt32_ptr": 4, "kFloat_ptr": 4, "kDouble_ptr": 8, "kObj_ptr": 0}[kind]
        assert kind == "kObj_ptr" or item["size_bytes"] == each * int(size)
    if form != "-mem2":
        assert announced
        assert f"k{real}_ptr" in {kind for _, kind, _ in announced}
    elif form == "-mem2":
        zone = re.search(r"#define FAUST_FLOAT_ZONE (\d+)", code)
        assert zone is not None
        assert items["fZone"]["size"] == int(zone[1]) > 4000
    assert items["d"]["type"] == "kFloatMacro"
    (cost,) = about["compute_cost"]
    assert cost["load"] > 0
    assert cost["store"] > 0
    (binop,) = cost["binop"]
    assert binop.pop("total") == sum(binop.values()) > 0


@pytest.mark.skipif(shutil.which("g++") is None, reason="needs a C++ compiler")
@pytest.mark.parametrize("form", ["-mem", "-mem1", "-mem2"])
def test_the_size_of_the_object_is_that_of_a_compiler(form: str, tmp_path: Path) -> None:
    about, code = described(tmp_path, **FORMS[form])
    size = next(item["size_bytes"] for item in about["memory_layout"] if item["name"] == "mydsp")
    stubs = (
        "#include <cstddef>\nstruct dsp { virtual ~dsp() {} }; struct Meta; struct UI;\n"
        "struct Meta { void declare(const char*, const char*); };\n"
        "struct UI { void openVerticalBox(const char*); void closeBox();\n"
        "void addHorizontalSlider(const char*, float*, float, float, float, float);\n"
        "void addHorizontalBargraph(const char*, float*, float, float); };\n"
        "struct dsp_memory_manager { enum MemType { kInt32_ptr, kFloat_ptr, kObj_ptr };\n"
        "void begin(size_t); void end(); void* allocate(size_t); void destroy(void*);\n"
        "void info(const char*, MemType, size_t, size_t, size_t, size_t); };\n"
    )
    source = tmp_path / "size.cpp"
    source.write_text(f'{stubs}{code}\nstatic_assert(sizeof(mydsp) == {size}, "");\n')
    subprocess.run(["g++", "-w", "-fsyntax-only", str(source)], check=True, timeout=60)


def test_without_a_manager_there_is_no_layout(tmp_path: Path) -> None:
    about, _ = described(tmp_path)
    assert "memory_layout" not in about
    assert "compute_cost" not in about
