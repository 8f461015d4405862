"""Reading what was done."""
