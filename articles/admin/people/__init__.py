"""Who works at the desk: accounts and groups, links with which somebody sets a password, and one's own "
"page."""
