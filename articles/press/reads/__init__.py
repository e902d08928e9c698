"""What the press does for the list of the most read articles: it reads nginx's log and makes the list."""
