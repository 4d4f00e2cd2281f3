"""The C family: the printing that its languages share, and a table of spellings for each."""
