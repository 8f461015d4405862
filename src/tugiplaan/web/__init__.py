"""The pages: every role's working day, on a phone and at a desk."""
