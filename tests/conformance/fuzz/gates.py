"""Random programs with gates (`control`, `enable`): beside Faust, and in every mode and target.

    python -m tests.conformance.fuzz.gates --count 200 --seed 1 [--precision double]

Our ways must agree with each other. Where they differ from Faust, a difference that
docs/language.md lists has to explain it: without the constructs of that difference (NEUTRAL), the
program must agree with Faust.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from ..many import batch
from ..many.batch import Outcome, Stimulus
from . import command, run, wide
from .grammar import Node, Program

LEAVES: dict[str, tuple[str, ...]] = {
    "real": ("a", "b", "noise", "0.5", 'hslider("h0", 0.3, -1, 1, 0.01)', "float(count % 23)"),
    "int": ("count", "(count % 7)", "3", "int(count / 20)"),
    "gate": (
        "((count & 7) > 3)",
        "((count & 31) > 11)",
        "((count % 5) == 1)",
        "(a > 0.3)",
        "(b < 0.4)",
        'checkbox("k0")',
        "(int(count / 30) & 1)",
    ),
}
Rules = dict[str, tuple[tuple[str, tuple[str, ...]], ...]]
GATED: Rules = {
    "real": (("control({}, {})", ("real", "gate")), ("enable({}, {})", ("real", "gate"))),
    "int": (("control({}, {})", ("int", "gate")),),
    "gate": (("control({}, {})", ("gate", "gate")),),
}
PLAIN: Rules = {
    "real": (
        ("({} + {})", ("real", "real")),
        ("({} - 0.5 * {})", ("real", "real")),
        ("sin({})", ("real",)),
        ("(bounded({}) * 0.3)", ("real",)),
        ("(bounded({}) : + ~ *(0.7))", ("real",)),
        ("atan2({}, 1 + abs({}))", ("real", "int")),
        ("select2({} & 1, {}, {})", ("int", "real", "real")),
        ("(s letrec {{ 's = bounded(t) * 0.5 + {}; 't = sin(s) * 0.9 - {}; }})", ("real", "real")),
        ("rdtable(16, noise, {} & 15)", ("int",)),
        ("rwtable(8, 0.25, {} & 7, written({}, 0.25), {} & 7)", ("int", "real", "int")),
        ("float({})", ("int",)),
    ),
    "int": (
        ("max({}, {})", ("int", "int")),
        ("({} & {})", ("int", "int")),
        ("({} : + ~ _)", ("int",)),
        ("({} % 13)", ("int",)),
        ("small({} * 37.7)", ("real",)),
        ("abs({})", ("gate",)),
    ),
    "gate": (
        ("({} > 0.2)", ("real",)),
        ("(({} & 3) > 1)", ("int",)),
        ("({} & {})", ("gate", "gate")),
        ("({} | {})", ("gate", "gate")),
        ("(1 - {})", ("gate",)),
    ),
}
DELAYS: Rules = {
    "real": (
        ("({})'", ("real",)),
        ("({} @ 3)", ("real",)),
        ("({} @ 20)", ("real",)),
        ("({} @ index(9, {}))", ("real", "int")),
        ("prefix(0.75, {})", ("real",)),
        ("(bounded({}) : + ~ (@(4) : *(0.5)))", ("real",)),
        ("(bounded({}) : + ~ (@(24) : *(0.5)))", ("real",)),
    ),
    "int": (("({})'", ("int",)), ("({} @ 2)", ("int",))),
    "gate": (("({})'", ("gate",)),),
}
LONGEST = 3000
"""Characters of an expression: parts that are used twice stand there twice."""
BATCH = 20


def program(chance: random.Random) -> Program:
    """A program of up to three outputs, the first with a gate, that share their parts."""
    pool = {
        kind: [Node(kind, text.replace("{", "{{").replace("}", "}}")) for text in texts]
        for kind, texts in LEAVES.items()
    }
    for _ in range(chance.randint(4, 14)):
        kind = chance.choice(("real", "real", "int", "gate"))
        text, kinds = chance.choice(chance.choice((GATED, PLAIN, PLAIN, DELAYS))[kind])
        node = Node(kind, text, [_recent(chance, pool[each]) for each in kinds])
        if len(str(node)) < LONGEST:
            pool[kind].append(node)
    grown = [node for kind in ("real", "int") for node in pool[kind][len(LEAVES[kind]) :]]
    gated = [node for node in grown if "control(" in str(node) or "enable(" in str(node)]
    if not gated:
        return program(chance)
    others = [_recent(chance, grown) for _ in range(chance.randint(0, 2))]
    return Program([_recent(chance, gated), *others])


def _recent(chance: random.Random, pool: Sequence[Node]) -> Node:
    return pool[max(chance.randrange(len(pool)), chance.randrange(len(pool)))]


def drawn(count: int, seed: int) -> list[Program]:
    """`count` programs, the same for the same seed."""
    chance = random.Random(seed)
    return [program(chance) for _ in range(count)]


def _replaced(node: Node, texts: dict[tuple[str, str], str]) -> Node:
    """The node with other templates, by kind and text."""
    parts = [_replaced(part, texts) for part in node.parts]
    return Node(node.kind, texts.get((node.kind, node.text), node.text), parts)


def _outside_of_its_own(node: Node, gates: frozenset[str] = frozenset()) -> Node:
    """Without the gates that an outer one repeats."""
    if node.text not in ("control({}, {})", "enable({}, {})"):
        return Node(node.kind, node.text, [_outside_of_its_own(part, gates) for part in node.parts])
    gated, gate = node.parts
    parts = [
        _outside_of_its_own(gated, gates | {str(gate)}),
        _outside_of_its_own(gate, gates),
    ]
    if str(gate) not in gates:
        return Node(node.kind, node.text, parts)
    return parts[0] if node.text.startswith("control") else Node(node.kind, "({} * {})", parts)


SHORT_DELAYS = {
    ("real", "({})'"): "sin(({})')",
    ("real", "({} @ 3)"): "sin({} @ 3)",
    ("real", "({} @ 20)"): "sin({} @ 9)",
    ("real", "({} @ index(9, {}))"): "sin({} @ index(9, {}))",
    ("real", "prefix(0.75, {})"): "sin(prefix(0.75, {}))",
    ("real", "(bounded({}) : + ~ (@(24) : *(0.5)))"): "(bounded({}) : + ~ (@(9) : *(0.5)))",
    ("int", "({})'"): "min(({})', 999)",
    ("int", "({} @ 2)"): "min({} @ 2, 999)",
    ("gate", "({})'"): "min(({})', 1)",
}
PLAIN_GATES = {("gate", "control({}, {})"): "({} & {})"}
FIXED_TERMS = {
    ("real", "enable({}, {})"): "control({}, {})",
    ("real", "({} + {})"): "max({}, {})",
    ("real", "({} - 0.5 * {})"): "min({}, sin({}))",
    ("real", "(bounded({}) * 0.3)"): "sin(bounded({}))",
    ("gate", "(1 - {})"): "({} == 0)",
}
NEUTRAL: dict[str, Callable[[Node], Node]] = {
    "a delay under a gate": lambda node: _replaced(node, SHORT_DELAYS),
    "a gate within itself": _outside_of_its_own,
    "a gate that a gate computes": lambda node: _replaced(node, PLAIN_GATES),
    "sums and products": lambda node: _replaced(node, FIXED_TERMS),
}
"""The differences from Faust, and what takes their constructs from a program: delays of 16 frames
and more, and delays as operands of a control; repeated gates; gates in gates; the terms and factors
that Faust sorts, so that others are shared."""


def reasons(tried: Program, stimulus: Stimulus) -> list[str]:
    """The differences that explain why a program differs from Faust; none where they don't."""
    without = {name: Program([take(o) for o in tried.outputs]) for name, take in NEUTRAL.items()}
    everything = tried
    for take in NEUTRAL.values():
        everything = Program([take(output) for output in everything.outputs])
    texts = [str(each) for each in (*without.values(), everything)]
    with tempfile.TemporaryDirectory(prefix="dspc-gates-") as name:
        outcomes = batch.play(texts, stimulus, Path(name), ("faust", "cpp"))
    same = [o.ways["faust"].error is None and not batch.disagreements(o) for o in outcomes]
    alone = [name for name, agrees in zip(without, same, strict=False) if agrees]
    return alone or (["several of these"] if same[-1] else [])


