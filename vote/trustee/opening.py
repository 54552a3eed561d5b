"""Decides whether a trustee may open an archive, and opens it.

 * The archive is of the trustee's own election, under keys made in its own ceremony, and voting has ended, by the archive
   and by the trustee's own clock.
 * The credentials and weights are those of the manifest that every ballot pins: with weights of somebody's choice an
   innocent-looking total tells every single ballot.
 * The total is added up again here, from ballots whose signatures and proofs were checked here; nobody's word is taken.
 * Of one election one total is opened (`memory`).

Follows crypto/SPEC.md §7.2, §10.

Not here: bytes and hash chain of the archive (`crypto.archive_reader`), files (`command`).
"""

from datetime import datetime

from crypto.archive import Archive
from crypto.audit import AuditedSetup, audit_setup, require_distinct, require_sum
from crypto.encoding import hex_digest
from crypto.randomness import Randomness
from crypto.share import make_extra_proof, make_share
from crypto.tally import EncryptedTally, PartialSum
from vote.election.manifest import decode_manifest, is_described, verify_description
from vote.election.terms import decode_moment, encode_moment
from vote.errors import Reason, RefusedError
from vote.recount.checking import check_ballots
from vote.recount.counted import credentials_of
from vote.trustee.handed_share import HandedShare
from vote.trustee.memory import Memory, holds_own_key, own_secret


def audit_own_setup(memory: Memory, archive: Archive, manifest: bytes | None = None) -> AuditedSetup:
    """Return the set-up of an archive after checking that it may be opened once its ballots hold.

    Args:
        memory: the trustee's own file.
        archive: as it was read.
        manifest: the bytes of `manifest.json`; an election that pins one is not opened without it.

    Raises:
        RefusedError: voting goes on, the trustee's key is not finished, the archive is of others, or its credentials are
            not those that were sealed.
        CryptoError: a document of the set-up does not hold, or the manifest is another.
    """
    setup = audit_setup(archive.setup)
    if setup.election.uuid != memory.state.context:
        raise RefusedError(Reason.NOT_ALLOWED, "The archive is of another election than your key: open nothing.")
    checked = memory.trustees in {None, hex_digest(archive.setup.trustees)}
    if not checked or not holds_own_key(memory, setup.trustees):
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "The trustees in the archive are not those of your ceremony with your key: open nothing.",
        )
    if not archive.ended:
        raise RefusedError(Reason.WRONG_STATE, "Voting has not ended in this archive: wait for the one that is closed.")
    if is_described(setup.election.description):
        _require_sealed_weights(setup, archive, manifest)
    return setup


def require_over(manifest: bytes, now: datetime) -> None:
    """Raise if by the sealed manifest voting still goes on: an archive that says otherwise was made to know totals early.

    Args:
        manifest: the bytes of `manifest.json`, checked.
        now: by the clock of this trustee's own computer.

    Raises:
        RefusedError: it goes on.
    """
    closes_at = decode_manifest(manifest).closes_at
    if now < decode_moment(closes_at, "manifest, closes_at"):
        raise RefusedError(
            Reason.NOT_ALLOWED,
            f"By the sealed manifest voting goes on until {closes_at}, and this computer says that it is {encode_moment(now)}: "
            "open nothing before, and look whether date and time of this computer are right.",
        )


def recount(setup: AuditedSetup, archive: Archive, *, skip_proofs: bool = False, processes: int = 1) -> PartialSum:
    """Check every ballot of an archive and add up those that count, still sealed.

    Args:
        setup: of this archive, checked.
        archive: as it was read.
        skip_proofs: leave the zero-knowledge proofs of ballots out; signatures are checked all the same.
        processes: how many work at once.

    Raises:
        CryptoError: a ballot does not hold, one stands twice, or the archive's own sum is another.
    """
    require_distinct(archive.ballots)
    credentials = credentials_of(archive.ballots)
    total = check_ballots(setup, archive.ballots, credentials, processes, proofs=not skip_proofs, fork=False)
    if archive.encrypted_tally is not None:
        require_sum(total, archive.encrypted_tally)
    return total


def open_total(memory: Memory, setup: AuditedSetup, tally: EncryptedTally, rng: Randomness) -> HandedShare:
    """Make the share of a total that `memory` has been made to remember.

    Raises:
        VerificationError: a point of the total is not in the group.
    """
    secret, index = own_secret(memory), memory.state.index
    payload = make_share(setup.election, secret, tally, rng)
    extra = make_extra_proof(setup.election, index, secret, tally, payload, rng)
    return HandedShare(setup.election.uuid, index, payload, extra)


def _require_sealed_weights(setup: AuditedSetup, archive: Archive, data: bytes | None) -> None:
    if data is None:
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "This election pins a manifest, which alone says whether the weights in the archive are the sealed ones: "
            "fetch manifest.json from the page of the election, and give it with --manifest.",
        )
    manifest = decode_manifest(data)
    verify_description(setup.election.description, data, manifest.base)
    if manifest.credentials_sha256 != hex_digest(archive.setup.credentials):
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "The credentials or weights in the archive are not those that were sealed, and with false weights a total "
            "tells single ballots: open nothing.",
        )
