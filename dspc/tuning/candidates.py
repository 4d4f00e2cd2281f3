"""The options that `--tune` compares."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dspc.options.compile_options import CompileOptions

CHOSEN = ("scalar", "vec", "vector_size", "lanes")
"""The fields that are chosen."""
CHUNKS = (32, 64, 128, 256)
"""Frames of a chunk."""
LANES = {False: (0, 4, 16), True: (0, 2, 8)}
"""Numbers of lanes beside the default, by whether numbers are of double precision."""


def mode_candidates(options: CompileOptions) -> list[CompileOptions]:
    """The options themselves, then the modes and chunks that they leave open."""
    candidates = [options]
    if not (options.scalar or options.vec) and options.vector_size is None:
        candidates.append(replace(options, scalar=True))
    if not options.scalar and options.vector_size is None:
        chunked = [replace(options, vec=True, vector_size=chunk) for chunk in CHUNKS]
        candidates += [each for each in chunked if each != options]
    elif options.vector_size is not None and not options.vec:
        candidates.append(replace(options, vec=True))
    return candidates


def lane_candidates(options: CompileOptions) -> list[CompileOptions]:
    """The options with other numbers of lanes, if they leave them open."""
    if options.lanes is not None:
        return []
    return [replace(options, lanes=lanes) for lanes in LANES[options.double]]


def words(options: CompileOptions) -> str:
    """The chosen fields as words of a command line."""
    chosen = ["-scal"] if options.scalar else ["-vec"] if options.vec else []
    if options.vector_size is not None:
        chosen.append(f"-vs {options.vector_size}")
    if options.lanes is not None:
        chosen.append(f"--lanes {options.lanes}")
    return " ".join(chosen) or "default"
