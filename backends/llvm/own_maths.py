"""The functions of `common/own_maths.py` in LLVM IR, on numbers and on vectors of any width.

Its files of C++ are their definition; this module compiles their part of C: functions of one
`return` behind declarations and assignments, of `float`, `double`, `int`, `uint32_t`, `uint64_t`
and `bool`, without control flow. Both sides of `?:`, `&&` and `||` are evaluated, so that vectors
take the same text as numbers.
Products and sums may be contracted, nothing else; `float_of`, `bits_of` and those of double
precision are bit casts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from dspc.backends.common.own_maths import OWN_FUNCTIONS, definitions
from dspc.backends.llvm.code import Code, LlvmModule
from dspc.backends.llvm.types import float_literal, lanes_of, like, splat, suffix

_ELEMENTS = {
    "bool": "i1", "int": "i32", "uint32_t": "i32", "uint64_t": "i64", "float": "float",
    "double": "double",
}  # fmt: skip
"""Types of C, in the order of their conversion rank -> LLVM's."""
_RANKS = {name: rank for rank, name in enumerate(_ELEMENTS)}
_UNSIGNED = ("uint32_t", "uint64_t")
_LEVELS = (
    ("||",), ("&&",), ("|",), ("^",), ("&",), ("==", "!="), ("<", "<=", ">", ">="), ("<<", ">>"),
    ("+", "-"), ("*", "/"),
)  # fmt: skip
"""Binary operators from the weakest binding to the strongest."""
_FLOATS = {"+": "fadd", "-": "fsub", "*": "fmul", "/": "fdiv"}
_WHOLES = {"+": "add", "-": "sub", "*": "mul", "|": "or", "^": "xor", "&": "and", "<<": "shl"}
_PREDICATES = {
    "==": ("oeq", "eq", "eq"), "!=": ("une", "ne", "ne"), "<": ("olt", "slt", "ult"),
    "<=": ("ole", "sle", "ule"), ">": ("ogt", "sgt", "ugt"), ">=": ("oge", "sge", "uge"),
}  # fmt: skip
"""Comparison -> predicates of floats, of signed and of unsigned integers."""
_TOKEN = re.compile(
    r"(?P<number>0x[0-9a-f]+(u(ll)?)?|\d+(\.\d+)?(e-?\d+)?(f|u(ll)?)?)|(?P<name>[A-Za-z_]\w*(::\w+)?)"
    r"|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/&|^<>=!?:;,(){}]"
)
_BIT_CASTS = {
    "float_of": ("uint32_t", "float"), "bits_of": ("float", "uint32_t"),
    "double_of": ("uint64_t", "double"), "bits_of_64": ("double", "uint64_t"),
}  # fmt: skip
"""Function -> the types that it casts from and to."""
_HEAD = re.compile(r"static inline (\w+) dspc_(\w+)\(([^)]*)\) \{")


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of a type of C: an operand of LLVM, or a literal."""

    type: str
    operand: str = ""
    number: int | float | None = None


@dataclass(slots=True)
class _Function:
    """Compiles one function for a number of lanes."""

    tokens: list[str]
    kind: str
    """`float`, or the vector of floats whose lanes all values have."""
    code: Code
    variables: dict[str, _Value] = field(default_factory=dict[str, _Value])

    def kind_of(self, type: str) -> str:
        return like(self.kind, _ELEMENTS[type])

    def take(self, token: str | None = None) -> str:
        first = self.tokens.pop()
        assert token in (None, first), (token, first)
        return first

    def peek(self, *tokens: str) -> bool:
        return self.tokens[-1] in tokens

    def body(self) -> _Value:
        """Compile statements; the value that is returned."""
        while not self.peek("return"):
            if self.peek("const"):
                self.take()
            declared = self.take() if self.peek(*_ELEMENTS) else ""
            while True:
                name = self.take()
                self.take("=")
                value = self.choice()
                type = declared or self.variables[name].type
                self.variables[name] = self.convert(value, type)
                if self.take() == ";":
                    break
        self.take("return")
        return self.choice()

    # Expressions

    def choice(self) -> _Value:
        condition = self.binary(0)
        if not self.peek("?"):
            return condition
        self.take()
        yes = self.choice()
        self.take(":")
        no = self.choice()
        type = max(yes.type, no.type, key=_RANKS.__getitem__)
        kind = self.kind_of(type)
        either = [f"{kind} {self.text(self.convert(value, type))}" for value in (yes, no)]
        truth = f"{self.kind_of('bool')} {self.text(condition)}"
        return self.made(type, f"select {truth}, {', '.join(either)}")

    def binary(self, level: int) -> _Value:
        if level == len(_LEVELS):
            return self.unary()
        left = self.binary(level + 1)
        while self.peek(*_LEVELS[level]):
            operator = self.take()
            left = self.combined(operator, left, self.binary(level + 1))
        return left

    def combined(self, operator: str, left: _Value, right: _Value) -> _Value:
        if operator in ("||", "&&"):
            instruction = "or" if operator == "||" else "and"
            return self.instruction("bool", instruction, left, right)
        is_shift = operator in ("<<", ">>")
        type = left.type if is_shift else max(left.type, right.type, key=_RANKS.__getitem__)
        left, right = self.convert(left, type), self.convert(right, type)
        is_float = type in ("float", "double")
        if operator in _PREDICATES:
            predicate = _PREDICATES[operator][0 if is_float else 1 + (type in _UNSIGNED)]
            return self.instruction(
                "bool", f"{'fcmp' if is_float else 'icmp'} {predicate}", left, right
            )
        if is_float:
            return self.instruction(type, f"{_FLOATS[operator]} contract", left, right)
        right_shift = "lshr" if type in _UNSIGNED else "ashr"
        return self.instruction(type, _WHOLES.get(operator, right_shift), left, right)

    def unary(self) -> _Value:
        if self.peek("-"):
            self.take()
            value = self.unary()
            if value.number is not None:
                return _Value(value.type, number=-value.number)
            assert value.type in ("float", "double")
            return self.made(value.type, f"fneg {self.kind_of(value.type)} {value.operand}")
        if self.peek("!"):
            self.take()
            return self.instruction("bool", "xor", self.unary(), _Value("bool", number=1))
        return self.primary()

    def primary(self) -> _Value:
        token = self.take()
        if token == "(":
            value = self.choice()
            self.take(")")
            return value
        if token[0].isdigit():
            return _literal(token)
        if not self.peek("("):
            return self.variables[token]
        self.take()
        arguments: list[_Value] = []
        while not self.peek(")"):
            arguments.append(self.choice())
            if self.peek(","):
                self.take()
        self.take()
        return self.called(token, arguments)

    def called(self, name: str, arguments: list[_Value]) -> _Value:
        if name in _ELEMENTS:
            return self.convert(arguments[0], name)
        cast = _BIT_CASTS.get(name.removeprefix("dspc_"))
        if cast is not None:
            source, target = cast
            operand = f"{self.kind_of(source)} {self.text(self.convert(arguments[0], source))}"
            return self.made(target, f"bitcast {operand} to {self.kind_of(target)}")
        if name == "std::sqrt":
            (value,) = arguments
            kind = self.kind_of(value.type)
            full = f"llvm.sqrt.{suffix(kind)}"
            self.code.module.declare(full, kind, [kind])
            return self.made(value.type, f"call {kind} @{full}({kind} {self.text(value)})")
        result, parameters = _signature(name.removeprefix("dspc_"))
        converted = [
            f"{self.kind_of(type)} {self.text(self.convert(value, type))}"
            for value, (type, _) in zip(arguments, parameters, strict=True)
        ]
        called = own_function(name.removeprefix("dspc_"), self.kind, self.code.module)
        return self.made(result, f"call {self.kind_of(result)} @{called}({', '.join(converted)})")

    # Values

    def made(self, type: str, text: str) -> _Value:
        return _Value(type, self.code.value(text))

    def instruction(self, type: str, text: str, left: _Value, right: _Value) -> _Value:
        operands = f"{self.kind_of(left.type)} {self.text(left)}, {self.text(right)}"
        return self.made(type, f"{text} {operands}")

    def text(self, value: _Value) -> str:
        """A value as an operand."""
        if value.number is None:
            return value.operand
        if value.type in ("float", "double"):
            return splat(float_literal(float(value.number), value.type), self.kind_of(value.type))
        half = 1 << (63 if value.type == "uint64_t" else 31)
        whole = str((int(value.number) + half) % (2 * half) - half)
        literal = whole if value.type != "bool" else "true" if value.number else "false"
        return splat(literal, self.kind_of(value.type))

    def convert(self, value: _Value, type: str) -> _Value:
        if value.type == type:
            return value
        if value.number is not None:
            return _Value(type, number=value.number)
        source, target = _ELEMENTS[value.type], _ELEMENTS[type]
        if source == target:
            return _Value(type, value.operand)
        is_whole = source[0] == "i", target[0] == "i"
        resized = "zext" if value.type in ("bool", "uint32_t") else "sext"
        instruction = {
            (True, True): "trunc" if value.type == "uint64_t" else resized,
            (True, False): "sitofp", (False, True): "fptosi",
            (False, False): "fpext" if type == "double" else "fptrunc",
        }[is_whole]  # fmt: skip
        kinds = self.kind_of(value.type), self.kind_of(type)
        return self.made(type, f"{instruction} {kinds[0]} {value.operand} to {kinds[1]}")


def _literal(token: str) -> _Value:
    whole = token.removesuffix("ll").removesuffix("u")
    if token.startswith("0x") or whole != token:
        type = "uint64_t" if token.endswith("ll") else "uint32_t" if whole != token else "int"
        return _Value(type, number=int(whole, 16 if token.startswith("0x") else 10))
    if token.isdigit():
        return _Value("int", number=int(token))
    return _Value("float" if token.endswith("f") else "double", number=float(token.rstrip("f")))


@cache
def _signature(name: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The type of a function's result; types and names of its parameters."""
    match = _HEAD.match(definitions()[name][1])
    assert match is not None
    pairs = (part.split() for part in match[3].split(","))
    return match[1], tuple((type, parameter) for type, parameter in pairs)


