"""The reference interpreter: what the language means, at the level of signals and of loops.

`machine.Instance` runs a module; `functions` extends xDSL's own interpreter.
"""
