"""A working day: my people, recording hours, group sessions, work without a network."""
