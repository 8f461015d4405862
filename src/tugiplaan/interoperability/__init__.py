"""The ways in and out: the month folder into the database and back."""
