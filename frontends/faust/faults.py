"""The faults that evaluation and propagation report: codes E0201 to E0239 (docs/errors.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dspc.frontends.faust import ast
from dspc.frontends.faust.box_states import BAD
from dspc.support.diagnostics import DspcError, Note, Source, Span

if TYPE_CHECKING:
    from dspc.frontends.faust.boxes import Box
    from dspc.frontends.faust.environment import Environment
    from dspc.frontends.faust.signals import Sig
    from dspc.frontends.faust.trampoline import Work

NOWHERE = Span(Source("", ""), 0, 0)
"""The place of code that no program wrote."""

_CLOCKED = frozenset(("ondemand", "upsampling", "downsampling"))
"""Names that exist in experimental versions of Faust only."""
_CHAIN_SHOWN = 6
_ENDLESS = 1000
"""The depth of nested calls of a function from which a fault of time or memory names it."""


def add_call_chain(error: DspcError, stack: list[Work], asked: Span | None) -> None:
    """Note the active calls, innermost first; `asked` is the expression of the program itself."""
    if error.span is None:
        error.span = next((expr.span for _, expr, _ in reversed(stack) if expr), None)
    calls: dict[ast.Apply, int] = {}
    for _, expr, _ in reversed(stack):
        if type(expr) is ast.Apply:
            calls[expr] = calls.get(expr, 0) + 1
    if error.code in ("E0210", "E0211", "E0212"):
        _blame_endless_call(error, calls)
    notes = [
        _call_note(expr, times)
        for expr, times in calls.items()
        if not _encloses(expr.span, error.span)
    ]
    if len(notes) > _CHAIN_SHOWN:
        hidden = len(notes) - _CHAIN_SHOWN
        notes[_CHAIN_SHOWN - 1 : -1] = [Note(f"... {hidden} more calls ...")]
    shown = [error.span, *(note.span for note in notes)]
    if asked and asked.source.name and all(s and s.source is not asked.source for s in shown):
        notes.append(Note("it is needed here", asked))
    error.notes += notes


def _encloses(outer: Span, inner: Span | None) -> bool:
    """Whether the excerpt of `inner` shows the call at `outer` anyway."""
    if inner is None or outer.source is not inner.source:
        return False
    return outer.start <= inner.start and inner.end <= outer.end


def _call_note(expr: ast.Apply, times: int) -> Note:
    often = f", {times} times within itself" if times > 1 else ""
    return Note(f"in the call of {_shown(expr.function)}{often}", expr.span)


def _blame_endless_call(error: DspcError, calls: dict[ast.Apply, int]) -> None:
    """Point at the call that calls itself again and again, if there is one."""
    worst = max(calls, key=calls.__getitem__, default=None)
    if worst is None or calls[worst] < _ENDLESS:
        return
    error.message = f"{_shown(worst.function)} calls itself without end: {error.message}"
    error.span = worst.span
    error.hint = "has it a rule that ends, and does every argument come to it as a number?"
    # Where the time ran out inside the innermost call is chance.
    for call in list(calls)[: list(calls).index(worst)]:
        if calls[call] < _ENDLESS:
            del calls[call]


def _shown(expr: ast.Expr) -> str:
    return _shown_at(expr.span)


def _shown_at(span: Span) -> str:
    text = " ".join(span.source.text[span.start : span.end].split())
    return f"`{text if len(text) <= 40 else text[:37] + '...'}`"


def _applied(call: Span) -> str | None:
    """The name of the function that a call's text begins with."""
    name = call.source.text[call.start : call.end].partition("(")[0].strip()
    return f"`{name}`" if name else None


def _close(name: str, names: Any) -> str | None:
    from difflib import get_close_matches  # only faults pay for it

    close = get_close_matches(name, set(names), n=1, cutoff=0.6)
    return f"did you mean `{close[0]}`?" if close else None


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def undefined_symbol(name: str, env: Environment, span: Span) -> DspcError:
    if name in _CLOCKED:
        hint = "Faust 2.54 does not have it; as a name that the program defines it can be used"
        return DspcError("E0231", f"`{name}` is not supported", span, hint)
    return DspcError("E0201", f"`{name}` is not defined", span, _close(name, env.names()))


def undefined_member(expr: ast.Access, env: Environment) -> DspcError:
    hint = _close(expr.name, env.names())
    scope = _shown(expr.environment)
    title = f" ({env.title})" if env.title else ""
    message = f"`{expr.name}` is not defined in {scope}{title}"
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
        if waiting in names and waiting is not expr:
            notes.append(Note(f"by way of `{names[waiting]}`", waiting.span))
        if waiting is expr:
            break
    name = names.get(expr)
    subject = f"the definition of `{name}`" if name else "this definition"
    return DspcError(
        "E0204",
        f"{subject} refers to itself, which would never end",
        expr.span,
        "feedback of signals is written with `~` or `letrec`",
        notes[:_CHAIN_SHOWN],
    )


def component_of_itself(box: Box) -> DspcError:
    return DspcError(
        "E0204",
        "this component is a component of itself, which would never end",
        box.span,
        "feedback of signals is written with `~` or `letrec`",
    )


