"""The `tugiplaan` command."""
