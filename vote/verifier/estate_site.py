"""Says where on a platform the public things of an estate are, and fetches them.

* The address that is given is that of the estate's page, `…/estates/ESTATE`; everything else is found from it.
* Nothing is kept that is larger than such a thing can be.
"""

import re
from urllib.parse import urlsplit

import httpx

from vote.errors import Reason, RefusedError
from vote.verifier.bundle import ARCHIVE_SUFFIX, PARTS, Bundle
from vote.verifier.log_address import LogAddress, fetch_file
from vote.verifier.log_files import PublishedLog
from vote.verifier.source import ARCHIVE_BYTES, PART_BYTES

RECORD_BYTES = 4 << 20
ATTACHMENT_BYTES = 20 << 20
MAX_LOGS = 100
_NAME = r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?"
_ESTATE = re.compile(rf"(?P<before>.*)/estates/(?P<estate>{_NAME})/?")
_LOG = re.compile(rf".*/log/{_NAME}(?:/[1-9][0-9]{{0,5}})?/?")


class EstateSite:
    """What is public of an estate, at its address."""

    def __init__(self, address: str, client: httpx.Client, policy: bytes | None = None) -> None:
        match = _ESTATE.fullmatch(_path(address))
        if match is None:
            raise RefusedError(Reason.NOT_FOUND, f"{address}: the address of an estate's page is expected")
        self.estate = match["estate"]
        self._base = urlsplit(address)._replace(path=match["before"], query="", fragment="").geturl()
        self._client = client
        self._policy = policy

    def logs(self) -> tuple[PublishedLog, ...]:
        """Return the estate's log, and those that were begun after it.

        Raises:
            UnavailableError: the host does not answer.
        """
        found: list[PublishedLog] = []
        while len(found) < MAX_LOGS:
            name = f"log/{self.estate}" + (f"/{len(found) + 1}" if found else "")
            files = LogAddress(f"{self._base}/{name}", self._client)
            if files.get("checkpoint") is None:
                break
            found.append(PublishedLog(name, files, self._policy, len(found) + 1))
        return tuple(found)

    def records(self, first: int) -> bytes | None:
        """Return a page of the list of the records, with so many left out."""
        return self._get(f"api/estates/{self.estate}/records?from={first}", PART_BYTES)

    def record(self, uuid: str) -> bytes | None:
        """Return a record."""
        return self._get(f"estates/{self.estate}/records/{uuid}.json", RECORD_BYTES)

    def attachment(self, uuid: str, number: int) -> bytes | None:
        """Return an attachment, counted from 1."""
        return self._get(f"estates/{self.estate}/records/{uuid}/files/{number}", ATTACHMENT_BYTES)

    def book(self, first: int) -> bytes | None:
        """Return a page of the books that begins with a posting, counted from 1."""
        return self._get(f"api/estates/{self.estate}/book?from={first}", PART_BYTES)

    def beancount(self) -> bytes | None:
        """Return the books as a Beancount file."""
        return self._get(f"estates/{self.estate}/book.beancount", PART_BYTES)

    def inquiries(self, first: int) -> bytes | None:
        """Return a page of the list of inquiries, with so many left out."""
        return self._get(f"api/estates/{self.estate}/inquiries?from={first}", PART_BYTES)

    def inquiry(self, uuid: str) -> bytes | None:
        """Return an inquiry."""
        return self._get(f"estates/{self.estate}/inquiries/{uuid}.json", RECORD_BYTES)

    def interests(self, first: int) -> bytes | None:
        """Return a page of the list of published ties, with so many left out."""
        return self._get(f"api/estates/{self.estate}/interests?from={first}", PART_BYTES)

    def interest(self, hit: int) -> bytes | None:
        """Return a published tie."""
        return self._get(f"estates/{self.estate}/interests/{hit}.json", RECORD_BYTES)

    def petitions(self, first: int) -> bytes | None:
        """Return a page of the list of petitions, with so many left out."""
        return self._get(f"api/estates/{self.estate}/petitions?from={first}", PART_BYTES)

    def petition(self, uuid: str) -> bytes | None:
        """Return a petition."""
        return self._get(f"estates/{self.estate}/petitions/{uuid}.json", RECORD_BYTES)

    def election(self, uuid: str) -> Bundle | None:
        """Return an election's archive and the files beside it, or None if there is no archive."""
        name = f"{uuid}{ARCHIVE_SUFFIX}"
        archive = self._get(f"elections/{uuid}/{name}", ARCHIVE_BYTES)
        if archive is None:
            return None
        found = {part: self._get(f"elections/{uuid}/{part}", PART_BYTES) for part in PARTS}
        return Bundle((name,), archive, {part: data for part, data in found.items() if data is not None})

    def _get(self, path: str, limit: int) -> bytes | None:
        return fetch_file(self._client, f"{self._base}/{path}", limit, path)


def is_estate(address: str) -> bool:
    """Whether an address is that of an estate's page."""
    return _ESTATE.fullmatch(_path(address)) is not None


def log_at(address: str, client: httpx.Client, policy: bytes | None) -> PublishedLog | None:
    """Return the log at an address, or None if it is not one of a log."""
    path = _path(address)
    if not _LOG.fullmatch(path):
        return None
    return PublishedLog(f"log{path.rpartition('/log')[2].rstrip('/')}", LogAddress(address, client), policy)


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""
