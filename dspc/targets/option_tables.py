"""Option tables of the commands, with the options of targets of other packages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import make_dataclass
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from dspc.targets.registry import (
    DEFAULT,
    TARGET_FLAGS,
    all_targets,
    find_backend,
    is_own,
    target_help,
)

if TYPE_CHECKING:
    from dspc.options.compile_options import CompileOptions
    from dspc.options.loop_options import LoopOptions
    from dspc.options.run_options import RunOptions
    from dspc.targets.base import Target

TableT = TypeVar("TableT", bound="LoopOptions")


def compile_table(target: Target) -> type[CompileOptions]:
    """The options of `dspc` and `dspc.compile` for a target."""
    from dspc.options.compile_options import CompileOptions

    return CompileOptions if is_own(target.name) else _with(CompileOptions, _tables([target]))


def run_table(backend: str) -> type[RunOptions]:
    """The options of `dspc-run` for a back end."""
    from dspc.options.run_options import RunOptions

    if is_own(backend):
        return RunOptions
    table = find_backend(backend).run_option_table()
    return RunOptions if table is None else _with(RunOptions, [table])


def help_table() -> type[CompileOptions]:
    """The options of `dspc` for all targets, for `--help`."""
    from dspc.options.compile_options import CompileOptions
    from dspc.options.specs import option

    targets = tuple(all_targets())
    others = [target for target in targets if not is_own(target.name)]
    if not others:
        return CompileOptions
    help = option(*TARGET_FLAGS, metavar="TARGET", help=target_help(targets))
    return _with(CompileOptions, _tables(others), [("target", Annotated[str, help], DEFAULT)])


def named(arguments: Sequence[str], flags: Sequence[str], default: str) -> str:
    """The last value of an option on a command line, or the default."""
    chosen = default
    for at, word in enumerate(arguments):
        if word == "--":
            break
        name, equals, value = word.partition("=")
        if name in flags and (equals or at + 1 < len(arguments)):
            chosen = value if equals else arguments[at + 1]
    return chosen


def _tables(targets: Iterable[Target]) -> list[type[LoopOptions]]:
    tables = [target.option_table() for target in targets]
    return [table for table in tables if table is not None]


def _with(
    table: type[TableT], more: Sequence[type[LoopOptions]], changed: Sequence[Any] = ()
) -> type[TableT]:
    """A table extended by the options of others."""
    new = [other for other in more if not issubclass(table, other)]
    if not new and not changed:
        return table
    extended: Any = make_dataclass(table.__name__, changed, bases=(*new, table), frozen=True)
    extended.__doc__ = table.__doc__
    return extended
