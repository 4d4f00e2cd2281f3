"""Makes a failing program small: parts in place of wholes, leaves in place of parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from .grammar import Node, Program

_PLAIN = {"real": ("0.5", "a"), "int": ("1", "count")}


def smaller(program: Program) -> Iterator[Program]:
    """Programs one step smaller, the smallest first."""
    if len(program.outputs) > 1:
        yield from (Program([output]) for output in program.outputs)
        return
    (root,) = program.outputs
    candidates = list(_smaller(root))
    candidates.sort(key=Node.size)
    yield from (Program([node]) for node in candidates)


def _smaller(node: Node) -> Iterator[Node]:
    if node.parts or node.text not in _PLAIN[node.kind]:
        if node.size() > 1:
            yield from (Node(node.kind, text) for text in _PLAIN[node.kind])
        else:
            yield Node(node.kind, _PLAIN[node.kind][0])
    yield from (part for part in node.parts if part.kind == node.kind)
    for number, part in enumerate(node.parts):
        for other in _smaller(part):
            parts = [*node.parts[:number], other, *node.parts[number + 1 :]]
            yield Node(node.kind, node.text, parts)


def reduced(
    program: Program, failing: Callable[[Sequence[Program]], list[bool]], rounds: int = 30
) -> Program:
    """The smallest program found that still fails; `failing` judges a batch of candidates."""
    for _ in range(rounds):
        candidates = list(smaller(program))[:60]
        size = len(str(program))
        candidates = [candidate for candidate in candidates if len(str(candidate)) < size]
        failures = [c for c, bad in zip(candidates, failing(candidates), strict=True) if bad]
        if not failures:
            return program
        program = failures[0]
    return program
