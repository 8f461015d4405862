"""Referral decisions and the stays that follow: arrival, absence, move, end."""
