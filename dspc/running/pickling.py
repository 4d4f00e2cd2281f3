"""The pickled form of a running program: the module as text, the settings and the state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

    from dspc.running.processor import Processor
    from dspc.targets.base import Target

State = tuple[int, bytes]
"""The sampling rate (Hz), and the bytes that `Instance.save` returned."""


class Pickled(NamedTuple):
    """A running program as values that `pickle` takes; `state` is None before its start.

    `effect` is what mixed voices pass through, in programs that notes play.
    """

    text: str
    target: str
    folder: str
    settings: Mapping[str, Any]
    state: State | None
    effect: Pickled | None


def pickled(
    module: ModuleOp,
    target: Target,
    folder: str,
    settings: Mapping[str, Any],
    state: State | None,
    effect: Callable[[], Processor | None],
) -> Pickled:
    """A program as values, its module printed. The effect is compiled if notes play the program."""
    from dspc.pipelines.printing import print_module
    from dspc.running.effects import takes_notes

    after = effect() if takes_notes(module) else None
    values = print_module(module), target.name, folder, settings, state
    return Pickled(*values, None if after is None else after.pickled())


def unpickled_module(text: str) -> ModuleOp:
    """The module of a pickled program."""
    from dspc.mlir_text import MlirText
    from dspc.multiverse import new_context

    return MlirText(text, "<pickle>").read(new_context())
