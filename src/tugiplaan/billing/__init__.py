"""What is owed: statements, invoices, corrections, payments, own contribution."""
