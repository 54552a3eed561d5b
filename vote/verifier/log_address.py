"""Reads a log's files at an address, as anybody's client would.

* What may change between two looks, the checkpoint above all, is read once.
* A file that is not there is told from a host that does not answer: of that nothing can be said.
"""

import httpx

from crypto.errors import MalformedError
from vote.errors import UnavailableError
from vote.verifier.log_files import TILES
from vote.verifier.log_folder import FILE_BYTES

TIMEOUT_SECONDS = 60
_GONE = {httpx.codes.NOT_FOUND, httpx.codes.GONE}


class LogAddress:
    """A log below an address."""

    def __init__(self, address: str, client: httpx.Client) -> None:
        self._address = address.rstrip("/")
        self._client = client
        self._once: dict[str, bytes | None] = {}

    def get(self, path: str) -> bytes | None:
        """Return a file, or None if it is not there.

        Raises:
            MalformedError: it is too large.
            UnavailableError: the host does not answer.
        """
        if path.startswith(TILES):
            return fetch_file(self._client, f"{self._address}/{path}", FILE_BYTES, path)
        if path not in self._once:
            self._once[path] = fetch_file(self._client, f"{self._address}/{path}", FILE_BYTES, path)
        return self._once[path]

    def paths(self) -> None:
        """Nobody can list what is at an address."""


def fetch_file(client: httpx.Client, address: str, limit: int, what: str) -> bytes | None:
    """Return what is at an address, or None if nothing is.

    Raises:
        MalformedError: it is larger than `limit` bytes; `what` names it.
        UnavailableError: the host does not answer, or says that it cannot.
    """
    data = bytearray()
    try:
        with client.stream("GET", address, follow_redirects=True, timeout=TIMEOUT_SECONDS) as response:
            if response.status_code in _GONE:
                return None
            if response.status_code != httpx.codes.OK:
                raise UnavailableError(
                    f"{address}: it answers {response.status_code}, so nothing was decided; try again later."
                )
            for piece in response.iter_bytes():
                data += piece
                if len(data) > limit:
                    raise MalformedError(f"{what}: too large")
    # A host whose name no resolver can spell is a `UnicodeError`; a redirect may lead to one.
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError):
        raise UnavailableError(
            f"{address}: it does not answer, so nothing was decided; check address and network."
        ) from None
    return bytes(data)
