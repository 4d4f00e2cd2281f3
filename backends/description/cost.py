"""Counts the operations of one frame of a lowered module."""

from __future__ import annotations

from collections import Counter

from xdsl.dialects import arith, memref, scf
from xdsl.dialects.builtin import ModuleOp
from xdsl.dialects.func import CallOp, FuncOp
from xdsl.ir import Operation

from dspc.backends.common.layout import Cost
from dspc.dialects.dsp.tables import slot_name

_SIGNS: dict[type[Operation], str] = {
    arith.AddfOp: "Real(+)",
    arith.SubfOp: "Real(-)",
    arith.MulfOp: "Real(*)",
    arith.DivfOp: "Real(/)",
    arith.CmpfOp: "Real(cmp)",
    arith.AddiOp: "Int(+)",
    arith.SubiOp: "Int(-)",
    arith.MuliOp: "Int(*)",
    arith.DivSIOp: "Int(/)",
    arith.RemSIOp: "Int(%)",
    arith.AndIOp: "Int(&)",
    arith.OrIOp: "Int(|)",
    arith.XOrIOp: "Int(^)",
    arith.ShLIOp: "Int(<<)",
    arith.ShRSIOp: "Int(>>)",
    arith.CmpiOp: "Int(cmp)",
}
"""Binary operators, as Faust names them."""
_CASTS = (arith.SIToFPOp, arith.FPToSIOp, arith.ExtFOp, arith.TruncFOp, arith.ExtUIOp)
_CHOICES: dict[type[Operation], str] = {
    arith.MinSIOp: "min_i",
    arith.MaxSIOp: "max_i",
    arith.MinimumfOp: "min_f",
    arith.MaximumfOp: "max_f",
}


def frame_cost(module: ModuleOp) -> Cost:
    """The ops in the loops of `compute`, each once: those of one frame without inner loops."""
    functions = [op for op in module.ops if isinstance(op, FuncOp)]
    compute = next((op for op in functions if op.sym_name.data == "compute"), None)
    counts: Counter[str] = Counter()
    binops: Counter[str] = Counter()
    mathops: Counter[str] = Counter()
    inside: set[Operation] = set()
    for op in compute.walk() if compute is not None and compute.body.blocks else ():
        parent = op.parent_op()
        if not (isinstance(parent, scf.ForOp) or parent in inside):
            counts["loop"] += isinstance(op, scf.ForOp)
            continue
        inside.add(op)
        counts[_kind(op)] += 1
        if type(op) in _SIGNS:
            binops[_SIGNS[type(op)]] += 1
        elif type(op) in _CHOICES:
            mathops[_CHOICES[type(op)]] += 1
        elif op.name.startswith("math."):
            mathops[op.name.removeprefix("math.")] += 1
        elif isinstance(op, CallOp):
            mathops[slot_name(op.callee)] += 1
    return Cost(
        load=counts["load"],
        store=counts["store"],
        declare=counts["declare"],
        number=counts["number"],
        cast=counts["cast"],
        select=counts["select"],
        loop=counts["loop"],
        binop=binops,
        mathop=mathops,
    )


def _kind(op: Operation) -> str:
    """The field of an op, or "" for one that is counted otherwise."""
    if isinstance(op, memref.LoadOp):
        return "load"
    if isinstance(op, memref.StoreOp):
        return "store"
    if isinstance(op, arith.ConstantOp):
        return "number"
    if isinstance(op, _CASTS):
        return "cast"
    if isinstance(op, arith.SelectOp | scf.IfOp):
        return "select"
    if isinstance(op, scf.ForOp):
        return "loop"
    shared = any(len(list(result.uses)) > 1 for result in op.results)
    return "declare" if shared else ""
