"""A run that is saved with a module, in its attribute `dsp.run`: validation then runs it only.

    usual rate 44100 wide 0 seed 0; set gain 0.5; block 0 2; in-place 2 1; reset; input 0.5 0.0 1.0

The kind of inputs, the rate in Hz, whether f32 is run as f64, and the seed of thread orders; the
steps of `Script`, blocks with their first frame and number of frames; the samples of each input.
"""

from __future__ import annotations

import numpy as np
from xdsl.dialects.builtin import ModuleOp, StringAttr

from dspc.backends.interp.checks.script import Kind, Script, ScriptStep
from dspc.dialects.places import span_of
from dspc.support.diagnostics import DspcError

RUN = "dsp.run"
KINDS = ("usual", "beyond", "special")


def save_run(module: ModuleOp, script: Script) -> None:
    """Have a module be validated by one script."""
    head = f"{script.kind} rate {script.rate} wide {int(script.is_wide)} seed {script.seed}"
    rows = [" ".join(["input", *map(repr, row)]) for row in script.signal.tolist()]
    parts = [head, *map(_step_text, script.steps), *rows]
    module.attributes[RUN] = StringAttr("; ".join(parts))


def saved_run(module: ModuleOp, inputs: int) -> Script | None:
    """The script that a module is saved with, if it is; `inputs` is the number of its inputs.

    Raises DspcError E0503 for an attribute that is none.
    """
    text = module.attributes.get(RUN)
    if text is None:
        return None
    try:
        assert isinstance(text, StringAttr)
        head, *parts = [part.strip() for part in text.data.split(";")]
        kind, rate, is_wide, seed = _head(head)
        steps = [_step(part.split()) for part in parts if not part.startswith("input ")]
        rows = [part.split()[1:] for part in parts if part.startswith("input ")]
        frames = max((step.first + step.frames for step in steps), default=0)
        signal = np.array(rows, dtype=np.float64).reshape(inputs, frames)
        return Script("saved", kind, rate, is_wide, signal, steps, seed)
    except (AssertionError, ValueError) as error:
        message = f"the attribute {RUN} of the module is no saved run"
        raise DspcError("E0503", message, span_of(module)) from error


def _head(text: str) -> tuple[Kind, int, bool, int]:
    kind, *numbers = text.split()
    (rate, is_wide, seed), names = map(int, numbers[1::2]), numbers[::2]
    assert kind in KINDS
    assert names == ["rate", "wide", "seed"]
    assert rate > 0 <= seed
    return kind, rate, bool(is_wide), seed


def _step_text(step: ScriptStep) -> str:
    if step.action == "set":
        return f"set {step.name} {step.value!r}"
    if step.action in ("reset", "clone"):
        return step.action
    return f"{step.action.replace(' ', '-')} {step.first} {step.frames}"


def _step(words: list[str]) -> ScriptStep:
    word, *rest = words
    match word:
        case "set":
            name, value = rest
            return ScriptStep("set", name, float(value))
        case "reset" | "clone":
            assert not rest
            return ScriptStep(word)
        case "block" | "in-place":
            first, frames = map(int, rest)
            assert first >= 0 <= frames
            return ScriptStep(
                "block" if word == "block" else "in place", first=first, frames=frames
            )
        case _:
            raise ValueError(word)
