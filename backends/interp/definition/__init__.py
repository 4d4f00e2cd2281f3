"""The meaning of each op of the levels of signals and loops; `meanings.py` finds it by name."""
