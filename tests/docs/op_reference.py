"""Makes docs/ops.md: every op, type and attribute of the dialects, from their definitions."""

from __future__ import annotations

import inspect
from collections.abc import Sequence

from xdsl.dialects.builtin import IntegerAttr
from xdsl.ir import Dialect, Operation, ParametrizedAttribute
from xdsl.irdl import (
    AttributeDef,
    OpDef,
    OptionalDef,
    OptOperandDef,
    OptRegionDef,
    OptResultDef,
    ParamAttrConstraint,
    VarOperandDef,
    VarRegionDef,
    VarResultDef,
)

from dspc.dialects.dsp import Dsp
from dspc.dialects.dsp_mem import DspMem
from dspc.dialects.dsp_par import DspPar

DIALECTS: tuple[tuple[Dialect, str], ...] = (
    (Dsp, "Signals: one value per frame, and the user interface of a program."),
    (DspMem, "Buffers, memory spaces and allocators."),
    (DspPar, "Loops over the frames of a chunk, SIMD lanes, teams of threads and task graphs."),
)
HEAD = """# Ops

Every op, type and attribute of the three dialects, as their definitions have them. `?` marks what
may be absent, `*` what may stand any number of times. `python -m dspc.backends.interp.meanings OP`
prints the Python that defines an op ([how to check one](backends.md#the-meaning-of-an-op)).
"""
OPTIONAL = (OptOperandDef, OptResultDef, OptRegionDef, OptionalDef)
VARIADIC = (VarOperandDef, VarResultDef, VarRegionDef)


def reference() -> str:
    """The page as Markdown."""
    return "".join([HEAD, *(_dialect(dialect, title) for dialect, title in DIALECTS)])


def _dialect(dialect: Dialect, title: str) -> str:
    attributes = sorted(dialect.attributes, key=lambda definition: definition.name)
    types = "".join(
        f"\n### {definition.name}\n\n{documentation(definition)}\n" for definition in attributes
    )
    ops = "".join(_op(definition) for definition in dialect.operations)
    return f"\n## {dialect.name}\n\n{title}\n{ops}{types}"


def documentation(definition: type[Operation] | type[ParametrizedAttribute] | type) -> str:
    """The docstring of the class itself, not of one that it inherits from."""
    return inspect.cleandoc(definition.__dict__.get("__doc__") or "")


def _op(definition: type[Operation]) -> str:
    shape = definition.get_irdl_definition()  # type: ignore[attr-defined]
    rows = [f"- {title}: {names}" for title, names in _parts(shape) if names]
    listed = "\n".join(rows)
    return f"\n### {definition.name}\n\n{documentation(definition)}\n" + (
        f"\n{listed}\n" if rows else ""
    )


def _parts(shape: OpDef) -> Sequence[tuple[str, str]]:
    return (
        ("operands", _names(shape.operands)),
        ("results", _names(shape.results)),
        ("regions", _names(shape.regions)),
        ("properties", _names([*shape.properties.items(), *shape.attributes.items()])),
        ("traits", ", ".join(sorted(f"`{type(trait).__name__}`" for trait in shape.traits.traits))),
    )


def _names(definitions: Sequence[tuple[str, object]]) -> str:
    return ", ".join(f"`{name}`{_mark(part)}{_type(part)}" for name, part in definitions)


def _mark(part: object) -> str:
    if isinstance(part, OPTIONAL):
        return "?"
    return "*" if isinstance(part, VARIADIC) else ""


def _type(part: object) -> str:
    """The attribute's kind, where a property's constraint names one."""
    if not isinstance(part, AttributeDef):
        return ""
    constraint = part.constr
    if isinstance(constraint, ParamAttrConstraint):
        base = constraint.base_attr
        return " (integer)" if base is IntegerAttr else f" ({base.name})"
    return ""
