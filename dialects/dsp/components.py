"""Strongly connected components of a signal graph, found without recursion (Tarjan 1972)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Node = TypeVar("Node")


def components(
    roots: Iterable[Node], successors: Callable[[Node], Sequence[Node]]
) -> list[list[Node]]:
    """The components reachable from the roots, each after all components it points to."""
    index: dict[Node, int] = {}
    low: dict[Node, int] = {}
    open_nodes: list[Node] = []
    is_open: set[Node] = set()
    found: list[list[Node]] = []
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
                    found.append(_close(node, open_nodes, is_open))
    return found


def _close(root: Node, open_nodes: list[Node], is_open: set[Node]) -> list[Node]:
    component: list[Node] = []
    while True:
        node = open_nodes.pop()
        is_open.discard(node)
        component.append(node)
        if node == root:
            component.reverse()
            return component


def topological(
    nodes: Iterable[Node], successors: Callable[[Node], Sequence[Node]], members: set[Node]
) -> list[Node]:
    """The member nodes, each after the members it points to; the graph must have no cycle there."""
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
