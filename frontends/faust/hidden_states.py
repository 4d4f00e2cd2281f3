"""States of a recursion that no output depends on, but whose widgets Faust shows.

Faust compiles a recursion as a whole: with one state that is needed, it computes every state that
any of them reads, itself included (`OccMarkup` visits all bodies of a group, then `generateRec`
compiles the projections that it met). Such a state changes no output, but its sliders are in the
interface, and its meters move.
"""

from __future__ import annotations

from collections.abc import Collection

from dspc.frontends.faust.signals import Sig, SignalGraph


def hidden_states(graph: SignalGraph, outputs: list[Sig]) -> list[Sig]:
    """The signals of these states, in the order in which their recursions are met."""
    recursions, definitions = graph.recursions, graph.definitions
    if not recursions:
        return []
    read = _reached(graph, outputs, None)
    needed = _reached(graph, outputs, ())
    hidden: dict[Sig, None] = {}
    for signal in _reached(graph, outputs, read):
        for feedback in recursions.get(signal, ()):
            if feedback in read and definitions[feedback] not in needed:
                hidden.setdefault(definitions[feedback])
    return list(hidden)


def _reached(
    graph: SignalGraph, outputs: list[Sig], others: Collection[Sig] | None
) -> dict[Sig, None]:
    """What outputs depend on, where a feedback brings those of its recursion that are in `others`
    (all of them by default) along."""
    seen: dict[Sig, None] = {}
    waiting = outputs[::-1]
    while waiting:
        signal = waiting.pop()
        if signal in seen:
            continue
        seen[signal] = None
        waiting += signal.args[::-1]
        if signal.op == "feedback":
            waiting.append(graph.definitions[signal])
            for other in graph.recursions.get(signal, ()):
                if others is None or other in others:
                    waiting.append(graph.definitions[other])
    return seen
