"""C++, of the C family."""

from __future__ import annotations

from dataclasses import dataclass, fields

from dspc.backends.c.expressions import call
from dspc.backends.c.language import Language
from dspc.backends.c.soundfiles import soundfile_handlers
from dspc.backends.c.vectors import FORMS
from dspc.backends.common.own_maths import OWN_FUNCTIONS

_FAST = frozenset(
    (
        *("fabs", "acos", "asin", "atan", "atan2", "ceil", "cos", "exp", "exp2", "exp10", "floor"),
        *("fmod", "log", "log2", "log10", "pow", "remainder", "rint", "round", "sin", "sqrt"),
        "tan",
    )
)
"""The functions of which Faust's `fastmath.cpp` has approximate versions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FastLanguage(Language):
    """C++ that calls the functions of `-fm`: `fast_sinf`, and `fast_sin` in double precision."""

    def function(self, name: str, type: str = "double") -> str:
        if name not in _FAST:
            return Language.function(self, name, type)
        return f"fast_{name}{'f' if type == 'float' else ''}"


_MINIMUM, _MAXIMUM = "std::min<int>", "std::max<int>"
"""Of reads of sound files. g++ -Os may put the operands of these functions, which take and return
references, on the stack: arithmetic has helpers that take values."""

CPP = Language(
    name="C++",
    cast=call,
    pointer_cast="static_cast<{type}>({value})",
    integers={8: "int8_t", 16: "int16_t", 64: "int64_t"},
    unsigned="uint32_t",
    lowest_int="INT32_MIN",
    not_a_number="std::numeric_limits<{type}>::quiet_NaN()",
    infinity="std::numeric_limits<{type}>::infinity()",
    namespace="std::",
    minimum="dspc_least",
    maximum="dspc_greatest",
    has_own_extremes=True,
    has_integer_power=True,
    has_ordered_sums=True,
    has_guarded_casts=True,
    marks_serial_loops=True,
    copies_rows=True,
    own_functions=OWN_FUNCTIONS,
    vectors=FORMS,
    soundfiles=soundfile_handlers(_MINIMUM, _MAXIMUM, "static_cast<{type}>({value})"),
)
FAST_CPP = FastLanguage(
    **{one.name: getattr(CPP, one.name) for one in fields(Language) if one.name != "own_functions"}
)
