"""All 16-bit floats: rules of one variable by value, of two by each pair of significands.

Without subnormal results and overflow, scaling an operand by a power of two scales products and
quotients exactly, so that exponents and signs do not matter for a bound in units in the last place.
"""

from __future__ import annotations

import numpy as np

from dspc.dialects.dsp.graph import Signal
from dspc.dialects.dsp.rule_table import Identity, Kept

Values = np.ndarray


def counterexample(left: Signal, right: Signal, identity: Identity, kind: str) -> str | None:
    """Values for which a rule on floats violates its declared property; None if there are none."""
    assert kind == "f"
    names = sorted(_leaves(left) | _leaves(right))
    values = _arguments(names, identity)
    with np.errstate(all="ignore"):
        terms: list[Values] = []
        one, other = (_value(signal, values, terms) for signal in (left, right))
        bad = ~_preserved(identity, one, other, list(values.values()), terms)
    if not bad.any():
        return None
    at = int(np.argmax(bad))
    return ", ".join(f"{name}={float(value[at])!r}" for name, value in values.items())


def can_decide(left: Signal, right: Signal, identity: Identity) -> bool:
    """Whether there are few enough values."""
    count = len(_leaves(left) | _leaves(right))
    ops = _ops(left) | _ops(right)
    if not ops <= {"add", "sub", "mul", "div", "sqrt", "min", "max"}:
        return False
    return count == 1 or (count == 2 and identity.kept is Kept.ULPS and ops <= {"mul", "div"})


def _leaves(signal: Signal) -> set[str]:
    if signal.op == "constant":
        return set()
    if not signal.args:
        return {str(signal.value)}
    return set[str]().union(*map(_leaves, signal.args))


def _ops(signal: Signal) -> set[str]:
    return {signal.op}.union(*map(_ops, signal.args)) if signal.args else set()


def _arguments(names: list[str], identity: Identity) -> dict[str, Values]:
    if len(names) == 1:
        every = np.arange(1 << 16, dtype=np.uint16).view(np.float16)
        return {names[0]: every[every != 0] if identity.condition == "x!=0" else every}
    significands = (np.arange(1024, dtype=np.uint16) | 0x3C00).view(np.float16)
    first, second = np.meshgrid(significands, significands)
    return dict(zip(names, (first.ravel(), second.ravel()), strict=True))


def _value(signal: Signal, values: dict[str, Values], terms: list[Values]) -> Values:
    """The results of a pattern's signal; those of ops are appended to `terms`."""
    if signal.op == "constant":
        length = len(next(iter(values.values())))
        return np.full(length, signal.value, np.float16)
    if not signal.args:
        return values[str(signal.value)]
    args = [_value(arg, values, terms) for arg in signal.args]
    functions = {
        "add": np.add,
        "sub": np.subtract,
        "mul": np.multiply,
        "div": np.divide,
        "sqrt": np.sqrt,
        "min": lambda x, y: np.where(y < x, y, x),
        "max": lambda x, y: np.where(x < y, y, x),
    }
    result = functions[signal.op](*args)
    terms.append(result)
    return result


def _preserved(
    identity: Identity, one: Values, other: Values, leaves: list[Values], terms: list[Values]
) -> Values:
    bits = [x.view(np.int16).astype(np.int32) for x in (one, other)]
    same = (bits[0] == bits[1]) | (np.isnan(one) & np.isnan(other))
    if identity.kept is Kept.EXACT:
        return same
    zeros = (one == 0) & (other == 0)
    if identity.kept is Kept.ZERO_SIGN:
        return same | zeros
    if identity.kept is Kept.FINITE:
        return same | zeros | ~np.all([np.isfinite(leaf) for leaf in leaves], axis=0)
    least = np.finfo(np.float16).smallest_normal
    normal = [np.isfinite(x) & (np.abs(x) >= least) for x in terms]
    normal += [np.isfinite(x) & ((np.abs(x) >= least) | (x == 0)) for x in leaves]
    return (np.abs(bits[0] - bits[1]) <= identity.ulps) | ~np.all(normal, axis=0)
