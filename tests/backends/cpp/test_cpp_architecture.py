import io
import subprocess
from pathlib import Path
from shutil import which

import pytest
from cpp_programs import context, program
from xdsl.utils.arg_spec import parse_spec

from dspc.backends.cpp.architecture import Architecture, find_architecture, insert_class
from dspc.backends.cpp.class_text import ClassOptions
from dspc.backends.cpp.printer import print_cpp
from dspc.support.diagnostics import DspcError
from dspc.targets.xdsl_target import xdsl_target

TEXT = """#include "faust/dsp/dsp.h"
<<includeIntrinsic>>
<<includeclass>>
mydsp* mydspx; dsp* p; // mydsp, dsp
"""
INSTALLED = Path("/usr/share/faust/minimal.cpp").exists()


def architecture(text: str = TEXT) -> Architecture:
    return Architecture(Path("a.cpp"), text)


def test_class_goes_where_the_mark_is():
    assert insert_class(architecture(), "CLASS").splitlines() == [
        '#include "faust/dsp/dsp.h"',
        "CLASS",
        "mydsp* mydspx; dsp* p; // mydsp, dsp",
    ]


def test_names_of_class_and_parent_are_put_in():
    lines = insert_class(architecture(), "mydsp", "osc", "base").splitlines()
    assert lines == ['#include "faust/dsp/dsp.h"', "mydsp", "osc* mydspx; base* p; // osc, base"]


def test_headers_are_inlined_once(tmp_path: Path):
    (tmp_path / "faust" / "dsp").mkdir(parents=True)
    (tmp_path / "faust" / "dsp" / "dsp.h").write_text("#include <faust/b.h>\nstruct dsp;")
    (tmp_path / "faust" / "b.h").write_text('#include "faust/dsp/dsp.h"\n#include <map>\nint b;')
    text = insert_class(architecture(TEXT * 2), "CLASS", inline=[str(tmp_path)])
    assert text.count("struct dsp;") == 1
    assert text.splitlines()[:3] == ["#include <map>", "int b;", "struct dsp;"]
    assert "faust/" not in text


def test_search_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("here", "given", "env"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.cpp").write_text(name)
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("FAUST_ARCH_PATH", str(tmp_path / "env"))
    assert find_architecture("x.cpp", [str(tmp_path / "given")]).text == "here"
    (tmp_path / "here" / "x.cpp").unlink()
    assert find_architecture("x.cpp", [str(tmp_path / "given")]).text == "given"
    assert find_architecture("x.cpp").text == "env"
    with pytest.raises(DspcError, match=r"no architecture file y\.cpp") as fault:
        find_architecture("y.cpp")
    assert fault.value.exit_status == 2


def test_target_prints_a_class():
    output = io.StringIO()
    target = xdsl_target("cpp").from_spec(parse_spec("dspc-cpp{class_name=osc}"))
    target.emit(context(), program("one_pole"), output)
    assert "class osc : public dsp {" in output.getvalue()


RUNS = [
    ("minimal", [], [], "gain init"),
    ("csvplot", [], [], "no inputs allowed"),
    ("plot", [], [], "no inputs allowed"),
    ("ladspa", ["-shared", "-fPIC"], [], None),
]


@pytest.mark.conformance
@pytest.mark.slow
@pytest.mark.skipif(not INSTALLED or not which("g++"), reason="no Faust architecture files")
@pytest.mark.parametrize(("name", "flags", "arguments", "said"), RUNS)
def test_installed_architectures(
    name: str, flags: list[str], arguments: list[str], said: str | None, tmp_path: Path
):
    source, executable = tmp_path / f"{name}.cpp", tmp_path / name
    code = print_cpp(program("one_pole"), ClassOptions("osc"))
    source.write_text(insert_class(find_architecture(f"{name}.cpp"), code, "osc"))
    command = ["g++", "-O0", *flags, str(source), "-o", str(executable)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    if said is not None:
        ran = subprocess.run(
            [str(executable), *arguments], capture_output=True, text=True, check=False
        )
        assert said in ran.stdout + ran.stderr
