"""`-sg`: the signals of a program as a graph, for graphviz (`dot`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xdsl.dialects.builtin import FloatAttr, IntegerAttr, ModuleOp, SymbolRefAttr
from xdsl.ir import Block, BlockArgument, Operation, OpResult, SSAValue

from dspc.dialects.dsp.interface import ProgramOp
from dspc.dialects.dsp.time import Recursion, YieldOp
from dspc.dialects.dsp.types import SignalType
from dspc.messages import usage_error
from dspc.support.texts import unicode_text

_COLORS = {"const": "#eef2f5", "init": "#e6e1f3", "block": "#d3efe4", "sample": "#dcecf5"}
"""The fill of a signal by its rate."""


def print_signals(module: ModuleOp) -> str:
    """Each op is a node, each operand an edge with its position; recursions are cycles.

    Raises DspcError E0007 for a module without signals.
    """
    program = next((op for op in module.ops if isinstance(op, ProgramOp)), None)
    if program is None:
        raise usage_error(7, "-sg draws signals, and this module is lowered to loops")
    nodes = {op: f"S{number}" for number, op in enumerate(signal_ops(program))}
    lines = [
        "digraph signals {",
        "\trankdir=LR;",
        '\tnode[shape=box, style="rounded,filled", fontname="Helvetica", fontsize=10];',
    ]
    lines += (f"\t{name}[{_look(op)}];" for op, name in nodes.items())
    for op, name in nodes.items():
        lines += _edges(op.operands, name, nodes)
        for region in op.regions:
            last = region.block.last_op
            lines += _edges(last.operands if last is not None else (), name, nodes)
    last = program.body.block.last_op
    for number, value in enumerate(last.operands if last is not None else ()):
        lines.append(f'\tO{number}[label="output {number}", fillcolor="#fbe6cc"];')
        lines += _edges((value,), f"O{number}", nodes)
    return "\n".join([*lines, "}", ""])


def signal_ops(program: ProgramOp) -> list[Operation]:
    """The ops of a program that compute or use signals: neither declarations (of loops, delay
    lines, the chunk) nor the recursions around others."""
    return [
        op
        for op in program.body.walk()
        if not isinstance(op, (Recursion, YieldOp)) and (op.results or op.operands)
    ]


def _edges(operands: Sequence[SSAValue], target: str, nodes: dict[Operation, str]) -> Iterator[str]:
    for position, value in enumerate(operands):
        source = source_of(value)
        if source is not None and source in nodes:
            label = f"[label={position}]" if len(operands) > 1 else ""
            yield f"\t{nodes[source]}->{target}{label};"


def source_of(value: SSAValue) -> Operation | None:
    """The op that computes a value; recursions are looked through."""
    seen: set[SSAValue] = set()
    while value not in seen:
        seen.add(value)
        owner = value.owner
        parent = owner.parent_op() if isinstance(owner, Block) else owner
        if not isinstance(parent, Recursion):
            return None if isinstance(owner, Block) else owner
        last = parent.body.block.last_op
        assert last is not None
        assert isinstance(value, (BlockArgument, OpResult))
        value = last.operands[value.index]
    return None


def _look(op: Operation) -> str:
    """The label and colour of a node."""
    label = label_of(op)
    text = unicode_text(label).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'label="{text}", fillcolor="{_COLORS.get(rate_of(op), "#ffffff")}"'


def label_of(op: Operation) -> str:
    """The name of the op and its numbers, under the name of its signal.

    Discardable attributes and the names of delay lines are decisions about its loop.
    """
    label = op.name.removeprefix("dsp.")
    for name, attribute in (*op.properties.items(), *op.attributes.items()):
        if name == "line" or "." in name:
            continue
        if isinstance(attribute, (IntegerAttr, FloatAttr)):
            label += f" {attribute.value.data:g}"
        elif isinstance(attribute, SymbolRefAttr):
            label += f" {attribute.string_value()}"
    result = op.results[0] if op.results else None
    return f"{result.name_hint}\n{label}" if result is not None and result.name_hint else label


def rate_of(op: Operation) -> str:
    """The rate of the signal that an op computes."""
    result = op.results[0] if op.results else None
    return result.type.rate.data.value if result and isinstance(result.type, SignalType) else "init"
