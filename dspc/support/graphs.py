"""Algorithms on directed graphs, without recursion: components and topological orders.

Strongly connected components: R. Tarjan, "Depth-first search and linear graph algorithms", SIAM
Journal on Computing 1 (1972). Topological order by counts of predecessors: A. B. Kahn,
"Topological sorting of large networks", Communications of the ACM 5 (1962).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from heapq import heapify, heappop, heappush
from typing import TypeVar

Node = TypeVar("Node")


def strong_components(
    roots: Iterable[Node], successors: Callable[[Node], Iterable[Node]]
) -> list[list[Node]]:
    """The strongly connected components reachable from the roots, in reverse topological order."""
    index: dict[Node, int] = {}
    low: dict[Node, int] = {}
    open_nodes: list[Node] = []
    is_open: set[Node] = set()
    result: list[list[Node]] = []
    for root in roots:
        if root in index:
            continue
        index[root] = low[root] = len(index)
        open_nodes.append(root)
        is_open.add(root)
        work = [(root, iter(successors(root)))]
        while work:
            node, remaining = work[-1]
            for target in remaining:
                if target not in index:
                    index[target] = low[target] = len(index)
                    open_nodes.append(target)
                    is_open.add(target)
                    work.append((target, iter(successors(target))))
                    break
                if target in is_open and index[target] < low[node]:
                    low[node] = index[target]
            else:
                work.pop()
                if work and low[node] < low[work[-1][0]]:
                    low[work[-1][0]] = low[node]
                if low[node] == index[node]:
                    result.append(_close(node, open_nodes, is_open))
    return result


def _close(root: Node, open_nodes: list[Node], is_open: set[Node]) -> list[Node]:
    component: list[Node] = []
    while True:
        node = open_nodes.pop()
        is_open.discard(node)
        component.append(node)
        if node == root:
            component.reverse()
            return component


def postorder(
    nodes: Iterable[Node], successors: Callable[[Node], Iterable[Node]], members: set[Node]
) -> list[Node]:
    """The member nodes in reverse topological order: each after its successors.

    The members must not form a cycle.
    """
    order: list[Node] = []
    seen: set[Node] = set()
    for root in nodes:
        if root in seen:
            continue
        seen.add(root)
        work = [(root, iter(successors(root)))]
        while work:
            node, remaining = work[-1]
            for target in remaining:
                if target in members and target not in seen:
                    seen.add(target)
                    work.append((target, iter(successors(target))))
                    break
            else:
                work.pop()
                order.append(node)
    return order


def topological_order(
    nodes: Iterable[Node],
    predecessors: Callable[[Node], Collection[Node]],
    successors: Callable[[Node], Iterable[Node]],
    key: Callable[[Node], int],
) -> list[Node]:
    """The nodes in topological order; among the nodes that are ready, the smallest key first.

    Keys are distinct. Nodes on a cycle, and nodes reachable from one, are left out.
    """
    left = {node: len(predecessors(node)) for node in nodes}
    by_key = {key(node): node for node in left}
    ready = [key(node) for node, count in left.items() if not count]
    heapify(ready)
    order: list[Node] = []
    while ready:
        node = by_key[heappop(ready)]
        order.append(node)
        for target in successors(node):
            left[target] -= 1
            if not left[target]:
                heappush(ready, key(target))
    return order
