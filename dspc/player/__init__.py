"""The page that plays a program in a browser: its parts are the files of this folder."""

from __future__ import annotations

import base64
import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

_SLOT = re.compile(r"@(\w+)@")
_SCRIPTS = ("maths", "engine", "interface", "midi", "piano", "player")


@cache
def part(name: str) -> str:
    """The text of a file of the player."""
    return files("dspc.player").joinpath(name).read_text(encoding="utf-8")


def filled(template: str, values: dict[str, str]) -> str:
    """A template with the values at its slots `@name@`."""
    return _SLOT.sub(lambda slot: values[slot[1]], template)


def escaped(text: str) -> str:
    """Text for HTML, in elements and attributes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def json_script(name: str, value: Any) -> str:
    """A script element that holds data, for `JSON.parse`; no text in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    # Lone surrogates, from undecodable bytes of a name, have no UTF-8.
    text = text.encode("utf-8", "replace").decode("utf-8")
    return f'<script type="application/json" id="{name}">{text}</script>'


Linked = tuple[bytes, str]
"""A WebAssembly module and the JSON that describes it."""


def player_scripts(program: Linked, effect: Linked | None) -> str:
    """The script elements of a player of a program; mixed voices pass through `effect`."""
    data = _data(program) | ({} if effect is None else {"effect": _data(effect)})
    scripts = [f'<script id="dspc-{name}">\n{part(f"{name}.js")}</script>' for name in _SCRIPTS]
    # The audio thread's own part: text here, run from a Blob.
    scripts.append(f'<script type="text/plain" id="dspc-worklet">\n{part("worklet.js")}</script>')
    return "\n".join([*scripts, json_script("dspc-program", data)])


def _data(linked: Linked) -> dict[str, Any]:
    code, description = linked
    return {"info": json.loads(description), "module": base64.b64encode(code).decode("ascii")}


def player_page(program: Linked, effect: Linked | None = None) -> str:
    """A self-contained page that plays a program; mixed voices pass through `effect`."""
    info = json.loads(program[1])
    about = {key: value for pair in info.get("meta", []) for key, value in pair.items()}
    parts = [about[key] for key in ("author", "license", "description") if about.get(key)]
    counts = f"{info['inputs']} in, {info['outputs']} out"
    values = {
        "title": escaped(about.get("name", info["name"])),
        "about": escaped(" · ".join([*parts, counts])),
        "style": part("player.css"),
        "player": part("player.html"),
        "scripts": player_scripts(program, effect),
    }
    return filled(part("page.html"), values)
