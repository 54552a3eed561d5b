"""Everybody checks: a receipt, a result, a whole archive, in the browser."""
