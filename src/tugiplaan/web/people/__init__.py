"""People: the list, the search, and one person on one page."""
