"""Addresses of the municipality."""

paths = []  # type: ignore[var-annotated]
