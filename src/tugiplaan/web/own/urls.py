"""Addresses of the own pages."""

paths = []  # type: ignore[var-annotated]
