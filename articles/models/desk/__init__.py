"""Who does what at the desk, and what is being typed."""
