"""A hook of MkDocs: builds the players of the gallery into the site.

Without LLVM or its linker their code is that of dspc's own encoder; with `DSPC_PLAYERS=0` there are
none.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
log = logging.getLogger("mkdocs.hooks.players")


def on_post_build(config: Any) -> None:
    """Write a page for each program of the gallery."""
    if os.environ.get("DSPC_PLAYERS") == "0":
        return
    folder = Path(config["site_dir"], "gallery", "players")
    folder.mkdir(parents=True, exist_ok=True)
    for program in sorted((ROOT / "examples" / "gallery").glob("*.dsp")):
        page = folder / f"{program.stem}.html"
        page.write_text(player(program), encoding="utf-8")


def player(program: Path) -> str:
    """The page that plays a program."""
    import dspc
    from dspc.support.diagnostics import DspcError

    try:
        return dspc.compile(program, target="web").code
    except DspcError as error:
        if error.code != "E0015":
            raise
        log.info("players without LLVM: %s", error.message)
        return dspc.compile(program, target="web", no_llvm=True).code
