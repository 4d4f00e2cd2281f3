"""C99: a struct and functions, by Faust's C interface."""
