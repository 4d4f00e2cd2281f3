"""Reduces the script of a failing run: steps, frames, and samples that are not 0.

Delta debugging by complements (algorithm ddmin of Zeller and Hildebrandt, Simplifying and isolating
failure-inducing input, IEEE Trans. Softw. Eng. 28, 2002).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from dspc.backends.interp.checks.script import Script, ScriptStep
from dspc.backends.interp.instance import Samples

Item = TypeVar("Item")
BLOCKS = ("block", "in place")


def ddmin(items: Sequence[Item], fails: Callable[[list[Item]], bool]) -> list[Item]:
    """A part of the items, in order, that fails as all do, and no item of which can be left out."""
    left = list(items)
    if fails([]):
        return []
    parts = 2
    while len(left) > 1:
        size = -(-len(left) // parts)
        for first in range(0, len(left), size):
            rest = left[:first] + left[first + size :]
            if fails(rest):
                left, parts = rest, max(parts - 1, 2)
                break
        else:
            if parts >= len(left):
                break
            parts = min(2 * parts, len(left))
    return left


def reduced_run(script: Script, fails: Callable[[Script], bool]) -> Script:
    """The shortest failing script of the search, with the fewest samples that are not 0."""
    best = script

    def keeping(change: Callable[[], Script]) -> bool:
        nonlocal best
        candidate = change()
        if fails(candidate):
            best = candidate
            return True
        return False

    steps = best.steps
    ddmin(range(len(steps)), lambda kept: keeping(lambda: _with_steps(script, steps, kept)))
    pieces = best
    frames = _frames_of(best)
    ddmin(frames, lambda kept: keeping(lambda: _with_frames(pieces, kept)))
    whole = best
    places = [(int(row), int(at)) for row, at in np.argwhere(best.signal != 0.0)]
    ddmin(places, lambda kept: keeping(lambda: _with_samples(whole, kept)))
    signal = np.where(best.signal == 0.0, 0.0, 1.0)
    keeping(lambda: replace(best, signal=signal))
    return best


def _with_steps(script: Script, steps: list[ScriptStep], kept: list[int]) -> Script:
    """Some steps only, and the frames of their blocks."""
    chosen = [steps[at] for at in kept]
    columns = [np.arange(step.first, step.first + step.frames) for step in chosen if step.frames]
    at = 0
    placed: list[ScriptStep] = []
    for step in chosen:
        placed.append(step._replace(first=at) if step.action in BLOCKS else step)
        at += step.frames
    none = np.zeros(0, dtype=int)
    return replace(script, steps=placed, signal=script.signal[:, np.concatenate([none, *columns])])


def _frames_of(script: Script) -> list[tuple[int, int]]:
    """The step and the number of each frame."""
    return [
        (number, step.first + at)
        for number, step in enumerate(script.steps)
        if step.action in BLOCKS
        for at in range(step.frames)
    ]


def _with_frames(script: Script, kept: list[tuple[int, int]]) -> Script:
    counts = dict.fromkeys(range(len(script.steps)), 0)
    for number, _ in kept:
        counts[number] += 1
    steps: list[ScriptStep] = []
    at = 0
    for number, step in enumerate(script.steps):
        if step.action not in BLOCKS:
            steps.append(step)
        elif counts[number]:
            steps.append(step._replace(first=at, frames=counts[number]))
            at += counts[number]
    columns = np.array([frame for _, frame in kept], dtype=int)
    return replace(script, steps=steps, signal=script.signal[:, columns])


def _with_samples(script: Script, kept: list[tuple[int, int]]) -> Script:
    signal: Samples = np.zeros_like(script.signal)
    for row, at in kept:
        signal[row, at] = script.signal[row, at]
    return replace(script, signal=signal)
