"""Source locations of ops, for errors that are detected after the front end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import ParamSpec

from xdsl.dialects.builtin import (
    FileLineColLoc,
    ModuleOp,
    StringAttr,
    SymbolRefAttr,
    UnknownLoc,
)
from xdsl.ir import Operation

from dspc.support.diagnostics import DspcError, Source, Span

_LARGEST = 1 << 24


def span_of(op: Operation) -> Span | None:
    """The source span that an op was compiled from; None if it is unknown or not in a file."""
    place = op.location
    if not isinstance(place, FileLineColLoc):
        return None
    try:
        with open(place.filename.data, encoding="utf-8") as file:
            text = file.read(_LARGEST)
    except (OSError, UnicodeDecodeError):
        return None
    source = Source(place.filename.data, text)
    line, column = place.line.data, place.column.data
    if not 1 <= line <= len(source.line_starts):
        return None
    start = source.line_starts[line - 1] + column - 1
    return Span(source, start, start) if start <= len(text) else None


def placed(error: DspcError, op: Operation) -> DspcError:
    """The error, located at `op` where it has no location of its own."""
    if error.span is None:
        error.span = span_of(op)
    return error


def location_text(op: Operation) -> str | None:
    """The source location of an op as `file:line:column`; None if it is unknown."""
    place = op.location
    if not isinstance(place, FileLineColLoc):
        return None
    return f"{place.filename.data}:{place.line.data}:{place.column.data}"


P = ParamSpec("P")


def located(apply: Callable[P, None]) -> Callable[P, None]:
    """A pass's `apply(self, ctx, op)` after which each op has a location (`spread_locations`)."""

    @wraps(apply)
    def applied(*args: P.args, **kwargs: P.kwargs) -> None:
        apply(*args, **kwargs)
        module = kwargs.get("op", args[-1])
        assert isinstance(module, ModuleOp)
        spread_locations(module)

    return applied


def spread_locations(module: ModuleOp) -> None:
    """Give ops without a location the one of what they serve, so that each op has one.

    A value has that of its first user, an op without a result that of its operands, if these are
    computed; a region that of its first op, and its terminator that of the region; what is declared
    by a symbol that of its first use. What is left has that of its neighbour. Does nothing in a
    module without locations.
    """
    ops = list(module.walk())
    unknown = [op for op in ops if not _is_known(op)]
    if len(unknown) in (0, len(ops)):
        return
    first = next(op.location for op in ops if _is_known(op))
    for op in reversed(unknown):
        _take(op, (use.operation for value in op.results for use in value.uses))
        if op.regions:
            inside = (one for region in op.regions for block in region.blocks for one in block.ops)
            _take(op, inside)
    unknown = [op for op in unknown if not _is_known(op)]
    declared = _declared(ops) if unknown else {}
    for op in unknown:
        _take(op, declared.get(_symbol(op), ()))
        _take(op, _computed(op))
        parent = op.parent_op()
        _take(op, (near for near in (op.prev_op, parent, op.next_op) if near is not None))
    for op in unknown:
        if not _is_known(op):
            op.location = first


def _is_known(op: Operation) -> bool:
    return type(op.location) is not UnknownLoc


def _take(op: Operation, others: Iterable[Operation]) -> None:
    """The location of the first of other ops that has one."""
    if not _is_known(op):
        op.location = next((other.location for other in others if _is_known(other)), op.location)


def _computed(op: Operation) -> Iterable[Operation]:
    """The ops that compute an op's operands from others: constants and buffers serve many ops."""
    owners = (value.owner for value in op.operands)
    return (one for one in owners if isinstance(one, Operation) and (one.operands or one.regions))


def _symbol(op: Operation) -> str | None:
    name = op.properties.get("sym_name")
    return name.data if isinstance(name, StringAttr) else None


def _declared(ops: Sequence[Operation]) -> dict[str | None, list[Operation]]:
    """The ops that use each symbol."""
    uses: dict[str | None, list[Operation]] = {}
    for op in ops:
        for attribute in op.properties.values():
            if isinstance(attribute, SymbolRefAttr):
                uses.setdefault(attribute.root_reference.data, []).append(op)
    return uses
