"""Plan of a body before it is lowered: aliases of signals, and their delay lines.

A *domain* is a part of a program with its own time: the body itself, or the region of a
`dsp.control`, whose time does not advance while its gate is 0.
"""

from __future__ import annotations

from collections.abc import Iterator

from xdsl.dialects.builtin import FloatAttr, IntegerAttr
from xdsl.ir import Attribute, Block, Operation, SSAValue

from dspc.dialects.dsp import arithmetic, interface, tables, time
from dspc.dialects.dsp.arithmetic import known_int
from dspc.dialects.dsp.types import SignalType
from dspc.dialects.places import span_of
from dspc.passes.analysis.liveness import Liveness
from dspc.support.diagnostics import DspcError

NO_THRESHOLD = 2**31 - 1
"""As the threshold of exact ring sizes: the size of every ring is a power of two."""
MAX_REGISTERS = 8
"""The longest delay line that is kept in loop-carried values, in frames."""
MOST_CARRIED = 32
"""The most loop-carried values of delay lines longer than a frame. Beyond, registers are spilled,
so that each value costs a load and a store in each frame; delay lines become ring buffers where
that moves fewer values."""
LEAST_FORWARDED = 3
"""The least distance in frames at which a recursion reads a ring buffer without a stall by
store-to-load forwarding."""

Domain = time.ControlOp | None
Number = IntegerAttr | FloatAttr


class DelayLine:
    """The delay line of one signal in one domain: `depth` frames; initially `start`, or 0."""

    __slots__ = (
        "depth",
        "domain",
        "is_dynamic",
        "is_recursive",
        "is_spilled",
        "near",
        "reaches",
        "signal",
        "start",
    )

    def __init__(self, signal: SSAValue, domain: Domain, start: Number | None) -> None:
        self.signal = signal
        self.domain = domain
        self.start = start
        self.depth = 0
        self.is_dynamic = False
        self.is_recursive = False
        self.near = 0
        self.is_spilled = False
        """Whether it is a ring buffer although short, because of register pressure."""
        self.reaches: set[int] = set()
        """The distances in frames at which fixed delays read it."""

    @property
    def is_ring(self) -> bool:
        return self.is_dynamic or self.is_spilled or self.depth > MAX_REGISTERS

    @property
    def registers(self) -> int:
        """The number of past frames in loop-carried values; all of them if it is no ring."""
        return self.near if self.is_ring else self.depth

    def spill(self) -> int:
        """Make it a ring buffer if that moves fewer values than spilled registers; returns the
        number of loop-carried values saved.

        Spilled registers are loaded and stored in each frame; a ring is stored once, and each read
        computes an index.
        """
        least = LEAST_FORWARDED if self.is_recursive else 1
        near = max((reach for reach in self.reaches if reach < least), default=0)
        far = sum(reach > near for reach in self.reaches)
        if 2 * (self.depth - near) <= 1 + 3 * far:
            return 0
        self.is_spilled, self.near = True, near
        return self.depth - near

    @property
    def element(self) -> Attribute:
        type = self.signal.type
        assert isinstance(type, SignalType)
        return type.element


