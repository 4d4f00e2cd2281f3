"""Which buffers are written whole before a host may call `compute`."""

from __future__ import annotations

from xdsl.dialects import memref, scf
from xdsl.dialects.builtin import MemRefType
from xdsl.ir import Operation
from xdsl.transforms.canonicalization_patterns.utils import const_evaluate_operand

from dspc.dialects.dsp_mem.buffers import GetOp
from dspc.passes.bounds.slices import Slice

FIRST = ("class_init", "instance_constants", "instance_clear")
"""The functions that a host calls before `compute`."""


def filled_buffers(sliced: Slice) -> set[str]:
    """The buffers that the initialising functions write in all elements."""
    written: dict[str, set[int]] = {}
    sizes: dict[str, int] = {}
    whole: set[str] = set()
    for function in sliced.functions:
        if function.sym_name.data not in FIRST:
            continue
        for op in function.body.block.ops:
            for store in [op] if isinstance(op, memref.StoreOp) else _stores_in(op):
                type_ = store.memref.type
                if isinstance(store.memref.owner, GetOp) and isinstance(type_, MemRefType):
                    name = store.memref.owner.buffer.string_value()
                    shape = type_.get_shape()
                    sizes[name] = shape[0] if shape else 1
                    elements = _elements(store, op, sizes[name])
                    if len(elements) == sizes[name]:
                        whole.add(name)
                    elif name not in whole:
                        written.setdefault(name, set()).update(elements)
    return whole | {name for name, elements in written.items() if len(elements) >= sizes[name]}


def _stores_in(op: Operation) -> list[memref.StoreOp]:
    if not isinstance(op, scf.ForOp):
        return []
    return [inner for inner in op.body.block.ops if isinstance(inner, memref.StoreOp)]


def _elements(store: memref.StoreOp, top: Operation, size: int) -> range:
    """The elements that a store certainly writes, in a loop `top` or alone."""
    if not store.indices:
        return range(1)
    at = const_evaluate_operand(store.indices[0])
    if top is store and at is not None:
        return range(max(at, 0), min(at + 1, size))
    if not isinstance(top, scf.ForOp) or store.indices[0] is not top.body.block.args[0]:
        return range(0)
    low, high, step = (const_evaluate_operand(bound) for bound in (top.lb, top.ub, top.step))
    if low is None or high is None or step is None or step < 1:
        return range(0)
    return range(max(low, 0), min(high, size), step)
