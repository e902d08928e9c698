"""Following the outbox: positions in it, and consumers besides the press."""
