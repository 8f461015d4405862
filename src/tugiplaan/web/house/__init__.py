"""A home or a day service: its days, who is where, what a shift writes and hands over."""
