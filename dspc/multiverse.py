"""Dialects, passes and targets of all installed packages: the entry points `xdsl.universe`.

Unlike `Universe.get_multiverse`, a package that cannot be loaded or that repeats a name is reported
only where its part is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from dspc.messages import usage_error
from dspc.pipelines.standard import PASSES, load_pass

if TYPE_CHECKING:
    from xdsl.context import Context
    from xdsl.passes import ModulePass
    from xdsl.universe import Universe
    from xdsl.utils.target import Target

OWN = "dspc"
"""The entry point of dspc, which a checkout that is not installed does not have."""


@cache
def _loaded() -> tuple[dict[str, Universe], dict[str, str]]:
    """The installed universes by the names of their entry points, and why others are broken."""
    from importlib.metadata import entry_points

    from xdsl.universe import XDSL_UNIVERSE, Universe

    from dspc.universe import DSPC_UNIVERSE

    universes: dict[str, Universe] = {OWN: DSPC_UNIVERSE, "xdsl": XDSL_UNIVERSE}
    broken: dict[str, str] = {}
    for entry_point in sorted(
        entry_points(group="xdsl.universe"), key=lambda entry_point: entry_point.name
    ):
        if entry_point.name in universes:
            continue
        try:
            universe = entry_point.load()
        except Exception as error:
            broken[entry_point.name] = " ".join(f"{type(error).__name__}: {error}".split())
            continue
        if isinstance(universe, Universe):
            universes[entry_point.name] = universe
        else:
            broken[entry_point.name] = f"{entry_point.value} is not a Universe"
    return universes, broken


def _collected(part: str) -> dict[str, list[tuple[str, Callable[[], Any]]]]:
    """The factories of a part (`all_passes`, ...) by name, each with its universe."""
    collected: dict[str, list[tuple[str, Callable[[], Any]]]] = {}
    for universe, holder in _loaded()[0].items():
        factories: Mapping[str, Callable[[], Any]] = getattr(holder, part)
        for name, factory in factories.items():
            collected.setdefault(name, []).append((universe, factory))
    return collected


def _make(kind: str, name: str, holders: list[tuple[str, Callable[[], Any]]]) -> Any:
    """A factory's product. dspc's own comes first; raises DspcError where two others repeat it."""
    code = 3 if kind == "target" else 5
    if len(holders) > 1 and holders[0][0] != OWN:
        packages = " and ".join(universe for universe, _ in holders)
        raise usage_error(code, f"the {kind} {name} is in several universes: {packages}")
    universe, factory = holders[0]
    try:
        return factory()
    except Exception as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        message = f"the {kind} {name} of the universe {universe} cannot be loaded: {reason}"
        raise usage_error(code, message) from None


def merged() -> Universe:
    """The parts of all universes that can be loaded; of parts with one name the first."""
    from xdsl.universe import XDSL_UNIVERSE, Universe

    parts = ["all_dialects", "all_passes", "all_targets"]
    parts += ["all_frontends"] if hasattr(XDSL_UNIVERSE, "all_frontends") else []
    collected: dict[str, Any] = {
        part: {name: holders[0][1] for name, holders in _collected(part).items()} for part in parts
    }
    return Universe(**collected)


def pass_names() -> list[str]:
    """The names of all passes, dspc's first."""
    return list(_collected("all_passes"))


def find_pass(name: str) -> type[ModulePass] | None:
    """The class of a pass, or None. Raises DspcError E0005 if it cannot be loaded."""
    if name in PASSES:
        # They come first; the universes of other packages need not be searched.
        return load_pass(name)
    holders = _collected("all_passes").get(name)
    return None if holders is None else _make("pass", name, holders)


def target_names() -> list[str]:
    """The names of all xDSL targets, dspc's first."""
    return list(_collected("all_targets"))


def find_target(name: str) -> type[Target] | None:
    """The class of an xDSL target, or None. Raises DspcError E0003 if it cannot be loaded."""
    holders = _collected("all_targets").get(name)
    return None if holders is None else _make("target", name, holders)


def broken_universes() -> str | None:
    """Which installed universes could not be loaded and why, in one line; None if all could."""
    lines = [f"the universe {name} cannot be loaded: {why}" for name, why in _loaded()[1].items()]
    return "; ".join(lines) or None


def new_context() -> Context:
    """A context in which every dialect is registered, to be loaded on use."""
    from xdsl.context import Context

    context = Context()
    for name, holders in _collected("all_dialects").items():
        context.register_dialect(name, holders[0][1])
    return context
