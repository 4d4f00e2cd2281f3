"""The `dsp_mem` ops as Python: on plain rows, or on the memory of a machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xdsl.ir import Operation

from dspc.backends.interp.definition import memory as mem
from dspc.backends.interp.generated.generate import Handler
from dspc.dialects.dsp_mem import GetOp
from dspc.dialects.dsp_mem.heaps import CopyOp, ScopeOp

if TYPE_CHECKING:
    from dspc.backends.interp.generated.generate_loops import LoopEmitter


def plain_handlers(out: LoopEmitter) -> dict[str, Handler]:
    """Handlers on plain rows: allocations are new rows, copies synchronous, lifetimes ignored."""

    def copy(op: Operation) -> None:
        assert isinstance(op, CopyOp)
        source, target, *count = out.uses(op.operands)
        function = mem.copy_some if count else mem.copy_row
        out.line(f"{out.bind(function)}({', '.join([target, source, *count])})", op)

    def regrow(op: Operation) -> None:
        (old,) = out.uses(op.operands)
        out.allocate(op, [])
        new = out.names[op.results[0]]
        out.line(f"{out.bind(mem.copy_some)}({new}, {old}, len({old}))", op)

    return {
        "dsp_mem.get": out.get,
        "dsp_mem.alloc": lambda op: out.allocate(op, []),
        "dsp_mem.realloc": regrow,
        "dsp_mem.copy": copy,
        "dsp_mem.scope": _scope(out, lambda op: None, lambda op: None),
        **dict.fromkeys(("dsp_mem.heap_init", "dsp_mem.free", "dsp_mem.wait"), _nothing),
    }


def _nothing(op: Operation) -> None:
    """An op without effect on plain rows."""


def _scope(out: LoopEmitter, enter: Handler, leave: Handler) -> Handler:
    def scope(op: Operation) -> None:
        assert isinstance(op, ScopeOp)
        enter(op)
        out.line("if True:", op)
        out.body(op.body.block, [], lambda: leave(op))

    return scope


def placed_handlers(out: LoopEmitter) -> dict[str, Handler]:
    """Handlers that call methods of `heaps`, an argument of `make`."""

    def method_call(method: str, has_result: bool = False) -> Handler:
        def handler(op: Operation) -> None:
            arguments = [out.bind_constant(op), *out.uses(op.operands)]
            text = f"heaps.{method}({', '.join(arguments)})"
            if has_result:
                out.assign(op, text)
            else:
                out.line(text, op)

        return handler

    def copy(op: Operation) -> None:
        assert isinstance(op, CopyOp)
        count = [] if op.count is not None else ["None"]
        arguments = [out.bind_constant(op), *out.uses(op.operands), *count]
        out.line(f"heaps.copy({', '.join(arguments)})", op)

    def get(op: Operation) -> None:
        assert isinstance(op, GetOp)
        if op.buffer.string_value() in out.rows:
            out.get(op)
        else:
            out.assign(op, f"heaps.named({op.buffer.string_value()!r})")

    return {
        "dsp_mem.get": get,
        "dsp_mem.heap_init": method_call("start"),
        "dsp_mem.alloc": method_call("take", has_result=True),
        "dsp_mem.realloc": method_call("regrow", has_result=True),
        "dsp_mem.free": method_call("give"),
        "dsp_mem.copy": copy,
        "dsp_mem.wait": lambda op: out.line("heaps.wait()", op),
        "dsp_mem.scope": _scope(
            out,
            lambda op: out.line("heaps.enter()", op),
            lambda op: out.line(f"heaps.leave({out.bind_constant(op)})", op),
        ),
    }
