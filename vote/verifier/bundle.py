"""Keeps what is to be verified: an archive, the files published beside it, receipts.

 * A bundle is a folder with `<uuid>.bel` and the files of `PARTS` as they come to be published: some from sealing on,
   others from closing, checking, counting and certifying on. It may hold `receipts/`. Files of other kinds are of no
   concern.
 * A lone archive has none of them beside it.

Not here: reading folders (`source`) and addresses (`fetching`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from crypto.archive_reader import looks_like_archive
from crypto.log_proof import MAGIC
from vote.log.receipt import SUFFIX
from vote.verifier.log_files import PublishedLog

ARCHIVE_SUFFIX = ".bel"
MANIFEST, ROLL, CREDENTIAL_PARTS, CHANGES = "manifest.json", "roll-public.json", "parts.json", "changes.json"
PAPERS = "papers.json"
BOX, SET_ASIDE, DISPUTES, CHECK = "box.json", "set-aside.json", "disputes.json", "check.json"
RESULT, SHARE_PROOFS, OBJECTIONS = "result.json", "share-proofs.json", "objections.json"
CERTIFICATE, CERTIFICATE_PDF = "certificate.json", "certificate.pdf"
PARTS = (
    MANIFEST, PAPERS, ROLL, CREDENTIAL_PARTS, CHANGES, BOX, SET_ASIDE, DISPUTES, CHECK, SHARE_PROOFS, RESULT,
    OBJECTIONS, CERTIFICATE, CERTIFICATE_PDF,
)  # fmt: skip
"""The files that are published beside an archive, in the order in which they come."""
RECEIPTS = "receipts"
LOGS = "log"
"""A folder with one folder for each estate's public log."""
_PINNED = "善治 manifest sha256=".encode()
_EVENT = b".event.json\0"
_RECEIPT_MARKS = b'"promise":', b'"signature":'


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files by name; what is not there is absent or None."""

    archives: tuple[str, ...]
    """The names of the archives; there should be one."""
    archive: bytes | None
    """The only one's bytes."""
    parts: Mapping[str, bytes] = field(default_factory=dict)
    """Those of `PARTS` that are there."""
    receipts: Mapping[str, bytes] = field(default_factory=dict)
    logs: tuple[PublishedLog, ...] = ()
    proofs: Mapping[str, bytes] = field(default_factory=dict)
    """The log's receipts, `.tlog-proof`."""

    @property
    def lone(self) -> bool:
        """Whether there is nothing published beside the archive."""
        return not self.parts


def is_archive(data: bytes) -> bool:
    """Whether these bytes are an archive, perhaps a damaged one."""
    return looks_like_archive(data) or _EVENT in data


def is_ours(archive: bytes) -> bool:
    """Whether an archive's election pins a manifest, as ours do."""
    return _PINNED in archive


def is_log_proof(name: str, data: bytes) -> bool:
    """Whether a file is a receipt of a log, perhaps a damaged one."""
    return name.endswith(SUFFIX) or data.startswith(MAGIC.encode())


def is_receipt(data: bytes) -> bool:
    """Whether these bytes are a receipt, perhaps a damaged one."""
    return any(mark in data for mark in _RECEIPT_MARKS)
