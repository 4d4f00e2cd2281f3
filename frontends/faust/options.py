"""The options of the Faust front end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class FrontendOptions:
    """`precision` selects the definitions meant for it, `import_dirs` are the `-I` folders,
    `process` is the definition to compile (`-pn`).

    `gated` is 0 where `enable` only multiplies and `control` does nothing (`-es`), `clamped` keeps
    sliders in their ranges (`-rui`), and `exp10` calls that for powers of 10 (`-exp10`).
    `foreign` is 0 where functions and values from C are refused (`--no-foreign`). Without
    `simplified`, only constants are folded, and no other rewrite rule is applied. With `frozen`,
    sliders keep their initial values (`-fui`); with `saturating`, conversions to integers are
    clamped to their range (`-cir`)."""

    precision: Literal["single", "double"] = "single"
    import_dirs: tuple[str, ...] = ()
    process: str = "process"
    gated: bool = True
    clamped: bool = False
    exp10: bool = False
    foreign: bool = True
    simplified: bool = True
    frozen: bool = False
    saturating: bool = False
