"""Randomness is a parameter: whoever calls decides where it comes from.

In production it is `secrets.token_bytes`. What was drawn is never kept (SPEC.md §9).
"""

from collections.abc import Callable

Randomness = Callable[[int], bytes]
"""Takes a number of bytes and returns that many unpredictable bytes."""
