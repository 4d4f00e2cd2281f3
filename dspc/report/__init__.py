"""`--report FILE.html`: one page with the result of each level, which plays the program.

Whatever shows the same thing has a key in common: `pN` a place in the source, `lN` a loop, `bNAME`
a buffer, `sN` a signal. The page (`report.js`) highlights all that shares a key with the
element under the pointer.
"""

from __future__ import annotations

from dspc.report.recorder import Recorder

__all__ = ["Recorder"]
