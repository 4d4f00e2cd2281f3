"""The table of rewrite rules: each rule is proved, none is missing, none is stated too weakly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from dspc.dialects.dsp.graph import Signal
from dspc.dialects.dsp.rule_table import IDENTITIES, Identity, Kept
from tests.prove.patterns import COMPARISONS, Maker, Node, matches, parse
from tests.prove.rules import failure

PAGE = Path(__file__).resolve().parents[2] / "docs" / "proofs.md"
CASES = [(identity, kind) for identity in IDENTITIES for kind in identity.kinds]
SLOW = ("(add x (mul -1 y))", "(sub x (mul -1 y))", "(mul -1 (sub x y))")
"""Z3 takes seconds for these floats: python -m tests.prove proves all."""


def name_of(case: tuple[Identity, str]) -> str:
    return f"{case[0].left}-{case[1]}"


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, marks=pytest.mark.slow)
        if case[0].left in SLOW and case[1] == "f"
        else case
        for case in CASES
    ],
    ids=[name_of(case) for case in CASES],
)
def test_rule_preserves_the_declared_property(case: tuple[Identity, str]) -> None:
    assert failure(*case) is None


STRONGER = {
    Kept.ZERO_SIGN: Kept.EXACT,
    Kept.FINITE: Kept.ZERO_SIGN,
    Kept.ULPS: Kept.ULPS,
}
WEAK = [identity for identity in IDENTITIES if identity.kept in STRONGER]


@pytest.mark.parametrize("identity", WEAK, ids=[identity.left for identity in WEAK])
def test_no_rule_keeps_more_than_declared(identity: Identity) -> None:
    """The proof fails for the next stronger class, so that it can fail at all."""
    stronger = replace(identity, kept=STRONGER[identity.kept], ulps=identity.ulps - 1)
    assert failure(stronger, "f") is not None


OPS = {
    "i": ("add", "sub", "mul", "rem", "and", "or", "xor", "shl", "shr", "min", "max", *COMPARISONS),
    "f": ("add", "sub", "mul", "div", "pow", "min", "max", *COMPARISONS),
}
LEAVES = {"i": ("x", "y", "s", "0", "1", "-1", "3"), "f": ("x", "y", "s", "0", "1", "3")}
INNER = {"i": ("add", "sub", "mul"), "f": ("add", "sub", "mul", "div")}


def expressions(kind: str) -> Iterator[Node]:
    """All patterns of one op on leaves, and of one on a leaf and another op."""
    leaves = [Node(leaf) for leaf in LEAVES[kind]]
    inner = [Node(op, pair) for op in INNER[kind] for pair in product(leaves, repeat=2)] + [
        Node("mul", (Node("-1"), leaf)) for leaf in leaves
    ]
    for op in OPS[kind]:
        for pair in product(leaves, repeat=2):
            yield Node(op, pair)
        for leaf, other in product(leaves, inner if op not in COMPARISONS[1:] else ()):
            yield Node(op, (leaf, other))
            yield Node(op, (other, leaf))


@pytest.mark.parametrize("kind", ["i", "f"])
def test_no_rule_is_missing(kind: str) -> None:
    """What the builder simplifies is an instance of a rule of the table, or of constants."""
    patterns = [parse(one.left) for one in IDENTITIES if kind in one.kinds]
    missing: dict[str, str] = {}
    fired = 0
    maker = Maker(kind, {})
    for node in expressions(kind):
        built, rewritten = maker.build(node, False), maker.build(node, True)
        if rewritten is built or (rewritten.op, rewritten.args) == (built.op, built.args[::-1]):
            continue
        fired += 1
        if not is_constant(built) and not any(
            True for pattern in patterns for _ in matches(pattern, built, {})
        ):
            missing[text_of(node)] = repr(rewritten)
    assert missing == {}
    assert fired > 1000


def is_constant(signal: Signal) -> bool:
    return all(arg.op == "constant" for arg in signal.args)


def text_of(node: Node) -> str:
    inner = " ".join(map(text_of, node.operands))
    return f"({node.op} {inner})" if inner else node.op


def test_table_of_the_docs(pytestconfig: pytest.Config) -> None:
    begin, end = "<!-- generated: rules -->\n", "<!-- end -->"
    text = PAGE.read_text()
    head, rest = text.split(begin)
    page = head + begin + table() + end + rest.partition(end)[2]
    if pytestconfig.getoption("--update-golden"):
        PAGE.write_text(page)
    assert PAGE.read_text() == page, "proofs.md: see pytest --update-golden"


NUMBERS = {"i": "integers", "f": "floats", "if": "both"}


def table() -> str:
    lines = ["| rule | becomes | of | keeps |", "| --- | --- | --- | --- |"]
    for one in IDENTITIES:
        guarantee = one.kept.value if one.kept is not Kept.ULPS else f"{one.kept.value}: {one.ulps}"
        condition = f" (`{one.condition}`)" if one.condition else ""
        cells = (f"`{one.left}`", f"`{one.right}`", NUMBERS[one.kinds], guarantee + condition)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
