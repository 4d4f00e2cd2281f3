"""The primitive boxes: how many inputs each has, and the signal operator it stands for."""

from __future__ import annotations

from typing import NamedTuple


class Primitive(NamedTuple):
    inputs: int
    op: str | None
    """The signal operator of the same operands; None where propagation does more."""


_UNARY = (
    "abs", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh",
    "atanh", "exp", "exp10", "log", "log10", "sqrt", "floor", "ceil", "rint", "round", "lowest",
    "highest",
)  # fmt: skip

INFIX: dict[str, str] = {
    "+": "add", "-": "sub", "*": "mul", "/": "div", "%": "rem", "&": "and", "|": "or",
    "xor": "xor", "<<": "shl", ">>": "shr", "<": "lt", "<=": "le", ">": "gt", ">=": "ge",
    "==": "eq", "!=": "ne", "^": "pow", "@": "delay",
}  # fmt: skip
"""Infix operators and the signal operators they stand for."""

PRIMITIVES: dict[str, Primitive] = {
    **{name: Primitive(2, op) for name, op in INFIX.items()},
    **{name: Primitive(1, name) for name in _UNARY},
    **{name: Primitive(2, name) for name in ("pow", "min", "max", "fmod", "remainder", "atan2")},
    **{name: Primitive(2, name) for name in ("prefix", "attach")},
    "int": Primitive(1, "to_int"),
    "float": Primitive(1, "to_float"),
    "select2": Primitive(3, "select2"),
    "assertbounds": Primitive(3, "assert_bounds"),
    "mem": Primitive(1, None),
    "select3": Primitive(4, None),
    "enable": Primitive(2, None),
    "control": Primitive(2, None),
    "rdtable": Primitive(3, None),
    "rwtable": Primitive(5, None),
}

PAD_LEFT: frozenset[str] = frozenset(INFIX) | {"pow", "attach", "enable", "control"}
"""Operators whose single argument is the right operand: `/(3)` is `_ / 3`."""
