"""Articles and what belongs to one alone."""
