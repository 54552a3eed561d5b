"""Signing in: passkeys, recovery codes, invitations; an account's own page."""
