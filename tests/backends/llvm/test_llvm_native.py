"""What code made by LLVM computes: arithmetic, memory, calls, vectors, teams."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import numpy as np
import pytest
from llvm_programs import MANY, SCALAR, assert_same, loops, lowered, noise, signals
from xdsl.context import Context

from dspc.backends.interp.instance import InterpInstance
from dspc.options.loop_options import LoopOptions
from dspc.pipelines.parsing import parse_pipeline
from dspc.pipelines.standard import loop_passes
from dspc.support.diagnostics import DspcError
from tests.backends.cpp.cpp_programs import BINARY, evaluate, frame_program, program
from tests.backends.cpp.test_cpp_lanes import parsed

pytest.importorskip("llvmlite")
from dspc.backends.common.arrays import rows
from dspc.backends.llvm.instance import LlvmInstance
from dspc.backends.llvm.printer import LlvmPrinting, print_llvm


def test_one_pole_keeps_its_state_between_blocks():
    instance = LlvmInstance(program("one_pole"), 2)
    instance.set("/one_pole/gain", 2.0)
    impulse = np.zeros((1, 6), np.float32)
    impulse[0, 0] = 1.0
    expected = [1.0]
    for _ in range(5):
        expected.append(float(np.float32(expected[-1]) * np.float32(0.9)))
    samples = np.concatenate(
        [instance.compute(impulse[:, :4]), instance.compute(impulse[:, 4:])], 1
    )
    np.testing.assert_array_equal(samples[0], np.array(expected, np.float32))
    assert instance.get("/one_pole/level") == samples[0, -1]
    assert list(instance.widgets()) == ["/one_pole/gain", "/one_pole/level"]


def test_clone_goes_its_own_way_and_reset_clears():
    instance = LlvmInstance(program("one_pole"), 1)
    instance.compute(np.ones((1, 3)))
    twin = instance.clone()
    ahead = instance.compute(np.zeros((1, 2)))
    np.testing.assert_array_equal(twin.compute(np.zeros((1, 2))), ahead)
    twin.reset()
    assert not twin.compute(np.zeros((1, 2))).any()
    del twin
    gc.collect()
    assert instance.compute(np.zeros((1, 1)))[0, 0] != 0


def test_two_rates_have_tables_of_their_own():
    module = lowered("process = rdtable(4, float(fconstant(int fSamplingFreq, <math.h>)), 1);")
    slow, fast = LlvmInstance(module, 8000), LlvmInstance(module, 96000)
    assert slow.compute(np.zeros((0, 1)))[0, 0] == 8000
    assert fast.compute(np.zeros((0, 1)))[0, 0] == 96000


@pytest.mark.parametrize("name", ["ring", "corners"])
def test_programs_of_the_cpp_tests(name: str):
    module = program(name)
    x = np.array([[1.0, -4.5, 7.25], [2.0, 3.0, 2.0]])
    samples = LlvmInstance(module).compute(x[: 1 if name == "ring" else 2])
    if name == "ring":
        np.testing.assert_array_equal(samples[0], [0, 0, 0])
        assert samples[1, 0] == 12345 * 4.656612873077393e-10
        return
    x = x.astype(np.float32)
    np.testing.assert_array_equal(samples[0], np.fmod([2.0, -4.5, 7.25], x[1]).astype(np.float32))
    np.testing.assert_array_equal(samples[2], [1024.0] * 3)
    np.testing.assert_array_equal(samples[3], [61, 58, 55])


@pytest.mark.fuzz
def test_random_integer_programs():
    """Wrapping, shifts and division, against Python's integers."""
    random = np.random.default_rng(7)
    edges = [0, 1, -1, 2, 7, 31, 255, 65536, 2**31 - 1, -(2**31), 1103515245, -12345]
    values = list(edges)
    # Read from an input, so that nothing is known when the program is compiled.
    lines = []
    for number in range(len(edges)):
        lines.append(f"%x{number} = memref.load %in{number}[%i] : memref<?xf64>")
        lines.append(f"%v{number} = arith.fptosi %x{number} : f64 to i32")
    for output in range(24):
        for _ in range(12):
            op = [*BINARY, "shrsi"][random.integers(len(BINARY) + 1)]
            near = max(0, len(values) - 20)
            left, right = (int(k) for k in random.integers(near, len(values), 2))
            lines.append(f"%v{len(values)} = arith.{op} %v{left}, %v{right} : i32")
            a, b = values[left], values[right]
            values.append(a >> (b & 31) if op == "shrsi" else evaluate(op, a, b))
        lines.append(f"%f{output} = arith.sitofp %v{len(values) - 1} : i32 to f64")
        lines.append(f"memref.store %f{output}, %out{output}[%i] : memref<?xf64>")
    module = frame_program("\n".join(lines), len(edges), 24, "f64")
    samples = LlvmInstance(module, 1).compute(np.array(edges, np.float64)[:, None])[:, 0]
    assert samples.tolist() == [values[len(edges) + 12 * (n + 1) - 1] for n in range(24)]


