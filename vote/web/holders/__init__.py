"""Registrars and key-holders do their part in the browser."""
