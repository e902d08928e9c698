"""What the scripts of the form ask for while somebody types, each with a view of its own."""