@pytest.mark.fuzz
def test_random_float_expressions_keep_their_order():
    random = np.random.default_rng(11)
    names = {"addf": np.add, "subf": np.subtract, "mulf": np.multiply, "divf": np.divide}
    lines = [f"%v{n} = memref.load %in{n}[%i] : memref<?xf64>" for n in range(4)]
    samples = random.normal(size=(4, 1))
    values = [samples[n, 0] for n in range(4)]
    with np.errstate(all="ignore"):
        for number in range(4, 200):
            op = list(names)[random.integers(4)]
            left, right = (int(k) for k in random.integers(max(0, number - 9), number, 2))
            lines.append(f"%v{number} = arith.{op} %v{left}, %v{right} : f64")
            values.append(names[op](values[left], values[right]))
    for output in range(20):
        lines.append(f"memref.store %v{180 + output}, %out{output}[%i] : memref<?xf64>")
    module = frame_program("\n".join(lines), inputs=4, outputs=20, real="f64")
    np.testing.assert_array_equal(LlvmInstance(module).compute(samples)[:, 0], values[180:])


def test_extremes_of_floats_treat_nan_and_zeros_as_defined():
    """Against the interpreter, on all pairs of edge cases."""
    odd = np.array([0.0, -0.0, 1.0, -2.5, np.inf, -np.inf, np.nan])
    lines = [
        "%a = memref.load %in0[%i] : memref<?xf64>",
        "%b = memref.load %in1[%i] : memref<?xf64>",
    ]
    names = ("minimumf", "maximumf", "minnumf", "maxnumf")
    predicates = ("oeq", "ogt", "oge", "olt", "ole", "one", "ord", "ueq", "ugt", "uge", "ult",
                  "ule", "une", "uno")  # fmt: skip
    for at, name in enumerate(names):
        lines.append(f"%r{at} = arith.{name} %a, %b : f64")
    for at, predicate in enumerate(predicates, len(names)):
        lines.append(f"%t{at} = arith.cmpf {predicate}, %a, %b : f64")
        lines.append(f"%n{at} = arith.extui %t{at} : i1 to i32")
        lines.append(f"%r{at} = arith.sitofp %n{at} : i32 to f64")
    outputs = len(names) + len(predicates)
    lines += [f"memref.store %r{n}, %out{n}[%i] : memref<?xf64>" for n in range(outputs)]
    module = frame_program("\n".join(lines), inputs=2, outputs=outputs, real="f64")
    pairs = np.array(np.meshgrid(odd, odd)).reshape(2, -1)
    expected = InterpInstance(module).compute(pairs)
    samples = LlvmInstance(module).compute(pairs)
    np.testing.assert_array_equal(samples, expected)
    np.testing.assert_array_equal(np.signbit(samples), np.signbit(expected))


