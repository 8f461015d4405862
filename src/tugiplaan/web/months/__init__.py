"""The month: where it stands, preparing, closing, invoices, own contribution, costs."""
