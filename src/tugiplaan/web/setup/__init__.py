"""Setting up a provider: its data, places, contracts, prices, workers and users; imports."""
