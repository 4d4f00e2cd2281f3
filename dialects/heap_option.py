"""Values of the option `--heap`, which the placement pass takes too."""

HEAPS = ("auto", "ddr", "msmc", "l2", "static")
"""The memory space that holds all buffers of a program; `auto` chooses one for each buffer."""
