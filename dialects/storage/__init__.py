"""Files: written whole or not at all, kept in folders that nobody else can write, cleared away."""
