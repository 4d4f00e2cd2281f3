"""Programs built from Python: diagrams, the primitives of the language by name, widgets, tables.

    from dspc.frontends.python import delay, hslider, program, wire

    gain = hslider("gain", 0.5, 0, 0.9, 0.01)
    echo = add >> ~(wire.delay(4800) * gain)
    module = program(echo, "echo")

Names of Python keywords and builtins end in an underscore (`abs_`, `int_`). See docs/python.md.
"""

from __future__ import annotations

from dspc.frontends.python.diagram import (
    Diagram,
    Feedback,
    cut,
    diagram,
    faust,
    group,
    infix,
    primitive,
    waveform,
    widget,
    wire,
)
from dspc.frontends.python.program import program

add, subtract, multiply, divide = (primitive(name) for name in "+-*/")
abs_, min_, max_, pow_ = (primitive(name) for name in ("abs", "min", "max", "pow"))
sin, cos, tan, asin, acos, atan, atan2 = (
    primitive(name) for name in ("sin", "cos", "tan", "asin", "acos", "atan", "atan2")
)
exp, log, log10, sqrt = (primitive(name) for name in ("exp", "log", "log10", "sqrt"))
floor, ceil, rint, fmod = (primitive(name) for name in ("floor", "ceil", "rint", "fmod"))
int_, float_ = primitive("int"), primitive("float")
mem, prefix, attach = primitive("mem"), primitive("prefix"), primitive("attach")
select2, select3 = primitive("select2"), primitive("select3")
rdtable, rwtable = primitive("rdtable"), primitive("rwtable")


def equal(left: Diagram | float, right: Diagram | float) -> Diagram:
    """1 where two signals are equal, else 0 (Faust's `==`)."""
    return infix("==", left, right)


def delay(signal: Diagram | float, frames: Diagram | float) -> Diagram:
    """A signal some frames ago (`signal @ frames`)."""
    return infix("@", signal, frames)


def button(label: str) -> Diagram:
    """1 while it is pressed, else 0."""
    return widget("button", label)


def checkbox(label: str) -> Diagram:
    """1 while it is on, else 0."""
    return widget("checkbox", label)


def hslider(label: str, init: float, low: float, high: float, step: float) -> Diagram:
    """A horizontal slider."""
    return widget("hslider", label, init, low, high, step)


def vslider(label: str, init: float, low: float, high: float, step: float) -> Diagram:
    """A vertical slider."""
    return widget("vslider", label, init, low, high, step)


def nentry(label: str, init: float, low: float, high: float, step: float) -> Diagram:
    """A number to type in."""
    return widget("nentry", label, init, low, high, step)


def hbargraph(label: str, low: float, high: float) -> Diagram:
    """A horizontal meter that passes its input on."""
    return widget("hbargraph", label, low, high)


def vbargraph(label: str, low: float, high: float) -> Diagram:
    """A vertical meter that passes its input on."""
    return widget("vbargraph", label, low, high)


def hgroup(label: str, inside: Diagram) -> Diagram:
    """The widgets of a diagram side by side."""
    return group("hgroup", label, inside)


def vgroup(label: str, inside: Diagram) -> Diagram:
    """The widgets of a diagram one below the other."""
    return group("vgroup", label, inside)


def tgroup(label: str, inside: Diagram) -> Diagram:
    """The widgets of a diagram on tabs."""
    return group("tgroup", label, inside)


__all__ = [
    "Diagram", "Feedback", "abs_", "acos", "add", "asin", "atan", "atan2", "attach", "button",
    "ceil", "checkbox", "cos", "cut", "delay", "diagram", "divide", "equal", "exp", "faust",
    "float_", "floor", "fmod", "group", "hbargraph", "hgroup", "hslider", "infix", "int_", "log",
    "log10", "max_", "mem", "min_", "multiply", "nentry", "pow_", "prefix", "primitive", "program",
    "rdtable", "rint", "rwtable", "select2", "select3", "sin", "sqrt", "subtract", "tan", "tgroup",
    "vbargraph", "vgroup", "vslider", "waveform", "widget", "wire",
]  # fmt: skip
