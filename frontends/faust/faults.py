"""The faults that evaluation and propagation report: codes E0201 to E0239 (docs/errors.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dspc.dialects.diagnostics import DspcError, Note, Source, Span
from dspc.frontends.faust import ast

if TYPE_CHECKING:
    from dspc.frontends.faust.boxes import Box
    from dspc.frontends.faust.environment import Environment
    from dspc.frontends.faust.trampoline import Work

NOWHERE = Span(Source("", ""), 0, 0)
"""Stands for the place of what no program wrote."""

_CHAIN_SHOWN = 6


def add_call_chain(error: DspcError, stack: list[Work]) -> None:
    """Note the calls that were under way, innermost first."""
    if error.span is None:
        error.span = next((expr.span for _, expr, _ in reversed(stack) if expr), None)
    calls: list[Note] = []
    for _, expr, _ in reversed(stack):
        if type(expr) is ast.Apply and expr.span != error.span:
            calls.append(Note(f"in the call of {_shown(expr.function)}", expr.span))
    if len(calls) > _CHAIN_SHOWN:
        hidden = len(calls) - _CHAIN_SHOWN
        calls[_CHAIN_SHOWN - 1 : -1] = [Note(f"... {hidden} more calls ...")]
    error.notes += calls


def _shown(expr: ast.Expr) -> str:
    start, end = expr.span.start, expr.span.end
    text = " ".join(expr.span.source.text[start:end].split())
    return f"`{text if len(text) <= 40 else text[:37] + '...'}`"


def _close(name: str, names: Any) -> str | None:
    from difflib import get_close_matches  # only faults pay for it

    found = get_close_matches(name, set(names), n=1, cutoff=0.6)
    return f"did you mean `{found[0]}`?" if found else None


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def undefined_symbol(name: str, env: Environment, span: Span) -> DspcError:
    return DspcError("E0201", f"`{name}` is not defined", span, _close(name, env.names()))


def undefined_member(expr: ast.Access, env: Environment) -> DspcError:
    hint = _close(expr.name, env.names())
    what = _shown(expr.environment)
    title = f" ({env.title})" if env.title else ""
    message = f"`{expr.name}` is not defined in {what}{title}"
    return DspcError("E0202", message, expr.span, hint)


def no_environment(expr: ast.Access) -> DspcError:
    message = f"{_shown(expr.environment)} is no environment, so it has no `{expr.name}`"
    return DspcError(
        "E0203", message, expr.span, "only `environment`, `library` and `component` do"
    )


def nothing_to_substitute(expr: ast.Substitute) -> DspcError:
    message = f"no definitions can be replaced in {_shown(expr.expression)}"
    return DspcError("E0203", message, expr.span, "it is no environment, component or function")


def refers_to_itself(expr: ast.Expr, stack: list[Work], names: dict[ast.Expr, str]) -> DspcError:
    notes: list[Note] = []
    for _, waiting, _ in reversed(stack):
        if waiting in names:
            notes.append(Note(f"`{names[waiting]}` is being evaluated", waiting.span))
        if waiting is expr:
            break
    name = names.get(expr)
    what = f"the definition of `{name}`" if name else "this definition"
    return DspcError(
        "E0204",
        f"{what} refers to itself, which would never end",
        expr.span,
        "feedback of signals is written with `~` or `letrec`",
        notes[:_CHAIN_SHOWN],
    )


_RULES = {
    "seq": "`A : B` needs as many outputs of A as inputs of B",
    "split": "`A <: B` needs the inputs of B to be a multiple of the outputs of A",
    "merge": "`A :> B` needs the outputs of A to be a multiple of the inputs of B",
    "rec": "`A ~ B` needs at least as many outputs of A as inputs of B, "
    "and at least as many inputs of A as outputs of B",
}
_SIGNS = {"seq": ":", "split": "<:", "merge": ":>", "rec": "~", "par": ","}


def ill_typed(box: Box) -> DspcError:
    """The innermost composition whose arities do not meet."""
    from dspc.frontends.faust.boxes import BAD

    waiting = [box]
    while waiting:
        box = waiting.pop()
        bad = [part for part in box.args if part.state == BAD]
        if not bad:
            break
        waiting.append(bad[0])
    left, right = box.args
    sign = _SIGNS.get(box.kind, "")
    if box.kind == "rec":
        message = (
            f"A ~ B: A has {_plural(left.ins, 'input')} and {_plural(left.outs, 'output')}, "
            f"B has {_plural(right.ins, 'input')} and {_plural(right.outs, 'output')}"
        )
    else:
        message = (
            f"A {sign} B: A has {_plural(left.outs, 'output')}, B has {_plural(right.ins, 'input')}"
        )
    spans = box.spans or (left.span, right.span)
    notes = [
        Note(f"{name} has {_plural(part.ins, 'input')} and {_plural(part.outs, 'output')}", span)
        for name, part, span in zip("AB", (left, right), spans, strict=True)
        if span is not None
    ]
    return DspcError("E0220", message, box.span, _RULES.get(box.kind), notes)


def too_many_arguments(box: Box, given: int, span: Span) -> DspcError:
    message = f"{_plural(given, 'argument')} for a box of {_plural(box.ins, 'input')}"
    name = f"`{box.name or box.value}`" if box.name or box.kind == "prim" else "the box applied"
    notes = [Note(f"{name} has {_plural(box.ins, 'input')}")]
    return DspcError("E0221", message, span, None, notes)


def environment_applied(span: Span) -> DspcError:
    return DspcError(
        "E0222", "an environment cannot be applied", span, "choose one of its definitions: `e.name`"
    )


def no_rule_matches(node: ast.Case, rules: Any, given: tuple[Box, ...], span: Span) -> DspcError:
    shown = ", ".join(_describe(box) for box in given)
    notes = [Note(f"rule {_rule_text(rule)}", rule.span) for rule in node.rules[:_CHAIN_SHOWN]]
    return DspcError("E0223", f"no rule matches the arguments ({shown})", span, None, notes)


def _rule_text(rule: ast.Rule) -> str:
    return f"({', '.join(_shown(pattern).strip('`') for pattern in rule.patterns)})"


def _describe(box: Box) -> str:
    if box.kind in ("int", "real"):
        return str(box.value)
    if box.name is not None:
        return box.name
    if box.span is not None:
        return _shown(box).strip("`")  # pyright: ignore[reportArgumentType]
    return box.kind


def not_constant(span: Span, box: Box, what: str) -> DspcError:
    if box.ins or box.outs != 1:
        message = (
            f"{what} must be one number, but this has {_plural(box.ins, 'input')} "
            f"and {_plural(box.outs, 'output')}"
        )
    else:
        message = f"{what} must be known at compile time"
    hint = "widgets, inputs and the sampling rate are known at run time only"
    return DspcError("E0224", message, span, hint)


def negative_iterations(expr: ast.Iterate, count: int) -> DspcError:
    return DspcError("E0225", f"`{expr.kind}` of {count} parts", expr.count.span)


def too_many_iterations(expr: ast.Iterate, count: int, limit: int) -> DspcError:
    message = f"`{expr.kind}` of {count} parts; {limit} are possible"
    return DspcError("E0225", message, expr.count.span)


def outside_range(expr: ast.Widget, numbers: list[float]) -> DspcError:
    init, low, high, _ = numbers
    message = f"the initial value {init:g} is outside of the range {low:g} to {high:g}"
    hint = f"the order is `{expr.kind}(label, initial value, minimum, maximum, step)`"
    return DspcError("E0226", message, expr.span, hint)


def empty_range(expr: ast.Widget, numbers: list[float]) -> DspcError:
    message = f"the minimum {numbers[1]:g} is greater than the maximum {numbers[2]:g}"
    hint = f"the order is `{expr.kind}(label, initial value, minimum, maximum, step)`"
    return DspcError("E0226", message, expr.span, hint)


def negative_channels(expr: ast.Soundfile, count: int) -> DspcError:
    return DspcError("E0227", f"a soundfile of {count} channels", expr.channels.span)


def negative_route(expr: ast.Route) -> DspcError:
    return DspcError("E0228", "`route` with a negative number of inputs or outputs", expr.span)


def odd_routes(expr: ast.Route, count: int) -> DspcError:
    message = f"`route` takes pairs of an input and an output, but gets {count} numbers"
    return DspcError("E0228", message, expr.span)


def table_size(op: str) -> DspcError:
    hint = "its memory is laid out before the program runs"
    return DspcError("E0229", "the size of a table must be known at compile time", None, hint)


def table_empty(count: int) -> DspcError:
    return DspcError("E0229", f"a table of {count} elements; it needs at least 1", None)


def no_process(process: str, file: str, env: Environment) -> DspcError:
    hint = _close(process, env.names()) or "`-pn NAME` compiles another definition"
    return DspcError("E0236", f"{file} does not define `{process}`", None, hint)


def no_outputs(process: str) -> DspcError:
    return DspcError("E0233", f"the program has no outputs: `{process}` gives no signal")


def too_wide(box: Box) -> DspcError:
    message = (
        f"a box of {_plural(box.ins, 'input')} and {_plural(box.outs, 'output')} "
        "is more than can be compiled"
    )
    return DspcError("E0234", message)


def no_modulation_target(expr: ast.Modulate) -> DspcError:
    return DspcError("E0235", "a modulation has to name the widget it modulates", expr.span)


def modulation_circuit(expr: ast.Expr, box: Box) -> DspcError:
    message = (
        "a modulation circuit has at most 2 inputs, and 1 output, but this has "
        f"{_plural(box.ins, 'input')} and {_plural(box.outs, 'output')}"
    )
    return DspcError("E0235", message, expr.span)


def clocked(expr: ast.Clocked) -> DspcError:
    return DspcError("E0231", f"`{expr.kind}` is not supported", expr.span)
