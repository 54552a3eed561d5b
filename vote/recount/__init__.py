"""Counts the sealed ballots of an archive again, on all cores; for the verifier, the trustees and the server alike."""
