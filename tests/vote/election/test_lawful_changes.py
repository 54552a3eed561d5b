"""Over HTTP: notice, extension, withdrawal, correction, annulment, and every refusal of theirs."""

import json
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.vote.assembly import ESTATE, Assembly
from tests.vote.platform import CHECKS, CLOSES, OPENS, assert_refused
from vote.election.change import Corrected, Prolonged, Withdrawn, decode_changes_list, verify_changes
from vote.election.manifest import Manifest, decode_manifest
from vote.log.store import LogStore

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
LATEST = CLOSES + 7 * DAY
CHOICES = [[1, 0, 0], [1, 0, 0, 0]]


async def ask_as(assembly: Assembly, role: str, step: str, **body: Any) -> httpx.Response:
    """Send something as whoever has a duty."""
    key = assembly.people.keys[role][0]
    return await assembly.platform.ask("POST", f"{assembly.api}/{step}", key=key, json=body)


async def refused(assembly: Assembly, step: str, body: dict[str, Any], refusal: tuple[int, str], words: str) -> None:
    """Check that the organiser's request is refused, and that it leaves nothing behind."""
    before = assembly.platform.contents()
    assert_refused(await ask_as(assembly, "organiser", step, **body), *refusal, words)
    assert assembly.platform.contents() == before


async def manifest_of(assembly: Assembly) -> Manifest:
    return decode_manifest(await assembly.platform.get(f"{assembly.pages}/manifest.json", key=None))


async def changes_of(assembly: Assembly) -> tuple[object, ...]:
    """Return the published changes, which the sealed rules must allow."""
    data = await assembly.platform.get(f"{assembly.pages}/changes.json", key=None)
    changes = decode_changes_list(data, assembly.uuid)
    verify_changes(await manifest_of(assembly), changes)
    return changes


async def last_entry() -> dict[str, Any]:
    entry: dict[str, Any] = json.loads((await LogStore().bodies(ESTATE))[-1])
    return entry


async def seal_with(assembly: Assembly, **changes: Any) -> Assembly:
    """Seal an election of another draft."""
    await assembly.prepare(**changes)
    await assembly.make_key()
    await assembly.issue_credentials()
    await assembly.bring_offices()
    await assembly.seal()
    return assembly


@pytest.fixture
async def extendable(assembly: Assembly) -> Assembly:
    """An open election of which two extensions are sealed, until a week after closing."""
    await seal_with(assembly, extension={"times": 2, "latest": LATEST.isoformat()})
    await assembly.open()
    return assembly


@pytest.mark.parametrize(
    ("moment", "accepted"),
    [
        ("2026-12-04T23:59:59+08:00", True),
        ("2026-12-05T00:00:00+08:00", False),
        ("2026-12-20T07:59:59+08:00", False),
        ("2026-12-21T00:00:00+08:00", False),
    ],
)
async def test_fifteen_full_days_lie_between_notice_and_opening(
    sealed: Assembly, moment: str, *, accepted: bool
) -> None:
    """Voting opens on 20 December: the 5th to the 19th are the fifteen days, so the 4th is the last one for notice."""
    sealed.at(datetime.fromisoformat(moment))
    before = sealed.platform.contents()
    answer = await sealed.platform.ask("POST", f"{sealed.api}/notice")
    if accepted:
        assert answer.json()["state"] == "noticed"
        assert await last_entry() == {"version": 1, "kind": "election:noticed", "election": sealed.uuid}
        return
    assert_refused(answer, 409, "wrong-state", "15 full days must lie between notice and opening")
    assert sealed.platform.contents() == before


async def test_notice_is_given_once(sealed: Assembly) -> None:
    await sealed.notice()
    before = sealed.platform.contents()
    answer = await sealed.platform.ask("POST", f"{sealed.api}/notice")
    assert_refused(answer, 409, "wrong-state", "is noticed cannot become noticed")
    assert sealed.platform.contents() == before


