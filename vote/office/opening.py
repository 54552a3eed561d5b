"""Decides whether the certifying office may show one named ballot, and finds how it was marked.

 * Enough trustees' lists are needed; every proof in them is checked, and the ballots must add up to the result.
 * One request, signed by the platform that has logged it and told the owner, shows one ballot.

Follows SPEC.md §16.4 and product.md §2.5. Not here: files and screen (`command`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from crypto.archive import Archive
from crypto.audit import AuditedSetup, audit_result, audit_setup, audit_shares, require_distinct, require_sum
from crypto.errors import VerificationError
from crypto.opened_ballot import open_ballots
from crypto.opening_list import decode_opening_list
from crypto.result import Totals
from crypto.sealed_list import OfficeKey, open_opening_list, sealed_owner
from crypto.signature import decode_public_key
from vote.certificate.opening_request import OpeningRequest, read_signed_request
from vote.election.ask import Ask
from vote.election.manifest import Manifest
from vote.election.rules import Secrecy
from vote.errors import Reason, RefusedError
from vote.recount.checking import check_ballots, credentials_of
from vote.recount.counted import pick_counted
from vote.recount.workers import workers
from vote.verifier.rules import verify_manifest

SLICE = 64


@dataclass(frozen=True, slots=True)
class OpenedBallot:
    """One ballot, as its owner marked it."""

    request: OpeningRequest
    marked: tuple[tuple[Ask, tuple[str, ...]], ...]
    """Each question with the choices that were marked."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What lies before the office."""

    archive: Archive
    manifest: bytes
    lists: tuple[bytes, ...]
    request: bytes


def open_one(key: OfficeKey | None, sources: Sources, processes: int | None = None) -> OpenedBallot:
    """Return how the ballot named in a request was marked, after checking everything it rests on.

    Args:
        key: of the certifying office; no other office has one.
        sources: archive, manifest, the trustees' sealed lists, the signed request.
        processes: how many work at once.

    Raises:
        RefusedError: the election is secret, the request is of another one or asks for no ballot that counts.
        ThresholdError: too few lists.
        CryptoError: archive, manifest, a list or the request does not hold, or the ballots do not add up to the result.
        UnavailableError: a process died.
    """
    if key is None:
        raise RefusedError(
            Reason.NOT_ALLOWED, "Only the certifying office (community) opens named ballots: use its key."
        )
    setup = audit_setup(sources.archive.setup)
    manifest = verify_manifest(sources.manifest, setup, sources.archive)
    request = _request(sources, setup, manifest)
    counted = pick_counted(sources.archive.ballots, setup.weights)
    place = next((place for place, ballot in enumerate(counted.ballots) if ballot.tracker == request.tracker), None)
    if place is None:
        raise RefusedError(Reason.NOT_FOUND, "No ballot that counts has the receipt in the request: compare both.")
    totals = _totals(setup, sources.archive, processes)
    owners = {sealed_owner(document, setup.election): document for document in sources.lists}
    lists = {
        owner: decode_opening_list(open_opening_list(setup.election, owner, key, document), setup.election)
        for owner, document in owners.items()
    }
    with workers(len(counted.ballots) // SLICE, processes, fork=False) as run:
        opened = open_ballots(setup.election, setup.trustees, counted.ballots, counted.weights, lists, totals, run)
    return OpenedBallot(request, _marked(manifest.questions, opened[place]))


def _request(sources: Sources, setup: AuditedSetup, manifest: Manifest) -> OpeningRequest:
    if manifest.secrecy != Secrecy.NAMED:
        raise RefusedError(Reason.NOT_ALLOWED, "This election is secret: nobody can open a single ballot.")
    request = read_signed_request(sources.request, decode_public_key(manifest.promise_key))
    if (request.election, request.fingerprint) != (setup.election.uuid, setup.election.fingerprint):
        raise RefusedError(Reason.CONFLICT, "The request is of another election than the archive: take the right one.")
    return request


def _totals(setup: AuditedSetup, archive: Archive, processes: int | None) -> Totals:
    """Return the result, after adding the sealed sum up again from the ballots."""
    if archive.encrypted_tally is None or archive.result is None:
        raise VerificationError("the archive: there is no result yet, with which the ballots could be compared")
    require_distinct(archive.ballots)
    credentials = credentials_of(archive.ballots)
    total = check_ballots(setup, archive.ballots, credentials, processes, proofs=False, fork=False)
    tally = require_sum(total, archive.encrypted_tally)
    shares = audit_shares(setup, tally, archive.shares)
    return audit_result(setup, tally, shares, total.total_weight, archive.result)


def _marked(asks: Sequence[Ask], choices: Sequence[Sequence[int]]) -> tuple[tuple[Ask, tuple[str, ...]], ...]:
    return tuple(
        (ask, tuple(text for text, marked in zip(ask.choices, row, strict=True) if marked))
        for ask, row in zip(asks, choices, strict=True)
    )
