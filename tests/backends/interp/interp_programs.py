"""Programs of both levels that the interpreter's tests run."""

from __future__ import annotations

from xdsl.context import Context
from xdsl.dialects import arith, builtin, func, math, memref, scf, vector
from xdsl.dialects.builtin import ModuleOp
from xdsl.parser import Parser

from dspc.dialects.dsp import Dsp
from dspc.dialects.dsp_mem import DspMem
from dspc.dialects.dsp_par import DspPar


def parse(text: str) -> ModuleOp:
    context = Context()
    dialects = (
        builtin.Builtin, arith.Arith, func.Func, math.Math, memref.MemRef, scf.Scf, vector.Vector,
        Dsp, DspMem, DspPar,
    )  # fmt: skip
    for dialect in dialects:
        context.load_dialect(dialect)
    return Parser(context, text).parse_module()


def program(body: str, inputs: int = 1, ui: str = "", precision: str = "f64") -> ModuleOp:
    """A `dsp.program`; in the text, !S is a signal, !B one of rate block, !I one of i32."""
    arguments = ", ".join(f"%in{at} : !S" for at in range(inputs))
    types = {
        "!S": f"!dsp.signal<{precision}, sample>",
        "!B": f"!dsp.signal<{precision}, block>",
        "!I": "!dsp.signal<i32, sample>",
    }
    text = (
        f"dsp.program @p {precision} metadata [] ui {{{ui}}} body {{\n"
        f"^bb0({arguments}):\n{body}\n}}"
    )
    for name, type in types.items():
        text = text.replace(name, type)
    return parse(text)


def lowered(
    compute: str, buffers: str = "", clear: str = "", inputs: int = 1, outputs: int = 1
) -> ModuleOp:
    """A lowered module in f64, whose rows are %in0.. and %out0.., its frames %count."""
    rows = [f"%in{at} : memref<?xf64>" for at in range(inputs)]
    rows += [f"%out{at} : memref<?xf64>" for at in range(outputs)]
    return parse(
        f"dsp.lowered @p f64 inputs {inputs} outputs {outputs} metadata [] ui {{}}\n{buffers}\n"
        "func.func @class_init(%rate : i32) { func.return }\n"
        "func.func @instance_constants(%rate : i32) { func.return }\n"
        f"func.func @instance_clear() {{ {clear} func.return }}\n"
        f"func.func @compute({', '.join(['%count : index', *rows])}) {{\n{compute}\n"
        "func.return }"
    )
