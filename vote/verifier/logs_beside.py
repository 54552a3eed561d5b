"""Verifies the logs beside an election's files, and receipts of a log that come alone.

 * What the files make the log say is put together here.

Not here: the comparison (`log_facts`), the logs by themselves (`logs`).
"""

from collections.abc import Mapping
from typing import Any

from crypto.encoding import hex_digest
from crypto.log_policy import LogPolicy
from vote.certificate.content import certificate_digest
from vote.certificate.signed import decode_signed
from vote.election.change import Change, ChangeKind, encode_change
from vote.errors import Reason, RefusedError
from vote.law.citation import Text
from vote.log.rules import Kind
from vote.verifier import log_receipt, logs
from vote.verifier.bundle import BOX, CERTIFICATE, CHECK, MANIFEST, RESULT, ROLL, Bundle
from vote.verifier.counting import Ballots
from vote.verifier.last_seen import LastSeen
from vote.verifier.log_chain import verify_chains
from vote.verifier.log_facts import Expected
from vote.verifier.opening import Opened
from vote.verifier.progress import Progress
from vote.verifier.public_roll import decode_public_roll
from vote.verifier.receipt import Receipt, decode_receipt
from vote.verifier.report import Step

_CHANGES = {
    ChangeKind.EXTENSION: Kind.ELECTION_EXTENDED,
    ChangeKind.WITHDRAWAL: Kind.CANDIDATE_WITHDRAWN,
    ChangeKind.CORRECTION: Kind.ROLL_CORRECTED,
}


def verify_logs_beside(
    opened: Opened, ballots: Ballots, promises: Mapping[str, Receipt], seen: LastSeen | None, progress: Progress
) -> tuple[logs.VerifiedLog, ...]:
    """Verify the logs beside an election's files; return them.

    Raises:
        StoppedError: something is wrong.
    """
    if not opened.bundle.logs or opened.manifest is None:
        logs.skip_logs(progress)
        return ()
    found = logs.verify_logs(opened.bundle.logs, seen, progress, logs.of_election(opened.setup.election.uuid))
    expected = expected_of(opened, ballots)
    logs.verify_election(found, expected, progress)
    logs.verify_receipts(opened.bundle.proofs, found, promises, expected, progress)
    verify_chains(found, progress)
    return found


def verify_lone_proofs(bundle: Bundle, policy: LogPolicy | None, progress: Progress) -> None:
    """Verify receipts of a log by a policy alone, and against promises of the same name.

    Raises:
        RefusedError: no policy was brought along (`Reason.NOT_FOUND`).
        StoppedError: one does not hold.
    """
    with progress.step(Step.LOG_RECEIPTS) as details:
        for name, data in bundle.proofs.items():
            if policy is None:
                raise RefusedError(
                    Reason.NOT_FOUND,
                    f"{name}: without the log's policy nothing says whose signatures count; name it with --policy",
                )
            ballot = log_receipt.verify_receipt(data, policy, name)
            details.append(
                Text(
                    f"{ballot.checkpoint.origin}第{ballot.place}条，选票{ballot.tracker}",
                    f"entry {ballot.place} of {ballot.checkpoint.origin}, ballot {ballot.tracker}",
                )
            )
            for promised, promise in bundle.receipts.items():
                log_receipt.verify_promised(ballot, decode_receipt(promise, promised).promise, name)
                details.append(Text("和回执是同一张票", "the ballot of the receipt"))


def expected_of(opened: Opened, ballots: Ballots) -> Expected:
    """Return what an election's files make a log say."""
    parts, archive, setup = opened.bundle.parts, opened.archive, opened.setup
    sealed = {
        "fingerprint": setup.election.fingerprint,
        "manifest": hex_digest(parts[MANIFEST]),
        "trustees": hex_digest(archive.setup.trustees),
        "credentials": hex_digest(archive.setup.credentials),
    }
    closed = None
    if ballots.box is not None:
        closed = {"ballots": len(ballots.box), "box": hex_digest(parts[BOX])}
    tally = archive.encrypted_tally
    summed = None if tally is None else {"tally": hex_digest(tally.tally), "ballots": tally.num_tallied}
    roll = decode_public_roll(parts[ROLL])
    return Expected(
        setup.election.uuid,
        {
            Kind.ELECTION_SEALED: (MANIFEST, sealed),
            Kind.ELECTION_CLOSED: (BOX, closed),
            Kind.ELECTION_CHECKED: (CHECK, _hash(parts, CHECK, "check")),
            Kind.TALLY_SUMMED: ("the sum in the archive", summed),
            Kind.TALLY_OPENED: (RESULT, _hash(parts, RESULT, "result")),
        },
        {"root": roll.root.hex(), "heads": roll.heads, "area_dm2": roll.area_dm2},
        [_change(change) for change in opened.changes],
        ballots.box,
        [{"trustee": share.owner, "share": hex_digest(share.payload)} for share in archive.shares],
        _certificate(parts),
    )


def _hash(parts: Mapping[str, bytes], name: str, field: str) -> Mapping[str, Any] | None:
    return {field: hex_digest(parts[name])} if name in parts else None


def _change(change: Change) -> tuple[Kind, Mapping[str, Any]]:
    body = encode_change(change)
    return _CHANGES[ChangeKind(body["kind"])], {name: value for name, value in body.items() if name != "kind"}


def _certificate(parts: Mapping[str, bytes]) -> Mapping[str, Any] | None:
    if CERTIFICATE not in parts:
        return None
    certificate = decode_signed(parts[CERTIFICATE]).certificate
    return {
        "number": certificate.number,
        "certificate_kind": certificate.kind,
        "certificate": certificate_digest(certificate),
    }
