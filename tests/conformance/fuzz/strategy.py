"""Random programs from a source of chance: Python's, for speed, or hypothesis', which shrinks."""

from __future__ import annotations

import random

from hypothesis import strategies as st

from .coupled import coupled
from .grammar import LEAVES, RARE, RULES, Node, Program

DEPTH = 5
COUPLED = 15
"""One in so many inner expressions is a system of coupled states."""


def expression(chance: random.Random, kind: str, depth: int) -> Node:
    """An expression of a kind, at most `depth` templates deep."""
    if depth == 0 or chance.randrange(10) == 0:
        return Node(kind, _escaped(chance.choice(LEAVES[kind])))
    if chance.randrange(COUPLED) == 0:
        text, kinds = coupled(chance, kind)
    else:
        text, kinds = chance.choice((RARE if chance.randrange(60) == 0 else RULES)[kind])
    # One part may be deep, the others are small: programs of a readable size.
    deep = chance.randrange(len(kinds))
    depths = [
        depth - 1 if n == deep else chance.randrange(depth // 2 + 1) for n in range(len(kinds))
    ]
    return Node(kind, text, [expression(chance, k, d) for k, d in zip(kinds, depths, strict=True)])


def _escaped(leaf: str) -> str:
    return "(" + leaf.replace("{", "{{").replace("}", "}}") + ")"


def program(chance: random.Random) -> Program:
    """A program of three inputs and one to three outputs."""
    kinds = [chance.choice(("real", "real", "int")) for _ in range(chance.randint(1, 3))]
    return Program([expression(chance, kind, chance.randint(2, DEPTH)) for kind in kinds])


def programs() -> st.SearchStrategy[Program]:
    """The same as a hypothesis strategy."""
    return st.builds(program, st.randoms(use_true_random=False))


def drawn(count: int, seed: int) -> list[Program]:
    """`count` programs, the same for the same seed."""
    chance = random.Random(seed)
    return [program(chance) for _ in range(count)]
