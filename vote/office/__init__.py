"""The keys of the offices that certify an election, and what they sign with them; off the server."""
