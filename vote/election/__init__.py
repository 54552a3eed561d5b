"""One polling exercise: its draft, sealed manifest, states and times."""
