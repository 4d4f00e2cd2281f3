"""The reference interpreter, which defines the semantics of signal and loop modules.

`definition/` has the meaning of each op, and `meanings.py` finds it by the op's name.
`machine.InterpInstance` runs a module by an executor (`engines.py`): xDSL's interpreter on these
definitions, or Python generated from them (`generated/`). `state.py` has the memory of an instance,
`placement/` that of placed modules, `checks/` scripts of runs and comparisons.
"""
