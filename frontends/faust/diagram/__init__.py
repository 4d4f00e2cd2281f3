"""Block diagrams drawn: a program's boxes as linked SVG pictures."""
