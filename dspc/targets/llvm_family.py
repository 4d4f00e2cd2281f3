"""Base of the targets whose code LLVM makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dspc.targets.base import Target

if TYPE_CHECKING:
    from collections.abc import Mapping


class LlvmFamily(Target):
    """A target whose code LLVM makes: its capabilities, and how the xDSL target prints."""

    has_vectors = True
    most_loops = 128
    stages_copies = True
    reorders_sums = True
    printing = {"prefix": "mydsp", "fast": False}

    def printing_options(self, printing: Mapping[str, Any]) -> dict[str, Any]:
        fields = {"prefix": "class_name", "fast": "fast_math"}
        return {fields[name]: value for name, value in printing.items()}
