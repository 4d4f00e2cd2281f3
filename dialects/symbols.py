"""Uses of symbols: buffers of a module, widgets of a program, as `verifySymbolUses` of MLIR.

A lookup takes constant time: names are kept for each table op, and each hit is compared with
the module, so that a table made before a pass is never wrong, only made anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from xdsl.dialects.builtin import ModuleOp, StringAttr, SymbolRefAttr
from xdsl.ir import Operation
from xdsl.traits import SymbolUserOpInterface
from xdsl.utils.exceptions import VerifyException

from dspc.dialects.places import placed, span_of
from dspc.support.diagnostics import DspcError

_TABLES: WeakKeyDictionary[Operation, dict[str, Operation]] = WeakKeyDictionary()
"""Module or program -> its declarations, by name."""


class UsesBuffer(SymbolUserOpInterface):
    """The property `buffer`, if any, names a buffer of the module, of the type of the result.

    A module that has neither buffers nor a lowered program is an excerpt, as in tests of passes.
    """

    def verify(self, op: Operation) -> None:
        module = _root(op)
        reference = op.properties.get("buffer")
        if reference is None or not isinstance(module, ModuleOp) or _is_excerpt(module):
            return
        buffer = _declared(module, reference, "buffer", "dsp_mem.buffer")
        type = op.results[0].type
        declared = buffer.properties["type"]
        if op.name == "dsp_mem.get" and type != declared:
            name = _name_of(buffer)
            raise VerifyException(f"the buffer @{name} has the type {declared}, not {type}")


class UsesWidget(SymbolUserOpInterface):
    """The property `widget` or `slot` names a widget of the program of a kind that the op has."""

    def verify(self, op: Operation) -> None:
        program = _interface_of(op)
        if program is None:
            return
        reference = op.properties.get("widget") or op.properties.get("slot")
        widget = _declared(program, reference, "widget", "dsp.widget")
        kind = _word(widget, "kind")
        if not _accepts(op.name, kind):
            raise VerifyException(f"{op.name} cannot use the {kind} @{_name_of(widget)}")


def _accepts(op: str, kind: str) -> bool:
    if op == "dsp.soundfile":
        return kind == "soundfile"
    return kind != "soundfile" and (op == "dsp.bargraph") == kind.endswith("bargraph")


def verify_widgets(program: Operation) -> None:
    """VerifyException unless the interface of a program has one widget a name."""
    names: set[str] = set()
    for widget in _widgets(program):
        name = _name_of(widget)
        if name in names:
            raise VerifyException(f"two widgets are called @{name}")
        names.add(name)


def check_zones(lowered: Operation) -> None:
    """Raise DspcError E0703 unless each widget with a value has a zone, a buffer of its name."""
    module = lowered.parent_op()
    if not isinstance(module, ModuleOp):
        return
    zones = {
        _name_of(op)
        for op in module.body.ops
        if op.name == "dsp_mem.buffer" and _word(op, "role") == "zone"
    }
    for widget in _widgets(lowered):
        if _word(widget, "kind") != "soundfile" and _name_of(widget) not in zones:
            message = f"the widget @{_name_of(widget)} of the lowered program has no zone"
            raise placed(DspcError("E0703", message, span_of(widget)), lowered)


def _word(op: Operation, key: str) -> str:
    """The value of an enumeration among an op's properties."""
    return f"{getattr(op.properties.get(key), 'data', '')}"


def _root(op: Operation) -> Operation:
    while (parent := op.parent_op()) is not None:
        op = parent
    return op


def _interface_of(op: Operation) -> Operation | None:
    """The program that an op of signals is in, or the lowered program of its module."""
    above: Operation | None = op
    while above is not None and above.name != "dsp.program":
        op, above = above, above.parent_op()
    if above is not None or not isinstance(op, ModuleOp):
        return above
    return next((candidate for candidate in op.body.ops if candidate.name == "dsp.lowered"), None)


def _declared(table: Operation, reference: object, kind_name: str, kind: str) -> Operation:
    """The op that a reference names in a table; VerifyException if there is none."""
    if not isinstance(reference, SymbolRefAttr) or reference.nested_references.data:
        raise VerifyException("expected a symbol reference")
    name = reference.root_reference.data
    declaration = _TABLES.get(table, {}).get(name)
    if declaration is None or _name_of(declaration) != name or _owner(declaration) is not table:
        _TABLES[table] = {_name_of(op): op for op in reversed([*_declarations(table, kind)])}
        declaration = _TABLES[table].get(name)
    if declaration is None:
        raise VerifyException(f"there is no {kind_name} @{name}")
    return declaration


def _is_excerpt(module: ModuleOp) -> bool:
    return not any(op.name in ("dsp_mem.buffer", "dsp.lowered") for op in module.body.ops)


def _owner(op: Operation) -> Operation | None:
    """The module of a buffer, or the program of a widget."""
    above = op.parent_op()
    while above is not None and above.name == "dsp.group":
        above = above.parent_op()
    return above


def _declarations(table: Operation, kind: str) -> Iterator[Operation]:
    if not isinstance(table, ModuleOp):
        return _widgets(table)
    return (op for op in table.body.ops if op.name == kind)


def _widgets(program: Operation) -> Iterator[Operation]:
    return (op for op in program.regions[0].walk() if op.name == "dsp.widget")


def _name_of(op: Operation) -> str:
    name = op.properties.get("sym_name")
    return name.data if isinstance(name, StringAttr) else ""
