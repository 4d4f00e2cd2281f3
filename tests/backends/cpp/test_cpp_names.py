import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dspc.backends.c.language import Uses
from dspc.backends.c.literals import float_literal, int_literal
from dspc.backends.c.names import Names, identifier, string_literal
from dspc.backends.cpp.language import CPP

USES = Uses(CPP)


def test_names_are_unique_and_no_keywords():
    names = Names(["delay"])
    identifiers = [
        names.fresh(h, "x") for h in ("delay", "delay", "class", "gain", "gain", None, "2x", "é")
    ]
    assert len(set(identifiers)) == len(identifiers)
    assert "class" not in identifiers
    assert identifiers[3] == "gain"


def test_hint_in_capitals_avoids_macros():
    assert identifier("NAN") == "nan"
    assert identifier("__file") == "file"
    assert identifier("a.b c") == "a_b_c"


@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
def test_single_literal_reads_back(value: float):
    text = float_literal(value, single=True, uses=USES)
    assert text.endswith("f")
    assert "." in text or "e" in text
    back = struct.pack("f", float(text[:-1]))
    assert back == struct.pack("f", value)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_double_literal_reads_back(value: float):
    text = float_literal(value, single=False, uses=USES)
    assert "." in text or "e" in text
    assert struct.pack("d", float(text)) == struct.pack("d", value)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.1, "0.1f"), (1.0, "1.0f"), (1e10, "1e10f"), (-0.0, "-0.0f"), (16777216.0, "16777216.0f")],
)
def test_single_literals_are_short(value: float, text: str):
    assert float_literal(value, single=True, uses=USES) == text


def test_numbers_without_literals():
    assert float_literal(float("nan"), True, uses=USES) == "std::numeric_limits<float>::quiet_NaN()"
    assert (
        float_literal(float("-inf"), False, uses=USES) == "-std::numeric_limits<double>::infinity()"
    )
    assert float_literal(1e300, True, uses=USES) == "std::numeric_limits<float>::infinity()"
    assert int_literal(-(2**31), USES) == "INT32_MIN"


def test_strings_are_escaped():
    assert string_literal('a"b\\\n') == r'"a\"b\\\n"'
    assert "??/" not in string_literal("what??/")
