"""Files: what was uploaded or made, to whom it belongs, how long it is kept."""
