"""The names of what `--heap` and the pass that places memory take."""

HEAPS = ("auto", "ddr", "msmc", "l2", "static")
"""A space that holds all of a program's memory; `auto` chooses one for each buffer."""
