"""Bytes and mathematics: the ballot protocol and the formats that anyone can check. See SPEC.md."""
