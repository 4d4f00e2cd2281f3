import re
import subprocess
import time
from pathlib import Path
from shutil import which

import pytest
from cpp_programs import frame_program, parse, program

from dspc.backends.cpp.class_text import ClassOptions
from dspc.backends.cpp.printer import print_cpp
from dspc.support.diagnostics import DspcError

HOST = Path(print_cpp.__code__.co_filename).with_name("native_host.hpp")


def compute_lines(code: str) -> list[str]:
    body = code.split("void compute(", 1)[1]
    return [line.strip() for line in body.splitlines()[1:]]


def test_one_pole_reads_like_written_by_hand():
    lines = compute_lines(print_cpp(program("one_pole")))
    start = lines.index("const float gain = float(fHslider0) * fConst0;")
    assert lines[start : start + 8] == [
        "const float gain = float(fHslider0) * fConst0;",
        "float y1 = fRec0;",
        "for (int i = 0; i < count; ++i) {",
        "const float y = float(input0[i]) * gain + y1 * 0.9f;",
        "fHbargraph0 = FAUSTFLOAT(y);",
        "output0[i] = FAUSTFLOAT(y);",
        "y1 = y;",
        "}",
    ]


def test_interface_in_order():
    code = print_cpp(program("one_pole"))
    calls = re.findall(r"ui_interface->(.*);", code)
    assert calls == [
        'declare(0, "tooltip", "filter")',
        'openVerticalBox("one pole")',
        'declare(&fHslider0, "1", "")',
        'declare(&fHslider0, "unit", "dB")',
        'addHorizontalSlider("gain", &fHslider0, FAUSTFLOAT(0.5f), FAUSTFLOAT(0.0f),'
        " FAUSTFLOAT(1.0f), FAUSTFLOAT(0.01f))",
        'addHorizontalBargraph("level", &fHbargraph0, FAUSTFLOAT(-60.0f), FAUSTFLOAT(5.0f))',
        "closeBox()",
    ]


def test_class_options():
    options = ClassOptions("osc", "my_base", virtual=False, options="-cn osc", file_name="o.dsp")
    code = print_cpp(program("one_pole"), options)
    assert "class osc final : public my_base {" in code
    assert "osc* clone() {" in code
    assert "virtual" not in code
    assert 'm->declare("compile_options", "-cn osc");' in code
    assert 'm->declare("filename", "o.dsp");' in code


def test_rotation_takes_one_temporary():
    lines = compute_lines(print_cpp(program("ring")))
    loop_end = lines[lines.index("noise = noise2;") + 1 :][:4]
    assert loop_end == ["const double b1 = b0;", "b0 = c0;", "c0 = a0;", "a0 = b1;"]


def test_store_fixes_earlier_loads():
    """A host may hand over one array as all inputs and outputs."""
    module = frame_program(
        """
        %a = memref.load %in0[%i] : memref<?xf32>
        %b = memref.load %in1[%i] : memref<?xf32>
        memref.store %b, %out0[%i] : memref<?xf32>
        memref.store %a, %out1[%i] : memref<?xf32>
        """,
        inputs=2,
        outputs=2,
    )
    lines = compute_lines(print_cpp(module))
    assert lines.index("const float a = float(input0[i]);") < lines.index(
        "output0[i] = FAUSTFLOAT(float(input1[i]));"
    )


def test_unused_results_are_left_out():
    module = frame_program(
        """
        %a = memref.load %in0[%i] : memref<?xf32>
        %b = arith.mulf %a, %a : f32
        %c = arith.addf %b, %b : f32
        memref.store %a, %out0[%i] : memref<?xf32>
        """
    )
    assert " * " not in "".join(compute_lines(print_cpp(module)))


@pytest.mark.slow
def test_long_chains_are_broken_and_take_linear_time():
    def chain(length: int) -> str:
        lines = ["%v0 = memref.load %in0[%i] : memref<?xf32>"]
        lines += [f"%v{n + 1} = arith.addf %v{n}, %k : f32" for n in range(length)]
        return "\n".join([*lines, f"memref.store %v{length}, %out0[%i] : memref<?xf32>"])

    seconds: list[float] = []
    for length in (5_000, 40_000):
        module = frame_program(chain(length), before="%k = arith.constant 0.1 : f32")
        start = time.process_time()
        code = print_cpp(module)
        seconds.append(time.process_time() - start)
        assert max(map(len, code.splitlines())) < 700
    assert seconds[1] < 8 * 4 * seconds[0] + 0.5


def test_module_of_another_level_is_an_error():
    with pytest.raises(DspcError, match="has no lowered program"):
        print_cpp(parse("builtin.module {}"))


def test_unknown_operation_is_an_error():
    module = frame_program(
        """
        %a = memref.load %in0[%i] : memref<?xf32>
        %b = math.erf %a : f32
        memref.store %b, %out0[%i] : memref<?xf32>
        """
    )
    assert "std::erf(float(input0[i]))" in print_cpp(module)
    with pytest.raises(DspcError, match=r"memref\.dim"):
        print_cpp(frame_program("%n = memref.dim %in0, %c0 : memref<?xf32>\n" + _USE_N))


_USE_N = """
        %a = memref.load %in0[%n] : memref<?xf32>
        memref.store %a, %out0[%i] : memref<?xf32>
"""


@pytest.mark.conformance
@pytest.mark.parametrize("compiler", ["g++", "clang++"])
@pytest.mark.parametrize("flags", [["-O1"], ["-O3", "-ffast-math"]])
@pytest.mark.parametrize("name", ["one_pole", "ring", "corners"])
def test_compiles_without_warnings(name: str, compiler: str, flags: list[str], tmp_path: Path):
    if not which(compiler):
        pytest.skip(f"no {compiler}")
    source = tmp_path / "program.cpp"
    text = f"#define FAUSTFLOAT float\n{HOST.read_text()}\n{print_cpp(program(name))}\n"
    used = "Soundfile* silent() { return defaultsound; }\ndsp* make() { return new mydsp(); }"
    source.write_text(f"{text}\n{used}\n")
    strict = ["-Wall", "-Wextra", "-Werror", "-Wno-unused-parameter"]
    command = [compiler, "-std=c++11", *strict, *flags, "-c", str(source), "-o", "/dev/null"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
