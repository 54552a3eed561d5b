"""What owners read of their committee in a few lines: what it decided, spent and owes."""
