"""What the Faust front end can be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class FrontendOptions:
    """`precision` selects the definitions meant for it, `import_dirs` are the `-I` folders,
    `process` is the definition to compile (`-pn`), `time_limit` is in seconds (`-t`)."""

    precision: Literal["single", "double"] = "single"
    import_dirs: tuple[str, ...] = ()
    process: str = "process"
    time_limit: float = 120.0
