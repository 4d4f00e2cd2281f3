"""The C family: what its languages print alike, and tables of how each spells it."""
