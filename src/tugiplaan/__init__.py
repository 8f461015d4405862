"""Tugiplaan: Estonian special care, from the referral decision to the invoice."""
