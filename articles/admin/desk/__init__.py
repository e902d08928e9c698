"""The writing desk: one form for one article, and what happens to what is typed into it."""
