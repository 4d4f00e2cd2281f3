"""The reference interpreter, which defines the semantics of signal and loop modules.

`machine.InterpInstance` runs a module; `functions` implements the ops for xDSL's interpreter.
"""
