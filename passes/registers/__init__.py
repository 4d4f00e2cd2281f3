"""Register pressure of loops, and the values that are spilled to memory of the instance."""
