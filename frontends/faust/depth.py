"""Distinguishing infinite recursion from deep recursion that terminates.

Faust evaluates by recursion, and its stack of 8 MB holds some 5 000 calls within each other. Here a
call may nest deeper than that, and as deep as memory goes where its arguments are seen to approach
an end: parts of a list, or numbers on their way to one that a rule has.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dspc.frontends.faust import ast
from dspc.frontends.faust.boxes import Box
from dspc.frontends.faust.environment import Environment
from dspc.frontends.faust.trampoline import Work
from dspc.support.diagnostics import DspcError

MAX_CALLS = 8_000
"""The bound on the nesting of calls of a function that makes no progress."""
MAX_REPEATED = 3 * MAX_CALLS
"""The bound on tasks of expressions that wait for themselves, about 3 kB each: recursion through
several functions, environments or equations."""
MAX_DEPTH = 300_000
"""The bound on tasks that wait for one another, where calls make progress."""
_APART = 16
"""Calls between the two that are compared, since mutually recursive calls take turns."""


def too_deep(stack: Sequence[Work], literals: Collection[float]) -> DspcError | None:
    """The error of a stack of tasks, or None; `literals` are the numbers in patterns."""
    message = None
    waiting: dict[ast.Expr, list[Environment]] = {}
    for _, expr, env in stack:
        waiting.setdefault(expr, []).append(env)
    calls = [envs for expr, envs in waiting.items() if type(expr) is ast.Apply]
    worst = max(calls, key=len, default=[])
    if len(worst) > MAX_CALLS and not _comes_nearer(worst[-1 - _APART], worst[-1], literals):
        message = f"more than {MAX_CALLS} calls within each other"
    elif len(stack) - len(waiting) > MAX_REPEATED and not _ends(waiting.values(), literals):
        message = f"more than {MAX_REPEATED} expressions within themselves"
    elif len(stack) > MAX_DEPTH:
        message = f"more than {MAX_DEPTH} expressions within each other"
    if message is None:
        return None
    hint = "does a definition call itself without ever reaching a case that ends it?"
    return DspcError("E0212", message, hint=hint)


def _ends(waiting: Collection[list[Environment]], literals: Collection[float]) -> bool:
    """Whether the expression that waits for itself most often makes progress."""
    worst = max(waiting, key=len)
    return len(worst) > _APART and _comes_nearer(worst[-1 - _APART], worst[-1], literals)


def _comes_nearer(outer: Environment, inner: Environment, literals: Collection[float]) -> bool:
    """Whether the arguments of the inner of two calls are closer to termination."""
    before, after = _bound(outer, inner), _bound(inner, outer)
    return any(
        _is_part(value, before[name]) or _is_ahead(value, before[name], literals)
        for name, value in after.items()
        if name in before and value is not before[name]
    )


def _bound(env: Environment, other: Environment) -> dict[str, Box]:
    """The values in an environment that are not bound in the other one's layers."""
    shared: set[Environment] = set()
    layer: Environment | None = other
    while layer is not None:
        shared.add(layer)
        layer = layer.parent
    result: dict[str, Box] = {}
    layer = env
    while layer is not None and layer not in shared:
        result = {**layer.values, **result}
        layer = layer.parent
    return result


def _is_part(inner: Box, outer: Box) -> bool:
    """Whether a box is the rest of a list, some elements on."""
    for _ in range(4 * _APART):
        if outer.kind != "par":
            return False
        outer = outer.args[1]
        if outer is inner:
            return True
    return False


def _is_ahead(inner: Box, outer: Box, literals: Collection[float]) -> bool:
    """Whether a number is on its way to one that a rule has."""
    if not {inner.kind, outer.kind} <= {"int", "real"}:
        return False
    now, then = inner.value, outer.value
    if now < then:
        return any(number <= now for number in literals)
    return now > then and any(number >= now for number in literals)
