"""Portable implementation of TI's user-defined heap built-ins: OpenCL C and C99 headers."""
