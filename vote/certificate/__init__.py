"""Objections to a result, and the certificate that ends an election."""
