"""Failures of every allocation in the life cycles of some examples, in each mode, under sanitizers.

All of them: `python -m tests.conformance.faults --all`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from . import programs
from .faults.batch import MODES, entries, rehearse

pytestmark = pytest.mark.sanitize
SOME = ("generator/osc.dsp", "reverb/freeverb.dsp", "delayEcho/tapiir.dsp", "misc/capture.dsp")


def test_failures_are_survived() -> None:
    wanted = {name: [*MODES][:6] for name in SOME} | {"delayEcho/tapiir.dsp": [*MODES]}
    cases = [
        entry
        for name, modes in wanted.items()
        for entry in entries(name, programs.EXAMPLES / name, modes)
    ]
    done = rehearse(cases)
    assert [(one.name, one.mode, one.error) for one in done if one.error is not None] == []
    assert len(done) == sum(map(len, wanted.values()))
    for one in done:
        # With -mem2 nobody is asked for memory.
        assert one.allocations == 0 if "mem2" in one.mode else one.allocations >= 3
        assert one.failures >= 2 * one.allocations


@pytest.mark.parametrize(
    ("mode", "before", "lost", "said"),
    [
        ("api", "void instanceClear() {", "(void)std::malloc(8);", "beside the allocator"),
        ("mem", "void instanceClear() {", "(void)std::malloc(8);", "beside the manager"),
        ("mem1", "void memoryDestroy() {", "return;", "leak"),
        ("mem1", "if (!instance->memoryCreate()) {", "return instance;", "another sound"),
        ("mem2", "void instanceClear() {", "(void)std::malloc(8);", "nobody handed over"),
        ("mem2", "setMemory(int* izone, float* fzone) {", "fzone += 1;", "heap-buffer-overflow"),
        ("mem", "static void memoryInfo() {", "fManager->begin(0); return;", "disagree"),
    ],
)
def test_faults_are_detected(mode: str, before: str, lost: str, said: str) -> None:
    name = "generator/osc.dsp"
    (entry,) = entries(name, Path(programs.EXAMPLES / name), [mode])
    wrong = entry.classes.replace(before, f"{before}\n{lost}", 1)
    assert wrong != entry.classes
    (done,) = rehearse([replace(entry, classes=wrong)])
    assert done.error is not None
    assert said in done.error
