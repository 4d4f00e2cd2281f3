"""What `dspc` makes and `dspc-run` runs: one class for each target, found by name in `registry`."""
