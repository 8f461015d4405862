"""Assessments of support need by versioned instruments."""
