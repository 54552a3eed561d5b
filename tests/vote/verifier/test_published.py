"""What the platform publishes at each stage of an election is verified by those who fetch it."""

from tests.vote.assembly import Assembly, People
from tests.vote.check.test_service import raise_dispute, settle
from tests.vote.conftest import AREAS, ASKS
from tests.vote.platform import Platform
from vote.verifier.bundle import PARTS, Bundle
from vote.verifier.report import Report, Step, Verdict
from vote.verifier.service import verify_bundle


async def verify_published(assembly: Assembly, receipts: dict[str, bytes] | None = None) -> Report:
    """Fetch what is there and verify it."""
    archive = await assembly.archive()
    answers = {name: await assembly.platform.ask("GET", f"{assembly.pages}/{name}", key=None) for name in PARTS}
    parts = {name: answer.content for name, answer in answers.items() if answer.is_success}
    assert {answer.status_code for answer in answers.values()} <= {200, 404}
    report = verify_bundle(Bundle((f"{assembly.uuid}.bel",), archive, parts, receipts or {}), processes=1)
    assert (report.verdict, report.trouble) == (Verdict.VERIFIED, None)
    return report


def _details(report: Report) -> dict[Step, str]:
    return {line.step: line.detail.en for line in report.lines}


async def test_a_sealed_election_is_verified(sealed: Assembly) -> None:
    assert _details(await verify_published(sealed))[Step.BOX] == "voting has not ended"


async def test_keys_of_two_parts_are_verified(platform: Platform) -> None:
    assembly = Assembly(platform, People(AREAS, ASKS))
    await assembly.import_roll()
    await assembly.prepare(credential_parts=2)
    await assembly.make_key()
    await assembly.issue_credentials()
    await assembly.bring_offices()
    await assembly.seal()
    assert _details(await verify_published(assembly))[Step.CREDENTIAL_PARTS] == "5 keys"


async def test_an_open_election_is_verified(voted: Assembly) -> None:
    assert _details(await verify_published(voted))[Step.BOX] == "voting has not ended"


async def test_a_closed_box_is_verified(closed: Assembly) -> None:
    await raise_dispute(closed, "impersonation", 5, 5)
    details = _details(await verify_published(closed))
    assert details[Step.BOX] == "5, of which 0 were set aside"
    assert details[Step.CHECK] == "1 disputes; the ballots are not checked yet"


async def test_an_election_with_disputes_and_changes_is_verified_to_its_result(closed: Assembly) -> None:
    await raise_dispute(closed, "impersonation", 1, 1)
    await raise_dispute(closed, "double", 2, 3)
    await settle(closed, 1, "set-aside", latest=1)
    await settle(closed, 2, "contested")
    await closed.organise("correct", heads=1, area_dm2=-700)
    await closed.check()
    assert _details(await verify_published(closed))[Step.BOX] == "5, of which 1 were set aside"
    await closed.sum()
    await closed.contribute(1)
    await verify_published(closed)
    assert await closed.contribute(3)
    details = _details(await verify_published(closed))
    assert details[Step.CHANGES].endswith("corrected by +1 heads, -7.00 m²")
    assert details[Step.CHECK].startswith("2 disputes; there is a quorum; ")
