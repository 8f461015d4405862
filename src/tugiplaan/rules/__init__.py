"""The law of special care: pure functions over dated data; no framework, clock or database."""
