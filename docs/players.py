"""A hook of MkDocs: builds the players of the gallery into the site.

Without LLVM or its linker the pages have none; with `DSPC_PLAYERS=0` neither.
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
    import dspc
    from dspc.dialects.diagnostics import DspcError

    folder = Path(config["site_dir"], "gallery", "players")
    folder.mkdir(parents=True, exist_ok=True)
    for program in sorted((ROOT / "examples" / "gallery").glob("*.dsp")):
        try:
            page = dspc.compile(program, target="web").code
        except DspcError as error:
            log.info("no players: %s", error.message)
            return
        (folder / f"{program.stem}.html").write_text(page, encoding="utf-8")
