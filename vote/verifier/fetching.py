"""Fetches what is to be verified from an address, into a folder.

* An address is that of an archive, or an election's page, whose archive stands at a known place below it.
* The files beside the archive are fetched too, where there are any.
* Nothing is kept that is larger than such a file can be.
"""

import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx

from vote.errors import Reason, RefusedError
from vote.verifier.bundle import PARTS
from vote.verifier.source import ARCHIVE_BYTES, PART_BYTES

TIMEOUT_SECONDS = 60
_PAGE = re.compile(r"(.*/elections/)([1-9A-HJ-NP-Za-km-z]{14,64})/?")
_ARCHIVE = re.compile(r".*/([A-Za-z0-9_-]{1,100}\.bel)")


def fetch(address: str, folder: Path, client: httpx.Client) -> None:
    """Fetch an archive and the files beside it into `folder`.

    Raises:
        RefusedError: the address is no such one, or the archive cannot be fetched (`Reason.NOT_FOUND`).
    """
    archive = archive_address(address)
    # A query may hold a slash, and so would name any file.
    name = urlsplit(archive).path.rpartition("/")[2]
    if not _download(client, archive, folder / name, ARCHIVE_BYTES):
        raise RefusedError(Reason.NOT_FOUND, f"{archive}: there is no archive at this address")
    for part in PARTS:
        _download(client, urljoin(archive, part), folder / part, PART_BYTES)


def archive_address(address: str) -> str:
    """Return where the archive is that an address means.

    Raises:
        RefusedError: it means none.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if page := _PAGE.fullmatch(parts.path):
        return parts._replace(path=f"{page[1]}{page[2]}/{page[2]}.bel", query="", fragment="").geturl()
    if _ARCHIVE.fullmatch(parts.path):
        return parts._replace(fragment="").geturl()
    raise RefusedError(
        Reason.NOT_FOUND, f"{address}: the address of an archive (….bel) or of an election's page is expected"
    )


def _download(client: httpx.Client, address: str, path: Path, limit: int) -> bool:
    """Return whether there was anything."""
    try:
        with client.stream("GET", address, follow_redirects=True, timeout=TIMEOUT_SECONDS) as response:
            if response.status_code != httpx.codes.OK:
                return False
            size = 0
            with path.open("xb") as file:
                for piece in response.iter_bytes():
                    size += len(piece)
                    if size > limit:
                        raise RefusedError(Reason.NOT_FOUND, f"{address}: too large to be what can be verified here")
                    file.write(piece)
    # A host whose name no resolver can spell is a `UnicodeError`; a redirect may lead to one.
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError):
        raise RefusedError(Reason.NOT_FOUND, f"{address}: it cannot be fetched; check address and network") from None
    return True
