"""How the admin writes days and times, for each language that has a folder here; others keep Django's."""
