"""Loop-level programs for the tests: files beside this one, and small ones made here."""

from __future__ import annotations

from pathlib import Path

from xdsl.context import Context
from xdsl.dialects import arith, builtin, func, math, memref, scf
from xdsl.dialects.builtin import ModuleOp
from xdsl.parser import Parser

from dspc.dialects.dsp import Dsp
from dspc.dialects.dsp_mem import DspMem
from dspc.dialects.dsp_par import DspPar

_DIALECTS = (
    builtin.Builtin, func.Func, arith.Arith, memref.MemRef, scf.Scf, math.Math, Dsp, DspMem,
    DspPar,
)  # fmt: skip


def context() -> Context:
    result = Context()
    for dialect in _DIALECTS:
        result.load_dialect(dialect)
    return result


def parse(text: str) -> ModuleOp:
    module = Parser(context(), text).parse_module()
    module.verify()
    return module


def program(name: str) -> ModuleOp:
    path = Path(__file__).with_name("programs") / f"{name}.mlir"
    return parse(path.read_text(encoding="utf-8"))


def frame_program(
    body: str,
    inputs: int = 1,
    outputs: int = 1,
    real: str = "f32",
    before: str = "",
    top: str = "",
    ui: str = "",
) -> ModuleOp:
    """A program whose loop body is `body`: it may load %in0[%i]... and store to %out0[%i]..."""
    ports = [f"%in{n}: memref<?x{real}>" for n in range(inputs)]
    ports += [f"%out{n}: memref<?x{real}>" for n in range(outputs)]
    arguments = ", ".join(["%count: index", *ports])
    return parse(f"""
builtin.module {{
  dsp.lowered @mydsp {real} inputs {inputs} outputs {outputs} metadata [["name", "test"]] ui {{
    dsp.group vgroup "test" [] {{ {ui} }}
  }}
  {top}
  func.func private @class_init(%rate: i32) {{ func.return }}
  func.func private @instance_constants(%rate: i32) {{ func.return }}
  func.func private @instance_clear() {{ func.return }}
  func.func private @compute({arguments}) {{
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    {before}
    scf.for %i = %c0 to %count step %c1 {{
      {body}
    }}
    func.return
  }}
}}
""")


BINARY = ["addi", "subi", "muli", "divsi", "remsi", "andi", "ori", "xori", "shli", "minsi", "maxsi"]


def wrapped(value: int) -> int:
    return (value + 2**31) % 2**32 - 2**31


def evaluate(op: str, a: int, b: int) -> int:
    """What an op of BINARY gives: wrapped to 32 bits, and 0 for a division by 0."""
    if op in ("divsi", "remsi"):
        if b == 0:
            return 0
        quotient = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
        return wrapped(quotient if op == "divsi" else a - b * quotient)
    results = {
        "addi": a + b, "subi": a - b, "muli": a * b, "andi": a & b, "ori": a | b, "xori": a ^ b,
        "shli": a << (b & 31), "minsi": min(a, b), "maxsi": max(a, b),
    }  # fmt: skip
    return wrapped(results[op])
