"""Reading of pass pipelines: passes of dspc and of every installed universe, with their options."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from dspc.messages import usage_error
from dspc.options.loop_options import VECTOR_SIZE

if TYPE_CHECKING:
    from xdsl.passes import ModulePass
    from xdsl.utils.arg_spec import ArgSpec, ArgSpecConvertible

    from dspc.support.diagnostics import DspcError


def parse_pipeline(text: str) -> list[ModulePass]:
    """The passes of `a,b{option=1 other=x}`, of dspc or any installed universe.

    Raises DspcError E0005 for an unknown pass, E0006 for invalid syntax or options.
    """
    from dspc.multiverse import find_pass

    passes: list[ModulePass] = []
    for spec in read_specs(text):
        kind = find_pass(spec.name)
        if kind is None:
            raise unknown_pass(spec.name)
        passes.append(from_spec(kind, spec, 6))
    return passes


def instantiate(passes: Iterable[object]) -> list[ModulePass]:
    """The passes of a list of pipelines and passes, in order; raises as `parse_pipeline`.

    Raises TypeError for an entry that is neither, such as the class of a pass.
    """
    from xdsl.passes import ModulePass

    instances: list[ModulePass] = []
    for entry in passes:
        if isinstance(entry, str):
            instances += parse_pipeline(entry)
        elif isinstance(entry, ModulePass):
            instances.append(entry)
        else:
            raise TypeError(f"expected a pass or the text of a pipeline, not {entry!r}")
    return instances


def read_specs(text: str) -> list[ArgSpec]:
    """The names and options of a pipeline; raises DspcError E0006 for invalid syntax."""
    from xdsl.utils.arg_spec import parse_pipeline as parse_specs
    from xdsl.utils.exceptions import ArgSpecParseError

    try:
        return list(parse_specs(text))
    except ArgSpecParseError as error:
        raise usage_error(6, f"invalid pipeline: {_syntax_error(error)}") from None


def read_target_spec(text: str) -> ArgSpec:
    """The name and options of a target; raises DspcError E0003 for invalid syntax."""
    from xdsl.utils.arg_spec import parse_spec
    from xdsl.utils.exceptions import ArgSpecParseError

    try:
        return parse_spec(text)
    except ArgSpecParseError as error:
        raise usage_error(3, f"invalid target {text}: {_syntax_error(error)}") from None


def _syntax_error(error: BaseException) -> str:
    """The reason in xDSL's message, whose last line has it below the place."""
    return str(error).strip().splitlines()[-1].strip(" ^")


def unknown_pass(name: str) -> DspcError:
    """The error E0005 for a name that no pass has."""
    from dspc.multiverse import broken_universes, pass_names

    hint = _near(name, pass_names())
    broken = broken_universes()
    if hint is None:
        hint = "xdsl-opt --help and docs/passes.md list the passes"
    return usage_error(5, f"unknown pass {name}", "; ".join(filter(None, (hint, broken))))


def check_pass_name(name: str) -> None:
    """Raise DspcError E0005 unless a pass has this name, E0006 for a name with options."""
    from dspc.multiverse import pass_names

    if name in pass_names():
        return
    plain, brace, _ = name.partition("{")
    if brace and plain in pass_names():
        raise usage_error(6, f"{name}: a pass is named here without options", f"write {plain}")
    raise unknown_pass(plain)


def from_spec(kind: type[Any], spec: ArgSpec, code: int) -> Any:
    """A pass or target with the options of a spec; raises DspcError of a code for wrong ones."""
    from xdsl.utils.arg_spec import ArgSpec

    parameters = spec.normalize_parameter_names().parameters
    options = {field.name for field in fields(kind) if field.init}
    hints = get_type_hints(kind)
    for name, values in parameters.items():
        if name not in options:
            known = sorted(field.replace("_", "-") for field in options)
            hint = _near(name.replace("_", "-"), known)
            if hint is None:
                hint = f"its options are {', '.join(known)}" if known else "it has no options"
            raise usage_error(code, f"{spec.name} has no option {name.replace('_', '-')}", hint)
        if float in (hints[name], *get_args(hints[name])) and not _takes(hints[name], int):
            # `limit=1` is a number too.
            parameters[name] = tuple(float(v) if type(v) is int else v for v in values)
    try:
        return kind.from_spec(ArgSpec(spec.name, parameters))
    except ValueError as error:
        raise usage_error(code, f"{spec.name}: {_reason(kind, parameters, hints, error)}") from None
    except Exception as error:  # an option may be checked in `__post_init__`
        raise usage_error(code, f"{spec.name}: {' '.join(str(error).split())}") from None


def _takes(hint: Any, kind: type) -> bool:
    return hint is kind or kind in get_args(hint)


def _reason(
    kind: type[ArgSpecConvertible],
    parameters: dict[str, Any],
    hints: dict[str, Any],
    error: ValueError,
) -> str:
    """The error in the options: xDSL's message does not name the option of a wrong type."""
    from xdsl.utils.arg_spec import ArgSpec
    from xdsl.utils.hints import type_repr

    if "Incompatible types" in str(error):
        for name, values in parameters.items():
            required = kind.required_fields() - {name}
            if required:
                break
            try:
                kind.from_spec(ArgSpec(kind.name, {name: values}))
            except ValueError:
                text = ",".join(map(str, values))
                return f"{name.replace('_', '-')} is {type_repr(hints[name])}, not {text}"
    return " ".join(str(error).split())


def _near(name: str, names: Sequence[str]) -> str | None:
    """The hint at a similar name, if there is one."""
    from difflib import get_close_matches

    near = get_close_matches(name, names, 1)
    return f"did you mean {near[0]}?" if near else None


def check_order(passes: Sequence[ModulePass], level: str | None) -> str | None:
    """The level that a module of `level` has after the passes; None if it is not known.

    A pass may declare the levels that it takes (`TAKES`) and the level that it makes (`MAKES`):
    signals, loops, par (scheduled loops) and mem (placed memory). Signals with decisions on loops
    are signals. Raises DspcError E0024 for a pass
    that does not take the level that its predecessors leave.
    """
    made_by = ""
    level = "signals" if level == "decisions" else level
    for module_pass in passes:
        takes: Sequence[str] = getattr(module_pass, "TAKES", ())
        if level is not None and takes and level not in takes:
            wanted = f"{module_pass.name} takes {' or '.join(takes)}"
            if made_by:
                message = f"{wanted}, but after {made_by} the module has {level}"
                hint = (
                    f"move {module_pass.name} before {made_by}"
                    if _is_before(takes, level)
                    else None
                )
            else:
                message, hint = f"{wanted}, but the module has {level}", None
            raise usage_error(24, message, hint)
        makes: str | None = getattr(module_pass, "MAKES", None)
        if makes is not None:
            level, made_by = makes, module_pass.name
    return level


_ORDER = ("signals", "loops", "par", "mem")


def _is_before(takes: Sequence[str], level: str) -> bool:
    """Whether all levels that a pass takes precede `level`."""
    return level in _ORDER and all(_ORDER.index(t) < _ORDER.index(level) for t in takes)


def chunk_of(passes: Sequence[str | ModulePass]) -> int:
    """The frames of inner loops that passes write: the largest `vector-size`."""
    texts = [
        chosen if isinstance(chosen, str) else str(chosen.pipeline_pass_spec()) for chosen in passes
    ]
    sizes = [int(size) for text in texts for size in re.findall(r"vector-size=(\d+)", text)]
    return max([VECTOR_SIZE, *sizes])
