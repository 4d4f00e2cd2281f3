"""The lowered module under construction: buffers, declarations, functions besides `compute`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xdsl.dialects import func, scf
from xdsl.dialects.builtin import (
    DenseArrayBase,
    FunctionType,
    StringAttr,
    SymbolRefAttr,
    UnitAttr,
    UnknownLoc,
    i32,
)
from xdsl.ir import Attribute, Block, Operation, Region, SSAValue

from dspc.dialects.dsp_mem import BufferOp, Lifetime, Role
from dspc.dialects.dsp_mem.buffers import LifetimeAttr, RoleAttr
from dspc.dialects.places import span_of
from dspc.dialects.text_attributes import make_text
from dspc.passes.analysis.delay_lines import NO_THRESHOLD
from dspc.passes.lowering.writer import Buffer, FunctionBuilder, Writer, row_type
from dspc.support.diagnostics import DspcError

LIFETIMES: dict[Lifetime, Attribute] = {lifetime: LifetimeAttr(lifetime) for lifetime in Lifetime}
ROLES: dict[Role, Attribute] = {role: RoleAttr(role) for role in Role}
NOT_IN_NAMES = re.compile(r"\W")


class LoweringUnit:
    """Collects the buffers, declarations and functions of one lowered program."""

    def __init__(self, precision: Attribute, mask_up_to: int = NO_THRESHOLD) -> None:
        self.precision = precision
        self.mask_up_to = mask_up_to
        self.buffers: list[Operation] = []
        self.declarations: dict[str, Operation] = {}
        self.class_init = FunctionBuilder("class_init", [i32])
        self.instance_constants = FunctionBuilder("instance_constants", [i32])
        self.instance_clear = FunctionBuilder("instance_clear", [])
        self._states: dict[object, Buffer] = {}
        self._names: set[str] = set()
        self._counts: dict[str, int] = {}

    def buffer(
        self,
        name: str,
        element: Attribute,
        size: int | None,
        lifetime: Lifetime,
        role: Role,
        values: DenseArrayBase | None = None,
        init: Attribute | None = None,
    ) -> Buffer:
        """Declare a buffer of exactly this name."""
        self._names.add(name)
        properties: dict[str, Attribute] = {
            "sym_name": StringAttr(name),
            "type": row_type(element, size),
            "lifetime": LIFETIMES[lifetime],
            "role": ROLES[role],
        }
        if values is not None:
            properties["values"] = values
        if init is not None:
            properties["init"] = init
        self.buffers.append(BufferOp.create(properties=properties))
        return Buffer(SymbolRefAttr(name), element, size)

    def state(
        self,
        key: object,
        name: tuple[str | None, str, str],
        element: Attribute,
        size: int | None,
        start: Attribute | None = None,
    ) -> Buffer:
        """The state of what `key` identifies, cleared to 0 or `start`; declared once, so that all
        code that computes a frame of it shares it. `name` is hint, suffix and kind, as `named`
        takes them."""
        known = self._states.get(key)
        if known is None:
            hint, suffix, kind = name
            own = self.named(hint, suffix, element, kind)
            known = self.buffer(own, element, size, Lifetime.INSTANCE, Role.STATE)
            self._states[key] = known
            self.clear(known, start)
        return known

    def ring_size(self, depth: int, written: int = 1) -> int:
        """The ring size for `depth` past frames and `written` frames being written, in elements.

        Exact where a power of two exceeds `mask_up_to`.
        """
        return ring_elements(depth, written, 1 << depth.bit_length() > self.mask_up_to)

    def named(self, hint: str | None, suffix: str, element: Attribute, kind: str) -> str:
        """A unique name: from the name in the program, else `fRec0` and the like."""
        if hint is None:
            stem = ("i" if element == i32 else "f") + kind
            return self._numbered(stem)
        name = f"{NOT_IN_NAMES.sub('_', hint)}_{suffix}"
        return name if name not in self._names else self._numbered(name + "_")

    def _numbered(self, stem: str) -> str:
        number = self._counts.get(stem, 0)
        while f"{stem}{number}" in self._names:
            number += 1
        self._counts[stem] = number + 1
        return f"{stem}{number}"

    def reserve(self, names: Sequence[str]) -> None:
        """Reserve names for buffers that are declared later."""
        self._names.update(names)

    def declare(
        self,
        name: str,
        operands: Sequence[Attribute],
        result: Attribute,
        attributes: dict[str, Attribute],
    ) -> SymbolRefAttr:
        """The symbol of a C function, which is declared once."""
        if name not in self.declarations:
            self.declarations[name] = func.FuncOp.create(
                properties={
                    "sym_name": StringAttr(name),
                    "function_type": FunctionType.from_lists(operands, [result]),
                    "sym_visibility": StringAttr("private"),
                },
                attributes=attributes,
                regions=[Region()],
            )
        return SymbolRefAttr(name)

    def call(
        self,
        w: Writer,
        name: str,
        operands: Sequence[SSAValue],
        result: Attribute,
        include: str = "",
        library: str = "",
        is_value: bool = False,
    ) -> SSAValue:
        """Write a call of a C function, or the read of a C variable or constant.

        Raises DspcError E0903 for a name that was used with another type before.
        """
        attributes: dict[str, Attribute] = {}
        if include:
            attributes["include"] = make_text(include)
        if library:
            attributes["library"] = make_text(library)
        if is_value:
            attributes["value"] = UnitAttr()
        types = [value.type for value in operands]
        callee = self.declare(name, types, result, attributes)
        called = w.emit(func.CallOp, operands, result, {"callee": callee})
        declared = self.declarations[name]
        if isinstance(declared.location, UnknownLoc) and isinstance(called.owner, func.CallOp):
            # Whoever cannot call it says where the program does.
            declared.location = called.owner.location
        is_other = ("value" in declared.attributes) != is_value
        if is_other or declared.properties["function_type"] != FunctionType.from_lists(
            types, [result]
        ):
            assert isinstance(called.owner, func.CallOp)
            message = f"the program uses {name} from C in two ways: a name has one type there"
            raise DspcError("E0903", message, span_of(called.owner))
        return called

    def clear(self, buffer: Buffer, value: Attribute | None = None) -> None:
        """Make `instance_clear` fill a state buffer with zeros, or with `value`."""
        w = Writer(self.instance_clear, self.instance_clear.body)
        filler = w.zero(buffer.element) if value is None else w.constant(value)  # pyright: ignore
        fill(w, buffer, filler)


def ring_elements(depth: int, written: int, is_exact: bool) -> int:
    """The ring size for `depth` past frames and `written` frames being written, in elements: the
    exact one, or a power of two, for masks."""
    places = depth + written
    return places if is_exact else 1 << (places - 1).bit_length()


def fill(w: Writer, buffer: Buffer, value: SSAValue) -> None:
    """Write the stores of one value to all elements of a buffer."""
    if buffer.size is None:
        w.store(value, buffer)
    elif buffer.size <= 2:
        for index in range(buffer.size):
            w.store(value, buffer, w.index(index))
    else:
        block = Block(arg_types=[w.index(0).type])
        inner = Writer(w.function, [])
        inner.store(value, buffer, block.args[0])
        block.add_ops([*inner.ops, scf.YieldOp.create()])
        counted(w, w.index(buffer.size), block, [])


def counted(
    w: Writer,
    count: SSAValue,
    block: Block,
    start: Sequence[SSAValue],
    low: SSAValue | None = None,
    step: SSAValue | int = 1,
) -> Sequence[SSAValue]:
    """Write an `scf.for` from `low` (0 if None) to a count, with a block as its body; returns its
    results."""
    loop = scf.ForOp.create(
        operands=[
            w.index(0) if low is None else low,
            count,
            w.index(step) if isinstance(step, int) else step,
            *start,
        ],
        result_types=[value.type for value in start],
        regions=[Region(block)],
    )
    w.ops.append(loop)
    return loop.results
