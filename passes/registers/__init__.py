"""Register pressure of loops, and what is spilled to memory of the instance."""
