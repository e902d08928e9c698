"""Related articles: how much two articles are alike, and the lists that their pages show."""
