"""Says whom or what a refusal is about: the check knows what is wrong, its caller knows where.

>>> with about("trustee 2"):
...     raise CryptoError("the key is not signed")
Traceback (most recent call last):
crypto.errors.CryptoError: trustee 2: the key is not signed
"""

from collections.abc import Iterator
from contextlib import contextmanager

from crypto.errors import CryptoError


@contextmanager
def about(what: str) -> Iterator[None]:
    """Put `what` before the sentence of any refusal inside; its class stays.

    Raises:
        CryptoError: the one that was raised inside, of the same class.
    """
    try:
        yield
    except CryptoError as error:
        raise type(error)(f"{what}: {error}") from None
