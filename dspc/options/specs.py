"""Declarations of options: the metadata of annotated fields in the tables of the commands.

typer, which prints help and messages and completes words, is imported on use: see
`dspc.options.typer_command`. Tables of other packages may have typer's own declarations.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class OptionSpec(NamedTuple):
    """An option: its names, the help, the name of its value, and a heading other than its table's.

    Its default value is that of the dataclass field.
    """

    names: tuple[str, ...]
    help: str
    metavar: str | None = None
    group: str | None = None


class ArgumentSpec(NamedTuple):
    """A positional argument, with its name in the usage line."""

    metavar: str


def option(*names: str, help: str, metavar: str | None = None, group: str | None = None) -> Any:
    """The declaration of an option."""
    return OptionSpec(names, help, metavar, group)


def spec_of(annotation: Any) -> Any:
    """The declaration in the annotation of a field, ours or typer's; None if there is none."""
    return next(iter(getattr(annotation, "__metadata__", ())), None)


def names_of(spec: Any) -> tuple[str, ...]:
    """The names in a declaration of an option; none of an argument's."""
    if isinstance(spec, ArgumentSpec):
        return ()
    if isinstance(spec, OptionSpec):
        return spec.names
    declared = getattr(spec, "param_decls", None) or ()
    # typer takes the first name of an annotated option as a default, until it reads the table.
    default = getattr(spec, "default", None)
    return (default, *declared) if isinstance(default, str) and default[:1] == "-" else (*declared,)
