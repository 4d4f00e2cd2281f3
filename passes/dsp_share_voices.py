"""`dsp-share-voices`: marks buffers whose contents are equal in all voices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp, UnitAttr
from xdsl.dialects.func import FuncOp
from xdsl.dialects.memref import StoreOp
from xdsl.passes import ModulePass
from xdsl.transforms.canonicalization_patterns.utils import const_evaluate_operand

from dspc.dialects.dsp_mem.buffers import BufferOp, Role
from dspc.dialects.dsp_mem.spaces import Lifetime
from dspc.dialects.dsp_par.voices import accesses, varying
from dspc.dialects.places import located


@dataclass(frozen=True)
class DspShareVoices(ModulePass):
    """Marks buffers whose contents are equal in all voices, so that a target may share them.

    These are state and constants that depend on no input and no control, such as ring buffer
    positions and the phases of oscillators of fixed frequency. State is shared only where `compute`
    loads it before its loop and stores all of it after: ring buffers stay private to a voice.
    """

    name = "dsp-share-voices"
    TAKES: ClassVar[tuple[str, ...]] = ("loops", "par", "mem")

    @located
    def apply(self, ctx: Context, op: ModuleOp) -> None:
        functions = {
            function.sym_name.data: function
            for function in op.ops
            if isinstance(function, FuncOp) and function.body.blocks
        }
        if "compute" not in functions:
            return
        buffers = [buffer for buffer in op.ops if isinstance(buffer, BufferOp)]
        simple = _carried(functions["compute"], buffers)
        for name, function in functions.items():
            if name != "compute":
                # State that instance_constants fills is never cleared: a written table.
                simple -= _touched(function) if name != "instance_clear" else set()
        simple |= {buffer.sym_name.data for buffer in buffers if _is_constant(buffer)}
        own = [
            buffer.sym_name.data
            for buffer in buffers
            if buffer.lifetime.data != Lifetime.CLASS
            and buffer.role.data != Role.DATA
            and buffer.sym_name.data not in simple
        ]
        different = varying(functions.values(), own)
        for buffer in buffers:
            if buffer.sym_name.data in simple - different:
                buffer.common = UnitAttr()


def _is_constant(buffer: BufferOp) -> bool:
    return buffer.lifetime.data == Lifetime.INSTANCE and buffer.role.data == Role.CONSTANT


def _touched(function: FuncOp) -> set[str]:
    return {name for _, name in accesses(function)}


def _carried(compute: FuncOp, buffers: list[BufferOp]) -> set[str]:
    """Names of state buffers that the top level of `compute` reads and then wholly overwrites."""
    sizes = {
        buffer.sym_name.data: buffer.type.element_count()
        for buffer in buffers
        if buffer.lifetime.data == Lifetime.INSTANCE and buffer.role.data == Role.STATE
    }
    written: dict[str, set[int]] = {}
    refused: set[str] = set()
    for op, name in accesses(compute):
        index = const_evaluate_operand(op.indices[0]) if op.indices else 0
        if op.parent is not compute.body.block or index is None:
            refused.add(name)
        elif isinstance(op, StoreOp):
            written.setdefault(name, set()).add(index)
        elif name in written:
            refused.add(name)
    return {
        name
        for name, size in sizes.items()
        if name not in refused and len(written.get(name, ())) == size
    }
