"""Signals as terms of Z3: 32-bit integers, 16-bit floats, real numbers."""

from __future__ import annotations

from typing import Any

import z3

from dspc.dialects.dsp.graph import Signal
from dspc.dialects.dsp.rule_table import Identity, Kept

HALF = z3.Float16()
NEAREST = z3.RNE()
TIMEOUT = 120_000


class Terms:
    """Terms of signals; the leaves of two sides are shared by name."""

    def __init__(self, is_real: bool) -> None:
        self.is_real = is_real
        self.leaves: dict[str, Any] = {}
        self.floats: list[Any] = []
        """All floating-point terms but constants."""
        self.divisors: list[Any] = []
        self.definitions: list[Any] = []

    def of(self, signal: Signal) -> Any:
        """The term of a pattern's signal, which is small."""
        if signal.op == "constant":
            return self._constant(signal)
        if not signal.args:
            return self._leaf(signal)
        args = [self.of(arg) for arg in signal.args]
        if signal.op == "select2":
            return z3.If(args[0] == 0, args[1], args[2])
        if signal.kind == "int" and signal.args[0].kind == "int":
            return _integer(signal, args)
        term = self._real(signal.op, args) if self.is_real else _half(signal.op, args)
        self.floats.append(term)
        return term

    def _root(self, x: Any, degree: int) -> Any:
        """The positive root of a degree, by its definition."""
        root = z3.FreshReal()
        self.definitions += [root >= 0, z3.Product(*[root] * degree) == x]
        return root

    def _constant(self, signal: Signal) -> Any:
        if signal.kind == "int":
            return z3.BitVecVal(signal.value, 32)
        return z3.RealVal(repr(signal.value)) if self.is_real else z3.FPVal(signal.value, HALF)

    def _leaf(self, signal: Signal) -> Any:
        name = str(signal.value)
        if name not in self.leaves:
            if signal.kind == "int":
                self.leaves[name] = z3.BitVec(name, 32)
            else:
                self.leaves[name] = z3.Real(name) if self.is_real else z3.FP(name, HALF)
                self.floats.append(self.leaves[name])
        return self.leaves[name]

    def _real(self, op: str, args: list[Any]) -> Any:
        match op:
            case "add":
                return args[0] + args[1]
            case "sub":
                return args[0] - args[1]
            case "mul":
                return args[0] * args[1]
            case "div":
                self.divisors.append(args[1])
                return args[0] / args[1]
            case "pow":
                exponent = args[1].as_fraction()
                if exponent.denominator == 1:
                    return z3.Product(*[args[0]] * exponent.numerator)
                return self._root(args[0], exponent.denominator)
            case "sqrt":
                return self._root(args[0], 2)
            case _:
                raise NotImplementedError(op)


def _half(op: str, args: list[Any]) -> Any:
    match op:
        case "add":
            return z3.fpAdd(NEAREST, *args)
        case "sub":
            return z3.fpSub(NEAREST, *args)
        case "mul":
            return z3.fpMul(NEAREST, *args)
        case "div":
            return z3.fpDiv(NEAREST, *args)
        case "min":
            return z3.If(z3.fpLT(args[1], args[0]), args[1], args[0])
        case "max":
            return z3.If(z3.fpLT(args[0], args[1]), args[1], args[0])
        case "pow":
            # C: pow(x, 0) is 1 even for NaN, pow(x, 1) is x.
            exponent = float(z3.simplify(z3.fpToReal(args[1])).as_fraction())
            assert exponent in (0.0, 1.0)
            return z3.FPVal(1.0, HALF) if exponent == 0 else args[0]
        case _:
            raise NotImplementedError(op)


def _integer(signal: Signal, args: list[Any]) -> Any:
    x, y = args
    match signal.op:
        case "add":
            return x + y
        case "sub":
            return x - y
        case "mul":
            return x * y
        case "and":
            return x & y
        case "or":
            return x | y
        case "shl":
            return x << (y & 31)
        case "shr":
            return x >> (y & 31)
        case "min":
            return z3.If(y < x, y, x)
        case "max":
            return z3.If(x < y, y, x)
        case "rem":
            # A remainder by 0 is 0.
            return z3.If(y == 0, z3.BitVecVal(0, 32), z3.SRem(x, y))
        case "compare":
            comparisons = {
                "eq": x == y,
                "ne": x != y,
                "lt": x < y,
                "le": x <= y,
                "gt": x > y,
                "ge": x >= y,
            }
            return z3.If(comparisons[str(signal.value)], z3.BitVecVal(1, 32), z3.BitVecVal(0, 32))
        case _:
            raise NotImplementedError(signal.op)


def counterexample(left: Signal, right: Signal, identity: Identity, kind: str) -> str | None:
    """Values for which a rule violates its declared property; None if there are none."""
    terms = Terms(identity.kept is Kept.REAL)
    one, other = terms.of(left), terms.of(right)
    solver = z3.Solver()
    solver.set("timeout", TIMEOUT)
    solver.add(*_assumed(identity, terms, kind))
    solver.add(z3.Not(_equal(identity, one, other, kind)))
    result = solver.check()
    if result == z3.unsat:
        return None
    return str(solver.model()) if result == z3.sat else f"not decided: {solver.reason_unknown()}"


def _assumed(identity: Identity, terms: Terms, kind: str) -> list[Any]:
    if kind == "i":
        return []
    assumptions: list[Any] = [divisor != 0 for divisor in terms.divisors]
    leaves = [leaf for leaf in terms.leaves.values() if z3.is_fp(leaf)]
    if identity.kept is Kept.FINITE:
        assumptions += [z3.Not(z3.Or(z3.fpIsInf(leaf), z3.fpIsNaN(leaf))) for leaf in leaves]
    if identity.kept is Kept.ULPS:
        assumptions += [z3.Or(z3.fpIsNormal(term), z3.fpIsZero(term)) for term in leaves]
        assumptions += [z3.fpIsNormal(term) for term in terms.floats if term not in leaves]
    assumptions += terms.definitions
    if identity.condition == "x>0":
        assumptions.append(terms.leaves["x"] > 0)
    if identity.condition == "x!=0":
        assumptions.append(z3.Not(z3.fpIsZero(terms.leaves["x"])))
    return assumptions


def _equal(identity: Identity, one: Any, other: Any, kind: str) -> Any:
    if kind == "i" or identity.kept in (Kept.EXACT, Kept.REAL):
        return one == other
    if identity.kept in (Kept.ZERO_SIGN, Kept.FINITE):
        return z3.Or(one == other, z3.And(z3.fpIsZero(one), z3.fpIsZero(other)))
    bits = [z3.ZeroExt(2, z3.fpToIEEEBV(term)) for term in (one, other)]
    gap = bits[0] - bits[1]
    return z3.And(gap <= identity.ulps, gap >= -identity.ulps)
