"""Running programs: processors, voices and notes, controls, sound in and out."""
