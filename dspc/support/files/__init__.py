"""File system access: atomic writes, private cache folders, temporary files, child processes."""
