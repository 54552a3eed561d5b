"""Lists the files that an election publishes, each with its size and digest, or when it comes.

 * Size and digest are those of what the file's own address answers, so the list cannot say anything else.
 * What is large and stays as it is at a stage is hashed once: archive, public roll, both parts of every key.
 * Of an annulled election nothing more comes; what was published stays.

Not here: what stands in them.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

from vote.election.rules import Secrecy
from vote.errors import Reason, RefusedError
from vote.verifier.bundle import (
    ARCHIVE_SUFFIX,
    BOX,
    CERTIFICATE,
    CERTIFICATE_PDF,
    CHANGES,
    CHECK,
    CREDENTIAL_PARTS,
    DISPUTES,
    MANIFEST,
    PAPERS,
    RESULT,
    ROLL,
    SET_ASIDE,
    SHARE_PROOFS,
)
from vote.web.phase import COUNTED, Phase
from vote.web.seen import Seen

PARTICIPATION, OBJECTIONS, OPENINGS = "participation.json", "objections.json", "openings.json"
RETENTION = "retention.json"
CACHED = 64
"""Digests kept at a time."""
_CLOSED, _CHECKED, _OPENED, _CERTIFIED = (
    "archive.when-closed", "archive.when-checked", "archive.when-opened", "archive.when-certified"
)  # fmt: skip
COMES = {
    MANIFEST: "", PAPERS: "", ROLL: "", CREDENTIAL_PARTS: "", CHANGES: "", PARTICIPATION: _CLOSED, BOX: _CLOSED,
    DISPUTES: "", SET_ASIDE: _CHECKED, CHECK: _CHECKED, SHARE_PROOFS: _OPENED, RESULT: _OPENED, OBJECTIONS: _OPENED,
    OPENINGS: _OPENED, CERTIFICATE: _CERTIFIED, CERTIFICATE_PDF: _CERTIFIED, RETENTION: _CERTIFIED,
}  # fmt: skip
"""When each file beside the archive comes; empty if with sealing."""


class Digest(NamedTuple):
    """What is told of a file's bytes."""

    size: int
    sha256: str


class File(NamedTuple):
    """A published file."""

    name: str
    what: str
    """The key of what it is."""
    later: str
    """The key of when it comes; empty if it is there."""
    digest: Digest | None


@dataclass(frozen=True, slots=True)
class Digests:
    """Digests of large files, by election, name, state and number of shares."""

    known: dict[tuple[str, str, str, int], Digest] = field(default_factory=dict)

    async def get(self, request: Request, seen: Seen, name: str) -> Digest:
        """Return the digest of a file that is there."""
        if not name.endswith((ARCHIVE_SUFFIX, ROLL, CREDENTIAL_PARTS)):
            return await _digest(request, name)
        key = seen.stored.uuid, name, str(seen.stored.state), len(seen.came)
        if key not in self.known:
            digest = await _digest(request, name)
            while len(self.known) >= CACHED:
                del self.known[next(iter(self.known))]
            self.known[key] = digest
        return self.known[key]


async def list_files(request: Request, seen: Seen) -> list[File]:
    """Return the files of an election in the order in which they come, the archive first."""
    digests: Digests = request.state["digests"]
    there = await _there(request, seen)
    archive = f"{seen.stored.uuid}{ARCHIVE_SUFFIX}"
    what = "file.archive" if seen.checked else "file.archive-setup"
    files = [File(archive, what, "", await digests.get(request, seen, archive))]
    for name, comes in COMES.items():
        what = f"file.{name}"
        if name in _absent(seen):
            continue
        if comes in there:
            files.append(File(name, what, "", await digests.get(request, seen, name)))
        elif seen.phase is not Phase.ANNULLED:
            files.append(File(name, what, comes, None))
    return files


def _absent(seen: Seen) -> set[str]:
    """Return the files that there never are of such an election."""
    absent = set()
    if seen.manifest.credential_parts_sha256 is None:
        absent.add(CREDENTIAL_PARTS)
    if not seen.manifest.papers:
        absent.add(PAPERS)
    if seen.manifest.secrecy != Secrecy.NAMED:
        absent.add(OPENINGS)
    if seen.phase is Phase.ANNULLED:
        absent |= {CERTIFICATE, CERTIFICATE_PDF}
    return absent


async def _there(request: Request, seen: Seen) -> set[str]:
    """Return what has come."""
    annulled = seen.phase is Phase.ANNULLED
    opened = await _is_served(request, RESULT) if annulled else seen.phase in COUNTED
    come = {
        "": True, _CLOSED: seen.stored.closed_at is not None, _CHECKED: seen.checked, _OPENED: opened,
        _CERTIFIED: annulled or bool(seen.certificates),
    }  # fmt: skip
    return {when for when, is_there in come.items() if is_there}


async def _is_served(request: Request, name: str) -> bool:
    try:
        await _digest(request, name)
    except RefusedError as error:
        if error.reason is Reason.NOT_FOUND:
            return False
        raise
    return True


async def _digest(request: Request, name: str) -> Digest:
    """Return the digest of what the file's own address answers."""
    path = "/elections/{election}/" + ("{name}.bel" if name.endswith(ARCHIVE_SUFFIX) else name)
    route = next(each for each in request.app.routes if isinstance(each, Route) and each.path == path)
    params = {**request.path_params, "name": name.removesuffix(ARCHIVE_SUFFIX)}
    answer = await route.endpoint(Request({**request.scope, "path_params": params}))
    digest, size = sha256(), 0
    if isinstance(answer, StreamingResponse):
        async for piece in answer.body_iterator:
            digest.update(piece.encode() if isinstance(piece, str) else piece)
            size += len(piece)
        return Digest(size, digest.hexdigest())
    return Digest(len(answer.body), sha256(answer.body).hexdigest())
