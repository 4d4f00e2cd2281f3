"""What the tests of evaluation and propagation share: programs to readable signals."""

from __future__ import annotations

from dspc.dialects.dsp.ui import UiWidget
from dspc.frontends.faust.elaborate import Elaboration, elaborate
from dspc.frontends.faust.options import FrontendOptions
from dspc.frontends.faust.signals import Sig
from dspc.support.diagnostics import DspcError, Source

OPERATORS = {
    "add": "+", "sub": "-", "mul": "*", "div": "/", "rem": "%", "lt": "<", "eq": "==", "ne": "!=",
    "delay": "@",
}  # fmt: skip


def elaborated(text: str, **options: object) -> Elaboration:
    """The elaboration of a program given as its text."""
    return elaborate(Source("test.dsp", text), FrontendOptions(**options))  # type: ignore[arg-type]


def shown(signal: Sig) -> str:
    """A small signal as an expression; feedbacks are `f`."""
    if signal.op in ("int", "real"):
        return repr(signal.value)
    if signal.op == "input":
        return f"in{signal.value}"
    if signal.op == "feedback":
        return "f"
    if isinstance(signal.value, UiWidget):
        inner = "".join(f"({shown(arg)})" for arg in signal.args)
        return f"{signal.value.symbol}{inner}"
    parts = [shown(arg) for arg in signal.args]
    if signal.op in OPERATORS:
        return f"({parts[0]} {OPERATORS[signal.op]} {parts[1]})"
    value = "" if signal.value is None else f"[{signal.value}]"
    return f"{signal.op}{value}({', '.join(parts)})"


def outputs(text: str) -> list[str]:
    """The outputs of a program, readable."""
    return [shown(signal) for signal in elaborated(text).outputs]


def fault(text: str, **options: object) -> DspcError:
    """The error that a program ends with."""
    try:
        elaborated(text, **options)
    except DspcError as error:
        return error
    raise AssertionError(f"no error in {text}")
