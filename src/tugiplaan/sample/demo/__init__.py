"""A database of people who do not exist, laid by the same actions that a provider uses."""
