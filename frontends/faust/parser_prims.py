"""The bracketed constructs that begin with a word or a backslash: widgets, cases, files and so on.

Each rule is entered with the cursor just behind its first token, whose index it is given.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, Literal, NoReturn

from dspc.frontends.faust import ast
from dspc.frontends.faust.lexer import INT, REAL, integer_value, real_value, wrap32
from dspc.frontends.faust.parser_base import Cursor, Rule
from dspc.support.diagnostics import Note

Construct = Callable[[Cursor, int], Rule[ast.Expr]]


def arguments(p: Cursor, opener: int) -> Rule[list[ast.Expr]]:
    """One or more arguments and the closing parenthesis; `opener` is behind the cursor."""
    if p.kinds[p.pos] == ")":
        p.unexpected(
            "expected an argument", "a call without arguments is the name alone", opener=opener
        )
    result = [(yield p.expression(argument=True))]
    while p.kinds[p.pos] == ",":
        p.pos += 1
        result.append((yield p.expression(argument=True)))
    if p.kinds[p.pos] in ("with", "letrec"):
        word = p.kinds[p.pos]
        p.fail(
            "E0111",
            f"`{word}` cannot stand in an argument",
            p.tokens.span(p.pos),
            f"put the argument in parentheses: `(... {word} {{ ... }})`",
        )
    p.close(opener)
    return result


def _lambda(p: Cursor, at: int) -> Rule[ast.Expr]:
    opener = p.take("(")
    parameters = [p.name()]
    while p.kinds[p.pos] == ",":
        p.pos += 1
        parameters.append(p.name())
    p.close(opener)
    if p.kinds[p.pos] != ".":
        p.unexpected("expected `.`", r"a function is written `\(x).(expression)`")
    p.pos += 1
    opener = p.take("(")
    body = yield p.expression()
    p.close(opener)
    return ast.Lambda(p.span_from(p.starts[at]), parameters, body)


def _case(p: Cursor, at: int) -> Rule[ast.Expr]:
    opener = p.take("{")
    rules: list[ast.Rule] = []
    while p.kinds[p.pos] == "(":
        start = p.starts[p.pos]
        p.pos += 1
        patterns = yield from arguments(p, p.pos - 1)
        p.take("=>")
        body = yield p.expression()
        rule = ast.Rule(patterns, body, p.span_from(start))
        if rules and len(patterns) != len(rules[0].patterns):
            pattern_count_differs(p, rules[0], rule)
        rules.append(rule)
        if p.kinds[p.pos] != ";":
            p.missing_semicolon()
        p.pos += 1
    if not rules:
        p.unexpected("expected a rule", "a rule is written `(pattern) => expression;`")
    p.close(opener)
    return ast.Case(p.span_from(p.starts[at]), rules)


def pattern_count_differs(p: Cursor, first: ast.Rule, other: ast.Rule) -> NoReturn:
    p.fail(
        "E0110",
        f"this rule has {_patterns(other)}, the first one {_patterns(first)}",
        other.span,
        "all rules of one name or `case` take the same number of arguments",
        Note("the first rule", first.span),
    )


def _patterns(rule: ast.Rule) -> str:
    count = len(rule.patterns)
    return f"{count} pattern" if count == 1 else f"{count} patterns"


def _iterate(kind: Literal["par", "seq", "sum", "prod"], p: Cursor, at: int) -> Rule[ast.Expr]:
    opener = p.take("(")
    index = p.name()
    p.comma(opener)
    count = yield p.expression(argument=True)
    p.comma(opener)
    body = yield p.expression()
    p.close(opener)
    return ast.Iterate(p.span_from(p.starts[at]), kind, index, count, body)


def _environment(p: Cursor, at: int) -> Rule[ast.Expr]:
    opener = p.take("{")
    statements = yield from p.statements(opener, "}")
    p.close(opener)
    return ast.EnvironmentExpr(p.span_from(p.starts[at]), statements)


def _file(node: type[ast.Library | ast.Component], p: Cursor, at: int) -> Rule[ast.Expr]:
    opener = p.take("(")
    file = p.string()
    p.close(opener)
    return node(p.span_from(p.starts[at]), file)
    yield  # a rule without nested expressions is a generator all the same


def _count_of(kind: Literal["inputs", "outputs"], p: Cursor, at: int) -> Rule[ast.Expr]:
    opener = p.take("(")
    body = yield p.expression()
    p.close(opener)
    return ast.CountOf(p.span_from(p.starts[at]), kind, body)


def _route(p: Cursor, at: int) -> Rule[ast.Expr]:
    opener = p.take("(")
    inputs = yield p.expression(argument=True)
    p.comma(opener)
    outputs = yield p.expression(argument=True)
    pairs = None
    if p.kinds[p.pos] == ",":
        p.pos += 1
        pairs = yield p.expression()
    p.close(opener)
    return ast.Route(p.span_from(p.starts[at]), inputs, outputs, pairs)


def _widget(
    kind: Literal["button", "checkbox", "hslider", "vslider", "nentry", "hbargraph", "vbargraph"],
    count: int,
    p: Cursor,
    at: int,
) -> Rule[ast.Expr]:
    opener = p.take("(")
    label = p.string()
    parameters: list[ast.Expr] = []
    for _ in range(count):
        p.comma(opener)
        parameters.append((yield p.expression(argument=True)))
    p.close(opener)
    return ast.Widget(p.span_from(p.starts[at]), kind, label, parameters)


def _group(kind: Literal["hgroup", "vgroup", "tgroup"], p: Cursor, at: int) -> Rule[ast.Expr]:
    opener = p.take("(")
    label = p.string()
    p.comma(opener)
    body = yield p.expression()
    p.close(opener)
    return ast.Group(p.span_from(p.starts[at]), kind, label, body)


def _soundfile(p: Cursor, at: int) -> Rule[ast.Expr]:
    opener = p.take("(")
    label = p.string()
    p.comma(opener)
    channels = yield p.expression(argument=True)
    p.close(opener)
    return ast.Soundfile(p.span_from(p.starts[at]), label, channels)


def _waveform(p: Cursor, at: int) -> Rule[ast.Expr]:
    opener = p.take("{")
    values = [_number(p)]
    while p.kinds[p.pos] == ",":
        p.pos += 1
        values.append(_number(p))
    p.close(opener)
    return ast.Waveform(p.span_from(p.starts[at]), values)
    yield


def _number(p: Cursor) -> int | float:
    sign = p.kinds[p.pos]
    if sign in ("+", "-"):
        p.pos += 1
    kind, text = p.kinds[p.pos], p.texts[p.pos]
    if kind not in (INT, REAL):
        p.unexpected("expected a number", "a waveform lists plain numbers only")
    p.pos += 1
    if kind == REAL:
        return -real_value(text) if sign == "-" else real_value(text)
    value = integer_value(text)
    return wrap32(-value) if sign == "-" else value


def _type(p: Cursor, *allowed: str) -> str:
    kind = p.kinds[p.pos]
    if kind not in allowed:
        p.unexpected(f"expected a type ({', '.join(allowed)})")
    p.pos += 1
    return kind


def _foreign_function(p: Cursor, at: int) -> Rule[ast.Expr]:
    opener = p.take("(")
    result = _type(p, "int", "float")
    names = [p.name().name]
    while p.kinds[p.pos] == "|":
        if len(names) == 4:
            p.unexpected("expected `(`", "there are names for four precisions at most")
        p.pos += 1
        names.append(p.name().name)
    inner = p.take("(")
    types: list[str] = []
    if p.kinds[p.pos] != ")":
        types.append(_type(p, "int", "float", "any"))
        while p.kinds[p.pos] == ",":
            p.pos += 1
            types.append(_type(p, "int", "float", "any"))
    p.close(inner)
    p.comma(opener)
    include = p.file_string()
    p.comma(opener)
    library = p.string()
    p.close(opener)
    return ast.ForeignPrototype(p.span_from(p.starts[at]), result, names, types, include, library)
    yield


def _foreign_value(kind: Literal["fconstant", "fvariable"], p: Cursor, at: int) -> Rule[ast.Expr]:
    opener = p.take("(")
    kind_of_value = _type(p, "int", "float")
    name = p.name().name
    p.comma(opener)
    include = p.file_string()
    p.close(opener)
    return ast.ForeignValue(p.span_from(p.starts[at]), kind, kind_of_value, name, include)
    yield


def _modulate(p: Cursor, at: int) -> Rule[ast.Expr]:
    targets: list[tuple[str, ast.Expr | None]] = []
    while True:
        path = p.string()
        circuit = None
        if p.kinds[p.pos] == ":":
            p.pos += 1
            circuit = yield p.expression(argument=True)
        targets.append((path, circuit))
        if p.kinds[p.pos] != ",":
            break
        p.pos += 1
    p.take("->")
    body = yield p.expression()
    p.close(at)
    return ast.Modulate(p.span_from(p.starts[at]), targets, body)


CONSTRUCTS: Final[dict[str, Construct]] = {
    "\\": _lambda,
    "[": _modulate,
    "case": _case,
    "environment": _environment,
    "library": partial(_file, ast.Library),
    "component": partial(_file, ast.Component),
    "route": _route,
    "soundfile": _soundfile,
    "waveform": _waveform,
    "ffunction": _foreign_function,
    "fconstant": partial(_foreign_value, "fconstant"),
    "fvariable": partial(_foreign_value, "fvariable"),
    "button": partial(_widget, "button", 0),
    "checkbox": partial(_widget, "checkbox", 0),
    "hslider": partial(_widget, "hslider", 4),
    "vslider": partial(_widget, "vslider", 4),
    "nentry": partial(_widget, "nentry", 4),
    "hbargraph": partial(_widget, "hbargraph", 2),
    "vbargraph": partial(_widget, "vbargraph", 2),
    "hgroup": partial(_group, "hgroup"),
    "vgroup": partial(_group, "vgroup"),
    "tgroup": partial(_group, "tgroup"),
    "par": partial(_iterate, "par"),
    "seq": partial(_iterate, "seq"),
    "sum": partial(_iterate, "sum"),
    "prod": partial(_iterate, "prod"),
    "inputs": partial(_count_of, "inputs"),
    "outputs": partial(_count_of, "outputs"),
}
"""The first token of each construct and its rule."""
