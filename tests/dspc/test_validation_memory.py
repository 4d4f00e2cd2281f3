"""Attributes of buffers have a meaning in the interpreter, so that wrong values are detected."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from xdsl.dialects.builtin import IntegerAttr, i64

import dspc
from dspc.backends.interp.instance import InterpInstance
from dspc.dialects.dsp_mem import BufferOp
from dspc.driver import Clock, read_program, run_passes
from dspc.options.compile_options import CompileOptions
from dspc.passes import dsp_pack_zones, dsp_share_voices
from dspc.pipelines.selection import choose_passes
from dspc.support.diagnostics import DspcError, Source

DELAYS = "process(x) = @(x, 100), (sin(x) : @(70) : *(0.5));"
PHASE = "process(x) = x * ((+(0.01) ~ _) : sin), (x : + ~ *(0.5));"


@pytest.mark.parametrize("options", [{"host_zones": True}, {"manager_zones": True, "vec": True}])
def test_delay_lines_that_overlap_in_a_zone(
    options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    dspc.compile(DELAYS, validate="each", **options)
    pack = dsp_pack_zones.pack_zones

    def all_at_0(module: Any, *arguments: Any) -> None:
        pack(module, *arguments)
        for op in module.ops:
            if isinstance(op, BufferOp) and op.zone_offset is not None:
                op.zone_offset = IntegerAttr(0, i64)

    monkeypatch.setattr(dsp_pack_zones, "pack_zones", all_at_0)
    with pytest.raises(DspcError, match="dsp-pack-zones changed the results") as caught:
        dspc.compile(DELAYS, validate="each", **options)
    assert caught.value.code == "E0501"


def test_state_that_depends_on_an_input_is_not_common(monkeypatch: pytest.MonkeyPatch) -> None:
    dspc.compile(PHASE, target="opencl", scalar=True, validate="each")

    def nothing(functions: Any, own: Any) -> set[Any]:
        return set()

    monkeypatch.setattr(dsp_share_voices, "varying", nothing)
    with pytest.raises(DspcError, match="dsp-share-voices changed the results") as caught:
        dspc.compile(PHASE, target="opencl", scalar=True, validate="each")
    assert caught.value.code == "E0501"


def lowered(text: str, **options: Any) -> Any:
    chosen = CompileOptions(**options)
    module = read_program(Source("t.dsp", text), chosen.frontend())
    run_passes(module, choose_passes(chosen), chosen, Clock())
    return module


@pytest.mark.parametrize("executor", ["generated", "xdsl"])
def test_voices_with_common_state(executor: Any) -> None:
    """The observed voice computes what a voice alone computes; copies and resets as well."""
    alone = InterpInstance(lowered(PHASE, scalar=True), executor=executor)
    voice = InterpInstance(lowered(PHASE, scalar=True, target="opencl"), executor=executor)
    assert "common" in str(lowered(PHASE, scalar=True, target="opencl"))
    block = frames_of(40)
    for instance in (alone, voice):
        instance.compute(block)
    twins = [instance.clone() for instance in (alone, voice)]
    voice.compute(block)
    first, second = (twin.compute(block) for twin in twins)
    assert (first == second).all()
    for twin in twins:
        twin.reset()
    assert (twins[0].compute(block) == twins[1].compute(block)).all()
    with pytest.raises(DspcError, match="shared memory") as caught:
        voice.save()
    assert caught.value.code == "E0008"


def frames_of(count: int) -> Any:
    return np.linspace(0.0, 1.0, count)[None, :]


def test_rows_of_a_zone_are_saved_and_copied() -> None:
    instance = InterpInstance(lowered(DELAYS, host_zones=True))
    instance.compute(frames_of(64))
    saved, twin = instance.save(), instance.clone()
    expected = instance.compute(frames_of(64))
    assert (twin.compute(frames_of(64)) == expected).all()
    instance.restore(saved)
    assert (instance.compute(frames_of(64)) == expected).all()
