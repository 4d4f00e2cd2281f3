"""Lowered modules in upstream dialects only: func, scf, arith, math, memref, vector and omp.

State and constants become `memref.global`, scratch is allocated in `compute`; loops of `dsp_par`
are inlined, windows become `memref.subview`, teams and task graphs become `omp`. Of a task graph
the topological levels run one after the other, each as sections of a team.

The module is text for other tools: comparisons of vectors, which xDSL's `arith` does not have, are
built without its verifiers. Raises DspcError E0910 for ops that upstream dialects do not have.
"""

from __future__ import annotations

from typing import Any

from xdsl.dialects import arith, func, memref
from xdsl.dialects.builtin import (
    DYNAMIC_INDEX,
    DenseIntOrFPElementsAttr,
    FloatAttr,
    IndexType,
    IntegerAttr,
    IntegerType,
    MemRefType,
    ModuleOp,
    StridedLayoutAttr,
    StringAttr,
    TensorType,
    UnitAttr,
    VectorType,
    i1,
)
from xdsl.ir import Attribute, Block, Operation, Region

from dspc.backends.common.lowered import Unit, read_unit, refuse_parts
from dspc.backends.mlir.teams import TEAMS, lower_team, upstream_op
from dspc.dialects.dsp.types import array_values
from dspc.dialects.dsp.ui import placed_widgets
from dspc.dialects.dsp_mem.buffers import BufferOp, GetOp, Lifetime, Role, memory_bytes
from dspc.dialects.dsp_par.lanes import CompareOp, ConvertOp, SelectOp, lane_type
from dspc.dialects.dsp_par.loops import LoopOp, WindowOp
from dspc.dialects.places import span_of
from dspc.support.diagnostics import DspcError

UPSTREAM = frozenset(("builtin", "func", "scf", "arith", "math", "memref", "vector", "omp"))
ALIGNMENT = 64
"""Bytes; a cache line, and the widest vector."""
MOST_ON_STACK = 64 << 10
"""Bytes of scratch in `compute` beyond which it is allocated on the heap."""
FLOAT_PREDICATES = {"eq": 1, "gt": 2, "ge": 3, "lt": 4, "le": 5, "ne": 13}
INTEGER_PREDICATES = {"eq": 0, "ne": 1, "lt": 2, "le": 3, "gt": 4, "ge": 5}


def upstream_module(module: ModuleOp, prefix: str) -> ModuleOp:
    """A module in upstream dialects that computes the same as a lowered one.

    Its functions are those of the module with `prefix_` before their names, and for each widget
    `prefix_set_NAME` or `prefix_get_NAME`; `prefix_init` takes the sampling rate in Hz.
    """
    module = module.clone()
    unit = read_unit(module)
    refuse_parts(unit, "upstream MLIR")
    for declared in unit.declarations:
        if "value" in declared.attributes:
            message = f"a C variable or constant, {declared.sym_name.data}, is not a function"
            raise DspcError("E0910", message, span_of(declared))
        for name in ("include", "library"):
            declared.attributes.pop(name, None)
    ops: list[Operation] = [_global(b) for b in unit.buffers if not _is_scratch(b)]
    for function in [*unit.declarations, *unit.functions.values()]:
        function.detach()
        ops.append(function)
    for function in unit.functions.values():
        _lower_function(function, unit)
        function.sym_name = StringAttr(f"{prefix}_{function.sym_name.data}")
    ops += _interface(unit, prefix)
    return ModuleOp(ops, sym_name=StringAttr(unit.name))


def _is_scratch(buffer: BufferOp) -> bool:
    return buffer.lifetime.data == Lifetime.BLOCK


def _global(buffer: BufferOp) -> Operation:
    """The global of a buffer, with its initial contents."""
    kind = buffer.type
    tensor: Any = TensorType(kind.element_type, kind.get_shape())
    if buffer.values is not None:
        contents = list(array_values(buffer.values))
    else:
        contents = [buffer.init.value.data if buffer.init is not None else 0]
    zero = int if isinstance(kind.element_type, IntegerType) else float
    values: list[Any] = [zero(value) for value in contents]
    initial = DenseIntOrFPElementsAttr.from_list(tensor, values)
    is_constant = UnitAttr() if buffer.role.data == Role.DATA else None
    return memref.GlobalOp.get(
        buffer.sym_name, kind, initial, StringAttr("private"), is_constant, ALIGNMENT
    )