async def test_voting_is_extended_as_often_and_as_far_as_was_sealed(extendable: Assembly) -> None:
    ballot = await extendable.ballot(2, CHOICES)
    late = await extendable.ballot(3, CHOICES)
    for number, until in enumerate((CLOSES + DAY, LATEST), start=1):
        answer = await ask_as(extendable, "organiser", "extend", closes_at=until.isoformat())
        assert answer.json()["closes_at"] == until.isoformat()
        assert (await extendable.show())["closes_at"] == until.isoformat()
        assert await last_entry() == {
            "version": 1,
            "kind": "election:extended",
            "election": extendable.uuid,
            "closes_at": until.isoformat().replace("+00:00", "Z"),
        }
        assert len(await changes_of(extendable)) == number
    assert await changes_of(extendable) == (Prolonged(CLOSES + DAY), Prolonged(LATEST))
    assert (await manifest_of(extendable)).closes_at == "2026-12-30T10:00:00Z"
    await refused(extendable, "extend", {"closes_at": LATEST.isoformat()}, (403, "not-allowed"), "allow 2 extension(s)")
    extendable.at(LATEST - SECOND)
    assert (await extendable.send(ballot)).status_code == 201
    answer = await extendable.platform.ask("POST", f"{extendable.api}/close")
    assert_refused(answer, 409, "wrong-state", "Voting goes on until 2027-01-06 10:00:00 UTC")
    extendable.at(LATEST)
    assert_refused(await extendable.send(late), 409, "polls-closed", "Voting closed at 2027-01-06 10:00 UTC")
    await extendable.platform.post(f"{extendable.api}/close")


async def test_a_worker_closes_at_the_extended_time(extendable: Assembly) -> None:
    await extendable.organise("extend", closes_at=(CLOSES + DAY).isoformat())
    ballots = extendable.platform.services["ballots"]
    extendable.at(CLOSES + DAY - SECOND)
    assert await ballots.close_due() == []
    extendable.at(CLOSES + DAY)
    assert await ballots.close_due() == [extendable.uuid]


@pytest.mark.parametrize(
    ("until", "refusal", "words"),
    [
        (CLOSES, (400, "malformed"), "An extension ends after 2026-12-30T10:00:00Z"),
        (OPENS, (400, "malformed"), "An extension ends after"),
        (LATEST + SECOND, (400, "malformed"), "at the latest at 2027-01-06T10:00:00Z"),
    ],
)
async def test_an_extension_beyond_what_was_sealed_is_refused(
    extendable: Assembly, until: datetime, refusal: tuple[int, str], words: str
) -> None:
    await refused(extendable, "extend", {"closes_at": until.isoformat()}, refusal, words)


async def test_an_extension_says_until_when(extendable: Assembly) -> None:
    await refused(extendable, "extend", {"closes_at": "tomorrow"}, (400, "malformed"), "closes_at must be a moment")
    await refused(extendable, "extend", {}, (400, "malformed"), "closes_at")


async def test_an_extension_is_announced_before_closing(extendable: Assembly) -> None:
    """The box may stand open for a moment after its time; nothing is extended any more."""
    until = {"closes_at": (CLOSES + DAY).isoformat()}
    extendable.at(CLOSES)
    await refused(extendable, "extend", until, (409, "wrong-state"), "announced before closing")
    await extendable.close()
    await refused(extendable, "extend", until, (409, "wrong-state"), "only while it is open")


async def test_voting_is_extended_for_want_of_turnout_only(extendable: Assembly) -> None:
    """Owners 3, 4 and 5 have 43,000 of 64,000 dm2, and are 3 of 5: area reaches two thirds, heads do not; with a fourth both do."""
    ballots = extendable.platform.services["ballots"]
    for owner in (3, 4, 5):
        await extendable.cast(owner, CHOICES)
    extendable.at(OPENS + 2 * DAY)
    assert await ballots.release_due() == 1
    await extendable.organise("extend", closes_at=(CLOSES + DAY).isoformat())
    await extendable.cast(1, CHOICES)
    extendable.at(OPENS + 4 * DAY)
    assert await ballots.release_due() == 1
    until = {"closes_at": (CLOSES + 2 * DAY).isoformat()}
    await refused(extendable, "extend", until, (403, "not-allowed"), "for want of turnout only")
    await extendable.organise("correct", heads=2)
    await extendable.organise("extend", **until)


async def test_what_seals_no_extension_has_none(opened: Assembly) -> None:
    until = {"closes_at": (CLOSES + DAY).isoformat()}
    await refused(opened, "extend", until, (403, "not-allowed"), "allow no extension")


