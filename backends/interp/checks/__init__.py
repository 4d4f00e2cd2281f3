"""Scripts of runs, and the comparison of modules by their outputs."""
