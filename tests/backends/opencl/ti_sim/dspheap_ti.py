"""The dspheap example through its TI branch: `dspheap_ti.py FOLDER-FOR-BUILDS`."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import numpy as np
from ti_sim import HEAP, TiProgram, build

sys.path.insert(0, str(HEAP / "example"))
dspheap = importlib.import_module("dspheap")


def main() -> None:
    library = build(HEAP / "example" / "dspheap.cl", Path(sys.argv[1]))
    program = TiProgram(library)
    heaps = {
        "ddr": np.zeros(dspheap.DDR_HEAP // 8, np.uint64),
        "msmc": np.zeros(dspheap.MSMC_HEAP // 8, np.uint64),
    }

    def run(kernel: str, items: int, *args: Any) -> None:
        program.run(kernel, items, *(heaps[a] if isinstance(a, str) else a for a in args))

    dspheap.example(run, ())


if __name__ == "__main__":
    main()
