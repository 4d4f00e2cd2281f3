"""The parts of a lowered module: loops, memory over time, and tasks on threads."""

from __future__ import annotations

import heapq
import re
from typing import Any

from xdsl.dialects.builtin import ModuleOp, VectorType
from xdsl.dialects.func import FuncOp
from xdsl.ir import Operation

from dspc.dialects.dsp_par import LoopOp
from dspc.figures.memory_map import MemoryMap
from dspc.figures.task_graph import GraphNode
from dspc.passes.analysis.accesses import moments
from dspc.report.links import Links, loops_of_a_chunk

_EXPLAINED = re.compile(r"L(\d+)(?: |:)")
_PLACE = r".+?:\d+:\d+"
_PLACES = rf"{_PLACE}(?:, {_PLACE})*(?: and \d+ more)?"
_TITLE = re.compile(rf"([\w ]+), [\d ]+ ops?(?:, from ({_PLACES}))?")
_AFTER = re.compile(r"after L\d+(?:, L\d+)*")
_MORE = re.compile(r"and \d+ more")
THREADS = 4


def loops(module: ModuleOp, links: Links, explanation: str) -> list[dict[str, Any]]:
    """The loops over frames, whether they run as vectors, and why not."""
    reasons = _reasons_of(module, links, _paragraphs(explanation, links))
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
                **reasons.get(loop, {}),
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


def _paragraphs(explanation: str, links: Links) -> list[tuple[set[str], dict[str, Any]]]:
    """The paragraphs of `--explain dsp-split-loops` about loops, with the places they name."""
    paragraphs: list[tuple[set[str], dict[str, Any]]] = []
    keys = {(line, column): key for (_, line, column), key in links.places.items()}
    for text in explanation.split("\n\n"):
        if not _EXPLAINED.match(text):
            continue
        places = {
            keys[int(line), int(column)]
            for line, column in re.findall(r"(\d+):(\d+)", text)
            if (int(line), int(column)) in keys
        }
        paragraphs.append((places, _explained(text)))
    return paragraphs


def _explained(paragraph: str) -> dict[str, Any]:
    """The kind of a loop, the places that it comes from, and the reasons, of a paragraph about it.

    Continuations of the title are indented by two as reasons are, whose own are by four. Its
    predecessors are left out: they are numbered before lowering.
    """
    first, *rest = paragraph.splitlines()
    title = first.partition(": ")[2]
    reasons: list[str] = []
    for line in rest:
        text = line.strip()
        if reasons and line.startswith("    "):
            reasons[-1] += f" {text}"
        elif not reasons and (_MORE.fullmatch(text) or not _TITLE.fullmatch(title)):
            title += f" {text}"
        else:
            reasons.append(text)
    parts = _TITLE.fullmatch(title)
    kind, places = parts.groups() if parts else (title, None)
    shown = [reason for reason in reasons if not _AFTER.fullmatch(reason)]
    return {"decided": kind, "from": places or "", "reasons": shown}


def _reasons_of(
    module: ModuleOp, links: Links, paragraphs: list[tuple[set[str], dict[str, Any]]]
) -> dict[Operation, dict[str, Any]]:
    """What is explained about each loop: in their order where each has its paragraph, otherwise by
    the places that they have in common, the first that no other loop has."""
    chunk = [loop for loop in loops_of_a_chunk(module) if isinstance(loop, LoopOp)]
    rest = [loop for loop in links.loops if isinstance(loop, LoopOp) and loop not in chunk]
    reasons: dict[Operation, dict[str, Any]] = {
        loop: {"decided": "remaining frames"} for loop in rest
    }
    if len(chunk) == len(paragraphs):
        for loop, (_, explained) in zip(chunk, paragraphs, strict=True):
            reasons[loop] = explained
        return reasons
    left = list(paragraphs)
    for loop in chunk:
        keys = set(links.of_loop(loop))

        def overlap(each: tuple[set[str], dict[str, Any]], keys: set[str] = keys) -> float:
            return len(each[0] & keys) / (len(each[0] | keys) or 1)

        best = max(left, key=overlap, default=None)
        if best is not None and overlap(best) > 0:
            reasons[loop] = best[1]
            left.remove(best)
    return reasons


def memory(module: ModuleOp, placement: MemoryMap, links: Links) -> list[dict[str, Any]]:
    """The spaces that hold something: each allocation by its bytes and its live range.

    A range is in moments of `compute`: the order of its ops; None is always. `loops` are the
    ranges of the loops of a full chunk of the placed module.
    """
    when = _moments_of_loops(module)
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
                "loops": when,
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


def _moments_of_loops(module: ModuleOp) -> list[tuple[int, int]]:
    """The first and last moment of each loop over frames, in the order of their numbers."""
    functions = (op for op in module.ops if isinstance(op, FuncOp))
    compute = next((one for one in functions if one.sym_name.data == "compute"), None)
    if compute is None or not compute.body.blocks:
        return []
    ranges = moments(compute.body.block)
    return [ranges[loop] for loop in loops_of_a_chunk(module) if loop in ranges]


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
