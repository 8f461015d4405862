"""The own pages of a person, and of who speaks for them."""
