"""The definition `effect` of a program, through which polyphonic hosts pass the mixed voices."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from dspc.support.diagnostics import DspcError

if TYPE_CHECKING:
    from collections.abc import Callable

    from xdsl.dialects.builtin import ModuleOp

    from dspc.dialects.dsp.ui import UiWidget
    from dspc.options.compile_options import CompileOptions
    from dspc.support.diagnostics import Source
    from dspc.targets.base import Target

OptionsT = TypeVar("OptionsT", bound="CompileOptions")

NAME = "effect"
NOT_DEFINED = "E0236"


def widgets_by_path(module: ModuleOp) -> dict[str, UiWidget]:
    """The widgets of a program, in the order of its interface."""
    from dspc.dialects.dsp.ui import widget_paths
    from dspc.dialects.dsp.ui_ops import read_ui
    from dspc.modules import unit_of

    unit = unit_of(module)
    return {} if unit is None else dict(widget_paths(read_ui(unit.ui)))


def takes_notes(module: ModuleOp) -> bool:
    """Whether notes or MIDI controls can play a program."""
    from dspc.running.midi_controls import MidiControls
    from dspc.running.note_controls import is_polyphonic

    widgets = widgets_by_path(module)
    return is_polyphonic(widgets) or bool(MidiControls(widgets))


def effect_of(
    program: str | Source | ModuleOp,
    module: ModuleOp,
    options: OptionsT,
    lower: Callable[[str | Source, OptionsT], ModuleOp],
) -> ModuleOp | None:
    """The effect of a program of voices, compiled with the same options; None without one.

    `module` is that of the program; `lower` compiles a program. Raises DspcError for errors in the
    definition.
    """
    from xdsl.dialects.builtin import ModuleOp

    from dspc.modules import is_module
    from dspc.running.note_controls import is_polyphonic

    if (
        is_module(program)
        or options.process_name == NAME
        or not is_polyphonic(widgets_by_path(module))
    ):
        return None
    assert not isinstance(program, ModuleOp)
    named = replace(options, process_name=NAME, validate="off", print_after=None, verbose=False)
    try:
        return lower(program, named)
    except DspcError as error:
        if error.code == NOT_DEFINED:
            return None
        raise


def with_effect(
    target: Target,
    program: str | Source | ModuleOp,
    module: ModuleOp,
    options: OptionsT,
    lower: Callable[[str | Source, OptionsT], ModuleOp],
) -> Target:
    """The target, with the program's effect if it plays that too; see `effect_of`."""
    if not target.takes_effect:
        return target
    return target.with_effect(effect_of(program, module, options, lower))
