"""Following the outbox: how far somebody has come, and consumers besides the press."""
