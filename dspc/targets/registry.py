"""The targets of dspc and of installed packages, by name; `lookup` adds those of xDSL's universes.

A package registers a target by an entry point in the group `dspc.targets`: its name is that of the
target, its object a subclass of `dspc.targets.base.Target`. Targets are imported on use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import MISSING, Field, fields
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from dspc.messages import usage_error
from dspc.targets.base import Target

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from dspc.options.loop_options import LoopOptions

GROUP = "dspc.targets"
DEFAULT = "cpp"
TARGET_FLAGS = ("-lang", "--lang", "--language", "--target")

OWN: dict[str, str] = {
    "cpp": "dspc.targets.cpp:CppTarget",
    "c": "dspc.targets.c99:C99Target",
    "opencl": "dspc.targets.opencl:OpenClTarget",
    "llvm": "dspc.targets.llvm:LlvmTarget",
    "interp": "dspc.targets.interp:InterpTarget",
    "mlir": "dspc.targets.mlir:MlirTarget",
    "wasm": "dspc.targets.wasm:WasmTarget",
    "web": "dspc.targets.wasm:WebTarget",
}
"""The targets of dspc: name -> `module:class`."""


@cache
def _installed() -> dict[str, EntryPoint]:
    """The entry points of other packages, without those that have a name of `OWN`."""
    from importlib.metadata import entry_points

    return {
        entry_point.name: entry_point
        for entry_point in entry_points(group=GROUP)
        if entry_point.name not in OWN
    }


def target_names() -> tuple[str, ...]:
    """The names of all targets, those of dspc first; no target is imported."""
    return (*OWN, *sorted(_installed()))


def is_own(name: str) -> bool:
    """Whether a target is one of dspc."""
    return name in OWN


def is_known(name: str) -> bool:
    """Whether a target of dspc or of an installed package has this name."""
    return name in OWN or name in _installed()


@cache
def load(name: str) -> Target:
    """The target of a name of `target_names`; raises DspcError E0003 if it cannot be loaded."""
    if name in OWN:
        module, _, attribute = OWN[name].partition(":")
        return getattr(import_module(module), attribute)()
    try:
        kind: Any = _installed()[name].load()
    except Exception as error:
        reason = " ".join(str(error).split())
        raise usage_error(3, f"the target {name} cannot be loaded: {reason}") from None
    if not (isinstance(kind, type) and issubclass(kind, Target) and kind.name == name):
        reason = f"{_installed()[name].value} is not a subclass of Target with this name"
        raise usage_error(3, f"the target {name} cannot be loaded: {reason}")
    return kind()


def refuse_options(text: str, role: str, hint: str) -> None:
    """Raise DspcError E0003 for a target of `target_names` with options in braces."""
    name, brace, _ = text.partition("{")
    if brace and is_known(name):
        raise usage_error(3, f"the {role} {name} takes no options in braces", hint)


def find_backend(name: str) -> Target:
    """The target of a name, if it runs programs. Raises DspcError E0003 otherwise."""
    refuse_options(name, "back end", "its options are options of the command, without braces")
    target = load(name) if is_known(name) else None
    if target is None or not target.runs:
        plain = name.partition("{")[0]
        raise usage_error(3, f"unknown back end {plain}", near(plain, backend_names()))
    return target


def near(name: str, names: Sequence[str]) -> str:
    """The hint for an unknown name: a similar one, or else all names."""
    from difflib import get_close_matches

    similar = get_close_matches(name, names, 1, 0.5)
    return f"did you mean {similar[0]}?" if similar else f"known are {', '.join(names)}"


def own_targets() -> tuple[Target, ...]:
    """The targets of dspc."""
    return tuple(load(name) for name in OWN)


def all_targets() -> Iterator[Target]:
    """The targets of dspc, and those of other packages that can be imported."""
    from dspc.support.diagnostics import DspcError

    yield from own_targets()
    for name in sorted(_installed()):
        try:
            yield load(name)
        except DspcError:
            # Reported where it is used.
            continue


def backend_names() -> tuple[str, ...]:
    """The names of the targets that run programs."""
    return tuple(target.name for target in all_targets() if target.runs)


def level_target(level: str) -> Target | None:
    """The target whose name is a level of `--emit`, or None."""
    target = load(level) if is_known(level) else None
    return target if target is not None and target.is_level else None


def target_help(targets: Iterable[Target]) -> str:
    """The help of `--target`."""
    names = (f"{t.name}{' (the default)' if t.name == DEFAULT else ''}" for t in targets)
    return f"Target to generate code for: {', '.join(names)}."


def check_backend(target: Target, options: LoopOptions) -> None:
    """Refuse options of `dspc-run` of other back ends; raises DspcError, exit status 2."""
    flags = [flag for field, flag in VOICES.items() if is_given(options, field)]
    if flags and not target.runs_voices:
        raise usage_error(7, required(flags[0], "runs_voices", "--backend", target))
    for other in own_targets():
        for field, flag in other.run_only.items():
            if other.name != target.name and is_given(options, field):
                message = f"{flag} requires --backend {other.name}, not {target.name}"
                raise usage_error(7, message)
    target.check_run(options)


def check_fast_math(target: Target, options: LoopOptions) -> None:
    """Refuse `--fast-math` if the back end would ignore it; raises DspcError, exit status 2."""
    if options.fast_math and not target.reorders_sums:
        raise usage_error(7, required("--fast-math", "reorders_sums", "the back end", target))


VOICES = {"voices": "--voices", "batch": "--batch"}
"""The options of `dspc-run` for back ends that run several instances in parallel."""


def required(flag: str, capability: str, subject: str, target: Target) -> str:
    able = [candidate.name for candidate in all_targets() if getattr(candidate, capability)]
    return f"{flag} requires {subject} {' or '.join(able)}, not {target.name}"


def is_given(options: Any, name: str) -> bool:
    """Whether a field exists and its value differs from the default."""
    option: Field[Any] | None = next((f for f in fields(options) if f.name == name), None)
    if option is None:
        return False
    default = None if option.default is MISSING else option.default
    return getattr(options, name) != default
