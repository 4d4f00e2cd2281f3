"""Commands of typer made from option tables: help in groups, messages, completion of words."""

from __future__ import annotations

import inspect
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Annotated, Any, get_type_hints

import typer
from typer.core import TyperCommand

from dspc.options.specs import ArgumentSpec, OptionSpec, spec_of

_WIDEST = 120
"""Columns beyond which lines of help are hard to read."""
_OTHER = "Other options"
_BOLD, _CYAN, _PLAIN = "\x1b[1m", "\x1b[36m", "\x1b[0m"


def typer_command(table: Callable[..., Any], program: str, epilog: str = "") -> Any:
    """The command of an option table, whose callback returns an instance of the table."""
    app = typer.Typer(add_completion=True, rich_markup_mode=None, pretty_exceptions_enable=False)
    settings = {"help_option_names": ["-h", "--help"], "max_content_width": _width()}
    app.command(
        name=program,
        help=table.__doc__,
        epilog=epilog,
        context_settings=settings,
        cls=_grouped(groups_of(table)),
    )(_function(table))
    return typer.main.get_command(app)


def groups_of(table: Any) -> dict[str, str]:
    """The heading of each field in help: its own, or else `HEADING` of the class declaring it."""
    groups: dict[str, str] = {}
    for kind in reversed(table.__mro__):
        for name, annotation in inspect.get_annotations(kind).items():
            spec = spec_of(annotation)
            if spec is None:
                continue
            own = spec.group if isinstance(spec, OptionSpec) else None
            groups[name] = own or kind.__dict__.get("HEADING", _OTHER)
    return groups


def _function(table: Any) -> Callable[..., Any]:
    """A function with the parameters of a table, declared for typer."""

    def made(**values: Any) -> Any:
        return table(**values)

    hints = get_type_hints(table, include_extras=True)
    parameters: list[inspect.Parameter] = []
    for field in fields(table):
        hint = _declared(hints[field.name])
        keyword = inspect.Parameter.KEYWORD_ONLY
        parameters.append(
            inspect.Parameter(field.name, keyword, default=field.default, annotation=hint)
        )
    made.__signature__ = inspect.Signature(parameters)  # pyright: ignore[reportFunctionMemberAccess]
    made.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return made


def _declared(hint: Any) -> Any:
    spec = spec_of(hint)
    if isinstance(spec, ArgumentSpec):
        return Annotated[hint.__origin__, typer.Argument(metavar=spec.metavar, show_default=False)]
    if isinstance(spec, OptionSpec):
        declared = typer.Option(
            *spec.names, help=spec.help, metavar=spec.metavar, show_default=False
        )
        return Annotated[hint.__origin__, declared]
    return hint


def _grouped(groups: Mapping[str, str]) -> type[TyperCommand]:
    """A command whose help has a section for each heading, in the order of the table's."""

    class GroupedCommand(TyperCommand):
        def collect_usage_pieces(self, ctx: Any) -> list[str]:
            pieces = super().collect_usage_pieces(ctx)
            # `[FILE]...` says that there may be one.
            return [piece for piece in pieces if f"{piece}..." not in pieces]

        def format_options(self, ctx: Any, formatter: Any) -> None:
            rows: dict[str, list[tuple[str, str]]] = {
                heading: [] for heading in dict.fromkeys(groups.values())
            }
            for parameter in self.get_params(ctx):
                row = parameter.get_help_record(ctx)
                if row is not None and row[1]:
                    heading = groups.get(parameter.name or "", _OTHER)
                    rows.setdefault(heading, []).append(row)
            for heading, records in rows.items():
                if records:
                    with formatter.section(_styled(heading, _BOLD)):
                        formatter.write_dl([(_styled(flag, _CYAN), text) for flag, text in records])

    return GroupedCommand


def _styled(text: str, style: str) -> str:
    """The text in a style where standard output is a terminal that has colours."""
    plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    return text if plain or not sys.stdout.isatty() else f"{style}{text}{_PLAIN}"


def _width() -> int:
    """The columns of help: those of the terminal, of which click takes 2 less."""
    return min(shutil.get_terminal_size().columns, _WIDEST)
