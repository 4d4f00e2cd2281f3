"""Coupled states: several recursive signals that read each other, now, late, moved or mixed.

A step of such a system is a parallel assignment, with moves, rotations, reads that several states
share, and cycles of any length. In the maximum norm no step of reals expands, and ints wrap.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

Template = tuple[str, tuple[str, ...]]
"""A text with `{}` for each part, and the parts' kinds."""

_MIXED = {
    "real": ("bounded({a} - 0.5 * {b} + {c}) * 0.3", "sin({a}) * 0.4 + 0.3 * {b}", "{a} * -0.9",
             "max({a} * 0.5, {b})", "0.6 * {a} - 0.4 * {b}"),
    "int": ("{a} * 1103515245 + {b} + 12345", "{a} xor {b}", "({a} & 1023) - ({b} | {c})",
            "{a} + {b} + {c}", "select2({a} & 1, {b}, {c})"),
}  # fmt: skip


def coupled(chance: random.Random, kind: str, states: int = 0, depth: int = 1) -> Template:
    """A system of some states as an expression of one output; `depth` systems may be nested."""
    count = states or chance.randint(2, 5)
    form = chance.choice((_letrec, _recursion))
    return form(chance, kind, [f"s{depth}{n}" for n in range(count)], depth)


def _letrec(chance: random.Random, kind: str, names: Sequence[str], depth: int) -> Template:
    nexts, parts = _steps(chance, kind, names, names, depth)
    steps = " ".join(f"'{name} = {step};" for name, step in zip(names, nexts, strict=True))
    return f"({_output(chance, names)} letrec {{{{ {steps} }}}})", (kind,) * parts


def _recursion(chance: random.Random, kind: str, names: Sequence[str], depth: int) -> Template:
    """The same with `~`, whose feedback may be late."""
    nexts, parts = _steps(chance, kind, names, names, depth)
    late = ", ".join(chance.choice(("_", "_", "mem", "@(2)")) for _ in names)
    given = ", ".join(names)
    text = f"(\\({given}).({', '.join(nexts)})) ~ ({late})"
    return f"({text} : \\({given}).({_output(chance, names)}))", (kind,) * parts


def _output(chance: random.Random, names: Sequence[str]) -> str:
    return " + ".join(_late(chance, name) for name in chance.sample(names, min(2, len(names))))


def _late(chance: random.Random, name: str) -> str:
    return name + chance.choice(("", "", "'", "''", "@3"))


def _steps(
    chance: random.Random, kind: str, names: Sequence[str], around: Sequence[str], depth: int
) -> tuple[list[str], int]:
    """The next value of each state, and how many parts they have; the first state has one."""
    targets = list(names)
    chance.shuffle(targets)
    makers: Sequence[Callable[[int], str]] = (
        lambda n: targets[n],
        lambda n: _late(chance, targets[n]),
        lambda n: _mix(chance, kind, around),
        lambda n: _mix(chance, kind, around),
    )
    nexts = [chance.choice(makers)(n) for n in range(len(names))]
    parts = 1
    nexts[0] = f"{nexts[0]} + {{}}" if kind == "int" else f"bounded({nexts[0]}) * 0.7 + {{}}"
    if depth and chance.randrange(3) == 0:
        inner, parts = _nested(chance, kind, names, depth - 1)
        nexts[-1] = inner
        parts += 1
    return nexts, parts


def _nested(chance: random.Random, kind: str, outer: Sequence[str], depth: int) -> tuple[str, int]:
    """A system in a state of another, whose states it reads."""
    names = [f"s{depth}{n}" for n in range(chance.randint(2, 3))]
    nexts, parts = _steps(chance, kind, names, [*names, *outer], 0)
    steps = " ".join(f"'{name} = {step};" for name, step in zip(names, nexts, strict=True))
    scale = "" if kind == "int" else " : bounded : *(0.5)"
    return f"({names[0]} letrec {{{{ {steps} }}}}{scale})", parts


def _mix(chance: random.Random, kind: str, names: Sequence[str]) -> str:
    a, b, c = (_late(chance, chance.choice(names)) for _ in range(3))
    return "(" + chance.choice(_MIXED[kind]).format(a=a, b=b, c=c) + ")"
