"""Users, their roles, and what each may see and do where."""
