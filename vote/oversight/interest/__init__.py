"""Interests: to whom members are tied, and where that meets whom the estate pays or hires."""
