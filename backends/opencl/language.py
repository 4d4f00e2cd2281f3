"""OpenCL C, of the C family."""

from __future__ import annotations

from dspc.backends.c.language import Language
from dspc.backends.opencl.soundfiles import HANDLERS
from dspc.backends.opencl.vectors import FORMS

OPENCL = Language(
    name="OpenCL C",
    integers={8: "char", 16: "short", 64: "long"},
    unsigned="uint",
    lowest_int="INT_MIN",
    minimum="min",
    maximum="max",
    vectors=FORMS,
    soundfiles=HANDLERS,
)
