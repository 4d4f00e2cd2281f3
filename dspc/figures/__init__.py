"""Figures and tables of a program: graphs, memory maps, plots of its sound."""
