"""What was done: hours, days, component hours, sessions, incidents, isolation."""
