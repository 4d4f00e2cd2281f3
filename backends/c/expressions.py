"""C++ expressions: text, precedence, and the variables that it reads."""

from __future__ import annotations

from typing import NamedTuple

INT_MIN, INT_MAX = -(2**31), 2**31 - 1
NOTHING: frozenset[str] = frozenset()

ATOM, UNARY, TERNARY = 16, 14, 3
_BINDING = {
    "*": 13, "/": 13, "%": 13, "+": 12, "-": 12, "<<": 11, ">>": 11, "<": 10, "<=": 10, ">": 10,
    ">=": 10, "==": 9, "!=": 9, "&": 8, "^": 7, "|": 6, "&&": 5, "||": 4,
}  # fmt: skip
_ASSOCIATIVE = frozenset(("&", "^", "|", "&&", "||"))
_WANTS_PARENTHESES = frozenset(("<<", ">>", "==", "!=", "<", "<=", ">", ">=", *_ASSOCIATIVE))


class Expr(NamedTuple):
    """An expression that has no effects.

    `reads` names the buffers (`@name`) and changing variables (plain names) whose values it takes;
    `low` and `high` bound an i32. `size` counts nodes.
    """

    text: str
    binding: int = ATOM
    size: int = 1
    reads: frozenset[str] = NOTHING
    low: int = INT_MIN
    high: int = INT_MAX
    operator: str = ""

    @property
    def bounded(self) -> bool:
        return self.low > INT_MIN or self.high < INT_MAX

    @property
    def reads_memory(self) -> bool:
        return any(key[0] == "@" for key in self.reads)

    def within(self, low: int, high: int) -> Expr:
        """The same with bounds, unless they say nothing or are not those of an i32."""
        if low < INT_MIN or high > INT_MAX:
            low, high = INT_MIN, INT_MAX
        return self._replace(low=low, high=high)


def joined_reads(parts: tuple[Expr, ...]) -> frozenset[str]:
    reads = NOTHING
    for part in parts:
        if part.reads and not part.reads <= reads:
            reads = reads | part.reads if reads else part.reads
    return reads


def binary(operator: str, left: Expr, right: Expr) -> Expr:
    """`left operator right`, with parentheses where C++ or a compiler's warnings ask for them."""
    binding = _BINDING[operator]
    careful = operator in _WANTS_PARENTHESES
    low = UNARY if careful and left.operator != operator else binding
    if careful and binding in (9, 10):
        low = 12
    high = low if operator in _ASSOCIATIVE else max(low, binding + 1)
    if operator in _ASSOCIATIVE and right.operator != operator:
        high = UNARY
    if operator in ("&&", "||"):
        low = low if left.operator == operator else 9
        high = high if right.operator == operator else 9
    elif binding in (9, 10):
        high = 12
    text = f"{_wrapped(left, low)} {operator} {_wrapped(right, high)}"
    size = left.size + right.size + 1
    return Expr(text, binding, size, joined_reads((left, right)), operator=operator)


def unary(operator: str, operand: Expr) -> Expr:
    text = _wrapped(operand, UNARY)
    if operand.operator == operator and operand.binding >= UNARY:
        text = f"({text})"
    return Expr(f"{operator}{text}", UNARY, operand.size + 1, operand.reads, operator=operator)


def call(function: str, *arguments: Expr) -> Expr:
    text = ", ".join(argument.text for argument in arguments)
    size = sum(argument.size for argument in arguments) + 1
    return Expr(f"{function}({text})", ATOM, size, joined_reads(arguments))


def ternary(condition: Expr, yes: Expr, no: Expr) -> Expr:
    parts = (condition, yes, no)
    text = f"{_wrapped(condition, 4)} ? {_wrapped(yes, 4)} : {_wrapped(no, 4)}"
    size = condition.size + yes.size + no.size + 1
    chosen = Expr(text, TERNARY, size, joined_reads(parts))
    return chosen.within(min(yes.low, no.low), max(yes.high, no.high))


def element(array: str, index: Expr, buffer: str) -> Expr:
    reads = index.reads | {buffer} if buffer else index.reads
    return Expr(f"{array}[{index.text}]", ATOM, index.size + 1, reads)


def _wrapped(part: Expr, binding: int) -> str:
    return part.text if part.binding >= binding else f"({part.text})"
