"""The people who are supported, those who speak for them, and their network."""