def _lower_function(function: func.FuncOp, unit: Unit) -> None:
    """Replace all ops of a function that are dspc's."""
    scratch = _allocate(function, unit)
    for op in list(function.walk()):
        if op is not function and op.parent is None:
            # It went with the op around it.
            continue
        for name in [name for name in op.attributes if name.startswith("dsp")]:
            del op.attributes[name]
        if isinstance(op, GetOp):
            _replace(op, scratch.get(op.buffer.root_reference.data) or _get_global(op))
        elif isinstance(op, LoopOp):
            inline(op, op.body.block)
        elif isinstance(op, WindowOp):
            _lower_window(op)
        elif isinstance(op, CompareOp | SelectOp | ConvertOp):
            _replace(op, _lower_lanes(op))
        elif type(op) in TEAMS:
            lower_team(op)
    for op in function.walk():
        if op.name.split(".")[0] not in UPSTREAM and not _is_upstream(op):
            raise DspcError("E0910", f"upstream MLIR has no {op.name}", span_of(op))


def _is_upstream(op: Operation) -> bool:
    """Whether an op that xDSL does not know is of an upstream dialect."""
    name = op.attributes.get("op_name__")
    return isinstance(name, StringAttr) and name.data.split(".")[0] in UPSTREAM


def _allocate(function: func.FuncOp, unit: Unit) -> dict[str, Operation]:
    """The scratch buffers that a function uses, allocated at its start, by name."""
    used = {op.buffer.root_reference.data for op in function.walk() if isinstance(op, GetOp)}
    buffers = [b for b in unit.buffers if _is_scratch(b) and b.sym_name.data in used]
    block = function.body.block
    made: dict[str, Operation] = {}
    on_stack = 0
    for buffer in buffers:
        kind = buffer.type
        on_stack += memory_bytes(kind)
        if on_stack <= MOST_ON_STACK:
            op: Operation = memref.AllocaOp.get(kind.element_type, ALIGNMENT, kind.get_shape())
        else:
            op = memref.AllocOp.get(kind.element_type, ALIGNMENT, kind.get_shape())
            assert block.last_op is not None
            block.insert_op_before(memref.DeallocOp.get(op), block.last_op)
        op.results[0].name_hint = buffer.sym_name.data
        made[buffer.sym_name.data] = op
    first = block.first_op
    assert first is not None
    block.insert_ops_before(list(made.values()), first)
    return made


def _get_global(op: GetOp) -> Operation:
    return memref.GetGlobalOp(op.buffer.root_reference.data, op.results[0].type)


def _replace(op: Operation, made: Operation) -> None:
    """Replace an op by another of as many results; `made` may stand elsewhere already."""
    if made.parent is None:
        _before(op, [made])
    for old, new in zip(op.results, made.results, strict=True):
        new.name_hint = new.name_hint or old.name_hint
        old.replace_all_uses_with(new)
    op.detach()
    op.erase()


def _before(op: Operation, made: list[Operation]) -> None:
    block = op.parent
    assert block is not None
    block.insert_ops_before(made, op)


def inline(op: Operation, body: Block) -> None:
    """Put the ops of a block, but its terminator, in the place of an op."""
    moved = list(body.ops)[:-1]
    for one in moved:
        one.detach()
    _before(op, moved)
    op.detach()
    op.erase()


