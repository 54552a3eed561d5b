"""Whether bytes are the one spelling of what they say (RFC 8785)."""

from collections.abc import Callable

import rfc8785


def spells(data: bytes, write: Callable[[], bytes]) -> bool:
    """Whether `write` gives just `data`; it does not where a number is beyond what RFC 8785 can write."""
    try:
        return write() == data
    except rfc8785.CanonicalizationError:
        return False
