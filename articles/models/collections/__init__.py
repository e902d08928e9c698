"""What articles are sorted by and shown with, each with pages or files of its own."""
