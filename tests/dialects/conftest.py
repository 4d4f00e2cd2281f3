"""Fixtures for tests of the dialects: a context that knows them, and a parser."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from xdsl.context import Context
from xdsl.dialects.builtin import Builtin, ModuleOp
from xdsl.dialects.func import Func
from xdsl.parser import Parser
from xdsl.printer import Printer

from dspc.dialects.dsp import Dsp
from dspc.dialects.dsp_mem import DspMem

Parse = Callable[[str], ModuleOp]


@pytest.fixture
def parse() -> Parse:
    """Parses a module of our dialects, without verifying it."""
    context = Context()
    for dialect in (Builtin, Func, Dsp, DspMem):
        context.load_dialect(dialect)
    return lambda text: Parser(context, text).parse_module()


@pytest.fixture
def expect_roundtrip(parse: Parse) -> Callable[[str], ModuleOp]:
    """Checks that a module survives custom -> generic -> custom text, and verifies."""

    def check(text: str) -> ModuleOp:
        module = parse(text)
        module.verify()
        custom = str(module)
        generic = io.StringIO()
        Printer(generic, print_generic_format=True).print_op(module)
        assert str(parse(generic.getvalue())) == custom
        assert str(parse(custom)) == custom
        return module

    return check
