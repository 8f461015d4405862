"""Taking people in: decisions, offers of places, arrivals, who waits, who moves on."""
