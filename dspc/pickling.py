"""Pickling of running programs: the module as text, the settings and the state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

    from dspc.processor import Processor
    from dspc.targets.base import Target

State = tuple[int, bytes]
"""The sampling rate (Hz), and the bytes that `Instance.save` returned."""


def pickled(
    module: ModuleOp,
    target: Target,
    folder: str,
    settings: Mapping[str, Any],
    state: State | None,
) -> tuple[Callable[..., Processor], tuple[Any, ...]]:
    """What `Processor.__reduce__` returns."""
    from dspc.printing import print_module

    return unpickled, (print_module(module), target.name, folder, settings, state)


def unpickled(
    text: str,
    target: str,
    folder: str,
    settings: Mapping[str, Any],
    state: State | None,
) -> Processor:
    """The processor of a pickled one, with the default limits on the memory of this machine."""
    from dspc.mlir_text import MlirText
    from dspc.multiverse import new_context
    from dspc.processor import Processor
    from dspc.source_options import SourceOptions
    from dspc.targets.registry import find_backend

    limits = SourceOptions().limits()
    module = MlirText(text, "<pickle>").read(new_context())
    processor = Processor(module, find_backend(target), folder, settings, limits)
    if state is not None:
        processor.start(state[0]).restore(state[1])
    return processor
