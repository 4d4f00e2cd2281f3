"""Comments of generated C, with any text of the program."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def comment_text(text: str) -> str:
    """Text that can neither end the comment it stands in nor begin another, on one line."""
    return _CONTROL.sub(" ", text).replace("*/", "* /").replace("/*", "/ *")
