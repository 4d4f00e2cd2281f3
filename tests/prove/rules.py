"""The proof of one rule: it does what the table says, and keeps what the table says."""

from __future__ import annotations

from dspc.dialects.dsp.graph import Signal
from dspc.dialects.dsp.rule_table import Identity, Kept

from . import exhaustive, solver
from .patterns import CONSTANTS, Maker, parse


def instances(identity: Identity, kind: str) -> list[tuple[Maker, Signal, Signal, Signal]]:
    """For each choice of constants: the maker, the pattern, what the rule makes of it, and what the
    table says that it makes."""
    left, right = parse(identity.left), parse(identity.right)
    names = identity.left + identity.right
    has_constants = any(
        word in ("c", "d") for word in names.replace("(", " ").replace(")", " ").split()
    )
    result: list[tuple[Maker, Signal, Signal, Signal]] = []
    for c, d in CONSTANTS[kind] if has_constants else CONSTANTS[kind][:1]:
        maker = Maker(kind, {"c": c, "d": d})
        result.append(
            (maker, maker.build(left, False), maker.build(left, True), maker.build(right, False))
        )
    return result


def failure(identity: Identity, kind: str) -> str | None:
    """Why a rule is not as the table says; None if it is proved."""
    for maker, pattern, result, expected in instances(identity, kind):
        if not _is_swapped(result, expected):
            return f"it makes {result} of {pattern}, not {expected}, with {maker.values}"
        by_values = kind == "f" and identity.kept is not Kept.REAL
        by_values = by_values and exhaustive.can_decide(pattern, result, identity)
        search = exhaustive.counterexample if by_values else solver.counterexample
        counterexample = search(pattern, result, identity, kind)
        if counterexample is not None:
            return f"with {maker.values} and {counterexample}"
    return None


def _is_swapped(one: Signal, other: Signal) -> bool:
    """Whether two small signals are equal but for the order of operands of commutative ops."""
    if one is other:
        return True
    if one.op != other.op or not one.args or len(one.args) != len(other.args):
        return False
    orders = [other.args, other.args[::-1]] if one.op in ("add", "mul") else [other.args]
    return any(all(map(_is_swapped, one.args, args)) for args in orders)
