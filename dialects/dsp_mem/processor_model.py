"""The processor of a machine: the parameters of cost models, in cycles.

Latency and reciprocal throughput are given by operation, and for one element type where it differs
(`div.f64`). The default is a desktop processor with AVX2, on which the cost models were measured
(g++ 12, clang 14); a machine file's `[processor]` replaces what it names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from dspc.support.schema import Field, of_type, one_of, real, whole

MOST = 1e6
LATENCY: Mapping[str, float] = MappingProxyType({
    "add": 4.0, "mul": 4.0, "div": 13.0, "sqrt": 16.0, "min": 3.0, "compare": 3.0, "select": 2.0,
    "logic": 1.0, "round": 6.0, "to_int": 6.0, "to_float": 5.0, "load": 6.0, "function": 40.0,
    "remainder": 18.0, "call": 60.0,
})  # fmt: skip
"""Cycles from the operands of an operation to its result; `function` is of the mathematical
library, `load` of a table or delay line, `remainder` of integers, `call` of a foreign function."""
THROUGHPUT: Mapping[str, float] = MappingProxyType({
    "add": 0.4, "mul": 0.4, "div": 4.0, "sqrt": 5.0, "min": 0.4, "compare": 0.4, "select": 0.4,
    "logic": 0.4, "round": 0.4, "to_int": 0.4, "to_float": 0.4, "load": 0.4, "store": 0.6,
    "fma": 1.0, "remainder": 10.0, "gather": 1.0, "function": 18.0, "call": 40.0,
    "soundfile": 20.0,
})  # fmt: skip
"""Cycles between two independent scalar operations; `gather` is a load at an index of its own,
`call` of a foreign function, `soundfile` a read of a sound file, `remainder` of integers."""
ELEMENTS = ("f32", "f64", "i32")
OPERATIONS = tuple(dict.fromkeys((*LATENCY, *THROUGHPUT)))


@dataclass(frozen=True, slots=True)
class ProcessorModel:
    """One core; times are in cycles."""

    vector_bits: int = 256
    """The width of a vector register; 0 without vectors."""
    vector_registers: int = 16
    float_registers: int = 16
    """Registers of single-precision numbers."""
    double_registers: int = 16
    """Registers of double-precision numbers, if they are others or fewer."""
    preserved_registers: int = 0
    """How many registers of single-precision numbers a called function leaves as they are."""
    window: int = 200
    """Operations in the out-of-order window, within which frames overlap."""
    issue: float = 0.5
    """Cycles of a scalar operation of a long frame, all resources busy."""
    vector: float = 0.35
    """Cycles of a plain vector operation at full throughput."""
    insert: float = 0.7
    """Cycles to put a scalar into a lane."""
    extract: float = 0.77
    """Cycles to take a lane out of a vector and store it."""
    cycle: float = 0.3
    """The length of a cycle in ns, for reports."""
    barrier: float = 1000 / 0.3
    """A barrier of a team of threads."""
    hand_over: float = 2000 / 0.3
    """Work that outweighs handing it to another thread."""
    latencies: Mapping[str, float] = field(default_factory=lambda: LATENCY)
    throughputs: Mapping[str, float] = field(default_factory=lambda: THROUGHPUT)

    def lanes(self, bits: int) -> int:
        """The elements of so many bits of a vector register; 0 where there is no vector."""
        lanes = self.vector_bits // bits
        return lanes if lanes > 1 else 0

    def latency(self, operation: str, element: str = "f32") -> float:
        """The latency of an operation of `OPERATIONS` on elements of a type of `ELEMENTS`."""
        return _typed(self.latencies, operation, element)

    def throughput(self, operation: str, element: str = "f32") -> float:
        """The reciprocal throughput of an operation on elements of a type."""
        return _typed(self.throughputs, operation, element)


def _typed(table: Mapping[str, float], operation: str, element: str) -> float:
    exact = table.get(f"{operation}.{element}")
    return table[operation] if exact is None else exact


_CYCLES = real(0.0, MOST, is_needed=False)
_TIMES = of_type(dict, "a table", is_needed=False)
FIELDS: Mapping[str, Field] = {
    "vector_bits": one_of((0, 64, 128, 256, 512, 1024), is_needed=False),
    "vector_registers": whole(1, 1024, is_needed=False),
    "float_registers": whole(0, 1024, is_needed=False),
    "double_registers": whole(0, 1024, is_needed=False),
    "preserved_registers": whole(0, 1024, is_needed=False),
    "window": whole(1, 1 << 16, is_needed=False),
    "cycle": real(0.001, 1000.0, is_needed=False),
    **dict.fromkeys(("issue", "vector"), real(0.001, MOST, is_needed=False)),
    **dict.fromkeys(("insert", "extract", "barrier", "hand_over"), _CYCLES),
    **dict.fromkeys(("latency", "throughput"), _TIMES),
}
"""The fields of `[processor]`; each may be missing."""


def time_fields(base: Mapping[str, float]) -> dict[str, Field]:
    """The fields of `[processor.latency]` or `[processor.throughput]`: operations of the default,
    and operations for one element type."""
    names = [name for op in base for name in (op, *(f"{op}.{kind}" for kind in ELEMENTS))]
    return dict.fromkeys(names, _CYCLES)


def processor_of(facts: Mapping[str, Any]) -> ProcessorModel:
    """The processor of a checked `[processor]` table; the default's where it says nothing."""
    plain = {name: value for name, value in facts.items() if name not in ("latency", "throughput")}
    return ProcessorModel(
        **plain,
        latencies=_merged(LATENCY, facts.get("latency", {})),
        throughputs=_merged(THROUGHPUT, facts.get("throughput", {})),
    )


def _merged(base: Mapping[str, float], own: Mapping[str, Any]) -> Mapping[str, float]:
    return MappingProxyType({**base, **{name: float(value) for name, value in own.items()}})


DEFAULT = ProcessorModel()