@pytest.mark.parametrize("precision", ["single", "double"])
def test_mathematics_is_the_c_librarys(precision: str):
    """Every function of the language, on both sides of 0 and beyond 1, to the bit."""
    unary = ("sin", "cos", "tan", "asin", "acos", "atan", "exp", "log", "log10", "sqrt", "abs",
             "floor", "ceil", "rint", "round")  # fmt: skip
    binary = ("pow", "atan2", "fmod", "remainder", "min", "max")
    outputs = [f"x : {name}" for name in unary] + [f"x, y : {name}" for name in binary]
    foreign = 'ffunction(float {0}f|{0}(float), <math.h>, "")'
    outputs += [f"x : {foreign.format(name)}" for name in ("sinh", "tanh", "cbrt", "exp10", "erf")]
    outputs += ["2 ^ x", "x ^ 2", "x ^ 0.5", "x * y - y * x + x * x"]
    module = signals(f"process(x, y) = {', '.join(f'({one})' for one in outputs)};", precision)
    ours, compiled = InterpInstance(module), LlvmInstance(loops(module))
    rows = 3 * noise(2, 200)
    np.testing.assert_array_equal(compiled.compute(rows), ours.compute(rows))


def test_c_functions_take_doubles_whatever_the_precision():
    text = """
        wide = ffunction(float erf(float), <math.h>, "");
        nan = ffunction(int isnanf|isnan(float), <math.h>, "");
        inf = ffunction(int isinf(float), <math.h>, "");
        process(x) = wide(x), nan(log(x)), inf(log(x * 0));
    """
    for precision in ("single", "double"):
        module = signals(text, precision)
        rows = noise(1, 50)
        expected = InterpInstance(module).compute(rows)
        np.testing.assert_array_equal(LlvmInstance(loops(module)).compute(rows), expected)


def test_a_function_that_is_nowhere_is_named():
    text = 'process = ffunction(float nowhere_at_all(float), "nowhere.h", "-lnowhere");'
    with pytest.raises(DspcError, match="nowhere_at_all") as fault:
        LlvmInstance(lowered(text))
    assert fault.value.code == "E0906"
    assert "-lnowhere" in fault.value.message


def test_sound_files_are_the_cpp_back_ends(tmp_path: Path):
    soundfile = pytest.importorskip("soundfile")
    soundfile.write(tmp_path / "a.wav", noise(2, 100).T, 22050)
    text = (
        "process = 0, (+(1) ~ _) : soundfile(\"s[url:{'a.wav';'none.wav'}]\", 3);"
        "other = 1, 5000 : soundfile(\"t[url:{'a.wav'}]\", 1);"
    )
    module = lowered(text)
    sound = LlvmInstance(module, folder=str(tmp_path)).compute(np.zeros((0, 150)))
    assert (sound[0] == 100).all()
    assert (sound[1] == 22050).all()
    samples, _ = soundfile.read(tmp_path / "a.wav")
    at = np.minimum(np.arange(1, 151), 99)
    np.testing.assert_array_equal(sound[2:], [samples[at, n % 2] for n in range(3)])


@pytest.mark.parametrize("real", ["f32", "f64"])
def test_vectors(real: str):
    module = parsed(real)
    rows = noise(1, 64)
    np.testing.assert_array_equal(
        LlvmInstance(module).compute(rows), InterpInstance(module).compute(rows)
    )


@pytest.mark.parametrize("options", [{"omp": True}, {"omp": True, "par_loop": True}, {"sch": True}])
def test_teams_and_tasks_run_in_one_thread(options: dict[str, bool]):
    """To the bit: without lanes, since scans and sums over lanes have another order."""
    text = "f(i) = + ~ *(i / 10) : sin : cos : + ~ *(0.5); process = _ <: par(i, 8, f(i + 1)) :> _;"
    module = signals(text)
    *_, split, share = loop_passes(LoopOptions(lanes=0, **options))
    shared = loops(module, split)
    for one in parse_pipeline(share):
        one.apply(Context(), shared)
    wanted = "dsp_par.task" if "sch" in options else "dsp_par.parallel"
    assert wanted in str(shared)
    assert_same(LlvmInstance(shared), LlvmInstance(loops(module)))


