"""Spellings of the languages of the C family: one frozen table for each language.

The printers of `backends/c` ask the table that `Uses` carries; nothing else in them depends on the
language. A new language of the family is a `Language`, and a table of vectors if it has any.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xdsl.dialects.builtin import Float32Type, Float64Type, IndexType, IntegerType
from xdsl.ir import Attribute, Operation, SSAValue

from dspc.backends.c.expressions import Expr, unary
from dspc.backends.c.trace import NoTrace
from dspc.backends.common.own_maths import own_name
from dspc.support.diagnostics import DspcError

if TYPE_CHECKING:
    from dspc.backends.c.functions import FunctionPrinter


@dataclass(slots=True)
class Uses:
    """Helpers and headers of foreign functions that the printed functions use."""

    language: Language
    helpers: set[str] = field(default_factory=set[str])
    functions: dict[str, CFunction] = field(default_factory=dict[str, "CFunction"])
    """How each declared C function is called, by its symbol."""
    lanes: set[int] = field(default_factory=set[int])
    """The lengths of the vectors used."""
    vector_bytes: int = 0
    """The size of the longest."""
    ordered_sums: bool = False
    """Whether sums say which operand comes first."""
    ordered_lanes: bool = False
    """Whether sums of vectors do."""
    free_loops: bool = False
    """Whether loops are annotated as free of loop-carried dependences."""
    copies: set[str] = field(default_factory=set[str])
    """The helpers of `row_copies` that are called."""
    own_functions: set[str] = field(default_factory=set[str])
    """The functions that loops call in a form of our own, by their names in `own_maths`."""
    special_numbers: bool = False
    """Whether a literal is infinite or not a number."""
    trace: NoTrace = field(default_factory=NoTrace)
    """Which ops each printed line comes from, if that is asked."""


Handler = Callable[[Operation, tuple[Expr, ...], Uses], Expr]
"""The expression of an op, of its operands' expressions."""
SoundfileHandler = Callable[..., Expr]
"""The expression of a read of a sound file: of the op, the file, the part and the frame."""


@dataclass(frozen=True, slots=True)
class CFunction:
    """A declared C function, or (`is_value`) a variable or macro that is read in its place."""

    name: str
    namespace: str = ""
    is_value: bool = False
    own: str = ""
    """The name under which `Language.own_functions` has the same function."""
    argument: str = ""
    """The type that arguments are converted to, where an overload must be chosen by it."""

    @property
    def text(self) -> str:
        """The prefix of a call."""
        return self.namespace + self.name


@dataclass(frozen=True, slots=True)
class VectorForms:
    """How a language writes vectors."""

    type_of: Callable[[SSAValue, Uses], str]
    constant: Callable[[Operation, Uses], Expr]
    handlers: Mapping[str, Handler]
    """Ops on vectors as expressions."""
    special: Mapping[str, Callable[[FunctionPrinter, Operation], None]]
    """Ops on vectors as statements."""
    otherwise: Callable[[FunctionPrinter, Operation], None]
    """All other ops on vectors: functions of the library."""


def prefix_cast(kind: str, operand: Expr) -> Expr:
    """`(kind)operand`, as C has it."""
    return unary(f"({kind})", operand)


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The spellings of one language; the defaults are C's. `{...}` are filled in."""

    name: str
    """In messages."""
    cast: Callable[[str, Expr], Expr] = prefix_cast
    """A conversion between numbers, to a type."""
    pointer_cast: str = "(({type})({value}))"
    """A conversion from an untyped pointer."""
    integers: Mapping[int, str]
    """The signed integers of 8, 16 and 64 bits."""
    unsigned: str
    """The unsigned integer of 32 bits."""
    lowest_int: str
    """-2147483648, which as a literal would negate a number beyond the range of int."""
    not_a_number: str = "({type})NAN"
    infinity: str = "({type})INFINITY"
    namespace: str = ""
    """The prefix of names of library functions."""
    single_suffix: str = ""
    """The suffix of names of library functions in single precision."""
    minimum: str
    maximum: str
    """The smaller and the larger of two ints."""
    has_own_extremes: bool = False
    """Whether these two are helpers of the printed text."""
    has_integer_power: bool = False
    """Whether `pow` takes an int as exponent."""
    has_ordered_sums: bool = False
    """Whether `DSPC_FIRST` keeps compilers from joining a product with a sum."""
    has_guarded_casts: bool = False
    """Whether a helper converts numbers that may be out of range (`guarded_casts`)."""
    marks_serial_loops: bool = False
    """Whether `DSPC_SERIAL_LOOP` stands before loops with a loop-carried dependence."""
    copies_rows: bool = False
    """Whether a loop that only copies a row is a call of a helper (`row_copies`)."""
    own_functions: frozenset[str] = frozenset()
    """The functions that are printed with the program, as `dspc_NAME` or, for double precision,
    `dspc_NAME_64`, for loops that compilers make vectors of."""
    vectors: VectorForms
    soundfiles: Mapping[str, SoundfileHandler]
    """The ops that read sound files."""

    def scalar(self, type: Attribute) -> str:
        """The type of a number. Raises DspcError E0701 where there is none."""
        if isinstance(type, Float32Type):
            return "float"
        if isinstance(type, Float64Type):
            return "double"
        if isinstance(type, IndexType):
            return "int"
        if isinstance(type, IntegerType):
            width = type.width.data
            if width in (1, 32):
                return "bool" if width == 1 else "int"
            if width in self.integers:
                return self.integers[width]
        raise DspcError("E0701", f"{self.name} code can't hold a value of type {type}")

    def in_vectors(self, name: str, type: str, uses: Uses) -> str:
        """A function on numbers of a type in a loop that compilers make vectors of."""
        if type not in ("float", "double") or name not in self.own_functions:
            return self.function(name, type)
        own = own_name(name, type)
        uses.own_functions.add(own)
        return f"dspc_{own}"

    def function(self, name: str, type: str = "double") -> str:
        """A function of the library on numbers of a type."""
        return f"{self.namespace}{name}{self.single_suffix if type == 'float' else ''}"
