"""Pages about forming and renewing a committee: where a case stands, what is next, whose turn it is."""
