"""The clerk's day: what is due, estates, rolls, telephones."""
