"""Bundles in memory, and what the verifier says of them."""

from collections.abc import Sequence

from crypto.ballot import tracker
from tests.simulator import FILES, UUID, ElectionSimulator
from vote.ballot.rules import encode_box
from vote.verifier.bundle import Bundle
from vote.verifier.report import Report, Status, Step, Verdict
from vote.verifier.service import verify_bundle

HONEST = ElectionSimulator()
EARLY: dict[str, None] = dict.fromkeys(("set_aside", "check", "result", "share_proofs"))
"""What is not published before the ballots are checked."""


def bundle_of(
    simulator: ElectionSimulator = HONEST, receipts: dict[str, bytes] | None = None, /, **changes: bytes | None
) -> Bundle:
    """Return an election's bundle with some files changed or left out."""
    files = simulator.files_with(**changes)
    archive = files.pop(FILES[0], None)
    return Bundle(FILES[:1] if archive is not None else (), archive, files, receipts or {})


def box_of(ballots: Sequence[bytes]) -> bytes:
    """Return the list of a box with these ballots."""
    return encode_box(UUID, [tracker(ballot) for ballot in ballots])


def lone(archive: bytes) -> Bundle:
    """Return an archive with nothing beside it."""
    return Bundle(FILES[:1], archive)


def verified(bundle: Bundle, key: bytes | None = None) -> Report:
    """Return the report on what must be verified."""
    report = verify_bundle(bundle, key=key, processes=1)
    assert (report.verdict, report.trouble) == (Verdict.VERIFIED, None)
    return report


def rejected(bundle: Bundle, step: Step, key: bytes | None = None) -> str:
    """Return the sentence with which a bundle is rejected at just this step."""
    report = verify_bundle(bundle, key=key, processes=1)
    assert report.verdict is Verdict.REJECTED, "nothing was noticed"
    assert (report.lines[-1].step, report.lines[-1].status) == (step, Status.FAILED), report.trouble
    assert report.trouble is not None
    assert f"第{int(step)}项" in report.trouble.zh
    return report.trouble.en
