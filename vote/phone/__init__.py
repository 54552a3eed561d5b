"""Owners' phones: where a number comes from, who confirmed it, who changed it."""