def _lower_window(op: WindowOp) -> None:
    source = op.source.type
    assert isinstance(source, MemRefType)
    extent = source.get_shape()[0]
    made: list[Operation] = []
    if extent == DYNAMIC_INDEX:
        zero = arith.ConstantOp(IntegerAttr(0, IndexType()))
        length: Operation = memref.DimOp(op.source, zero)
        made += [zero, length]
    else:
        length = arith.ConstantOp(IntegerAttr(extent, IndexType()))
        made.append(length)
    size = arith.SubiOp(length, op.start)
    layout = StridedLayoutAttr([1], None)
    kind = MemRefType(source.element_type, [DYNAMIC_INDEX], layout)
    view = memref.SubviewOp.get(op.source, [op.start], [size.result], [1], kind)
    made.append(size)
    _before(op, made)
    _replace(op, view)


def _lower_lanes(op: CompareOp | SelectOp | ConvertOp) -> Operation:
    if isinstance(op, CompareOp):
        is_float = not isinstance(lane_type(op.lhs.type), IntegerType)
        kind = arith.CmpfOp if is_float else arith.CmpiOp
        table = FLOAT_PREDICATES if is_float else INTEGER_PREDICATES
        predicate = IntegerAttr(table[op.predicate.data.value], 64)
        properties: dict[str, Attribute] = {"predicate": predicate}
        if is_float:
            properties["fastmath"] = arith.FastMathFlagsAttr("none")
        return kind.create(
            operands=[op.lhs, op.rhs], result_types=[op.result.type], properties=properties
        )
    if isinstance(op, SelectOp):
        return upstream_op("arith.select", [*op.operands], [op.result.type])
    from_type, made = lane_type(op.source.type), lane_type(op.result.type)
    if from_type == i1:
        kind = arith.ExtUIOp
    elif isinstance(from_type, IntegerType):
        kind = arith.SIToFPOp
    else:
        kind = arith.FPToSIOp
    assert isinstance(op.result.type, VectorType)
    assert made is not None
    return kind.create(operands=[op.source], result_types=[op.result.type])


def _interface(unit: Unit, prefix: str) -> list[Operation]:
    """The functions for a host: init, and one for each widget."""
    made: list[Operation] = [_init(unit, prefix)]
    zones = {buffer.sym_name.data: buffer for buffer in unit.buffers}
    for _, widget in placed_widgets(unit.tree):
        buffer = zones.get(widget.symbol)
        if buffer is None:
            continue
        kind = buffer.type
        name = buffer.sym_name.data
        zone = memref.GetGlobalOp(name, kind)
        if widget.kind.is_output:
            block = Block()
            value = memref.LoadOp.get(zone, [])
            block.add_ops([zone, value, func.ReturnOp(value.res)])
            made.append(_function(f"{prefix}_get_{name}", [], [kind.element_type], block))
        else:
            block = Block(arg_types=[kind.element_type])
            store = memref.StoreOp.get(block.args[0], zone, [])
            block.add_ops([zone, store, func.ReturnOp()])
            made.append(_function(f"{prefix}_set_{name}", [kind.element_type], [], block))
    return made


def _init(unit: Unit, prefix: str) -> Operation:
    """`class_init`, `instance_constants`, initial values of widgets, and `instance_clear`."""
    rate = unit.functions["class_init"].function_type.inputs.data[0]
    block = Block(arg_types=[rate])
    block.args[0].name_hint = "rate"
    block.add_op(func.CallOp(f"{prefix}_class_init", [block.args[0]], []))
    block.add_op(func.CallOp(f"{prefix}_instance_constants", [block.args[0]], []))
    for buffer in unit.buffers:
        if buffer.role.data == Role.ZONE:
            zone = memref.GetGlobalOp(buffer.sym_name.data, buffer.type)
            initial = buffer.init
            if initial is None:
                initial = FloatAttr(0.0, buffer.type.element_type)  # pyright: ignore
            value = arith.ConstantOp(initial)
            block.add_ops([zone, value, memref.StoreOp.get(value, zone, [])])
    block.add_op(func.CallOp(f"{prefix}_instance_clear", [], []))
    block.add_op(func.ReturnOp())
    return _function(f"{prefix}_init", [rate], [], block)


def _function(
    name: str, inputs: list[Attribute], outputs: list[Attribute], block: Block
) -> Operation:
    return func.FuncOp(name, (inputs, outputs), Region(block))
