"""The parts of a lowered module: loops, memory over time, and tasks on threads."""

from __future__ import annotations

import heapq
import re
from typing import Any

from xdsl.dialects.builtin import VectorType
from xdsl.ir import Operation

from dspc.dialects.dsp_par import LoopOp
from dspc.figures.memory_map import MemoryMap
from dspc.figures.task_graph import GraphNode
from dspc.report.links import Links

_EXPLAINED = re.compile(r"L(\d+)(?: |:)")
THREADS = 4


def loops(links: Links, explanation: str) -> list[dict[str, Any]]:
    """The loops over frames, whether they run as vectors, and why not."""
    reasons = _paragraphs(explanation, links)
    rows: list[dict[str, Any]] = []
    for number, loop in enumerate(links.loops):
        keys = links.of_loop(loop)
        lanes = _lanes(loop)
        kind = loop.kind.data.value if isinstance(loop, LoopOp) else "scalar"
        named = dict.fromkeys(
            op.results[0].name_hint for op in loop.walk() if op.results and op.results[0].name_hint
        )
        rows.append(
            {
                "title": f"L{number}",
                "names": list(named)[:8],
                "kind": kind,
                "lanes": lanes,
                "ops": sum(1 for _ in loop.walk()) - 1,
                "reason": _nearest(reasons, set(keys)) if isinstance(loop, LoopOp) else "",
                "keys": " ".join(keys),
            }
        )
    return rows


def _lanes(loop: Operation) -> int:
    """The most lanes of a vector in a loop; 1 if it has none."""
    most = 1
    for op in loop.walk():
        for result in op.results:
            if isinstance(result.type, VectorType):
                most = max(most, result.type.get_shape()[-1])
    return most


def _paragraphs(explanation: str, links: Links) -> list[tuple[set[str], str]]:
    """The paragraphs of `--explain dsp-split-loops` about loops, with the places they name."""
    paragraphs: list[tuple[set[str], str]] = []
    keys = {(line, column): key for (_, line, column), key in links.places.items()}
    for text in explanation.split("\n\n"):
        if not _EXPLAINED.match(text):
            continue
        places = {
            keys[int(line), int(column)]
            for line, column in re.findall(r"(\d+):(\d+)", text)
            if (int(line), int(column)) in keys
        }
        # The title in lines with a hanging indent of two, then reasons indented by two.
        lines = text.splitlines()
        reasons = [line.strip() for line in lines if line.startswith("  ")]
        title = lines[0].partition(": ")[2]
        paragraphs.append((places, " ".join([title, *reasons])))
    return paragraphs


def _nearest(reasons: list[tuple[set[str], str]], keys: set[str]) -> str:
    """The paragraph whose places overlap most with those of a loop."""

    def overlap(each: tuple[set[str], str]) -> float:
        return len(each[0] & keys) / (len(each[0] | keys) or 1)

    best = max(reasons, key=overlap, default=None)
    return best[1] if best is not None and overlap(best) > 0 else ""


def memory(placement: MemoryMap, links: Links) -> list[dict[str, Any]]:
    """The spaces that hold something: each allocation by its bytes and its live range.

    A range is in moments of `compute`: the order of its top-level ops; None is always.
    """
    spaces: list[dict[str, Any]] = []
    moments = [piece.live for pieces in placement.spaces.values() for piece in pieces if piece.live]
    end = max((live[1] for live in moments), default=1)
    for space, pieces in placement.spaces.items():
        if not pieces:
            continue
        spaces.append(
            {
                "name": space,
                "capacity": placement.housed.problem.capacity[space],
                "used": placement.answer.peak[space],
                "moments": end,
                "pieces": [
                    {
                        "name": piece.name,
                        "offset": piece.offset,
                        "size": piece.size,
                        "live": list(piece.live) if piece.live else None,
                        "lifetime": piece.lifetime,
                        "keys": " ".join(links.of_buffer(piece.name)),
                    }
                    for piece in pieces
                ],
            }
        )
    return spaces


def timeline(nodes: list[GraphNode], links: Links, threads: int = THREADS) -> dict[str, Any]:
    """A list schedule of the tasks on some threads, by the longest way to the end (Graham 1969).

    Times are estimates in ns of one chunk.
    """
    after: dict[int, list[int]] = {node.number: [] for node in nodes}
    by_number = {node.number: node for node in nodes}
    for node in nodes:
        for neighbour in node.before:
            after[neighbour].append(node.number)
    rank: dict[int, float] = {}
    for node in reversed(nodes):
        rank[node.number] = node.cost + max(
            (rank[neighbour] for neighbour in after[node.number]), default=0.0
        )
    missing = {node.number: len(node.before) for node in nodes}
    ready = [(-rank[n], n) for n, count in missing.items() if not count]
    heapq.heapify(ready)
    free = [(0.0, thread) for thread in range(threads)]
    done: list[tuple[float, int]] = []
    placed: list[dict[str, Any]] = []
    now = 0.0
    while ready or done:
        while ready and free[0][0] <= now:
            _, number = heapq.heappop(ready)
            _, thread = heapq.heappop(free)
            end = now + by_number[number].cost
            heapq.heappush(free, (end, thread))
            heapq.heappush(done, (end, number))
            bar = _bar(by_number[number], now, thread, links)
            if len(nodes) == len(links.loops) and by_number[number].letter == "L":
                bar["keys"] = f"l{number} {bar['keys']}"
            placed.append(bar)
        if not done:
            now = free[0][0]
            continue
        now = max(now, min(done[0][0], free[0][0]) if ready else done[0][0])
        while done and done[0][0] <= now:
            _, number = heapq.heappop(done)
            for neighbour in after[number]:
                missing[neighbour] -= 1
                if not missing[neighbour]:
                    heapq.heappush(ready, (-rank[neighbour], neighbour))
    return {"threads": threads, "tasks": placed, "work": sum(node.cost for node in nodes)}


def _bar(node: GraphNode, start: float, thread: int, links: Links) -> dict[str, Any]:
    memory = {name.removeprefix("@") for name in (*node.reads, *node.writes)}
    keys = [f"b{name}" for name in sorted(memory) if links.has_buffer(name)]
    return {
        "title": node.title,
        "about": f"{node.described}\n{node.touches}",
        "start": round(start, 1),
        "cost": round(node.cost, 1),
        "thread": thread,
        "before": list(node.before),
        "keys": " ".join(keys),
    }
