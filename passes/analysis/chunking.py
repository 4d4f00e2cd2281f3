"""The chunk and the forms of delay lines that are decided for a program, read from its IR."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from xdsl.ir import Block, Operation

from dspc.dialects.dsp import time
from dspc.dialects.dsp.partition import LineOp, chunk_of, declarations
from dspc.dialects.dsp_mem.processor_model import DEFAULT, ProcessorModel
from dspc.dialects.places import span_of
from dspc.passes.analysis.delay_lines import NO_THRESHOLD, DelayLine, Plan, start_of
from dspc.support.diagnostics import DspcError


@dataclass(frozen=True)
class Chunking:
    """The chunk size in frames and the most lanes of a vector (0: no vectors) of a program.

    `is_apart`, `is_bounded` and `exact_beyond` are those of `dsp.chunk`, `registers` the vector
    registers. `processor` is that of cost models; it is no decision.
    """

    size: int
    lanes: int = 0
    is_apart: bool = False
    is_bounded: bool = False
    exact_beyond: int = NO_THRESHOLD
    registers: int = DEFAULT.vector_registers
    processor: ProcessorModel = DEFAULT
    lines: dict[DelayLine, LineOp] = field(default_factory=dict[DelayLine, LineOp])
    """The declaration of each delay line outside of gated regions."""
    assumed: set[Operation] = field(default_factory=set[Operation])
    """Varying delays in feedback that are assumed to be at least a chunk long."""
    singles: int = 0
    """Chunks are a multiple of so many frames, and code for single frames computes the others; 0
    for none."""

    def has_whole(self, lanes: int) -> bool:
        """Whether each chunk is a multiple of so many frames."""
        return self.singles > 0 and self.singles % lanes == 0


def read_chunking(body: Block, plan: Plan, processor: ProcessorModel) -> Chunking | None:
    """The decisions of a body, or None before `dsp-choose-chunk`.

    Raises DspcError E0306 where the delay lines do not match their declarations.
    """
    chunk = chunk_of(body)
    if chunk is None:
        return None
    beyond = chunk.exact_beyond
    lines, assumed = _read_lines(body, plan)
    return Chunking(
        chunk.size.value.data,
        chunk.lanes.value.data,
        chunk.is_apart is not None,
        chunk.is_bounded is not None,
        NO_THRESHOLD if beyond is None else beyond.value.data,
        chunk.registers.value.data,
        processor,
        lines,
        assumed,
        0 if chunk.singles is None else chunk.singles.value.data,
    )


def _read_lines(body: Block, plan: Plan) -> tuple[dict[DelayLine, LineOp], set[Operation]]:
    declared = {op.sym_name.data: op for op in declarations(body) if isinstance(op, LineOp)}
    lines: dict[DelayLine, LineOp] = {}
    readers: dict[str, DelayLine] = {}
    assumed: set[Operation] = set()
    for op, line in lines_read(plan):
        name = "" if op.line is None else op.line.root_reference.data
        if name not in declared or readers.setdefault(name, line) is not line:
            raise _mismatch(f"{op.name} names no delay line of its signal", op)
        known = lines.setdefault(line, declared[name])
        if known is not declared[name]:
            raise _mismatch(f"one signal has the delay lines @{name} and @{name_of(known)}", op)
        if line.depth > known.depth.value.data:
            depth = known.depth.value.data
            raise _mismatch(f"@{name} holds {depth} frames, but {line.depth} are read", op)
        if isinstance(op, time.DelayOp) and op.assumed is not None:
            assumed.add(op)
    return lines, assumed


def lines_read(plan: Plan) -> Iterator[tuple[time.DelayOp | time.PrefixOp, DelayLine]]:
    """The live delays outside of gated regions, in program order, with their delay lines."""
    for op, domain in plan.delays:
        if domain is None:
            start = start_of(op) if isinstance(op, time.PrefixOp) else None
            yield op, plan.line(op.signal, None, start)


def name_of(line: LineOp) -> str:
    return line.sym_name.data


def _mismatch(message: str, op: Operation) -> DspcError:
    return DspcError("E0306", message, span_of(op), "run dsp-choose-chunk again")
