"""What the press, the search, imports and other processes keep between two runs."""
