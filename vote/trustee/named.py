"""Decides whether a trustee may open the single ballots of a named election to the certifying office, and does.

 * Only an election that was sealed as named, only to the office whose key stands in its manifest.
 * Only the ballots whose total this trustee counted and opened before: the same ones, in the same order, under the same
   description of the election.

Follows SPEC.md §16 and product.md §2.5.

Not here: set-up and keys (`opening`), files and processes (`command`).
"""

from crypto.archive import Archive
from crypto.audit import AuditedSetup
from crypto.election import Election
from crypto.opening_list import Run, encode_opening_list, make_opening_list
from crypto.randomness import Randomness
from crypto.sealed_list import decode_office_public_key, seal_opening_list
from vote.election.manifest import decode_manifest, verify_description
from vote.election.rules import Secrecy
from vote.election.terms import CERTIFYING
from vote.errors import Reason, RefusedError
from vote.recount.counted import pick_counted
from vote.trustee.memory import Memory, own_secret, require_opened


def require_office(election: Election, manifest: bytes) -> bytes:
    """Return the public key of the office to which the ballots of a named election are opened.

    Raises:
        RefusedError: the election is secret, or names no key for this.
        CryptoError: it is not the manifest of this election, or the key is none.
    """
    sealed = decode_manifest(manifest)
    verify_description(election.description, manifest, sealed.base)
    if sealed.secrecy != Secrecy.NAMED:
        raise RefusedError(
            Reason.NOT_ALLOWED, "This election is secret: its ballots are opened to nobody, and no list is made."
        )
    if (key := sealed.offices[CERTIFYING].hpke) is None:
        raise RefusedError(
            Reason.NOT_ALLOWED, "The manifest names no office's key for named ballots: they are opened to nobody."
        )
    return decode_office_public_key(key)


def seal_own_list(  # noqa: PLR0917 - the statement has as many parts
    memory: Memory, setup: AuditedSetup, archive: Archive, manifest: bytes, rng: Randomness, run: Run = map
) -> bytes:
    """Return this trustee's opening list, sealed to the certifying office.

    Args:
        memory: the trustee's own file.
        setup: of this archive, checked (`audit_own_setup`).
        archive: as it was read.
        manifest: the bytes of `manifest.json`.
        rng: gives the nonces of the proofs.
        run: maps a function over slices in order; other processes get the trustee's secret.

    Raises:
        RefusedError: the election is secret, or these are not the ballots whose total was opened with this key.
        CryptoError: the manifest is another, or a ballot does not hold.
    """
    election, owner = setup.election, memory.state.index
    office = require_office(election, manifest)
    ballots = pick_counted(archive.ballots, setup.weights).ballots
    require_opened(memory, election, [ballot.tracker for ballot in ballots])
    made = make_opening_list(election, owner, own_secret(memory), ballots, rng, run)
    return seal_opening_list(election, owner, office, encode_opening_list(made))
