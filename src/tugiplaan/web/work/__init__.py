"""Work: everything that is due, where there is room, and what does not hang together."""
