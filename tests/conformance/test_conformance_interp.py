"""The interpreter, on signals and on loops, against the C++ back end: 2 000 frames of each program.

Impulse and noise input, buttons held for the first block, blocks of random sizes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from . import oracle, programs

FRAMES = 2_000
SEEDS = sorted((Path(__file__).parent / "seeds").glob("*.dsp"))
FOREIGN = {
    *(
        f"physicalModeling/faust-stk/{name}.dsp"
        for name in ("bass", "harpsi", "modalBar", "piano", "voiceForm")
    ),
    *(f"SAM/{name}.dsp" for name in ("echo/echo", "effects/echo", "effects/effects")),
}
"""These call C functions of headers of their own, which only a compiled target can."""

pytestmark = pytest.mark.conformance


def _input(count: int, noise: bool) -> NDArray[np.float64]:
    if noise:
        return np.random.default_rng(oracle.SEED).uniform(-1.0, 1.0, (count, FRAMES))
    impulse = np.zeros((count, FRAMES))
    impulse[:, :1] = 1.0
    return impulse


def _play(instance: Any, buttons: list[str], noise: bool) -> NDArray[np.float64]:
    """The outputs, in blocks of 1 to 300 frames, buttons held for the first 64 frames."""
    samples, sizes = _input(instance.inputs, noise), np.random.default_rng(1)
    for path in buttons:
        instance.set(path, 1.0)
    result = np.zeros((instance.outputs, FRAMES))
    start = 0
    while start < FRAMES:
        if start == 64:
            for path in buttons:
                instance.set(path, 0.0)
        end = min(int(start + sizes.integers(1, 300)), FRAMES if start >= 64 else 64)
        result[:, start:end] = instance.compute(samples[:, start:end])
        start = end
    return result


def _assert_same_sound(path: Path) -> None:
    from xdsl.context import Context

    from dspc.backends.cpp.native import NativeInstance
    from dspc.backends.interp.instance import InterpInstance
    from dspc.dialects.dsp.interface import WidgetKind
    from dspc.driver import read_program
    from dspc.frontends.faust.options import FrontendOptions
    from dspc.pipelines.standard import LOOP_PASSES, SIGNAL_PASSES, load_pass

    module = read_program(str(path), FrontendOptions(precision="double"))
    for name in SIGNAL_PASSES:  # the last of them reorders sums
        load_pass(name)().apply(Context(), module)
    makers = {"signals": lambda: InterpInstance(module.clone())}
    loops = module.clone()
    for name in LOOP_PASSES[len(SIGNAL_PASSES) :]:
        load_pass(name)().apply(Context(), loops)
    makers["loops"] = lambda: InterpInstance(loops)
    buttons = [w.path for w in makers["loops"]().widgets if w.kind == WidgetKind.BUTTON]
    for noise in (False, True):
        native = _play(NativeInstance(loops, flags=("-O1",)), buttons, noise)
        for level, make in makers.items():
            ours = _play(make(), buttons, noise)
            np.testing.assert_allclose(
                ours, native, rtol=0, atol=oracle.TOLERANCE, err_msg=f"interpreter on {level}"
            )


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_interpreter_agrees_on_seed_program(path: Path) -> None:
    _assert_same_sound(path)


@pytest.mark.parametrize("name", sorted(set(programs.CORE) - FOREIGN))
def test_interpreter_agrees_on_core_example(name: str) -> None:
    _assert_same_sound(programs.EXAMPLES / name)


@pytest.mark.full
@pytest.mark.parametrize("name", sorted(set(programs.example_names()) - {*programs.CORE, *FOREIGN}))
def test_interpreter_agrees_on_other_example(name: str) -> None:
    _assert_same_sound(programs.EXAMPLES / name)


@pytest.mark.parametrize("name", sorted(FOREIGN))
def test_interpreter_names_the_foreign_function_it_lacks(name: str) -> None:
    from dspc.backends.interp.errors import UnknownFunctionError
    from dspc.backends.interp.instance import InterpInstance
    from dspc.driver import read_program
    from dspc.frontends.faust.options import FrontendOptions

    module = read_program(str(programs.EXAMPLES / name), FrontendOptions(precision="double"))
    with pytest.raises(UnknownFunctionError):
        InterpInstance(module).compute(frames=64)