def judged(outcome: Outcome, tried: Program, precision: wide.Precision, stimulus: Stimulus) -> str:
    """What a program shows: a finding starts with "differ"."""
    differences = wide.judged(outcome, precision)
    if differences:
        return f"differ: {differences}"
    if outcome.ways["faust"].error is not None:
        return "Faust has no result"
    ours, theirs = outcome.ways["scalar"], outcome.ways["faust"]
    difference = batch.difference(ours, theirs, *wide.TOLERANCES[precision])
    if difference is None:
        return "agree"
    if why := reasons(tried, stimulus):
        return why[0]
    if wide.excuse(outcome, precision, stimulus) is not None:
        return "decided by rounding"
    return f"differ from Faust: {difference}"


def compare(seed: int, count: int, precision: wide.Precision, counts: Counter[str]) -> list[str]:
    """The unexplained differences among so many programs, with the programs."""
    findings: list[str] = []
    for at in range(0, count, BATCH):
        stimulus = run.noise(seed + at)
        programs = drawn(min(BATCH, count - at), seed * 1_000_003 + at)
        outcomes = wide.play([str(each) for each in programs], precision, stimulus)
        for tried, outcome in zip(programs, outcomes, strict=True):
            verdict = judged(outcome, tried, precision, stimulus)
            is_found = verdict.startswith("differ")
            counts[f"{precision}: {'differ' if is_found else verdict}"] += 1
            if is_found:
                findings.append(f"{tried}// {precision}: {verdict}\n")
        print(f"{precision} {at + len(programs)}: {dict(counts)}", file=sys.stderr, flush=True)
    return findings


def main() -> int:
    """Compare the requested programs; 0 without findings."""
    return command.run(compare, command.parser("gates", 200).parse_args())


if __name__ == "__main__":
    sys.exit(main())
