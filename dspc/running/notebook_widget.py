"""A processor's controls in Jupyter notebooks: sliders that set them and a button that plays.

By the package anywidget, where it is installed; otherwise notebooks show a table.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from dspc.live.live_sound import describe
from dspc.messages import usage_error
from dspc.player import part
from dspc.running.controls import control_range

if TYPE_CHECKING:
    from dspc.running.processor import Processor

_SECONDS = 2.0


def has_widgets() -> bool:
    """Whether the package anywidget is installed."""
    return find_spec("anywidget") is not None


def control_widget(processor: Processor) -> Any:
    """The widget of a processor; raises DspcError E0015 without anywidget."""
    if not has_widgets():
        hint = "pip install 'dspc[widgets]'"
        raise usage_error(15, "controls in notebooks need the package anywidget", hint)
    made = _widget_class()(info=describe(processor.module), values=_values(processor))

    def moved(change: Any) -> None:
        ranges = {path: control_range(one) for path, one in processor.widgets().items()}
        for path, value in change["new"].items():
            if value != change["old"].get(path) and path in ranges:
                low, high = ranges[path]
                processor.set(path, min(max(float(value), low), high))

    def asked(_: Any, content: Any, buffers: Any) -> None:
        if content.get("what") == "play":
            samples = _sound(processor)
            about = {"channels": samples.shape[0], "rate": processor.rate}
            made.send(about, [samples.tobytes()])

    made.observe(moved, "values")
    made.on_msg(asked)
    return made


@cache
def _widget_class() -> Any:
    anywidget, traitlets = import_module("anywidget"), import_module("traitlets")
    # `:root` and `body` are not in the shadow of an element.
    style = part("player.css").replace(":root", ":host").replace("body {", ".player {")
    parts = [part("engine.js"), part("interface.js"), f"const STYLE = {json.dumps(style)};"]
    fields = {
        "_esm": "\n".join([*parts, part("notebook.js")]),
        "info": traitlets.Dict().tag(sync=True),
        "values": traitlets.Dict().tag(sync=True),
    }
    return type("ControlsWidget", (anywidget.AnyWidget,), fields)


def _values(processor: Processor) -> dict[str, float]:
    """The values of the controls by path."""
    widgets = processor.widgets().items()
    return {path: processor.get(path) for path, one in widgets if one.kind.is_control}


def _sound(processor: Processor) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Two seconds, with noise on the inputs; the processor keeps its state."""
    frames = round(_SECONDS * processor.rate)
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, (processor.inputs, frames))
    twin = processor.clone()
    samples = twin.render(noise.astype(np.float32))
    return np.ascontiguousarray(samples, np.float32)
