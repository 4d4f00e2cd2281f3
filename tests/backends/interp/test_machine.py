"""Instances of both levels: time, memory, widgets; both executors give the same bits."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator

import numpy as np
import pytest
from interp_programs import lowered, parse, program
from xdsl.dialects.builtin import FileLineColLoc, IntAttr, ModuleOp, StringAttr

from dspc.backends.interp.errors import InterpreterError, UnknownFunctionError
from dspc.backends.interp.instance import InterpInstance

EXECUTORS = ("generated", "xdsl")
SLIDER = (
    'dsp.group vgroup "a b" [] { dsp.widget @g hslider "gain" [["unit", "dB"]] '
    "{init = 0.5 : f64, min = 0.0 : f64, max = 1.0 : f64, step = 0.1 : f64}\n"
    'dsp.widget @m hbargraph "meter" [] {min = 0.0 : f64, max = 1.0 : f64} }'
)


def ramp(frames: int) -> np.ndarray:
    return np.arange(1.0, frames + 1)[None, :]


def both(module: ModuleOp, inputs: np.ndarray, blocks: int = 2) -> np.ndarray:
    """What both executors give, in some blocks; fails where a bit differs."""
    runs = []
    for executor in EXECUTORS:
        instance = InterpInstance(module, executor=executor)
        parts = [instance.compute(part) for part in np.array_split(inputs, blocks, axis=1)]
        runs.append(np.concatenate(parts, axis=1))
    assert runs[0].tobytes() == runs[1].tobytes()
    return runs[0]


def test_a_delay_gives_the_past_and_zero_before_time_0() -> None:
    module = program("%d = dsp.delay %in0 {offset = 2 : i64} : (!S) -> !S\n"
                     "dsp.yield %d : (!S) -> ()")  # fmt: skip
    assert both(module, ramp(5)).tolist() == [[0, 0, 1, 2, 3]]


@pytest.mark.parametrize(
    ("bound", "expected"), [("", [0, 1, 1, 4]), (", max = 1 : i64", [0, 1, 2, 4])]
)
def test_a_delays_amount_is_clamped(bound: str, expected: list[int]) -> None:
    module = program(
        "%n = dsp.int %in1 : (!S) -> !I\n"
        f"%d = dsp.delay %in0, %n {{offset = 0 : i64{bound}}} : (!S, !I) -> !S\n"
        "dsp.yield %d : (!S) -> ()",
        inputs=2,
    )
    inputs = np.array([[1.0, 2, 3, 4], [9, 1, 2 if not bound else 5, -3]])
    assert both(module, inputs).tolist() == [expected]


def test_a_group_sees_its_own_past() -> None:
    module = program(
        "%y = dsp.rec {\n^bb0(%own : !S):\n"
        "%d = dsp.delay %own {offset = 1 : i64} : (!S) -> !S\n"
        "%s = dsp.add %in0, %d : (!S, !S) -> !S\n"
        "dsp.yield %s : (!S) -> ()\n}\n"
        "dsp.yield %y : (!S) -> ()"
    )
    assert both(module, ramp(5)).tolist() == [[1, 3, 6, 10, 15]]


def test_prefix_gives_its_first_value_once() -> None:
    module = program(
        "%f = dsp.constant {value = 9.0 : f64} : () -> !S\n"
        "%p = dsp.prefix %f, %in0 : (!S, !S) -> !S\n"
        "%y = dsp.rec {\n^bb0(%own : !S):\n"
        "%q = dsp.prefix %f, %own : (!S, !S) -> !S\n"
        "%s = dsp.add %in0, %q : (!S, !S) -> !S\n"
        "dsp.yield %s : (!S) -> ()\n}\n"
        "dsp.yield %p, %y : (!S, !S) -> ()"
    )
    assert both(module, ramp(4)).tolist() == [[9, 1, 2, 3], [10, 12, 15, 19]]


def test_a_closed_gate_holds_values_and_stops_time_inside() -> None:
    module = program(
        "%g = dsp.int %in1 : (!S) -> !I\n"
        "%h = dsp.control %g : (!I) -> !S {\n"
        "%d = dsp.delay %in0 {offset = 1 : i64} : (!S) -> !S\n"
        "dsp.yield %d : (!S) -> ()\n}\n"
        "dsp.yield %h : (!S) -> ()",
        inputs=2,
    )
    inputs = np.array([[1.0, 2, 3, 4, 5, 6], [0, 1, 0, 1, 1, 0]])
    assert both(module, inputs).tolist() == [[0, 0, 0, 2, 4, 4]]


def table(frames: int) -> ModuleOp:
    return program(
        "%t = dsp.table : () -> !dsp.table<4, f64> {\n"
        "%inner = dsp.table : () -> !dsp.table<2, f64> {\n"
        "%seven = dsp.constant {value = 7.0 : f64} : () -> !S\n"
        "dsp.yield %seven : (!S) -> ()\n}\n"
        "%one = dsp.constant {value = 1 : i32} : () -> !I\n"
        "%r = dsp.table_read %inner, %one : (!dsp.table<2, f64>, !I) -> !S\n"
        "%c = dsp.rec {\n^bb0(%own : !S):\n"
        "%d = dsp.delay %own {offset = 1 : i64} : (!S) -> !S\n"
        "%s = dsp.add %r, %d : (!S, !S) -> !S\ndsp.yield %s : (!S) -> ()\n}\n"
        "dsp.yield %c : (!S) -> ()\n}\n"
        "%i = dsp.int %in0 : (!S) -> !I\n"
        "%w = dsp.table_write %t, %i, %in0 : (!dsp.table<4, f64>, !I, !S) -> !dsp.table<4, f64>\n"
        "%k = dsp.int %in1 : (!S) -> !I\n"
        "%y = dsp.table_read %w, %k : (!dsp.table<4, f64>, !I) -> !S\n"
        "dsp.yield %y : (!S) -> ()",
        inputs=2,
    )


def test_tables_are_filled_written_and_indices_clamped() -> None:
    inputs = np.array([[1.0, 99, -5, 1], [0, 3, 0, 2]])
    assert both(table(4), inputs).tolist() == [[7, 99, -5, 21]]


def test_integers_single_precision_and_waveforms() -> None:
    module = program(
        "%w = dsp.waveform {values = array<i32: 5, 6, 7>} : () -> !dsp.table<3, i32>\n"
        "%i = dsp.int %in0 : (!S) -> !I\n"
        "%v = dsp.table_read %w, %i : (!dsp.table<3, i32>, !I) -> !I\n"
        "%big = dsp.constant {value = 2147483647 : i32} : () -> !I\n"
        "%sum = dsp.add %big, %v : (!I, !I) -> !I\n"
        "%f = dsp.float %sum : (!I) -> !S\n"
        "%q = dsp.div %f, %in0 : (!S, !S) -> !S\n"
        "%s = dsp.sin %q : (!S) -> !S\n"
        "dsp.yield %f, %s : (!S, !S) -> ()",
        precision="f32",
    )
    samples = both(module, ramp(3) - 1)
    assert samples.dtype == np.float32
    assert samples[0].tolist() == [float(np.float32(v - 2**31 - 1)) for v in (5, 6, 7)]
    assert np.isnan(samples[1, 0])


def controlled() -> ModuleOp:
    return program(
        "%g = dsp.read_widget {widget = @g} : () -> !B\n"
        "%y = dsp.mul %g, %in0 : (!B, !S) -> !S\n"
        "%m = dsp.bargraph %y {widget = @m} : (!S) -> !S\n"
        "dsp.yield %m : (!S) -> ()",
        ui=SLIDER,
    )


@pytest.mark.parametrize("executor", EXECUTORS)
def test_widgets_by_path_and_symbol(executor: str) -> None:
    instance = InterpInstance(controlled(), executor=executor)
    first = instance.widgets[0]
    assert (first.path, first.symbol, first.init) == ("/a_b/gain", "g", 0.5)
    assert first.metadata == [("unit", "dB")]
    assert instance.compute(ramp(2)).tolist() == [[0.5, 1.0]]
    instance.set("/a_b/gain", 2.0)
    instance.compute(ramp(2))
    assert instance.get("/a_b/meter") == instance.get("m") == 4.0
    with pytest.raises(KeyError):
        instance.set("/nowhere", 1.0)


@pytest.mark.parametrize("executor", EXECUTORS)
def test_clones_are_independent_and_reset_clears(executor: str) -> None:
    module = program("%d = dsp.delay %in0 {offset = 1 : i64} : (!S) -> !S\n"
                     "dsp.yield %d : (!S) -> ()")  # fmt: skip
    one = InterpInstance(module, executor=executor)
    one.compute(ramp(2))
    two = one.clone()
    assert one.compute(ramp(1)).tolist() == [[2.0]]
    assert one.compute(ramp(1)).tolist() == [[1.0]]
    assert two.compute(ramp(1)).tolist() == [[2.0]]
    two.reset()
    assert two.compute(ramp(1)).tolist() == [[0.0]]


def sounds() -> ModuleOp:
    return program(
        "%h = dsp.soundfile {slot = @s} : () -> !dsp.soundfile_handle\n"
        "%p = dsp.int %in0 : (!S) -> !I\n"
        "%n = dsp.soundfile_length %h, %p : (!dsp.soundfile_handle, !I) -> !I\n"
        "%r = dsp.soundfile_rate %h, %p : (!dsp.soundfile_handle, !I) -> !I\n"
        "%x = dsp.soundfile_read %h, %p, %p {channel = 3 : i64} "
        ": (!dsp.soundfile_handle, !I, !I) -> !S\n"
        "%nf = dsp.float %n : (!I) -> !S\n%rf = dsp.float %r : (!I) -> !S\n"
        "dsp.yield %nf, %rf, %x : (!S, !S, !S) -> ()",
        ui='dsp.widget @s soundfile "sound" []',
    )


@pytest.mark.parametrize("executor", EXECUTORS)
def test_sound_files_and_the_silence_of_missing_ones(executor: str) -> None:
    sound_files = {"sound": [(np.array([[1.0, 2.0], [3.0, 4.0]]), 48000)]}
    instance = InterpInstance(sounds(), executor=executor, soundfiles=sound_files)
    assert instance.compute(np.array([[0.0, 1.0, 400.0]])).T.tolist() == [
        [2, 48000, 3], [1024, 44100, 0], [1024, 44100, 0],
    ]  # fmt: skip


def test_foreign_functions_of_c_are_known_and_others_named() -> None:
    body = (
        '%y = dsp.foreign_call %in0 {{names = ["{0}f", "{0}"], include = "<math.h>", '
        'library = ""}} : (!S) -> !S\ndsp.yield %y : (!S) -> ()'
    )
    assert both(program(body.format("cbrt")), ramp(2) * 8)[0, 0] == 2.0
    with pytest.raises(UnknownFunctionError, match="mystery"):
        InterpInstance(program(body.format("mystery")))


def test_loops_carry_values_and_choose() -> None:
    module = lowered(
        """%zero = arith.constant 0 : index
        %one = arith.constant 1 : index
        %limit = arith.constant 3.0 : f64
        %m = dsp_mem.get @sum : memref<f64>
        %start = memref.load %m[] : memref<f64>
        %end = scf.for %i = %zero to %count step %one iter_args(%s = %start) -> (f64) {
          %x = memref.load %in0[%i] : memref<?xf64>
          %next = arith.addf %s, %x : f64
          %c = arith.cmpf ogt, %next, %limit : f64
          %out = scf.if %c -> (f64) {
            scf.yield %limit : f64
          } else {
            scf.yield %next : f64
          }
          memref.store %out, %out0[%i] : memref<?xf64>
          scf.yield %next : f64
        }
        memref.store %end, %m[] : memref<f64>""",
        "dsp_mem.buffer @sum : memref<f64> instance state",
        "%m = dsp_mem.get @sum : memref<f64> %z = arith.constant 0.0 : f64 "
        "memref.store %z, %m[] : memref<f64>",
    )
    assert both(module, np.ones((1, 5))).tolist() == [[1, 2, 3, 3, 3]]


WRITE_OUTSIDE = """%four = arith.constant 4 : index
%b = dsp_mem.get @b : memref<4xf64>
%z = arith.constant 0.0 : f64
memref.store %z, %b[%four] : memref<4xf64>"""


@pytest.mark.parametrize("executor", EXECUTORS)
def test_an_access_outside_a_buffer_names_op_and_place(executor: str) -> None:
    module = lowered(WRITE_OUTSIDE, "dsp_mem.buffer @b : memref<4xf64> instance state")
    for op in module.walk():
        if op.name == "memref.store":
            op.location = FileLineColLoc(StringAttr("a.dsp"), IntAttr(3), IntAttr(7))
    with pytest.raises(InterpreterError, match=r"element 4 .* memref.store at a.dsp:3:7") as error:
        InterpInstance(module, executor=executor).compute(ramp(1))
    assert error.value.op is not None
    assert error.value.op.name == "memref.store"


def test_scratch_and_forgotten_state_are_poisoned() -> None:
    body = """%zero = arith.constant 0 : index
    %b = dsp_mem.get @b : memref<f64>
    %x = memref.load %b[] : memref<f64>
    memref.store %x, %out0[%zero] : memref<?xf64>
    %one = arith.constant 1.0 : f64
    memref.store %one, %b[] : memref<f64>"""
    for kind, second in (("block scratch", math.nan), ("instance state", 1.0)):
        module = lowered(body, f"dsp_mem.buffer @b : memref<f64> {kind}")
        samples = both(module, ramp(2))
        assert math.isnan(samples[0, 0])
        assert samples[0, 1] == second or (math.isnan(second) and math.isnan(samples[0, 1]))


def test_modules_that_cannot_run_are_refused() -> None:
    with pytest.raises(InterpreterError, match=r"neither a dsp\.program"):
        InterpInstance(parse("func.func @f() { func.return }"))
    with pytest.raises(InterpreterError, match="dsp-simplify"):
        InterpInstance(program("%l = dsp.lowest %in0 : (!S) -> !S\ndsp.yield %l : (!S) -> ()"))
    with pytest.raises(ValueError, match="frames"):
        InterpInstance(controlled()).compute(np.zeros((2, 4)))


def chain(length: int) -> Iterator[str]:
    """Alternating multiplications and additions that stay bounded."""
    yield "%c = dsp.constant {value = 0.5 : f64} : () -> !S"
    yield "%v0 = dsp.mul %in0, %c : (!S, !S) -> !S"
    for at in range(1, length):
        op, other = ("add", "%in0") if at % 2 else ("mul", "%c")
        yield f"%v{at} = dsp.{op} %v{at - 1}, {other} : (!S, !S) -> !S"
    yield f"dsp.yield %v{length - 1} : (!S) -> ()"


def test_a_long_program_runs_fast() -> None:
    instance = InterpInstance(program("\n".join(chain(1500))))
    before = time.process_time()
    instance.compute(np.zeros((1, 2000)))
    assert time.process_time() - before < 3.0


@pytest.mark.slow
def test_tens_of_thousands_of_ops() -> None:
    samples = InterpInstance(program("\n".join(chain(30001)))).compute(np.ones((1, 3)))
    assert samples[0].tolist() == pytest.approx([1.0, 1.0, 1.0])


def filling(low: int, high: int, step: int) -> ModuleOp:
    bounds = f"%low = arith.constant {low} : index %high = arith.constant {high} : index"
    return lowered(
        f"{bounds} %step = arith.constant {step} : index %one = arith.constant 1.0 : f64\n"
        '"memref.copy"(%in0, %out0) : (memref<?xf64>, memref<?xf64>) -> ()\n'
        "scf.for %n = %low to %high step %step { memref.store %one, %out0[%n] : memref<?xf64> }"
    )


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ((0, 4, 1), [1, 1, 1, 1]),
        ((1, 3, 1), [5, 1, 1, 8]),
        ((3, 1, 1), [5, 6, 7, 8]),
        ((0, 4, 2), [1, 6, 1, 8]),
    ],
)
def test_loops_that_fill_a_part_of_a_row(
    bounds: tuple[int, int, int], expected: list[float]
) -> None:
    inputs = np.array([[5.0, 6, 7, 8]])
    assert both(filling(*bounds), inputs, 1).tolist() == [expected]


def test_a_loop_that_fills_beyond_a_row() -> None:
    for executor in EXECUTORS:
        instance = InterpInstance(filling(0, 5, 1), executor=executor)
        with pytest.raises(InterpreterError, match="element 4"):
            instance.compute(np.zeros((1, 4)))
