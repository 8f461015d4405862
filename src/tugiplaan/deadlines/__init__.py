"""What is due: derived from facts by the rules each time somebody looks, and never stored."""