def is_own(name: str, kind: str) -> bool:
    """Whether a function of C's mathematics on a type is one of these."""
    return name in OWN_FUNCTIONS and lanes_of(kind)[1] in ("float", "double")


def own_function(name: str, kind: str, module: LlvmModule) -> str:
    """The name of a function of the files on a number or a vector; defines it in the module."""
    full = f"dspc_{name}.{suffix(kind)}"
    if full not in module.own_functions:
        module.own_functions[full] = []
        module.own_functions[full] = list(_definition(name, full, kind, module))
    return full


def _definition(name: str, full: str, kind: str, module: LlvmModule) -> Iterator[str]:
    text = definitions()[name][1]
    result, parameters = _signature(name)
    head = _HEAD.match(text)
    assert head is not None
    tokens = [token.group() for token in _TOKEN.finditer(text, head.end())]
    function = _Function(tokens[::-1], kind, Code(module))
    arguments: list[str] = []
    for type, parameter in parameters:
        function.variables[parameter] = _Value(type, f"%{parameter}")
        arguments.append(f"{function.kind_of(type)} %{parameter}")
    value = function.convert(function.body(), result)
    returned = function.kind_of(result)
    # Inlined, so that loops over it become vectors.
    yield (
        f"define internal {returned} @{full}({', '.join(arguments)}) "
        "alwaysinline nounwind willreturn memory(none) {"
    )
    yield from function.code.lines
    yield f"  ret {returned} {function.text(value)}"
    yield "}"
    yield ""
