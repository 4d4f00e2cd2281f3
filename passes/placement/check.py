"""Independent checker of an answer: all pairs of pieces, alignments and capacities."""

from __future__ import annotations

from dspc.passes.placement.model import Answer, Problem, cost_of, overlaps


def faults(problem: Problem, answer: Answer) -> list[str]:
    """The violations of an answer as messages; empty if it is valid. Quadratic, by design."""
    violations: list[str] = []
    pieces: dict[str, list[tuple[str, int, int, tuple[int, int] | None]]] = {}
    for item, number, offsets in zip(problem.items, answer.chosen, answer.offsets, strict=True):
        rooms = item.choices[number].rooms
        if len(rooms) != len(offsets):
            violations.append(f"{item.name} has {len(offsets)} places for {len(rooms)}")
            continue
        for room, offset in zip(rooms, offsets, strict=True):
            if offset < 0 or offset % item.align:
                violations.append(f"{item.name} at {offset} is not aligned to {item.align}")
            end = offset + item.bytes_in(room)
            if end > problem.capacity[room.space]:
                violations.append(f"{item.name} ends outside {room.space}")
            pieces.setdefault(room.space, []).append((item.name, offset, end, room.live))
    for space, placed in pieces.items():
        for index, (name, start, end, live) in enumerate(placed):
            for other, other_start, other_end, other_live in placed[:index]:
                if start < other_end and other_start < end and overlaps(live, other_live):
                    violations.append(f"{name} and {other} overlap in {space}")
    if answer.cost != cost_of(problem, answer.chosen):
        violations.append(f"the cost is {cost_of(problem, answer.chosen)}, not {answer.cost}")
    return violations
