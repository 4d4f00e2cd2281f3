"""Writes a syntax tree as a string with every bracket in its place, for tests to compare."""

from __future__ import annotations

from dspc.frontends.faust import ast
from dspc.frontends.faust.parser import parse_expression
from dspc.support.diagnostics import Source


def shown(text: str) -> str:
    """The tree of an expression's text."""
    return show(parse_expression(Source("test.dsp", text)))


def show(node: ast.Expr) -> str:
    match node:
        case ast.Int() | ast.Real():
            return repr(node.value)
        case ast.Ident():
            return node.name
        case ast.Prim():
            return f"`{node.name}`"
        case ast.Compose() | ast.Infix():
            return f"({show(node.left)} {node.op} {show(node.right)})"
        case ast.Postfix():
            return f"({show(node.operand)})'"
        case ast.Negate():
            return f"neg({show(node.operand)})"
        case ast.Apply():
            return f"{show(node.function)}[{'; '.join(map(show, node.arguments))}]"
        case ast.Access():
            return f"({show(node.environment)}).{node.name}"
        case ast.With():
            return f"({show(node.expression)} with {definitions(node.definitions)})"
        case ast.LetRec():
            where = f" where {definitions(node.where)}" if node.where else ""
            equations = definitions(node.equations)
            return f"({show(node.expression)} letrec {equations}{where})"
        case ast.Substitute():
            return f"({show(node.expression)} but {definitions(node.definitions)})"
        case ast.Lambda():
            return f"\\{','.join(p.name for p in node.parameters)}.{show(node.body)}"
        case ast.Case():
            return "case{" + "; ".join(map(_rule, node.rules)) + "}"
        case ast.Iterate():
            return f"{node.kind}({node.index.name}; {show(node.count)}; {show(node.body)})"
        case ast.CountOf():
            body = node.expression if isinstance(node, ast.CountOf) else node.body
            return f"{node.kind}<{show(body)}>"
        case ast.Route():
            pairs = "" if node.pairs is None else f"; {show(node.pairs)}"
            return f"route({show(node.inputs)}; {show(node.outputs)}{pairs})"
        case ast.Modulate():
            targets = [p if c is None else f"{p}: {show(c)}" for p, c in node.targets]
            return f"modulate({'; '.join(targets)}; {show(node.body)})"
        case ast.Widget():
            return f"{node.kind}({'; '.join([repr(node.label), *map(show, node.parameters)])})"
        case ast.Group():
            return f"{node.kind}({node.label!r}; {show(node.body)})"
        case ast.Soundfile():
            return f"soundfile({node.label!r}; {show(node.channels)})"
        case ast.Waveform():
            return f"waveform{node.values}"
        case ast.Library() | ast.Component():
            return f"{type(node).__name__}({node.file!r})"
        case ast.EnvironmentExpr():
            return f"environment{definitions(list(node.statements.definitions.values()))}"
        case ast.ForeignPrototype():
            types = ",".join(node.arguments)
            return f"{node.result} {'|'.join(node.names)}({types}) {node.include} {node.library}"
        case ast.ForeignValue():
            return f"{node.kind} {node.type} {node.name} {node.include}"


def definitions(items: list[ast.Definition]) -> str:
    return "{" + "; ".join(f"{d.name} = {', '.join(map(_rule, d.rules))}" for d in items) + "}"


def _rule(rule: ast.Rule) -> str:
    if not rule.patterns:
        return show(rule.body)
    return f"({'; '.join(map(show, rule.patterns))}) => {show(rule.body)}"
