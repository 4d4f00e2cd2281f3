"""Finds what can run in lanes: recursions of one shape, and what is done alike to each of them.

A pack begins with recursions of one shape that do not depend on each other, one a lane. It grows
by what reads or feeds each lane in the same way, other recursions among them, as long as all lanes
agree. A *position* is one step of the pack: the nodes, one of each lane, that take it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xdsl.ir import SSAValue

from dspc.passes.splitting.graph import Graph, Node
from dspc.passes.splitting.shapes import COMMUTATIVE, Shapes, Sum, Taken

LEAST_LANES = 3
MOST_PULLED = 16
"""How many steps before a recursion are looked at."""
MOST_NODES = 4000
"""The most nodes of one pack: a loop of more keeps too many vectors alive."""

Component = Sequence[int]


class Pack:
    """Isomorphic nodes, position by position. Each position's first node is that of lane 0."""

    def __init__(self, lanes: int) -> None:
        self.lanes = lanes
        self.positions: list[list[Node]] = []
        self.at: dict[int, tuple[int, int]] = {}
        """Position and lane of each node, by its order."""
        self.operands: list[list[list[Taken]]] = []
        """For each position and each operand of lane 0: what each lane takes there."""
        self.terms: dict[Sum, list[tuple[int, list[int]]]] = {}
        """The sums of which lanes of a position are terms: the position, and which lanes."""
        self.exports: list[tuple[int, int]] = []
        """Positions and lanes whose signal something outside takes."""

    @property
    def nodes(self) -> list[Node]:
        return sorted((n for nodes in self.positions for n in nodes), key=lambda n: n.order)

    def kind_of(self, lanes: Sequence[Taken]) -> str:
        """How a position takes an operand: `slow`, `lane`, `shared`, `apart`; "" for no way."""
        first = lanes[0]
        if any(taken.kind != first.kind for taken in lanes):
            return ""
        if first.kind == "slow":
            return "slow"
        inside = [self.at.get(taken.node) for taken in lanes]
        if any(place is not None for place in inside):
            return "lane" if self._is_own(inside, lanes) else ""
        if all(taken.signal is first.signal for taken in lanes):
            return "shared"
        return "apart"

    def _is_own(self, inside: list[tuple[int, int] | None], lanes: Sequence[Taken]) -> bool:
        """Whether each lane takes the same position of its own lane."""
        start = inside[0]
        return start is not None and all(
            place == (start[0], lane) and taken.reach == lanes[0].reach
            for lane, (place, taken) in enumerate(zip(inside, lanes, strict=True))
        )

    def keep(self, kept: Sequence[int]) -> None:
        """Take away all positions but these."""
        self.positions = [self.positions[at] for at in kept]
        self.operands = [self.operands[at] for at in kept]
        self.at = {
            node.order: (position, lane)
            for position, row in enumerate(self.positions)
            for lane, node in enumerate(row)
        }

    def cut(self, count: int) -> None:
        """Take away the positions from one on."""
        for nodes in self.positions[count:]:
            for node in nodes:
                del self.at[node.order]
        del self.positions[count:]
        del self.operands[count:]

    def part(self, start: int, end: int) -> Pack:
        """The same of the lanes from one up to another; what takes it is not found yet."""
        found = Pack(end - start)
        found.positions = [row[start:end] for row in self.positions]
        found.operands = [[column[start:end] for column in columns] for columns in self.operands]
        found.keep(range(len(found.positions)))
        return found


def vector_lanes(lanes: int, most: int) -> int:
    """How many lanes the vectors of a pack have: a power of two, no more than are filled."""
    return min(most, 1 << (lanes - 1).bit_length())


