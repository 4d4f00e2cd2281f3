"""The page of a report: its data compressed, its parts the files of this folder."""

from __future__ import annotations

import base64
import json
import zlib
from functools import cache
from importlib.resources import files
from typing import Any

from dspc.player import Linked, escaped, filled, player_scripts
from dspc.player import part as player_part


@cache
def part(name: str) -> str:
    """The text of a file of the report."""
    return files("dspc.report").joinpath(name).read_text(encoding="utf-8")


_SCRIPTS = ("report", "pictures", "colours", "views", "responses")

Player = tuple[Linked, Linked | None]
"""A program and its effect, each a WebAssembly module with its JSON."""


def report_page(content: dict[str, Any], player: Player | str) -> str:
    """The page; `player` is the player's part, or says why there is none."""
    text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    data = base64.b64encode(zlib.compress(text.encode("ascii"), 6)).decode("ascii")
    missing = player if isinstance(player, str) else ""
    values = {
        "title": escaped(content["name"]),
        "options": escaped(content["options"]),
        "style": player_part("player.css") + part("report.css"),
        "player": f"<p>{escaped(missing)}</p>" if missing else player_part("player.html"),
        "scripts": "" if isinstance(player, str) else player_scripts(*player),
        "data": data,
        "report": "\n".join(f"<script>\n{part(f'{name}.js')}</script>" for name in _SCRIPTS),
    }
    return filled(part("report.html"), values)