_RULES = {
    "seq": "`A : B` needs as many outputs of A as inputs of B",
    "split": "`A <: B` needs the inputs of B to be a multiple of the outputs of A, neither being 0",
    "merge": "`A :> B` needs the outputs of A to be a multiple of the inputs of B, neither being 0",
    "rec": "`A ~ B` needs at least as many outputs of A as inputs of B, "
    "and at least as many inputs of A as outputs of B",
}
_SIGNS = {"seq": ":", "split": "<:", "merge": ":>", "rec": "~", "par": ","}


def ill_typed(box: Box) -> DspcError:
    """The innermost composition whose arities do not meet."""
    waiting = [box]
    while waiting:
        box = waiting.pop()
        bad = [part for part in box.args if part.state == BAD]
        if not bad:
            break
        waiting.append(bad[0])
    left, right = box.args
    infix = left.kind == "par" and right.kind == "prim" and box.kind == "seq"
    if infix and (left.spans is not None or box.spans is None):
        return _ill_operands(box, left, right)
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
        Note(f"{name} is {_shown_at(span)}: {_arity(part)}", span)
        for name, part, span in zip("AB", (left, right), spans, strict=True)
        if span is not None
    ]
    return DspcError("E0220", message, box.span, _RULES.get(box.kind), notes)


def _arity(box: Box) -> str:
    return f"{_plural(box.ins, 'input')} and {_plural(box.outs, 'output')}"


def _ill_operands(box: Box, operands: Box, operator: Box) -> DspcError:
    """Operands that are too many signals, or too few, as in `(a, b) * c`."""
    message = (
        f"`{operator.value}` takes {_plural(operator.ins, 'signal')}, "
        f"but its operands give {operands.outs}"
    )
    notes: list[Note] = []
    if operands.spans is not None:
        for part, span in zip(operands.args, operands.spans, strict=True):
            notes.append(Note(f"{_shown_at(span)} has {_plural(part.outs, 'output')}", span))
    return DspcError("E0220", message, box.span, None, notes)


def too_many_arguments(box: Box, width: int, expected: int, span: Span) -> DspcError:
    """`expected` arguments went to the parameters, the other `width` signals to a box."""
    name = _applied(span) or "the function"
    ready = f"it takes {expected}, and the result" if expected else "it"
    more = "more " if expected else ""
    message = (
        f"too many arguments for {name}: {ready} has {_plural(box.ins, 'input')} "
        f"for {width} {more}{'signal' if width == 1 else 'signals'}"
    )
    return DspcError("E0221", message, span)


def environment_applied(span: Span, env: Environment) -> DspcError:
    name = _applied(span)
    subject = f"{name} is an environment and" if name else "an environment"
    title = Note(f"it is the library {env.title}") if env.title else None
    functions = (d.name for d in env.definitions.values() if d.rules[0].patterns)
    some = f"{name.strip('`') if name else 'e'}.{next(functions, 'name')}"
    hint = f"choose one of its definitions, as in `{some}`"
    return DspcError("E0222", f"{subject} cannot be applied", span, hint, [title] if title else [])


def no_rule_matches(
    node: ast.Case, rules: Any, arguments: tuple[Box, ...], span: Span
) -> DspcError:
    shown = ", ".join(_describe(box) for box in arguments)
    notes = [Note(f"rule {_rule_text(rule)}", rule.span) for rule in node.rules[:_CHAIN_SHOWN]]
    name = f" of {applied}" if (applied := _applied(span)) else ""
    hint = "a name as a pattern matches everything, and rules are tried in order"
    message = f"no rule{name} matches the arguments ({shown})"
    return DspcError("E0223", message, span, hint, notes)


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


def not_constant(span: Span, box: Box, subject: str) -> DspcError:
    if box.ins or box.outs != 1:
        message = (
            f"{subject} must be one number, but this has {_plural(box.ins, 'input')} "
            f"and {_plural(box.outs, 'output')}"
        )
    else:
        message = f"{subject} must be known at compile time"
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


def table_contents(outside: Sig) -> DspcError:
    source = {"input": "an input", "feedback": "a recursion around it"}.get(outside.op, "a widget")
    message = (
        f"the first contents of a table hang on {source}, but are needed before the program runs"
    )
    return DspcError("E0239", message, None, "write it while the program runs: `rwtable`")


def no_process(process: str, source: Source, env: Environment) -> DspcError:
    """Points at the definition that may be meant, else at the end of the file."""
    hint = _close(process, env.names())
    near = env.definitions.get(hint.split("`")[1]) if hint else None
    if near is not None and near.span.source is source:
        span = near.span
    else:
        span = Span(source, len(source.text.rstrip()), len(source.text.rstrip()))
    message = f"{source.name} does not define `{process}`"
    return DspcError("E0236", message, span, hint or "`-pn NAME` compiles another definition")


def negative_delay(frames: int, span: Span | None) -> DspcError:
    message = f"a delay of {_plural(frames, 'frame')}: what comes later is not known"
    return DspcError("E0304", message, span, "delay the other signals by as much instead")


def division_by_zero(sign: str, span: Span | None) -> DspcError:
    return DspcError("E0230", f"the right operand of `{sign}` is always 0", span)


def no_outputs(process: str, span: Span) -> DspcError:
    return DspcError("E0233", f"the program has no outputs: `{process}` gives no signal", span)


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
