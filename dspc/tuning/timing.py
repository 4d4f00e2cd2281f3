"""Times of running programs, and the name of the processor that they belong to."""

from __future__ import annotations

import platform
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dspc.targets.base import Instance

BLOCK = 512
"""Frames of a block."""
FRAMES = 16 * BLOCK
ROUNDS = 20


def times(instances: Sequence[Instance]) -> list[float]:
    """Nanoseconds of CPU time a frame of each program: the least of rounds in turns.

    Inputs are noise; controls have their initial values.
    """
    import numpy as np

    noise = np.random.default_rng(1)
    programs: list[Any] = list(instances)
    inputs = [noise.uniform(-0.5, 0.5, (program.inputs, FRAMES)) for program in programs]
    least = [float("inf")] * len(programs)
    for _ in range(ROUNDS):
        for index, program in enumerate(programs):
            before = time.thread_time_ns()
            program.compute_blocks(inputs[index], BLOCK)
            least[index] = min(least[index], (time.thread_time_ns() - before) / FRAMES)
    return least


def processor() -> str:
    """The name of the processor, as far as the system says."""
    with suppress(OSError), open("/proc/cpuinfo", encoding="utf-8", errors="replace") as file:
        for line in file:
            if line.lower().startswith(("model name", "hardware")):
                return line.partition(":")[2].strip()
    return f"{platform.machine()} {platform.processor()}"
