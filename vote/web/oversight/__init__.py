"""Pages about what a committee owes its owners."""