def test_fast_math_is_only_on_request():
    module = lowered("process(x, y) = x * 0.5 + y * 0.25 : + ~ *(0.9) : sin;", pipeline=MANY)
    strict, fast = (print_llvm(module, LlvmPrinting(fast=way)).text for way in (False, True))
    assert "reassoc" not in strict
    assert "fmul reassoc" in fast
    assert "nobuiltin" in strict
    assert "nobuiltin" not in fast
    rows = noise(2, 300)
    one, other = LlvmInstance(module), LlvmInstance(module, fast=True)
    np.testing.assert_allclose(one.compute(rows), other.compute(rows), atol=1e-12, rtol=0)


def test_free_loops_are_vectors_in_machine_code():
    from dspc.backends.llvm.jit import compiled

    module = lowered("process(x, y) = x * 0.5 + y, (x * y : *(0.1) : abs);", "single", MANY)
    text = print_llvm(module).text
    assert "llvm.loop.parallel_accesses" in text
    ir = compiled(text, "bc")
    assert ir[:2] == b"BC"
    assembly = compiled(text, "s", "x86_64-unknown-linux-gnu").decode()
    assert "mulps" in assembly


@pytest.mark.parametrize("pipeline", [SCALAR, MANY], ids=["scalar", "many"])
def test_a_host_may_pass_one_array_as_input_and_output(pipeline: str):
    module = lowered(
        "process(x, y) = y + 0.5 * (x @ 3), x * 2 + (y : + ~ *(0.5));", pipeline=pipeline
    )
    shared = noise(2, 100)
    expected = LlvmInstance(module).compute(shared)
    instance = LlvmInstance(module)
    pointers = rows(shared)
    instance._code.functions["compute"](instance._state, 100, pointers, pointers)
    np.testing.assert_array_equal(shared, expected)


def test_wrong_shape_is_refused():
    with pytest.raises(ValueError, match=r"expected \(1, frames\)"):
        LlvmInstance(program("one_pole"), 1).compute(np.zeros((2, 4)))


def test_names_that_c_lacks_are_refused():
    with pytest.raises(DspcError, match="can't begin") as fault:
        print_llvm(program("one_pole"), LlvmPrinting("a b"))
    assert fault.value.code == "E0904"


def test_without_llvmlite_an_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    from dspc.backends.llvm import jit

    jit.binding.cache_clear()
    monkeypatch.setitem(sys.modules, "llvmlite", None)
    monkeypatch.setitem(sys.modules, "llvmlite.binding", None)
    with pytest.raises(DspcError, match="llvmlite") as fault:
        jit.make_target_machine()
    assert fault.value.code == "E0015"
    assert fault.value.hint == "pip install 'dspc[jit]'"
    jit.binding.cache_clear()


def test_cpp_agrees_to_the_bit():
    from dspc.backends.cpp.build import find_compiler
    from dspc.backends.cpp.native import NativeInstance

    try:
        find_compiler()
    except DspcError:
        pytest.skip("no C++ compiler")
    text = (
        "process(x) = x : (+ : *(0.5)) ~ (_ <: @(7), (_ ^ 3 : *(0.1)) : +) "
        ": (_ <: _, @(100 + 50 * sin(x)) :> exp), (+(0.01) ~ fmod(_, 1));"
    )
    for pipeline in ("dsp-lower-to-loops", MANY):
        module = lowered(text, pipeline=pipeline)
        assert_same(NativeInstance(module, flags=("-O1",)), LlvmInstance(module))
