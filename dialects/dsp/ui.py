"""The user-interface tree as plain objects: built by front ends, emitted into `dsp.program`."""

from __future__ import annotations

from dataclasses import dataclass, field

from dspc.dialects.dsp.interface import GroupKind, WidgetKind

Metadata = list[tuple[str, str]]


@dataclass(eq=False, slots=True)
class UiWidget:
    """A widget; `symbol` names its zone. Bargraphs have `min` and `max` only, buttons nothing."""

    kind: WidgetKind
    symbol: str
    label: str
    metadata: Metadata = field(default_factory=Metadata)
    init: float = 0.0
    min: float = 0.0
    max: float = 1.0
    step: float = 1.0


@dataclass(eq=False, slots=True)
class UiGroup:
    kind: GroupKind
    label: str
    metadata: Metadata = field(default_factory=Metadata)
    children: list[UiGroup | UiWidget] = field(default_factory=list["UiGroup | UiWidget"])


def soundfile_url(widget: UiWidget) -> str:
    """The sounds of a soundfile as Faust tells its hosts, `{'a.wav';'b.wav'}`.

    They are its last `url`, or its label, without the blanks outside of quotes; a name that stands
    alone is put between quotes and braces.
    """
    urls = [value for key, value in widget.metadata if key == "url"]
    parts = (urls or [widget.label])[-1].split("'")
    parts[::2] = [part.replace(" ", "").replace("\t", "") for part in parts[::2]]
    url = "'".join(parts)
    return url if url.startswith("{") else f"{{'{url}'}}"
