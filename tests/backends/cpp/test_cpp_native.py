"""Results of compiled programs; skipped without a C++ compiler."""

import gc
import os
from pathlib import Path

import numpy as np
import pytest
from cpp_programs import BINARY, evaluate, frame_program, program

import dspc
from dspc.backends.cpp.build import build_library, find_compiler
from dspc.backends.cpp.native import NativeInstance
from dspc.support.diagnostics import DspcError

try:
    find_compiler()
except DspcError:
    pytest.skip("no C++ compiler", allow_module_level=True)

CHECKED = ("-O1", "-fsanitize=undefined", "-fno-sanitize-recover=all")


def test_one_pole_keeps_its_state_between_blocks():
    instance = NativeInstance(program("one_pole"), 2, ("-O1",))
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


def test_clone_has_its_own_state_and_reset_clears():
    instance = NativeInstance(program("one_pole"), 1, ("-O1",))
    instance.compute(np.ones((1, 3)))
    twin = instance.clone()
    ahead = instance.compute(np.zeros((1, 2)))
    np.testing.assert_array_equal(twin.compute(np.zeros((1, 2))), ahead)
    twin.reset()
    assert not twin.compute(np.zeros((1, 2))).any()
    assert instance.compute(np.zeros((1, 1)))[0, 0] != 0
    del twin
    gc.collect()
    assert instance.compute(np.zeros((1, 1)))[0, 0] != 0


def test_a_class_that_owns_memory_is_cloned_with_its_contents():
    text = "process = + ~ (@(400) : *(0.5));"
    placed = {"backend": "cpp", "machine": "66ak2h", "delay_line_threshold": 0}
    instance, plain = dspc.load(text, **placed), dspc.load(text, backend="interp")
    noise = np.random.default_rng(1).uniform(-1, 1, (1, 900)).astype(np.float32)
    expected = plain(noise)
    first = instance(noise[:, :500])
    twin = instance.clone()
    instance(np.ones((1, 300)))
    np.testing.assert_allclose(
        np.concatenate([first, twin(noise[:, 500:])], 1), expected, atol=1e-6
    )


def test_ring_noise_tables_and_rotation():
    instance = NativeInstance(program("ring"), 44100, CHECKED)
    frames = np.arange(1.0, 13.0)
    late, noise, picked = instance.compute(frames[None])
    np.testing.assert_array_equal(late, [0, 0, 0, *frames[:9]])
    seed, expected = 0, []
    for _ in range(12):
        seed = (seed * 1103515245 + 12345 + 2**31) % 2**32 - 2**31
        expected.append(np.fmod(seed * 4.656612873077393e-10, 0.5))
    np.testing.assert_array_equal(noise, expected)
    table = [a + np.cos(0.5 * n) for n, a in enumerate((1.0, -2.5, 1e-30, 0.1))]
    rotated = (1.0, 2.0, 0.0)
    both = [-table[n % 4] - rotated[n % 3] for n in range(12)]
    np.testing.assert_allclose(picked, both, rtol=1e-15)
    assert late.dtype == np.float64


def test_corners_under_the_sanitizer():
    instance = NativeInstance(program("corners"), 44100, CHECKED)
    x = np.array([[1.0, -4.5, 7.25], [2.0, 3.0, 2.0]], np.float32)
    rest, length, sound, mixed = instance.compute(x)
    np.testing.assert_array_equal(rest, np.fmod([2.0, -4.5, 7.25], x[1]).astype(np.float32))
    np.testing.assert_allclose(length, np.hypot(*x), rtol=1e-6)
    np.testing.assert_array_equal(sound, [1024.0] * 3)
    np.testing.assert_array_equal(mixed, [61, 58, 55])


