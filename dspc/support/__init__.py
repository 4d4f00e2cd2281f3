"""What the whole compiler shares and no part of it is: errors, limits, files, graph algorithms."""
