"""Search: typed text → `Question` → the numbers of articles, the best or the newest first.

There are two indexes (index.py): one of what readers may see, which a consumer of the outbox writes, and
one of the newest saved versions for the desk. Each index knows words and numbers alone. Who is public, and
everything that a page shows, is asked of the articles themselves with each question."""
