"""Lookup of targets by name: those of dspc, of installed packages, and of xDSL's universes."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dspc.messages import usage_error
from dspc.targets.registry import (
    DEFAULT,
    is_given,
    is_known,
    load,
    near,
    own_targets,
    refuse_options,
    required,
    target_names,
)

if TYPE_CHECKING:
    from dspc.options.compile_options import CompileOptions
    from dspc.targets.base import Target


_OPERATOR = re.compile(r".*[^\w.-].*", re.ASCII)
"""What is no name of a target."""

_CALLED = {"c+": "cpp", "c++": "cpp", "cxx": "cpp", "cc": "cpp", "c99": "c", "cl": "opencl"} | {
    "py": "interp", "python": "interp", "ll": "llvm", "html": "web", "js": "web", "wast": "wasm",
}  # fmt: skip
"""Other names of languages, for hints."""


def find_target(name: str | None) -> Target:
    """The target of a name, the default one for None. Raises DspcError E0003 if there is none.

    Besides those of `target_names`, xDSL's targets of all universes have names here.
    """
    name = name or DEFAULT
    if is_known(name):
        return load(name)
    if _OPERATOR.fullmatch(name.partition("{")[0]):
        # No syntax of xDSL's specifications: `c++`.
        raise usage_error(3, f"unknown target {name}", _near_target(name))
    target = _of_universe(name)
    if target is None:
        plain = name.partition("{")[0]
        refuse_options(name, "target", _instead_of_braces(plain))
        raise usage_error(3, f"unknown target {plain}", _near_target(plain))
    return target


def _instead_of_braces(name: str) -> str:
    """The hint at the options of a target of `target_names`, and at xDSL's target for printing."""
    from dspc.multiverse import target_names as universe_names

    printing = f"dspc-{name}"
    also = f", and those of {printing}{{...}}" if printing in universe_names() else ""
    return f"its options are those of dspc --target {name} --help{also}"


@cache
def _of_universe(name: str) -> Target | None:
    from dspc.targets.universe_target import universe_target

    return universe_target(name)


def _near_target(name: str) -> str:
    """The hint for an unknown target: a similar one of any universe, or else those of dspc."""
    from dspc.multiverse import target_names as universe_names

    if name.lower() in _CALLED:
        return f"did you mean {_CALLED[name.lower()]}?"
    hint = near(name, target_names())
    return near(name, universe_names()) if hint.startswith("known") and _is_near(name) else hint


def _is_near(name: str) -> bool:
    from difflib import get_close_matches

    from dspc.multiverse import target_names as universe_names

    return bool(get_close_matches(name, universe_names(), 1, 0.5))


def check_target(options: CompileOptions, level: Target | None) -> None:
    """Refuse options of other targets; raises DspcError, exit status 2.

    `level` is the target that `--emit` names. Options of targets of other packages need no check:
    they are unknown unless the target is selected.
    """
    target = find_target(options.target)
    selected = {target.name} if level is None else {target.name, level.name}
    for other in own_targets():
        if other.name in selected:
            continue
        for field, flag in other.only.items():
            if is_given(options, field) and field not in target.shared:
                message = f"{flag} requires the target {other.name}, not {target.name}"
                raise usage_error(7, message)
    if options.fast_math and not any(
        candidate.reorders_sums for candidate in (target, level) if candidate
    ):
        raise usage_error(7, required("--fast-math", "reorders_sums", "the target", target))
    target.check(options)
