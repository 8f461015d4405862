"""The law of special care as pure functions over dated data; no framework, clock, network or database."""
