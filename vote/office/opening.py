"""Decides whether the certifying office may show one named ballot, and finds how it was marked.

 * One request, signed by the platform that has logged it, shows one ballot, and only one that counts.
 * Enough trustees' lists are needed, each under its own trustee's name; every proof in them is checked.
 * What the lists open must add up to the result, which is seen without opening the other ballots.
 * The ballot that is shown is checked as it was when it was accepted: signature, credential and proofs.

Whether the rest of the archive is right, `vote verify` says; lists of ballots that the trustees did not count fit none.

Follows SPEC.md §16.4 and product.md §2.5. Not here: files, screen and processes (`opening_command`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from crypto.archive import Archive
from crypto.audit import AuditedSetup, audit_result, audit_setup, audit_shares, check_ballot
from crypto.ballot import tracker
from crypto.blame import about
from crypto.errors import VerificationError
from crypto.opened_ballot import Outcome, open_ballot
from crypto.opening_list import OpeningList, Run, decode_opening_list
from crypto.sealed_list import OfficeKey, decode_office_public_key, open_opening_list, sealed_owner
from crypto.signature import decode_public_key
from crypto.tally import decode_tally
from vote.certificate.opening_request import OpeningRequest, read_signed_request
from vote.election.ask import Ask
from vote.election.manifest import Manifest
from vote.election.rules import Secrecy
from vote.election.terms import CERTIFYING
from vote.errors import Reason, RefusedError
from vote.recount.counted import Counted, pick_counted
from vote.verifier.rules import verify_manifest


@dataclass(frozen=True, slots=True)
class Sources:
    """What lies before the office."""

    archive: Archive
    manifest: bytes
    lists: tuple[bytes, ...]
    """Of the trustees, sealed."""
    request: bytes
    """Signed by the platform."""


@dataclass(frozen=True, slots=True)
class OpenedBallot:
    """One ballot, as its owner marked it."""

    request: OpeningRequest
    title: str
    """Of the election."""
    marked: tuple[tuple[Ask, tuple[str, ...]], ...]
    """Each question with the choices that were marked."""


def open_one(key: OfficeKey | None, sources: Sources, run: Run = map) -> OpenedBallot:
    """Return how the ballot named in a request was marked, after checking everything it rests on.

    Args:
        key: of the certifying office; no other office has one.
        sources: archive, manifest, the trustees' sealed lists, the signed request.
        run: maps a function over slices in order, in as many processes as it likes; they do not get the key.

    Raises:
        RefusedError: the election is secret, the key is another office's, two lists are of one trustee, or the request is
            of another election or asks for no ballot that counts.
        ThresholdError: too few lists.
        CryptoError: archive, manifest, a list or the request does not hold, or the lists do not add up to the result.
    """
    setup = audit_setup(sources.archive.setup)
    manifest = verify_manifest(sources.manifest, setup, sources.archive)
    office = _require_office(key, manifest)
    request = _read_request(sources.request, setup, manifest)
    counted = pick_counted(sources.archive.ballots, setup.weights)
    place = _require_counted(request, setup, sources.archive, counted)
    outcome = _read_outcome(setup, sources.archive, sum(counted.weights))
    lists = _open_lists(office, setup, sources.lists)
    choices = open_ballot(setup.election, setup.trustees, *counted, lists, outcome, place, run)
    return OpenedBallot(request, manifest.title, _marked(manifest.questions, choices))


def _require_office(key: OfficeKey | None, manifest: Manifest) -> OfficeKey:
    if manifest.secrecy != Secrecy.NAMED:
        raise RefusedError(Reason.NOT_ALLOWED, "This election is secret: nobody can open a single ballot.")
    named = manifest.offices[CERTIFYING].hpke
    if key is None or named is None or key.public != decode_office_public_key(named):
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "Only the office whose key stands in the manifest opens named ballots: use the key file of the community.",
        )
    return key


def _read_request(data: bytes, setup: AuditedSetup, manifest: Manifest) -> OpeningRequest:
    request = read_signed_request(data, decode_public_key(manifest.promise_key))
    if (request.election, request.fingerprint) != (setup.election.uuid, setup.election.fingerprint):
        raise RefusedError(Reason.CONFLICT, "The request is of another election than the archive: take the right one.")
    return request


def _require_counted(request: OpeningRequest, setup: AuditedSetup, archive: Archive, counted: Counted) -> int:
    """Return the place of the asked ballot among those that count, after checking it."""
    place = next((place for place, ballot in enumerate(counted.ballots) if ballot.tracker == request.tracker), None)
    if place is None:
        raise RefusedError(
            Reason.CONFLICT,
            "No ballot that counts has the receipt in the request: it was replaced, set aside, or is of another archive.",
        )
    number, data = next(
        (number, data) for number, data in enumerate(archive.ballots, start=1) if tracker(data) == request.tracker
    )
    check_ballot(setup, data, number)
    return place


def _read_outcome(setup: AuditedSetup, archive: Archive, weight: int) -> Outcome:
    """Return the result that the trustees' shares open; that it is of these ballots, the lists show."""
    if archive.encrypted_tally is None or archive.result is None:
        raise VerificationError("the archive: there is no result yet, with which the ballots could be compared")
    tally = decode_tally(archive.encrypted_tally.tally, setup.election)
    shares = audit_shares(setup, tally, archive.shares)
    return Outcome(tally, audit_result(setup, tally, shares, weight, archive.result))


def _open_lists(key: OfficeKey, setup: AuditedSetup, documents: Sequence[bytes]) -> dict[int, OpeningList]:
    lists: dict[int, OpeningList] = {}
    for document in documents:
        owner = sealed_owner(document, setup.election)
        label = setup.trustees.label(owner)
        if owner in lists:
            raise RefusedError(Reason.CONFLICT, f"Two of the lists are of {label}: give one of each trustee.")
        with about(f"the opening list of {label}"):
            opened = open_opening_list(setup.election, owner, key, document)
            lists[owner] = decode_opening_list(opened, setup.election)
    return lists


def _marked(asks: Sequence[Ask], choices: Sequence[Sequence[int]]) -> tuple[tuple[Ask, tuple[str, ...]], ...]:
    return tuple(
        (ask, tuple(text for text, marked in zip(ask.choices, row, strict=True) if marked))
        for ask, row in zip(asks, choices, strict=True)
    )
