"""The encrypted sum, partial decryptions, the result."""
