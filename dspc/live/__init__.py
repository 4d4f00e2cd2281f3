"""Live sound: a program played while it is written, and the page that shows it."""
