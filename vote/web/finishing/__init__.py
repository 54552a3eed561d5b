"""The clerk brings an election from closing to its certificate."""
