"""Recording what was done."""
