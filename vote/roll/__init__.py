"""The roll of an estate: import, owner sets, entitlements, objections, freeze."""
