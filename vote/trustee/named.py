"""Decides whether a trustee may open the single ballots of a named election to the certifying office, and does.

 * Only an election that was sealed as named, only to the office whose key stands in its manifest.
 * Only the ballots whose total this trustee counted and opened before: the same ones, in the same order.

Follows SPEC.md §16 and product.md §2.5. Not here: files (`command`).
"""

from crypto.archive import Archive
from crypto.audit import AuditedSetup
from crypto.encoding import hex_digest
from crypto.opening_list import effective_digest, encode_opening_list, make_opening_list
from crypto.randomness import Randomness
from crypto.sealed_list import decode_office_public_key, seal_opening_list
from vote.election.manifest import decode_manifest, verify_description
from vote.election.rules import Secrecy
from vote.election.terms import CERTIFYING
from vote.errors import Reason, RefusedError
from vote.recount.counted import pick_counted
from vote.recount.workers import workers
from vote.trustee.memory import Memory

SLICE = 64


def counted_digest(setup: AuditedSetup, archive: Archive) -> str:
    """Return the digest of the ballots that count, in the order of the archive.

    Raises:
        VerificationError: a ballot is of nobody on the list.
    """
    return effective_digest(ballot.tracker for ballot in pick_counted(archive.ballots, setup.weights).ballots)


def seal_own_list(  # noqa: PLR0917 - the statement has as many parts
    memory: Memory,
    setup: AuditedSetup,
    archive: Archive,
    manifest: bytes,
    rng: Randomness,
    processes: int | None = None,
) -> bytes:
    """Return this trustee's opening list, sealed to the certifying office.

    Args:
        memory: the trustee's own file.
        setup: of this archive, checked (`audit_own_setup`).
        archive: as it was read.
        manifest: the bytes of `manifest.json`.
        rng: gives the nonces of the proofs.
        processes: how many work at once.

    Raises:
        RefusedError: the election is secret, or these are not the ballots whose total was opened with this key.
        CryptoError: the manifest is another, or a ballot does not hold.
        UnavailableError: a process died.
    """
    sealed = decode_manifest(manifest)
    verify_description(setup.election.description, manifest, sealed.base)
    hpke = sealed.offices[CERTIFYING].hpke
    if sealed.secrecy != Secrecy.NAMED or hpke is None:
        raise RefusedError(
            Reason.NOT_ALLOWED, "This election is secret: its ballots are opened to nobody, and no list is made."
        )
    counted = pick_counted(archive.ballots, setup.weights)
    digest = effective_digest(ballot.tracker for ballot in counted.ballots)
    if memory.opened is None or memory.counted != digest or memory.state.decryption_secret is None:
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "These are not the ballots whose total you opened: run `vote trustee decrypt` on this archive first.",
        )
    if memory.trustees not in {None, hex_digest(archive.setup.trustees)}:
        raise RefusedError(Reason.NOT_ALLOWED, "The trustees in the archive are not those of your ceremony.")
    with workers(len(counted.ballots) // SLICE, processes, fork=False) as run:
        made = make_opening_list(
            setup.election, memory.state.index, memory.state.decryption_secret, counted.ballots, rng, run
        )
    office = decode_office_public_key(hpke)
    return seal_opening_list(setup.election, memory.state.index, office, encode_opening_list(made))
