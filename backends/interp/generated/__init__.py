"""The executor that compiles programs to Python, and `--target interp`, which prints them."""
