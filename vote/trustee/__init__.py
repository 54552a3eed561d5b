"""Who holds key shares: the board on which the key ceremony takes place."""
