"""What a committee owes its owners: what it decided, spent and owes, open to everybody and provable."""
