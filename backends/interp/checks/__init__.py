"""Scripts of runs, and the comparison of modules by what they compute."""
