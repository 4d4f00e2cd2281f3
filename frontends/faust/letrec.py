"""`letrec` in terms of `with` and `~`."""

from __future__ import annotations

from dspc.frontends.faust import ast
from dspc.support.diagnostics import Span

_SYSTEM = "letrec.system"
"""The name of the hidden definition; no program can write it."""


def desugar_letrec(expr: ast.LetRec) -> ast.With:
    """`E letrec {'x = a; 'y = b; where W}` as

    `E with { s = \\(x,y).((a,b) with {W}) ~ (_,_);  x = s : _,!;  y = s : !,_; }`.
    """
    span = expr.span
    equations = expr.equations
    bodies = [_equation_body(equation) for equation in equations]
    system: ast.Expr = _parallel(span, bodies)
    if expr.where:
        system = ast.With(span, system, expr.where)
    parameters = [ast.Ident(equation.span, equation.name) for equation in equations]
    count = len(equations)
    function = ast.Lambda(span, parameters, system)
    wires: list[ast.Expr] = [ast.Prim(span, "_") for _ in equations]
    loop = ast.Compose(span, "~", function, _parallel(span, wires))
    definitions = [_definition(_SYSTEM, loop, span)]
    for index, equation in enumerate(equations):
        selector: list[ast.Expr] = [
            ast.Prim(equation.span, "_" if i == index else "!") for i in range(count)
        ]
        output = ast.Compose(
            equation.span, ":", ast.Ident(equation.span, _SYSTEM), _parallel(span, selector)
        )
        definitions.append(_definition(equation.name, output, equation.span))
    return ast.With(span, expr.expression, definitions)


def _equation_body(equation: ast.Definition) -> ast.Expr:
    rule = equation.rules[0]
    if not rule.patterns:
        return rule.body
    return ast.Case(equation.span, equation.rules)


def _definition(name: str, body: ast.Expr, span: Span) -> ast.Definition:
    return ast.Definition(name, [ast.Rule([], body, span)], span)


def _parallel(span: Span, parts: list[ast.Expr]) -> ast.Expr:
    if not parts:
        return ast.Route(span, ast.Int(span, 0), ast.Int(span, 0), None)
    result = parts[-1]
    for part in reversed(parts[:-1]):
        result = ast.Compose(span, ",", part, result)
    return result
