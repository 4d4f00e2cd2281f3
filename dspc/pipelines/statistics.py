"""`--stats FILE.json`: statistics of each pass of a compilation."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dspc.output import Document
from dspc.support.counters import collecting

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp
    from xdsl.passes import ModulePass


@dataclass(slots=True)
class Statistics:
    """One record for each pass, in the order in which they ran."""

    path: str
    file: str | None
    passes: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    @contextmanager
    def of(self, module_pass: ModulePass, module: ModuleOp) -> Generator[None]:
        """Record the pass that runs in the block.

        `ms` is CPU time; `ops` holds the number of ops before and after by name where the two
        differ; `counts` what the pass counted (`support/statistics.py`).
        """
        before = _count(module)
        start = time.process_time()
        with collecting() as counts:
            yield
        spent = time.process_time() - start
        after = _count(module)
        self.passes.append(
            {
                "pass": module_pass.name,
                "options": str(module_pass.spec()),
                "ms": round(spent * 1e3, 3),
                "ops_before": before.total(),
                "ops_after": after.total(),
                "ops": {
                    name: [before[name], after[name]]
                    for name in sorted({*before, *after})
                    if before[name] != after[name]
                },
                "counts": dict(sorted(counts.items())),
            }
        )

    def documents(self, module: ModuleOp) -> list[Document]:
        """The statistics of the compilation of the file as JSON."""
        text = json.dumps({"file": self.file, "passes": self.passes}, indent=2) + "\n"
        return [Document(self.path, text)]


def _count(module: ModuleOp) -> Counter[str]:
    return Counter(op.name for op in module.walk())