async def test_a_candidate_withdraws_and_stays_on_the_ballot(sealed: Assembly) -> None:
    questions = (await manifest_of(sealed)).questions
    answer = await ask_as(sealed, "organiser", "withdraw", question=1, choice=2)
    assert (answer.status_code, answer.content) == (204, b"")
    assert await changes_of(sealed) == (Withdrawn(1, 2),)
    assert await last_entry() == {
        "version": 1,
        "kind": "candidate:withdrawn",
        "election": sealed.uuid,
        "question": 1,
        "choice": 2,
    }
    assert (await manifest_of(sealed)).questions == questions
    await refused(sealed, "withdraw", {"question": 1, "choice": 2}, (409, "conflict"), "withdrawn already")
    await sealed.organise("withdraw", question=1, choice=0)
    assert await changes_of(sealed) == (Withdrawn(1, 2), Withdrawn(1, 0))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"question": 0, "choice": 0}, "Only a candidate of an election"),
        ({"question": 2, "choice": 0}, "Only a candidate of an election"),
        ({"question": 1, "choice": 3}, "no such candidate"),
        ({"question": -1, "choice": 0}, "question"),
        ({"question": 1, "choice": 10**9}, "choice"),
        ({"question": 1, "choice": "0"}, "choice"),
        ({"question": 1}, "choice"),
        ({"question": 1, "choice": 0, "why": "ill"}, "why"),
    ],
)
async def test_nobody_else_withdraws(sealed: Assembly, body: dict[str, Any], words: str) -> None:
    await refused(sealed, "withdraw", body, (400, "malformed"), words)


async def test_a_late_error_of_the_roll_corrects_the_totals(sealed: Assembly) -> None:
    """The sample has five owners and 64,000 dm2; the corrections together may leave one owner, not nobody."""
    answer = await ask_as(sealed, "organiser", "correct", heads=-4, area_dm2=-250)
    assert (answer.status_code, answer.content) == (204, b"")
    assert await last_entry() == {
        "version": 1,
        "kind": "roll:corrected",
        "election": sealed.uuid,
        "heads": -4,
        "area_dm2": -250,
    }
    await refused(sealed, "correct", {"heads": -1}, (400, "malformed"), "would leave nobody")
    await sealed.organise("correct", area_dm2=250)
    assert await changes_of(sealed) == (Corrected(-4, -250), Corrected(0, 250))
    assert (await manifest_of(sealed)).electorate == (5, 64000)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "changes nothing"),
        ({"heads": 0, "area_dm2": 0}, "changes nothing"),
        ({"heads": -5}, "would leave nobody"),
        ({"area_dm2": -64000}, "would leave nobody"),
        ({"heads": "1"}, "heads"),
        ({"heads": 1.5}, "heads"),
        ({"owner": "某某"}, "owner"),
        ({"heads": 10**9}, "heads"),
        ({"heads": 1 << 53}, "heads"),
        ({"area_dm2": -(1 << 53)}, "area_dm2"),
        ({"area_dm2": 1 << 70}, "area_dm2"),
    ],
)
async def test_a_correction_that_makes_no_sense_is_refused(sealed: Assembly, body: dict[str, Any], words: str) -> None:
    await refused(sealed, "correct", body, (400, "malformed"), words)


ANNUL = {"reason": "procedure-broken"}
CHANGES = [("withdraw", {"question": 1, "choice": 0}), ("correct", {"heads": 1})]


@pytest.mark.parametrize("staged", ["sealed", "opened", "voted", "closed"], indirect=True)
async def test_withdrawals_and_corrections_are_taken_until_the_check(staged: Assembly) -> None:
    for step, body in CHANGES:
        assert (await ask_as(staged, "organiser", step, **body)).status_code == 204
    assert await changes_of(staged) == (Withdrawn(1, 0), Corrected(1, 0))


@pytest.mark.parametrize("staged", ["checked", "tallied"], indirect=True)
async def test_and_not_afterwards(staged: Assembly) -> None:
    for step, body in CHANGES:
        await refused(staged, step, body, (409, "wrong-state"), "only while it is sealed or noticed or open or closed")
    assert await changes_of(staged) == ()


async def test_nothing_of_a_draft_changes_that_way(assembly: Assembly) -> None:
    await assembly.prepare()
    for step, body in [*CHANGES, ("extend", {"closes_at": LATEST.isoformat()})]:
        await refused(assembly, step, body, (409, "wrong-state"), "is draft")


