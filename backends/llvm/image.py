"""A printed program without its module: the data of an instance, as values that can be stored."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from xdsl.dialects.func import FuncOp

from dspc.backends.common.own_maths import MATHS
from dspc.dialects.dsp.interface import WidgetKind
from dspc.dialects.dsp.ui import UiWidget

NAME = "program"
"""The prefix of the functions of a program in this process."""
ARRAY_CALL = "array_call"
_FILES = [Path(__file__).with_name(f"{name}.ll") for name in ("blocks", ARRAY_CALL)]
SOURCES = (*_FILES, MATHS)
"""The files that parts of the IR are from."""
_BLOCKS = "".join(path.read_text(encoding="utf-8") for path in _FILES)
"""The function that computes a span of blocks: one call from Python, however long the sound; and
the one that Python calls with arrays."""

_FLUSH = {
    "BEGIN_FLUSH": """  %control = alloca i32, align 4
  call void @llvm.x86.sse.stmxcsr(ptr %control)
  %control.before = load i32, ptr %control
  %control.flush = or i32 %control.before, 32832
  store i32 %control.flush, ptr %control
  call void @llvm.x86.sse.ldmxcsr(ptr %control)
""",
    "END_FLUSH": """  store i32 %control.before, ptr %control
  call void @llvm.x86.sse.ldmxcsr(ptr %control)
""",
}
"""Sets the bits FTZ and DAZ of MXCSR, and restores what was there (Intel 64 and IA-32 Architectures
Software Developer's Manual, volume 1, section 10.2.3)."""
_FLUSH_DECLARATIONS = """
declare void @llvm.x86.sse.stmxcsr(ptr)
declare void @llvm.x86.sse.ldmxcsr(ptr)
"""


@dataclass(frozen=True, slots=True)
class LlvmImage:
    """The IR of a program and the description of its interface."""

    text: str
    single: bool
    inputs: int
    outputs: int
    size: int
    """The bytes of an instance."""
    widgets: tuple[tuple[str, UiWidget], ...]
    """The widgets by path, in the order of the interface."""
    offsets: Mapping[str, int]
    """The place of each widget's zone in the instance, in bytes, by the widget's symbol."""
    foreign: Mapping[str, FuncOp] = field(default_factory=dict[str, FuncOp])
    """Foreign functions and variables; with any, the image cannot be stored."""

    def sounds(self) -> list[UiWidget]:
        """The sound file slots."""
        return [widget for _, widget in self.widgets if widget.kind == WidgetKind.SOUNDFILE]


def block_functions(inputs: int, outputs: int, single: bool, flushes: bool) -> str:
    """The functions that compute a span of blocks of a program.

    With `flushes` they have processors of x86 take subnormal numbers for 0 meanwhile.
    """
    is_flushed = flushes and platform.machine().lower() in ("x86_64", "amd64")
    text = _BLOCKS.replace("NAME", NAME).replace("BYTES", "4" if single else "8")
    for name, lines in _FLUSH.items():
        text = text.replace(f"  {name}\n", lines if is_flushed else "")
    text += _FLUSH_DECLARATIONS if is_flushed else ""
    counts: dict[str, object] = {
        "HAS_INPUTS": "true" if inputs else "false",
        "CHANNELS": inputs + outputs,
        "INPUTS": inputs,
    }
    for name, count in counts.items():
        text = text.replace(name, str(count))
    return text
