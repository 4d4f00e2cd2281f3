"""Tables of options: their fields, checks, command-line and keyword readers."""
