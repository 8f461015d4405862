"""Carrying a plan out: network work, tasks, consultations, and the summary at the end."""
