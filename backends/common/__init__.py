"""Code that all back ends share: readers of lowered modules, and parts of running instances."""
