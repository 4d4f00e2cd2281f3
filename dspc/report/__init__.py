"""`--report FILE.html`: one page that shows what the compiler made of a program, and plays it.

Whatever shows the same thing has a key in common: `pN` a place in the source, `lN` a loop, `bNAME`
a buffer, `sN` a signal. The page (`report.js`) highlights all that shares a key with what is
pointed at.
"""

from __future__ import annotations

from dspc.report.recorder import Recorder

__all__ = ["Recorder"]
