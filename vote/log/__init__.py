"""The public log of an estate; for now its pending entries, append-only."""
