"""Mutation operators on Python source: which faults a function can have, and its code with one."""

from __future__ import annotations

import ast
import copy
import difflib
import itertools
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType

ROOT = Path(__file__).resolve().parents[2]

ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.Pow: ast.Mult,
}
NEGATED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE,
    ast.LtE: ast.Gt,
    ast.Gt: ast.LtE,
    ast.GtE: ast.Lt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
BOUNDARY: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
}
EXCHANGED = {
    "add": "sub", "sub": "add", "mul": "add", "addf": "subf", "subf": "addf", "mulf": "addf",
    "addi": "subi", "subi": "addi", "add_int": "sub_int", "sub_int": "add_int", "min": "max",
    "max": "min", "lo": "hi", "hi": "lo", "low": "high", "high": "low", "lower": "upper",
    "upper": "lower", "lt": "le", "le": "lt", "gt": "ge", "ge": "gt", "slt": "sle", "sge": "sgt",
    "olt": "ole", "fadd": "fsub", "fsub": "fadd", "fmul": "fadd", "sext": "zext", "ashr": "lshr",
    "shl": "ashr", "fmin": "fmax", "fmax": "fmin", "sin": "cos", "first": "last",
}  # fmt: skip
"""Names and words of generated text that are mistaken for each other."""
SIGNS = {"+": "-", "-": "+", "*": "+", "/": "*", "<": "<=", ">": ">=", "&": "|", "%": "/"}
WORD = re.compile(r"\b(" + "|".join(map(re.escape, EXCHANGED)) + r")\b")
SIGN = re.compile(r"(?:^|(?<=[\s\])}]))([-+*/<>&%])(?=\s|$)")
"""An operator in text: apart from its operands, so that templates such as `->` stay whole."""


@dataclass(frozen=True)
class Fault:
    """One fault: in `owner`, a function or method by its qualified name and first line."""

    path: str
    owner: str
    first: int
    kind: str
    line: int
    statement: int
    """The first line of the statement that the place is in."""
    index: int
    """Its number among the faults of the owner."""

    @property
    def name(self) -> str:
        """The file, from the root of the project."""
        return os.path.relpath(self.path, ROOT)

    @property
    def key(self) -> str:
        return f"{self.name}:{self.owner}:{self.index}"

    @property
    def place(self) -> str:
        return f"{self.name}:{self.line}"


def parsed(path: str) -> ast.Module:
    return copy.deepcopy(_tree(path))


@cache
def _tree(path: str) -> ast.Module:
    return ast.parse(Path(path).read_text(encoding="utf-8"))


