"""The targets of `dspc` and back ends of `dspc-run`: a class each, looked up in `registry`."""