class Packer:
    """Finds the packs of a graph. `components` are its strongly connected components, each after
    those that it depends on."""

    def __init__(self, graph: Graph, shapes: Shapes, components: Sequence[Component]) -> None:
        self.graph = graph
        self.shapes = shapes
        self.components = components
        self.home = {order: number for number, c in enumerate(components) for order in c}
        self.levels = self._levels()
        self.taken: set[int] = set()
        """Nodes that a pack has."""

    def find(self) -> list[Pack]:
        """The packs, as large as they grow; whether they pay is another matter."""
        packs: list[Pack] = []
        for members in self._seeds():
            free = [number for number in members if self.components[number][0] not in self.taken]
            if len(free) < LEAST_LANES:
                continue
            pack = Pack(len(free))
            if self._add_recursions(pack, free):
                self._grow(pack)
                packs.append(pack)
                self.taken.update(pack.at)
        return packs

    def _levels(self) -> list[int]:
        """How many recursions lie before each component: those of one level are independent."""
        levels: list[int] = []
        nodes, home = self.graph.nodes, self.home
        for number, members in enumerate(self.components):
            level = 0
            for order in members:
                for source in (*nodes[order].sources, *nodes[order].line_edges):
                    other = home[source]
                    if other != number:
                        level = max(level, levels[other] + self._is_recursive(other))
            levels.append(level)
        return levels

    def _is_recursive(self, number: int) -> bool:
        return self.components[number][0] in self.shapes.recursive

    def _seeds(self) -> Iterator[list[int]]:
        """Recursions of one shape and one level, the largest first."""
        classes: dict[object, list[int]] = {}
        for number, members in enumerate(self.components):
            if self._is_recursive(number) and self._is_packable(members):
                colours = tuple(sorted([self.shapes.colours[order] for order in members]))
                classes.setdefault((colours, self.levels[number]), []).append(number)
        enough = [found for found in classes.values() if len(found) >= LEAST_LANES]
        weight = [len(found) * len(self.components[found[0]]) for found in enough]
        order = sorted(range(len(enough)), key=lambda at: (-weight[at], at))
        for at in order:
            yield sorted(enough[at], key=lambda number: min(self.components[number]))

    def _is_packable(self, members: Component) -> bool:
        """Whether vectors can run a recursion: plain ops, its own past in registers."""
        own = set(members)
        for order in members:
            node = self.graph.nodes[order]
            if not self.shapes.is_lanewise(node):
                return False
            if any(source in own and not fits for source, fits in node.line_edges.items()):
                return False
            if any(t.kind == "input" and t.node in own for t in self.shapes.taken[order]):
                return False
        return True

    # Adding positions

    def _add_recursions(self, pack: Pack, numbers: Sequence[int]) -> bool:
        """Add one recursion a lane; False, with nothing added, where they differ after all."""
        colours = self.shapes.colours
        lanes = [
            sorted(self.components[number], key=lambda order: (colours[order], order))
            for number in numbers
        ]
        size = len(lanes[0])
        if any(len(lane) != size for lane in lanes) or self.taken.intersection(lanes[0]):
            return False
        if any(order in pack.at for lane in lanes for order in lane):
            return False
        start = len(pack.positions)
        rows = [[self.graph.nodes[lane[at]] for lane in lanes] for at in range(size)]
        rows.sort(key=lambda row: row[0].order)
        for row in rows:
            self._append(pack, row)
        bound = all(self._bind(pack, position) for position in range(start, start + size))
        if bound and self._suits(pack, start):
            return True
        pack.cut(start)
        return False

    def _suits(self, pack: Pack, start: int) -> bool:
        """Whether the steps that were there take the new ones each from its own lane."""
        for row in pack.positions[start:]:
            for node in row:
                for user, _ in self.shapes.users[node.order]:
                    place = pack.at.get(user)
                    if place is None or place[0] >= start:
                        continue
                    if not all(map(pack.kind_of, pack.operands[place[0]])):
                        return False
        return True

    def _append(self, pack: Pack, row: list[Node]) -> None:
        position = len(pack.positions)
        pack.positions.append(row)
        pack.operands.append([])
        for lane, node in enumerate(row):
            pack.at[node.order] = (position, lane)

    def _bind(self, pack: Pack, position: int) -> bool:
        """Find what each lane takes at each operand; False where lanes do not agree."""
        row = pack.positions[position]
        lead = self.shapes.taken[row[0].order]
        columns: list[list[Taken]] = [[taken] for taken in lead]
        for lane, node in enumerate(row[1:], 1):
            own = self._ordered(pack, node, lead, lane)
            if own is None:
                return False
            for column, taken in zip(columns, own, strict=True):
                column.append(taken)
        pack.operands[position] = columns
        return all(pack.kind_of(column) for column in columns)

    def _ordered(
        self, pack: Pack, node: Node, lead: Sequence[Taken], lane: int
    ) -> Sequence[Taken] | None:
        """A node's operands in the order of lane 0; additions may have them either way."""
        own = self.shapes.taken[node.order]
        if len(own) != len(lead):
            return None
        ways = [own, own[::-1]] if isinstance(node.op, COMMUTATIVE) else [own]
        ways = [way for way in ways if self._is_like(pack, way, lead, lane)]
        return max(ways, key=lambda way: self._likeness(way, lead), default=None)

    def _likeness(self, own: Sequence[Taken], lead: Sequence[Taken]) -> int:
        """How many operands are the same signals as those of lane 0, or have their colour."""
        look = self.shapes.colour_of
        pairs = zip(own, lead, strict=True)
        return sum(
            2 if mine.signal is first.signal else look(mine) == look(first) for mine, first in pairs
        )

    def _is_like(self, pack: Pack, own: Sequence[Taken], lead: Sequence[Taken], lane: int) -> bool:
        for mine, first in zip(own, lead, strict=True):
            if mine.kind != first.kind:
                return False
            place = pack.at.get(first.node)
            own_step = pack.at.get(mine.node) if place is not None else None
            if place is not None and (own_step, mine.reach) != ((place[0], lane), first.reach):
                return False
            if place is None and first.node >= 0 and mine.node in pack.at:
                return False
        return True

    # Growth

    def _grow(self, pack: Pack) -> None:
        """Add what reads the lanes, and what feeds them, in the same way in each."""
        at = 0
        while at < len(pack.positions) and len(pack.at) < MOST_NODES:
            self._pull_operands(pack, at)
            self._push_users(pack, at)
            at += 1

    def _push_users(self, pack: Pack, position: int) -> None:
        row = pack.positions[position]
        lanes = [self._users(pack, node) for node in row]
        for colour, found in lanes[0].items():
            rows = [users.get(colour, []) for users in lanes]
            if all(len(users) == len(found) for users in rows):
                for together in zip(*rows, strict=True):
                    self._try(pack, together)

    def _users(self, pack: Pack, node: Node) -> dict[int, list[int]]:
        """The nodes outside the pack that read a node, by colour, in program order."""
        found: dict[int, list[int]] = {}
        for user in sorted({user for user, _ in self.shapes.users[node.order]}):
            if user not in pack.at and user not in self.taken and user not in self.shapes.sums:
                found.setdefault(self.shapes.colours[user], []).append(user)
        return found

    def _try(self, pack: Pack, orders: Sequence[int]) -> None:
        """Add a step that reads the lanes, if all else that it takes is in lanes, too."""
        start = len(pack.positions)
        if not self._add(pack, orders):
            return
        for position in range(start, len(pack.positions)):
            self._pull_operands(pack, position)
        rest = range(start, len(pack.positions))
        if any(self._gathers(pack, position) for position in rest):
            pack.cut(start)

    def _add(self, pack: Pack, orders: Sequence[int]) -> bool:
        """Add one node a lane, or the recursions that they belong to."""
        if len(set(orders)) != len(orders) or any(order in pack.at for order in orders):
            return False
        if not self.taken.isdisjoint(orders):
            return False
        numbers = [self.home[order] for order in orders]
        if self._is_recursive(numbers[0]):
            return (
                all(self._is_recursive(number) for number in numbers)
                and len(set(numbers)) == len(numbers)
                and all(self._is_packable(self.components[number]) for number in numbers)
                and self._add_recursions(pack, numbers)
            )
        row = [self.graph.nodes[order] for order in orders]
        alike = all(type(node.op) is type(row[0].op) for node in row)
        if not alike or not all(self.shapes.is_lanewise(node) for node in row):
            return False
        if any(self._is_recursive(number) for number in numbers):
            return False
        start = len(pack.positions)
        self._append(pack, row)
        if self._bind(pack, start) and self._suits(pack, start):
            return True
        pack.cut(start)
        return False

    def _gathers(self, pack: Pack, position: int) -> int:
        """How many operands of a position come from outside, another for each lane."""
        return sum(pack.kind_of(column) == "apart" for column in pack.operands[position])

    def _pull_operands(self, pack: Pack, position: int) -> None:
        """Add the steps that make what a position takes from outside, lane by lane."""
        for column in pack.operands[position]:
            if pack.kind_of(column) == "apart":
                self._pull(pack, [taken.node for taken in column])

    def _pull(self, pack: Pack, orders: Sequence[int]) -> None:
        """Add steps that lead to the lanes as far back as lanes agree, if few are to be gathered.

        What other nodes read as well would have to leave the lanes again: it stays outside.
        """
        start = len(pack.positions)
        work = [list(orders)]
        for _ in range(MOST_PULLED):
            if not work:
                break
            wanted = work.pop()
            before = len(pack.positions)
            if min(wanted) < 0 or not self._is_alike(wanted) or not self._add(pack, wanted):
                continue
            for position in range(before, len(pack.positions)):
                for column in pack.operands[position]:
                    if pack.kind_of(column) == "apart":
                        work.append([taken.node for taken in column])
        added = range(start, len(pack.positions))
        if sum(self._gathers(pack, position) for position in added) > 1:
            pack.cut(start)

    def _is_alike(self, orders: Sequence[int]) -> bool:
        colours = self.shapes.colours
        return all(colours[order] == colours[orders[0]] for order in orders)


def signal_of(node: Node) -> SSAValue:
    """The signal that a packed node makes."""
    assert node.op is not None
    return node.op.results[0]