class Plan:
    """The delay lines and tables of a body, collected in one walk into groups and controls."""

    def __init__(self, body: Block) -> None:
        self.aliases: dict[SSAValue, SSAValue] = {}
        """The value that another is an alias of: group outputs, attached signals, meters."""
        self.lines: dict[tuple[SSAValue, Domain, str], DelayLine] = {}
        self.lines_of: dict[SSAValue, list[DelayLine]] = {}
        self.lines_in: dict[Domain, list[DelayLine]] = {}
        self.tables: list[tables.TableOp] = []
        self._projections: set[SSAValue] = set()
        self.delays: list[tuple[time.DelayOp | time.PrefixOp, Domain]] = []
        """The ops that read a delay line, in program order."""
        placed = list(walk(body))
        liveness = Liveness(body, (op for op, _ in placed))
        self.live = liveness.ops
        self._live_values = liveness.values
        for op, domain in placed:
            if op not in self.live:
                continue
            if isinstance(op, time.DelayOp) and reach_of(op)[0] == 0:
                self.aliases[op.result] = op.signal
            elif isinstance(op, time.DelayOp | time.PrefixOp):
                self.delays.append((op, domain))
            elif isinstance(op, time.Recursion):
                self._alias_group(op)
            elif isinstance(op, time.AttachOp | interface.BargraphOp):
                self.aliases[op.results[0]] = op.operands[0]
            elif isinstance(op, tables.TableOp):
                self.tables.append(op)
        for op, domain in self.delays:
            if isinstance(op, time.DelayOp):
                self._plan_delay(op, domain)
            else:
                self._line(op.signal, domain, 1, start_of(op))
        self._spill()

    def resolve(self, value: SSAValue) -> SSAValue:
        """The value behind all aliases, with path compression."""
        source = value
        while source in self.aliases:
            source = self.aliases[source]
        while value is not source:
            following = self.aliases[value]
            self.aliases[value] = source
            value = following
        return source

    def holds(self, pair: tuple[SSAValue, SSAValue]) -> bool:
        """Whether a held result is live; `pair` is the result and its source."""
        return pair[0] in self._live_values

    def line(self, signal: SSAValue, domain: Domain, start: Number | None = None) -> DelayLine:
        return self.lines[self.resolve(signal), domain, start_key(start)]

    def _alias_group(self, op: time.Recursion) -> None:
        yielded = op.yielded()
        self.aliases.update(zip(op.body.block.args, yielded, strict=True))
        self.aliases.update(zip(op.projections, yielded, strict=True))
        self._projections.update(op.body.block.args)

    def _plan_delay(self, op: time.DelayOp, domain: Domain) -> None:
        reach, is_dynamic = reach_of(op)
        line = self._line(op.signal, domain, reach)
        line.is_dynamic |= is_dynamic
        line.reaches.add(reach)

    def _spill(self) -> None:
        """Bound the loop-carried values: the deepest delay lines become ring buffers first."""
        carried = [line for line in self.lines.values() if not line.is_ring and line.depth > 1]
        total = sum(line.depth for line in carried)
        for line in sorted(carried, key=lambda line: -line.depth):
            if total > MOST_CARRIED:
                total -= line.spill()

    def _line(
        self, signal: SSAValue, domain: Domain, depth: int, start: Number | None = None
    ) -> DelayLine:
        source = self.resolve(signal)
        key = (source, domain, start_key(start))
        line = self.lines.get(key)
        if line is None:
            line = self.lines[key] = DelayLine(source, domain, start)
            self.lines_of.setdefault(source, []).append(line)
            self.lines_in.setdefault(domain, []).append(line)
        line.depth = max(line.depth, depth)
        line.is_recursive |= signal in self._projections
        return line


def start_of(op: time.PrefixOp) -> Number | None:
    """The initial value of a prefix; None for 0, and where it is not constant."""
    source = op.first.owner
    if not isinstance(source, arithmetic.ConstantOp):
        return None
    is_zero = repr(source.value.value.data) in ("0", "0.0")
    return None if is_zero else source.value


def start_key(start: Number | None) -> str:
    return "" if start is None else repr(start.value.data)


def reach_of(op: time.DelayOp) -> tuple[int, bool]:
    """The greatest distance of a delay in frames, and whether its amount varies."""
    offset = op.offset.value.data
    if op.amount is None:
        return offset, False
    fixed = known_int(op.amount)
    if fixed is not None:
        bound = fixed if op.max is None else min(fixed, op.max.value.data)
        return offset + max(bound, 0), False
    if op.max is None:
        message, hint = "this delay's amount is not bounded yet", "run dsp-size-delays first"
        raise DspcError("E0301", message, span_of(op), hint)
    bound = op.max.value.data
    return offset + bound, bound > 0


def walk(body: Block) -> Iterator[tuple[Operation, Domain]]:
    """The ops of a body in program order, with their domains; table generators are not entered."""
    work: list[tuple[Iterator[Operation], Domain]] = [(iter(body.ops), None)]
    while work:
        ops, domain = work[-1]
        op = next(ops, None)
        if op is None:
            work.pop()
            continue
        yield op, domain
        if isinstance(op, time.Recursion):
            work.append((iter(op.body.block.ops), domain))
        elif isinstance(op, time.ControlOp):
            work.append((iter(op.body.block.ops), op))
