"""Papers of a person: made from the records, read, sent on; and an organisation's own templates."""
