"""Who read and wrote what, when and why: events that are only ever added, each chained."""
