"""Cost model of cascades, whose sections are the lanes of one vector."""

from __future__ import annotations

from math import ceil

from dspc.dialects.dsp_mem.processor_model import ProcessorModel
from dspc.passes.analysis.frame_graph import Graph
from dspc.passes.partition.cascade import Cascade

TURN = 1.0
"""The overhead of a step: counters, and a load from a row and a store to one."""


def skew_of(processor: ProcessorModel, depth: int) -> int:
    """The frames between two sections with so many past frames: as many as hide the latency of a
    section and of moving its output a lane on, while each steps at the latency of one addition."""
    step = processor.latency("add")
    moved = 2 * processor.latency("select")
    return depth + 1 + ceil(moved / step)


def cascade_cycles(graph: Graph, cascade: Cascade) -> float:
    """The cycles of a frame: those of a step, and of the steps of a chunk in which some lanes have
    not begun or have ended, which keep their state by a selection."""
    processor, size = graph.chunking.processor, graph.chunking.size
    roots = sum(section.source is None for section in cascade.sections)
    used = {section.source for section in cascade.sections}
    ends = sum(at not in used for at in range(len(cascade.sections)))
    sums = 2 * cascade.depth + 1
    busy = processor.vector * (sums + 2) + ends * processor.extract + roots * processor.insert
    step = max(processor.latency("add"), busy + TURN)
    partial = min(size, cascade.latest) + cascade.latest
    steps = (size + cascade.latest) * step + partial * processor.latency("logic")
    return steps / size
