"""Papers for people and offices: made from the records, as tagged PDF and as DOCX."""
