"""Cost models: cycles of ops, loops, packs and threads."""
