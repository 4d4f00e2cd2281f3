"""Patterns of rewrite rules as signals: parsing, building, matching."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dspc.dialects.dsp.graph import Signal, SignalBuilder

COMPARISONS = ("eq", "ne", "lt", "le", "gt", "ge")
COMMUTATIVE = ("add", "mul", "and", "or")
CONSTANTS = {"i": ((3, -7), (-(2**31), 2**31 - 1)), "f": ((3.0, 0.1), (-5.5, 7.0), (0.5, -10.0))}
"""The pairs of values that `c` and `d` stand for in proofs."""
Values = Mapping[str, float]


@dataclass(frozen=True)
class Node:
    """An op with its operands; a leaf has none."""

    op: str
    operands: tuple[Node, ...] = ()


def parse(text: str) -> Node:
    """The tree of an S-expression."""
    stack: list[list[Node | str]] = [[]]
    for word in text.replace("(", " ( ").replace(")", " ) ").split():
        if word == "(":
            stack.append([])
        elif word == ")":
            head, *rest = stack.pop()
            stack[-1].append(Node(str(head), tuple(n for n in rest if isinstance(n, Node))))
        elif not stack[-1] and len(stack) > 1:
            stack[-1].append(word)
        else:
            stack[-1].append(Node(word))
    root = stack[0][0]
    assert isinstance(root, Node)
    return root


class Maker:
    """Builds signals of one kind from patterns; constants have given values."""

    def __init__(self, kind: str, values: Values, precision: int = 32) -> None:
        self.builder = SignalBuilder(64 if precision == 64 else 32)
        self.kind = kind
        self.values = values
        self.leaves: dict[str, Signal] = {}

    def leaf(self, name: str) -> Signal:
        """A variable, a number, or an expression of constants such as `1/c`."""
        if name in ("x", "y", "z", "s", "t"):
            if name not in self.leaves:
                rate = 2 if name in "st" else 3
                kind = "int" if self.kind == "i" else "float"
                op = "read_widget" if rate == 2 else "input"
                self.leaves[name] = self.builder.node(op, (), name, kind, rate)
            return self.leaves[name]
        value = eval(name, {}, dict(self.values))  # a pattern of this repository's own table
        if self.kind == "i":
            return self.builder.int((int(value) + 2**31) % 2**32 - 2**31)
        return self.builder.float(float(value))

    def build(self, node: Node, simplifies: bool) -> Signal:
        """The signal of a pattern, the root simplified or not; the rest is not."""
        if not node.operands:
            return self.leaf(node.op)
        operands = tuple(self.build(operand, False) for operand in node.operands)
        op, value = ("compare", node.op) if node.op in COMPARISONS else (node.op, None)
        make = self.builder.make if simplifies else self.builder.raw
        return make(op, operands, value)


def matches(node: Node, signal: Signal, bound: dict[str, Signal]) -> Iterator[dict[str, Signal]]:
    """The bindings by which a signal is an instance of a pattern."""
    if not node.operands:
        yield from _leaf_matches(node.op, signal, bound)
        return
    op = signal.value if signal.op == "compare" else signal.op
    if op != node.op or len(signal.args) != len(node.operands):
        return
    orders = [signal.args, signal.args[::-1]] if node.op in COMMUTATIVE else [signal.args]
    for args in orders:
        bindings = [bound]
        for operand, arg in zip(node.operands, args, strict=True):
            bindings = [more for one in bindings for more in matches(operand, arg, one)]
        yield from bindings


def _leaf_matches(
    name: str, signal: Signal, bound: dict[str, Signal]
) -> Iterator[dict[str, Signal]]:
    if name in bound:
        if bound[name] is signal:
            yield bound
    elif name in ("x", "y", "z"):
        yield {**bound, name: signal}
    elif name in ("s", "t"):
        if signal.rate < 3:
            yield {**bound, name: signal}
    elif name in ("c", "d"):
        if signal.op == "constant":
            yield {**bound, name: signal}
    elif signal.op == "constant" and signal.value == float(name):
        yield bound
