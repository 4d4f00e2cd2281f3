"""Changes to the pipeline that the options select: `--insert` and `--without`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dspc.messages import usage_error
from dspc.pipelines.parsing import check_pass_name, instantiate
from dspc.pipelines.standard import SPLIT_PASSES

if TYPE_CHECKING:
    from xdsl.passes import ModulePass

    from dspc.options.pass_options import PassOptions

_PLACE = re.compile(r"\s*(after|before)\s+([^\s:]+)\s*:\s*(.+)", re.DOTALL)


def edited(
    passes: Sequence[str | ModulePass], options: PassOptions
) -> list[str | ModulePass] | list[ModulePass]:
    """The passes after the edits that the options ask for.

    Raises DspcError E0005 for an unknown pass or one that is not in the pipeline, E0006 for an edit
    that cannot be read or options that a pass does not have.
    """
    apart = _in_split_loops(options)
    if not (options.insert or options.without or apart):
        return list(passes)
    changed = instantiate(passes)
    if apart:
        changed = _with_parts(changed)
    ends: dict[int, ModulePass] = {}
    for edit in options.insert or ():
        changed = _inserted(changed, edit, ends)
    for name in options.without or ():
        check_pass_name(name)
        remaining = [module_pass for module_pass in changed if module_pass.name != name]
        if len(remaining) == len(changed):
            raise _absent("--without", name, changed)
        changed = remaining
    return changed


def _in_split_loops(options: PassOptions) -> bool:
    """Whether options name a pass that `dsp-split-loops` runs, which then stands in its place."""
    places = [_PLACE.fullmatch(edit) for edit in options.insert or ()]
    named = {place[2] for place in places if place} | {*(options.without or ())}
    return not named.isdisjoint(SPLIT_PASSES) or options.print_after in SPLIT_PASSES


def _with_parts(passes: Sequence[ModulePass]) -> list[ModulePass]:
    from dspc.pipelines.split_loops import DspSplitLoops

    groups = [
        module_pass.parts() if isinstance(module_pass, DspSplitLoops) else [module_pass]
        for module_pass in passes
    ]
    return [module_pass for group in groups for module_pass in group]


def _inserted(passes: list[ModulePass], edit: str, ends: dict[int, ModulePass]) -> list[ModulePass]:
    """The passes after an edit.

    `ends` maps the identity of a pass to the last one that an edit has inserted after it, so that
    what several edits insert after one pass runs in their order.
    """
    match = _PLACE.fullmatch(edit)
    if match is None:
        hint = "write --insert 'after PASS: OTHER{option=1}' or 'before PASS: OTHER'"
        raise usage_error(6, f"--insert: {edit} is not an edit", hint)
    where, name, text = match.groups()
    check_pass_name(name)
    places = [at for at, module_pass in enumerate(passes) if module_pass.name == name]
    if not places:
        raise _absent("--insert", name, passes)
    new = instantiate([text])
    if where == "before":
        return [*passes[: places[0]], *new, *passes[places[0] :]]
    start = places[-1]
    anchor = last = passes[start]
    while id(last) in ends:
        last = ends[id(last)]
    at = next(at for at in range(start, len(passes)) if passes[at] is last) + 1
    ends[id(anchor)] = new[-1]
    return [*passes[:at], *new, *passes[at:]]


def _absent(option: str, name: str, passes: Sequence[ModulePass]) -> Exception:
    names = ", ".join(dict.fromkeys(module_pass.name for module_pass in passes))
    return usage_error(5, f"{option}: {name} is not in this pipeline", f"its passes are {names}")


def pipeline_text(passes: Sequence[str | ModulePass]) -> str:
    """The pipeline in the syntax of `xdsl-opt -p`."""
    return ",".join(entry if isinstance(entry, str) else str(entry.spec()) for entry in passes)
