"""Superword-level parallelism over recursions: finds isomorphic subgraphs that run in SIMD lanes.

The seed of a pack are independent recursions of one shape, one for each lane. It is extended along
def-use and use-def chains, other recursions included, while all lanes are isomorphic. A *position*
is one vector operation of the pack: one node of each lane. (S. Larsen and S. Amarasinghe,
Exploiting superword level parallelism with multimedia instruction sets, PLDI 2000.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dspc.passes.analysis.frame_graph import Graph, Node
from dspc.passes.packing.colouring import COMMUTATIVE, Shapes
from dspc.passes.packing.operands import Operand
from dspc.passes.packing.pack import Pack

LEAST_LANES = 3
MOST_PULLED = 16
"""The most positions that are tried along the use-def chains of an operand."""
MOST_NODES = 4000
"""The most nodes of one pack, which bounds its register pressure."""

Component = Sequence[int]


class Packer:
    """Finds the packs of a graph."""

    def __init__(self, graph: Graph, shapes: Shapes) -> None:
        self.graph = graph
        self.shapes = shapes
        self.components = components = graph.components
        self.home = {order: number for number, c in enumerate(components) for order in c}
        self.levels = self._levels()
        self.packed: set[int] = set()
        """Nodes that are in a pack."""

    def find(self) -> list[Pack]:
        """The maximal packs, regardless of profit."""
        packs = list(self._grids())
        for members in self._seeds():
            free = [number for number in members if self.components[number][0] not in self.packed]
            if len(free) < LEAST_LANES:
                continue
            pack = Pack(len(free))
            if self._add_recursions(pack, free):
                self._grow(pack)
                packs.append(pack)
                self.packed.update(pack.at)
        return packs

    def _grids(self) -> Iterator[Pack]:
        """The packs of grids, each a recursion of its own."""
        for stencil in dict.fromkeys(self.shapes.stencils.values()):
            pack = Pack(len(stencil.lanes))
            pack.place_grid(self.graph, stencil)
            if not all(map(pack.kind_of, pack.operands[0])):
                continue
            self._grow(pack)
            self.packed.update(pack.at, stencil.inner)
            yield pack

    def _levels(self) -> list[int]:
        """The most recursions on a path to each component: those of one level are independent."""
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
        return self.components[number][0] in self.graph.recursive

    def _seeds(self) -> Iterator[list[int]]:
        """Classes of recursions of one shape and one level, the largest first."""
        classes: dict[object, list[int]] = {}
        for number, members in enumerate(self.components):
            if self._is_recursive(number) and self._is_packable(members):
                colours = tuple(sorted([self.shapes.colours[order] for order in members]))
                classes.setdefault((colours, self.levels[number]), []).append(number)
        enough = [alike for alike in classes.values() if len(alike) >= LEAST_LANES]
        weight = [len(alike) * len(self.components[alike[0]]) for alike in enough]
        order = sorted(range(len(enough)), key=lambda at: (-weight[at], at))
        for at in order:
            yield sorted(enough[at], key=lambda number: min(self.components[number]))

    def _is_packable(self, members: Component) -> bool:
        """Whether a recursion can run in lanes: lanewise ops, feedback carried in registers."""
        own = set(members)
        for order in members:
            node = self.graph.nodes[order]
            if not self.shapes.is_lanewise(node):
                return False
            if any(source in own and not fits for source, fits in node.line_edges.items()):
                return False
            if any(t.kind == "input" and t.node in own for t in self.shapes.operands[order]):
                return False
        return True

    # Adding positions

    def _add_recursions(self, pack: Pack, numbers: Sequence[int]) -> bool:
        """Add one recursion to each lane; False, with the pack unchanged, if not isomorphic."""
        colours = self.shapes.colours
        lanes = [
            sorted(self.components[number], key=lambda order: (colours[order], order))
            for number in numbers
        ]
        size = len(lanes[0])
        if any(len(lane) != size for lane in lanes) or self.packed.intersection(lanes[0]):
            return False
        if any(order in pack.at for lane in lanes for order in lane):
            return False
        start = len(pack.positions)
        rows = [[self.graph.nodes[lane[at]] for lane in lanes] for at in range(size)]
        rows.sort(key=lambda row: row[0].order)
        for row in rows:
            self._append(pack, row)
        bound = all(self._bind(pack, position) for position in range(start, start + size))
        if bound and self._users_agree(pack, start):
            return True
        pack.cut(start)
        return False

    def _users_agree(self, pack: Pack, start: int) -> bool:
        """Whether earlier positions read the new ones in the same way in each lane."""
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
        """Match the operands of all lanes; False if they are not isomorphic."""
        row = pack.positions[position]
        lead = self.shapes.operands[row[0].order]
        columns: list[list[Operand]] = [[operand] for operand in lead]
        for lane, node in enumerate(row[1:], 1):
            own = self._ordered(pack, node, lead, lane)
            if own is None:
                return False
            for column, operand in zip(columns, own, strict=True):
                column.append(operand)
        pack.operands[position] = columns
        return all(pack.kind_of(column) for column in columns)

    def _ordered(
        self, pack: Pack, node: Node, lead: Sequence[Operand], lane: int
    ) -> Sequence[Operand] | None:
        """A node's operands in the order of lane 0; those of commutative ops may be swapped."""
        own = self.shapes.operands[node.order]
        if len(own) != len(lead):
            return None
        ways = [own, own[::-1]] if isinstance(node.op, COMMUTATIVE) else [own]
        ways = [way for way in ways if self._matches(pack, way, lead, lane)]
        return max(ways, key=lambda way: self._similarity(way, lead), default=None)

    def _similarity(self, own: Sequence[Operand], lead: Sequence[Operand]) -> int:
        """The similarity of operands to those of lane 0: 2 for each same signal, 1 for each same
        colour."""
        look = self.shapes.colour_of
        pairs = zip(own, lead, strict=True)
        return sum(
            2 if mine.signal is first.signal else look(mine) == look(first) for mine, first in pairs
        )

    def _matches(
        self, pack: Pack, own: Sequence[Operand], lead: Sequence[Operand], lane: int
    ) -> bool:
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
        """Extend the pack along use-def and def-use chains that all lanes share."""
        at = 0
        while at < len(pack.positions) and len(pack.at) < MOST_NODES:
            self._pull_operands(pack, at)
            self._push_users(pack, at)
            at += 1

    def _push_users(self, pack: Pack, position: int) -> None:
        row = pack.positions[position]
        lanes = [self._users(pack, node) for node in row]
        for colour, first in lanes[0].items():
            rows = [users.get(colour, []) for users in lanes]
            if all(len(users) == len(first) for users in rows):
                for together in zip(*rows, strict=True):
                    self._try(pack, together)

    def _users(self, pack: Pack, node: Node) -> dict[int, list[int]]:
        """The users of a node outside of any pack, by colour, in program order."""
        by_colour: dict[int, list[int]] = {}
        for user in sorted({user for user, _ in self.shapes.users[node.order]}):
            if user not in pack.at and user not in self.packed and user not in self.shapes.sums:
                by_colour.setdefault(self.shapes.colours[user], []).append(user)
        return by_colour

    def _try(self, pack: Pack, orders: Sequence[int]) -> None:
        """Add a position that reads the lanes, unless another of its operands is gathered."""
        start = len(pack.positions)
        if not self._add(pack, orders):
            return
        for position in range(start, len(pack.positions)):
            self._pull_operands(pack, position)
        rest = range(start, len(pack.positions))
        if any(self._gathers(pack, position) for position in rest):
            pack.cut(start)

    def _add(self, pack: Pack, orders: Sequence[int]) -> bool:
        """Add one node to each lane, or the recursions that they belong to."""
        if len(set(orders)) != len(orders) or any(order in pack.at for order in orders):
            return False
        if not self.packed.isdisjoint(orders):
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
        if self._bind(pack, start) and self._users_agree(pack, start):
            return True
        pack.cut(start)
        return False

    def _gathers(self, pack: Pack, position: int) -> int:
        """The number of gathered operands of a position."""
        return sum(pack.kind_of(column) == "apart" for column in pack.operands[position])

    def _pull_operands(self, pack: Pack, position: int) -> None:
        """Add the producers of a position's gathered operands."""
        for column in pack.operands[position]:
            if pack.kind_of(column) == "apart":
                self._pull(pack, [operand.node for operand in column])

    def _pull(self, pack: Pack, orders: Sequence[int]) -> None:
        """Extend the pack along the use-def chain of an operand while lanes are isomorphic.

        It is undone if more than one operand of the new positions would be gathered.
        """
        start = len(pack.positions)
        work = [list(orders)]
        for _ in range(MOST_PULLED):
            if not work:
                break
            wanted = work.pop()
            before = len(pack.positions)
            if min(wanted) < 0 or not self._have_one_colour(wanted) or not self._add(pack, wanted):
                continue
            for position in range(before, len(pack.positions)):
                for column in pack.operands[position]:
                    if pack.kind_of(column) == "apart":
                        work.append([operand.node for operand in column])
        added = range(start, len(pack.positions))
        if sum(self._gathers(pack, position) for position in added) > 1:
            pack.cut(start)

    def _have_one_colour(self, orders: Sequence[int]) -> bool:
        colours = self.shapes.colours
        return all(colours[order] == colours[orders[0]] for order in orders)
