"""Observers of the passes of a compilation: statistics, and the report."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from xdsl.dialects.builtin import ModuleOp
    from xdsl.passes import ModulePass

    from dspc.frontends.faust.elaborate import Elaboration
    from dspc.options.compile_options import CompileOptions
    from dspc.output import Document


class Observer(Protocol):
    """An onlooker of one compilation."""

    def of(self, module_pass: ModulePass, module: ModuleOp, /) -> AbstractContextManager[None]:
        """The context in which a pass runs."""
        ...

    def documents(self, module: ModuleOp, /) -> list[Document]:
        """The files to write after the last pass."""
        ...


def observers_of(
    options: CompileOptions,
    elaboration: Elaboration | None,
    explain: Callable[[CompileOptions], str],
    effect: Callable[[], ModuleOp | None],
) -> list[Observer]:
    """The observers that the options ask for; `elaboration` is that of Faust source.

    `explain` compiles the program with other options, which ask for an explanation; `effect`
    compiles its effect.
    """
    observers: list[Observer] = []
    if options.stats:
        from dspc.pipelines.statistics import Statistics

        observers.append(Statistics(options.stats, options.file))
    if options.report:
        from dspc.report import Recorder

        observers.append(Recorder(options, elaboration, explain, effect))
    return observers