@pytest.mark.parametrize("staged", ["sealed", "opened", "voted", "closed", "checked", "tallied"], indirect=True)
async def test_an_election_is_annulled_before_it_is_certified_and_nothing_is_deleted(staged: Assembly) -> None:
    before = staged.platform.contents()
    answer = await ask_as(staged, "organiser", "annul", reason="procedure-broken")
    assert answer.json()["state"] == "annulled"
    assert await last_entry() == {
        "version": 1,
        "kind": "election:annulled",
        "election": staged.uuid,
        "reason": "procedure-broken",
    }
    after = staged.platform.contents()
    for table in before:
        if table not in {"election", "annulment", "log_pending_entry", "account_event"}:
            assert after[table] == before[table]
    assert len(after["log_pending_entry"]) == len(before["log_pending_entry"]) + 1
    await refused(staged, "annul", ANNUL, (409, "wrong-state"), "is annulled cannot become annulled")
    for step, body in CHANGES:
        await refused(staged, step, body, (409, "wrong-state"), "is annulled")
    assert (await manifest_of(staged)).uuid == staged.uuid


async def test_a_draft_is_given_up(assembly: Assembly) -> None:
    await assembly.prepare()
    answer = await ask_as(assembly, "organiser", "annul", reason="draft-discarded")
    assert (answer.status_code, answer.json()["state"]) == (200, "annulled")
    assert (await assembly.platform.ask("GET", assembly.api, key=None)).status_code == 404


async def test_what_was_annulled_goes_on_with_nothing(voted: Assembly) -> None:
    ballot = await voted.ballot(4, CHOICES)
    await voted.organise("annul", reason="procedure-broken")
    assert_refused(await voted.send(ballot), 409, "polls-closed", "too late")
    worker = voted.platform.services["worker"]
    voted.at(CHECKS)
    assert await worker.work_once() == 0
    assert await voted.state() == "annulled"
    assert (await voted.read_archive()).ballots == ()


async def test_what_is_certified_is_not_annulled(tallied: Assembly) -> None:
    for trustee in (1, 2):
        await tallied.contribute(trustee)
    elections = tallied.platform.services["elections"]
    stored = await elections.get(tallied.uuid)
    await elections.store.advance(tallied.uuid, stored.state, type(stored.state)("certified"))
    await refused(tallied, "annul", ANNUL, (409, "wrong-state"), "is certified cannot become annulled")


ORGANISERS = [*CHANGES, ("extend", {"closes_at": LATEST.isoformat()}), ("annul", ANNUL)]


@pytest.mark.parametrize(("step", "body"), ORGANISERS)
async def test_only_the_organiser_changes_or_annuls(opened: Assembly, step: str, body: dict[str, Any]) -> None:
    before = opened.platform.contents()
    path = f"{opened.api}/{step}"
    assert_refused(await opened.platform.ask("POST", path, key=None, json=body), 401, "not-signed-in", "key")
    assert_refused(await opened.platform.ask("POST", path, json=body), 403, "not-allowed", "does not open")
    for role in opened.people.keys.keys() - {"organiser"}:
        assert_refused(await ask_as(opened, role, step, **body), 403, "not-allowed", "does not open")
    assert opened.platform.contents() == before


@pytest.mark.parametrize(("step", "body"), ORGANISERS)
async def test_a_change_that_cannot_be_logged_does_not_happen(
    extendable: Assembly, monkeypatch: pytest.MonkeyPatch, step: str, body: dict[str, Any]
) -> None:
    async def fail(*_: object) -> None:
        raise OSError("disk full")

    before = extendable.platform.contents()
    monkeypatch.setattr(LogStore, "append", fail)
    with pytest.raises(OSError, match="disk full"):
        await extendable.organise(step, **body)
    assert extendable.platform.contents() == before


async def test_a_notice_that_cannot_be_logged_is_not_given(sealed: Assembly, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise OSError("disk full")

    before = sealed.platform.contents()
    monkeypatch.setattr(LogStore, "append", fail)
    with pytest.raises(OSError, match="disk full"):
        await sealed.notice()
    assert sealed.platform.contents() == before


async def test_the_list_of_changes_is_there_from_the_beginning_and_empty(sealed: Assembly) -> None:
    answer = await sealed.platform.ask("GET", f"{sealed.pages}/changes.json", key=None)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert decode_changes_list(answer.content, sealed.uuid) == ()


async def test_voting_keys_of_one_part_have_no_file_of_parts(simple: Assembly) -> None:
    answer = await simple.platform.ask("GET", f"{simple.pages}/parts.json", key=None)
    assert_refused(answer, 404, "not-found", "have one part")