def owners(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Functions of the module and methods of its classes, with qualified names."""
    scopes: list[tuple[str, ast.Module | ast.ClassDef]] = [("", tree)]
    while scopes:
        prefix, scope = scopes.pop()
        for node in scope.body:
            if isinstance(node, ast.FunctionDef):
                yield prefix + node.name, node
            elif isinstance(node, ast.ClassDef):
                scopes.append((f"{prefix}{node.name}.", node))


def first_line(owner: ast.FunctionDef) -> int:
    """The first line of its code: that of its first decorator."""
    return min([owner.lineno, *(one.lineno for one in owner.decorator_list)])


def faults_of(path: str) -> list[Fault]:
    """All faults that the functions of a file can have."""
    result: list[Fault] = []
    for name, owner in owners(_tree(path)):
        walk = _Mutator(None)
        walk.mutate(copy.deepcopy(owner))
        result += [
            Fault(path, name, first_line(owner), kind, line, statement, index)
            for index, (kind, line, statement) in enumerate(walk.seen)
        ]
    return result


def code_with(fault: Fault) -> CodeType:
    """The code of the owner with the fault; ValueError where the text gives no such function."""
    tree = parsed(fault.path)
    owner = _owner_in(tree, fault)
    _Mutator(fault.index).mutate(owner)
    ast.fix_missing_locations(tree)
    pending: list[CodeType] = [compile(tree, fault.path, "exec", dont_inherit=True)]
    while pending:
        code = pending.pop()
        if code.co_qualname == fault.owner and code.co_firstlineno == fault.first:
            return code
        pending += [one for one in code.co_consts if isinstance(one, CodeType)]
    raise ValueError(f"{fault.path} has no function {fault.owner} at line {fault.first}")


def difference(fault: Fault) -> str:
    """The fault as a unified diff of the function, both sides as `ast.unparse` prints them."""
    before = _owner_in(parsed(fault.path), fault)
    after = _owner_in(parsed(fault.path), fault)
    _Mutator(fault.index).mutate(after)
    sides = [ast.unparse(ast.fix_missing_locations(one)).splitlines() for one in (before, after)]
    name = f"{fault.path}:{fault.line} {fault.owner}"
    return "\n".join(difflib.unified_diff(*sides, name, fault.kind, n=3, lineterm=""))


def _owner_in(tree: ast.Module, fault: Fault) -> ast.FunctionDef:
    for name, owner in owners(tree):
        if name == fault.owner and first_line(owner) == fault.first:
            return owner
    raise ValueError(f"{fault.path} has no function {fault.owner} at line {fault.first}")


class _Mutator(ast.NodeTransformer):
    """Numbers the faults of a function and makes the one of number `wanted`."""

    def __init__(self, wanted: int | None) -> None:
        self.wanted = wanted
        self.seen: list[tuple[str, int, int]] = []
        self.statement = 0

    def mutate(self, owner: ast.FunctionDef) -> None:
        body = owner.body
        is_documented = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
        start = 1 if is_documented else 0
        rest = [self.visit(one) for one in body[start:]]
        owner.body = [*body[:start], *rest]

    def visit(self, node: ast.AST) -> ast.AST:
        # Assertions and messages of errors decide nothing about samples.
        if isinstance(node, ast.Assert | ast.Raise | ast.arguments):
            return node
        if isinstance(node, ast.stmt):
            self.statement = node.lineno
        statement = self.statement
        for kind, variant in variants(node):
            number = len(self.seen)
            self.seen.append((kind, getattr(node, "lineno", statement), statement))
            if number == self.wanted:
                return ast.copy_location(variant, node)
        if isinstance(node, ast.AnnAssign):
            if node.value is not None:
                node.value = self._value(node.value)
            return node
        return self.generic_visit(node)

    def _value(self, node: ast.expr) -> ast.expr:
        mutated = self.visit(node)
        assert isinstance(mutated, ast.expr)
        return mutated


def variants(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """What a node may be mistaken for, with the kind of the fault."""
    if isinstance(node, ast.BinOp | ast.AugAssign):
        swapped = ARITHMETIC.get(type(node.op))
        if swapped is not None and not _is_type(node):
            yield "swapped operator", _with(node, op=swapped())
    if isinstance(node, ast.stmt):
        yield from _statements(node)
    elif isinstance(node, ast.Compare):
        yield from _comparisons(node)
    elif isinstance(node, ast.Constant):
        yield from _constants(node)
    elif isinstance(node, ast.Call):
        yield from _calls(node)
    elif isinstance(node, ast.expr):
        yield from _expressions(node)


def _with(node: ast.AST, **fields: object) -> ast.AST:
    clone = copy.deepcopy(node)
    for name, value in fields.items():
        setattr(clone, name, value)
    return clone


def _is_type(node: ast.BinOp | ast.AugAssign) -> bool:
    """Whether `|` unites types."""
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.BitOr)
        and ast.unparse(node.right).rpartition(".")[2][:1].isupper()
    )


def _statements(node: ast.stmt) -> Iterator[tuple[str, ast.AST]]:
    is_call = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    if is_call or isinstance(node, ast.AugAssign | ast.Continue):
        yield "dropped statement", ast.Pass()
    elif isinstance(node, ast.Assign):
        if isinstance(node.targets[0], ast.Attribute | ast.Subscript):
            yield "dropped statement", ast.Pass()
    elif isinstance(node, ast.If):
        yield "negated condition", _with(node, test=_not(node.test))
        if not node.orelse:
            yield "skipped guard", _with(node, test=ast.Constant(False))
    elif isinstance(node, ast.While) and not isinstance(node.test, ast.Constant):
        yield "negated condition", _with(node, test=_not(node.test))


def _not(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), copy.deepcopy(test))


def _comparisons(node: ast.Compare) -> Iterator[tuple[str, ast.AST]]:
    for at, one in enumerate(node.ops):
        for kind, table in (("negated condition", NEGATED), ("off by one", BOUNDARY)):
            other = table.get(type(one))
            if other is not None:
                yield kind, _with(node, ops=[*node.ops[:at], other(), *node.ops[at + 1 :]])


def _constants(node: ast.Constant) -> Iterator[tuple[str, ast.AST]]:
    value = node.value
    if isinstance(value, bool):
        yield "negated condition", ast.Constant(not value)
    elif isinstance(value, int | float):
        yield "off by one", ast.Constant(value + 1)
        if value:
            yield "off by one", ast.Constant(value - 1)
    elif isinstance(value, str) and len(value) < 80:
        for pattern, table in ((WORD, EXCHANGED), (SIGN, SIGNS)):
            swapped = pattern.sub(lambda match, table=table: table[match[1]], value, count=1)
            if swapped != value:
                yield "swapped operator", ast.Constant(swapped)


def _calls(node: ast.Call) -> Iterator[tuple[str, ast.AST]]:
    args = node.args
    for at in range(len(args) - 1):
        pair = args[at : at + 2]
        is_plain = not any(isinstance(one, ast.Starred) for one in pair)
        if is_plain and ast.dump(pair[0]) != ast.dump(pair[1]) and not _is_check(node):
            swapped = [*args[:at], *reversed(pair), *args[at + 2 :]]
            yield "swapped arguments", _with(node, args=swapped)
    name = node.func.id if isinstance(node.func, ast.Name) else None
    if name in EXCHANGED:
        yield "swapped operator", _with(node, func=ast.Name(EXCHANGED[name], ast.Load()))


def _is_check(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id in ("isinstance", "getattr", "cast")


def _expressions(node: ast.expr) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node, ast.BoolOp):
        other = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
        yield "swapped operator", _with(node, op=other)
        for at in range(len(node.values)):
            left = [*node.values[:at], *node.values[at + 1 :]]
            kind = "skipped guard" if isinstance(node.op, ast.And) else "dropped case"
            yield kind, left[0] if len(left) == 1 else _with(node, values=left)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        kind = "negated condition" if isinstance(node.op, ast.Not) else "swapped operator"
        yield kind, copy.deepcopy(node.operand)
    elif isinstance(node, ast.IfExp):
        yield "negated condition", _with(node, test=_not(node.test))
    elif isinstance(node, ast.Attribute) and node.attr in EXCHANGED:
        yield "swapped operator", _with(node, attr=EXCHANGED[node.attr])
    elif isinstance(node, ast.JoinedStr):
        places = [at for at, one in enumerate(node.values) if isinstance(one, ast.FormattedValue)]
        for one, other in itertools.pairwise(places):
            values = list(node.values)
            values[one], values[other] = values[other], values[one]
            yield "swapped arguments", _with(node, values=values)
    elif isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load) and len(node.elts) == 2:
        yield "swapped arguments", _with(node, elts=list(reversed(node.elts)))
    elif isinstance(node, ast.ListComp | ast.GeneratorExp | ast.SetComp):
        first = node.generators[0]
        if first.ifs:
            unguarded = _with(first, ifs=[])
            yield "skipped guard", _with(node, generators=[unguarded, *node.generators[1:]])
