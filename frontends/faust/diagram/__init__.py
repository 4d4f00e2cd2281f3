"""Drawing of block diagrams: the boxes of a program as linked SVG files."""
