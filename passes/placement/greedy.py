"""Greedy first-fit placement: each item in turn takes the cheapest choice that still fits."""

from __future__ import annotations

from collections.abc import Sequence

from dspc.passes.placement.model import (
    ALWAYS,
    Answer,
    Choice,
    DoesNotFitError,
    Item,
    Misfit,
    Problem,
    cost_of,
)
from dspc.passes.placement.shelf import Shelf


def greedy(problem: Problem) -> Answer:
    """The better answer of two orders: by decreasing gain per byte, or by decreasing size.

    Raises DoesNotFitError where neither places all items.
    """
    items = problem.items
    by_gain = sorted(range(len(items)), key=lambda index: (-gain(items[index]), index))
    by_size = sorted(range(len(items)), key=lambda index: (-items[index].size, index))
    answers: list[Answer] = []
    fault: DoesNotFitError | None = None
    for order in (by_gain, by_size):
        try:
            answers.append(place_in_order(problem, order, "greedy"))
        except DoesNotFitError as error:
            fault = fault or error
    if not answers:
        assert fault is not None
        raise fault
    return min(answers, key=lambda answer: answer.cost)


def gain(item: Item) -> float:
    """The cycles per byte that the best choice saves against the worst."""
    costs = [choice.weight for choice in item.choices]
    return (max(costs) - min(costs)) / item.size


def place_in_order(problem: Problem, order: Sequence[int], method: str) -> Answer:
    """Place the items in this order; raises DoesNotFitError."""
    shelves = {space: Shelf(size) for space, size in problem.capacity.items()}
    chosen = [0] * len(order)
    passing: list[tuple[int, ...]] = [()] * len(order)
    misfits: list[Misfit] = []
    for index in order:
        item = problem.items[index]
        for number, choice in enumerate(item.choices):
            if not any(_missing(shelves, item, choice)):
                chosen[index] = number
                passing[index] = tuple(
                    shelves[room.space].take(item.bytes_in(room), item.align, room.live)
                    for room in choice.rooms
                )
                break
        else:
            misfits.append(_misfit(shelves, item))
    if misfits:
        raise DoesNotFitError(misfits)
    return layout(problem, chosen, passing, method)


def _missing(shelves: dict[str, Shelf], item: Item, choice: Choice) -> list[int]:
    return [
        shelves[room.space].missing(item.bytes_in(room), item.align, room.live)
        for room in choice.rooms
    ]


def _misfit(shelves: dict[str, Shelf], item: Item) -> Misfit:
    """The misfit of an item for the choice with the fewest missing bytes."""
    nearest = min(
        (max(zip(_missing(shelves, item, choice), [r.space for r in choice.rooms], strict=True)))
        for choice in item.choices
    )
    return Misfit(item, nearest[1], nearest[0])


def layout(
    problem: Problem, chosen: Sequence[int], passing: Sequence[tuple[int, ...]], method: str
) -> Answer:
    """The offsets for given choices: first the pieces that are always live, the widest alignment
    first, then the others above them."""
    bottom = dict.fromkeys(problem.capacity, 0)
    floor_align = dict.fromkeys(problem.capacity, 1)
    rooms = [
        (item.choices[number].rooms, item)
        for item, number in zip(problem.items, chosen, strict=True)
    ]
    fixed: dict[tuple[int, int], int] = {}
    order = sorted(range(len(rooms)), key=lambda index: (-rooms[index][1].align, index))
    for index in order:
        item_rooms, item = rooms[index]
        for number, room in enumerate(item_rooms):
            if room.live is ALWAYS:
                fixed[index, number] = bottom[room.space]
                bottom[room.space] += item.padded_in(room)
            else:
                floor_align[room.space] = max(floor_align[room.space], item.align)
    floor = {
        space: -(-end // floor_align[space]) * floor_align[space] for space, end in bottom.items()
    }
    peak = dict(bottom)
    offsets: list[tuple[int, ...]] = []
    for index, (item_rooms, item) in enumerate(rooms):
        places: list[int] = []
        for number, room in enumerate(item_rooms):
            if room.live is ALWAYS:
                places.append(fixed[index, number])
            else:
                places.append(floor[room.space] + passing[index][number])
            peak[room.space] = max(peak[room.space], places[-1] + item.bytes_in(room))
        offsets.append(tuple(places))
    is_optimal = all(
        item.choices[number].weight == min(choice.weight for choice in item.choices)
        for item, number in zip(problem.items, chosen, strict=True)
    )
    return Answer(list(chosen), offsets, cost_of(problem, chosen), method, is_optimal, peak)
