"""What a municipality sees of the services it pays for."""
