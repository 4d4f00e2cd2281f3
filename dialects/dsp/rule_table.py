"""The properties that each rewrite rule of `rules.py` preserves: the table of docs/proofs.md.

Patterns are S-expressions of ops. `x`, `y` and `z` are any signals, `c` and `d` constants, `s` and
`t` signals of a slower rate than `x`. Operands of commutative ops may be exchanged.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kept(Enum):
    """How the result of a rule compares with that of the pattern, from strong to weak."""

    EXACT = "exact"
    ZERO_SIGN = "exact but for the sign of zero"
    FINITE = "exact for finite numbers, but for the sign of zero"
    ULPS = "within units in the last place, while no result is subnormal or overflows"
    REAL = "equal in real numbers, where no divisor is 0: rounded otherwise"


@dataclass(frozen=True, slots=True)
class Identity:
    """A rewrite rule: `left` becomes `right`.

    `kinds` has `i` for 32-bit integers, `f` for floats; `ulps` is the bound of `Kept.ULPS`;
    `condition` restricts the values of floats.
    """

    left: str
    right: str
    kinds: str
    kept: Kept = Kept.EXACT
    ulps: int = 0
    condition: str = ""


_E, _Z, _F, _U, _R = Kept.EXACT, Kept.ZERO_SIGN, Kept.FINITE, Kept.ULPS, Kept.REAL

IDENTITIES: tuple[Identity, ...] = (
    Identity("(add 0 x)", "x", "i"),
    Identity("(add 0 x)", "x", "f", _Z),
    Identity("(add x (mul -1 y))", "(sub x y)", "if"),
    Identity("(add c (add d x))", "(add c+d x)", "i"),
    Identity("(add c (add d x))", "(add c+d x)", "f", _R),
    Identity("(add s (add t x))", "(add (add s t) x)", "i"),
    Identity("(add s (add t x))", "(add (add s t) x)", "f", _R),
    Identity("(sub x x)", "0", "i"),
    Identity("(sub x x)", "0", "f", _F),
    Identity("(sub x 0)", "x", "if"),
    Identity("(sub x c)", "(add -c x)", "if"),
    Identity("(sub 0 x)", "(mul -1 x)", "i"),
    Identity("(sub 0 x)", "(mul -1 x)", "f", _Z),
    Identity("(sub x (mul -1 y))", "(add x y)", "if"),
    Identity("(mul 0 x)", "0", "i"),
    Identity("(mul 0 x)", "0", "f", _F),
    Identity("(mul 1 x)", "x", "if"),
    Identity("(mul -1 (sub x y))", "(sub y x)", "i"),
    Identity("(mul -1 (sub x y))", "(sub y x)", "f", _Z),
    Identity("(mul c (mul d x))", "(mul c*d x)", "i"),
    Identity("(mul c (mul d x))", "(mul c*d x)", "f", _U, 2),
    Identity("(mul s (mul t x))", "(mul (mul s t) x)", "i"),
    Identity("(mul s (mul t x))", "(mul (mul s t) x)", "f", _R),
    Identity("(mul x (div y x))", "y", "f", _R),
    Identity("(mul x (div 1 x))", "1", "f", _R),
    Identity("(div x 1)", "x", "f"),
    Identity("(div 0 x)", "0", "f", _F, condition="x!=0"),
    Identity("(div x c)", "(mul 1/c x)", "f", _U, 1),
    Identity("(div (mul c x) d)", "(mul c/d x)", "f", _U, 1),
    Identity("(div x s)", "(mul (div 1 s) x)", "f", _U, 1),
    Identity("(div x x)", "1", "f", _R),
    Identity("(div (mul x y) y)", "x", "f", _R),
    Identity("(div x (mul x y))", "(div 1 y)", "f", _R),
    Identity("(pow x 0)", "1", "f"),
    Identity("(pow x 1)", "x", "f"),
    Identity("(pow x 2)", "(mul x x)", "f", _R),
    Identity("(pow x 3)", "(mul (mul x x) x)", "f", _R),
    Identity("(pow x 4)", "(mul (mul x x) (mul x x))", "f", _R),
    Identity("(pow x 5)", "(mul (mul (mul x x) (mul x x)) x)", "f", _R),
    Identity("(pow x 6)", "(mul (mul (mul x x) x) (mul (mul x x) x))", "f", _R),
    Identity("(pow x 7)", "(mul (mul (mul (mul x x) x) (mul (mul x x) x)) x)", "f", _R),
    Identity("(pow x 8)", "(mul (mul (mul x x) (mul x x)) (mul (mul x x) (mul x x)))", "f", _R),
    Identity("(pow x 0.25)", "(sqrt (sqrt x))", "f", _R, condition="x>0"),
    Identity("(pow x 0.5)", "(sqrt x)", "f", _R, condition="x>0"),
    Identity("(rem x 1)", "0", "i"),
    Identity("(rem 0 x)", "0", "i"),
    Identity("(and 0 x)", "0", "i"),
    Identity("(and -1 x)", "x", "i"),
    Identity("(and x x)", "x", "i"),
    Identity("(or 0 x)", "x", "i"),
    Identity("(or -1 x)", "-1", "i"),
    Identity("(or x x)", "x", "i"),
    Identity("(shl x 0)", "x", "i"),
    Identity("(shr x 0)", "x", "i"),
    Identity("(min x x)", "x", "if"),
    Identity("(max x x)", "x", "if"),
    Identity("(eq x x)", "1", "i"),
    Identity("(ne x x)", "0", "i"),
    Identity("(lt x x)", "0", "i"),
    Identity("(le x x)", "1", "i"),
    Identity("(gt x x)", "0", "i"),
    Identity("(ge x x)", "1", "i"),
    Identity("(select2 y x x)", "x", "if"),
    Identity("(select2 0 x y)", "x", "if"),
    Identity("(select2 1 x y)", "y", "if"),
)
"""The rules that do not concern time."""