@pytest.mark.fuzz
@pytest.mark.sanitize
def test_random_integer_programs():
    """Wrapping, precedence and helpers, against Python's integers, under the sanitizer."""
    random = np.random.default_rng(7)
    edges = [0, 1, -1, 2, 7, 31, 255, 65536, 2**31 - 1, -(2**31), 1103515245, -12345]
    lines, values = [], []
    for number, edge in enumerate(edges):
        lines.append(f"%v{number} = arith.constant {edge} : i32")
        values.append(edge)
    outputs = 24
    at = 0
    for output in range(outputs):
        for _ in range(12):
            op = BINARY[random.integers(len(BINARY))]
            left, right = (
                int(k) for k in random.integers(max(0, len(values) - 20), len(values), 2)
            )
            lines.append(f"%v{len(values)} = arith.{op} %v{left}, %v{right} : i32")
            values.append(evaluate(op, values[left], values[right]))
        at = len(values) - 1
        lines.append(f"%f{output} = arith.sitofp %v{at} : i32 to f64")
        lines.append(f"memref.store %f{output}, %out{output}[%i] : memref<?xf64>")
        values[at] = values[at]
    module = frame_program("\n".join(lines), inputs=0, outputs=outputs, real="f64")
    result = NativeInstance(module, 1, CHECKED).compute(np.zeros((0, 1)))[:, 0]
    expected = [values[len(edges) + 12 * (n + 1) - 1] for n in range(outputs)]
    assert result.tolist() == expected


@pytest.mark.fuzz
def test_random_float_expressions_keep_their_order():
    """Parentheses: not one rounding may move."""
    random = np.random.default_rng(11)
    names = {"addf": np.add, "subf": np.subtract, "mulf": np.multiply, "divf": np.divide}
    lines, values = [], []
    for n in range(4):
        lines.append(f"%v{n} = memref.load %in{n}[%i] : memref<?xf64>")
    inputs = random.normal(size=(4, 1))
    values += [inputs[n, 0] for n in range(4)]
    with np.errstate(all="ignore"):
        for number in range(4, 200):
            op = list(names)[random.integers(4)]
            left, right = (int(k) for k in random.integers(max(0, number - 9), number, 2))
            lines.append(f"%v{number} = arith.{op} %v{left}, %v{right} : f64")
            values.append(names[op](values[left], values[right]))
    for output in range(20):
        lines.append(f"memref.store %v{180 + output}, %out{output}[%i] : memref<?xf64>")
    module = frame_program("\n".join(lines), inputs=4, outputs=20, real="f64")
    result = NativeInstance(module, 1, ("-O1", "-ffp-contract=off")).compute(inputs)[:, 0]
    np.testing.assert_array_equal(result, values[180:])


def test_wrong_shape_is_refused():
    with pytest.raises(ValueError, match=r"expected \(1, frames\)"):
        NativeInstance(program("one_pole"), 1, ("-O1",)).compute(np.zeros((2, 4)))


def test_library_is_built_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DSPC_CACHE_DIR", str(tmp_path))
    code = 'extern "C" int answer() { return 42; }'
    first = build_library(code, ("-O0",))
    stamp = first.stat().st_mtime_ns
    assert build_library(code, ("-O0",)) == first
    assert first.stat().st_mtime_ns == stamp
    assert build_library(code, ("-O1",)) != first
    assert tmp_path in first.parents
    assert len(os.listdir(first.parent)) == 2


def test_faults_of_the_compiler_are_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DSPC_CACHE_DIR", str(tmp_path))
    with pytest.raises(DspcError, match="E0721") as fault:
        build_library("int main( {")
    assert "program.cpp" in fault.value.message
    monkeypatch.setenv("CXX", "no-such-compiler")
    with pytest.raises(DspcError, match="E0720"):
        build_library("int x;")
    monkeypatch.setenv("CXX", "")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DspcError, match="no C\\+\\+ compiler"):
        find_compiler()


@pytest.mark.builds
def test_a_compiler_without_openmp_is_one_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As clang++ without libomp: only linking with -fopenmp fails."""
    compiler = tmp_path / "limited++"
    compiler.write_text(
        '#!/bin/sh\nfor word in "$@"; do\n  if [ "$word" = -fopenmp ]; then\n'
        '    echo "ld: cannot find -lomp" >&2; exit 1\n  fi\ndone\nexec g++ "$@"\n'
    )
    compiler.chmod(0o755)
    monkeypatch.setenv("CXX", str(compiler))
    monkeypatch.setenv("DSPC_CACHE_DIR", str(tmp_path / "cache"))
    source = tmp_path / "poles.dsp"
    source.write_text("process = (+ ~ *(0.9)), (+ ~ *(0.8));\n")
    with pytest.raises(DspcError, match="E0723") as fault:
        dspc.load(str(source), backend="cpp", omp=True)(np.zeros((2, 64)))
    assert "OpenMP" in str(fault.value)
    assert fault.value.hint is not None
    assert "-sch" in fault.value.hint
    played = dspc.load(str(source), backend="cpp", sch=True)(np.ones((2, 64)))
    assert played[0, 1] == pytest.approx(1.9)
