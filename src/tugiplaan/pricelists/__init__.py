"""Own prices, component price lists, and a provider's own sourced rates."""
