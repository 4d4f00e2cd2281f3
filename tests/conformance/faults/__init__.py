"""Every failure of memory in the lives of many programs at once, under sanitizers."""
