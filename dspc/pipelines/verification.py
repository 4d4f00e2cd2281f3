"""Verification of modules between passes: all ops in one walk, and dominance.

xDSL's own `verify` takes 25 to 50 microseconds an op, most of it for the types of scalar and vector
arithmetic. The verifier of an op of `arith`, `math`, `memref` or `vector`, and of arithmetic and
delays of signals, depends on its class, types and properties only, so equal ones are verified once
in a walk.
"""

from __future__ import annotations

from collections.abc import Mapping

from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Attribute, Block, Operation
from xdsl.traits import IsTerminator, NoTerminator
from xdsl.utils.exceptions import DiagnosticException, VerifyException

from dspc.dialects.dsp import arithmetic, time
from dspc.dialects.places import span_of
from dspc.passes.dominance import undefined_use
from dspc.support.diagnostics import DspcError

LOCAL = frozenset(("arith", "math", "memref", "vector"))
"""Dialects in which verifiers of ops without regions depend on types and attributes only."""
SIGNAL_OPS = frozenset(kind.name for kind in (*arithmetic.OPERATIONS, time.DelayOp, time.PrefixOp))
"""Ops on signals of which this holds; they define no attributes, only properties."""
LOCAL_OPS = frozenset(("dsp_par.window",))
"""Ops of other dialects of which this holds."""


def verify_module(module: ModuleOp, stage: str) -> None:
    """Raise DspcError E0503 if the module is invalid; `stage` is named in the message."""
    fault = find_fault(module)
    if fault is not None:
        op, message = fault
        raise DspcError("E0503", f"{stage}, the module is invalid: {message}", span_of(op))


def find_fault(module: ModuleOp) -> tuple[Operation, str] | None:
    """The first op that is invalid or uses a value before its definition, and the message."""
    verified: set[tuple[object, ...]] = set()
    for op in module.walk():
        try:
            _verify_op(op, verified)
        except Exception as error:  # a verifier may raise anything on malformed ops
            return op, message_of(error)
    use = undefined_use(module)
    if use is None:
        return None
    user, operand = use
    name = f"%{operand.name_hint}" if operand.name_hint else "a value"
    return user, f"{user.name} uses {name} before it is defined"


def _verify_op(op: Operation, verified: set[tuple[object, ...]]) -> None:
    for region in op.regions:
        for block in region.blocks:
            if block.parent is not region or any(inner.parent is not block for inner in block.ops):
                raise VerifyException(f"the region of {op.name} does not own its blocks and ops")
            _verify_end(op, block)
    is_signal = op.name in SIGNAL_OPS
    if op.regions or not (is_signal or op.dialect_name() in LOCAL or op.name in LOCAL_OPS):
        op.verify(verify_nested_ops=False)
        return
    key = _signature(op, {} if is_signal else op.attributes)
    if key not in verified:
        op.verify(verify_nested_ops=False)
        verified.add(key)


def _verify_end(op: Operation, block: Block) -> None:
    """A block ends in a terminator, unless it is the only one of an op that needs none."""
    if block.last_op is not None and block.last_op.has_trait(IsTerminator):
        return
    if op.has_trait(NoTerminator) and block.next_block is None and block.prev_block is None:
        return
    last = "is empty" if block.last_op is None else f"ends in {block.last_op.name}"
    raise VerifyException(f"a block of {op.name} {last}: it needs a terminator")


def _signature(op: Operation, attributes: Mapping[str, Attribute]) -> tuple[object, ...]:
    """The inputs of a local verifier: types by identity, since the module keeps them alive during
    the walk, and attributes by value."""
    return (
        type(op),
        *[id(operand.type) for operand in op.operands],
        None,
        *[id(result.type) for result in op.results],
        *op.properties.items(),
        None,
        *attributes.items(),
    )


def message_of(error: BaseException) -> str:
    """The last line of an error, which is the message in xDSL's diagnostics."""
    text = str(error)
    if isinstance(error, DiagnosticException) and error.__cause__ is not None:
        text = str(error.__cause__)
    lines = [line.strip() for line in text.splitlines() if line.strip(" ^-\t")]
    return (lines[-1] if lines else type(error).__name__)[:300]
