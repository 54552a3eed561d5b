"""What a committee and its property manager owe the owners, by when, and whether it was done."""
