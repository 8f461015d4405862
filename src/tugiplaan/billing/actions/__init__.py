"""Preparing, closing and issuing a month; corrections, payments, own contribution, costs."""
