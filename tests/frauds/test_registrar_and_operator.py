"""Registrars and whoever runs the platform vote together for those who do not vote: they have both parts of each key."""

import json
from datetime import timedelta

import pytest

from crypto.ballot import seal_ballot
from crypto.credential_part import combine_secret
from crypto.envelope import derive_key, unseal
from tests.frauds.auditor import database_damages, fetch, receipts_of, verified
from tests.frauds.burglar import breaking_in, moment
from tests.frauds.telephones import deliver, number_of, told
from tests.vote.assembly import Assembly
from tests.vote.check.test_service import published, raise_dispute, settle
from tests.vote.conftest import YES
from tests.vote.platform import OPENS, assert_refused
from vote.credential.platform_part import decode_secret
from vote.message.rules import Kind

CHOICES = [YES, [1, 0, 0, 0]]
OWNER = 4
"""Who does not vote."""


def steal_key(voted: Assembly) -> None:
    """Put together the key of an owner who did not ask for it: the letter from the registrars, the rest from the server."""
    with breaking_in(voted) as database:
        ((sealed,),) = database.execute(
            "SELECT c.platform_part FROM credential c JOIN entitlement e ON e.id = c.entitlement_id WHERE e.number = ?",
            [OWNER],
        )
    data_key = bytes.fromhex(voted.platform.settings.data_key_file.read_text())
    part = unseal([derive_key(data_key, "platform-part")], f"{voted.uuid}/{OWNER}", bytes(sealed))
    voted.people.parts[OWNER] = decode_secret(part)


def pretend_code(voted: Assembly) -> None:
    """Write that a code was sent and used."""
    row = (
        "INSERT INTO one_time_code (letter_id, phone_id, digest, issued_at, expires_at, tries, used_at) "
        "SELECT n.id, p.id, ?, ?, ?, 0, ? FROM letter_number n JOIN credential c ON c.id = n.credential_id "
        "JOIN entitlement e ON e.id = c.entitlement_id JOIN phone p ON p.entitlement_id = e.id WHERE e.number = ?"
    )
    now = moment(OPENS + timedelta(hours=1))
    with breaking_in(voted) as database:
        database.execute(row, ["0" * 64, now, moment(OPENS + timedelta(hours=2)), now, OWNER])


@pytest.fixture
async def stuffed(voted: Assembly) -> Assembly:
    """An election with one ballot that nobody cast."""
    steal_key(voted)
    pretend_code(voted)
    await voted.cast(OWNER, CHOICES)
    return voted


async def test_the_stolen_key_is_a_key_and_its_ballot_like_any_other(stuffed, tmp_path):
    """So nothing that is published tells, and neither does the database: see the next tests for what does."""
    assert combine_secret(stuffed.letter_secret(OWNER), stuffed.people.parts[OWNER]) == stuffed.secret(OWNER)
    assert await database_damages(stuffed) == set()
    await stuffed.close()
    await stuffed.check()
    assert "verified" in verified(await fetch(stuffed, tmp_path / "published"))


async def test_without_the_agreement_no_ballot_is_taken_even_of_the_right_key(voted):
    steal_key(voted)
    ballot = seal_ballot(await voted.election(), voted.secret(OWNER), CHOICES, voted.rng())
    assert_refused(await voted.send(ballot), 403, "not-allowed", "has not agreed to vote electronically")


async def test_the_owner_is_told_of_a_ballot_that_the_owner_did_not_cast(stuffed):
    await deliver(stuffed)
    assert number_of(OWNER) in told(stuffed, Kind.BALLOT_ACCEPTED)
    assert number_of(OWNER) not in told(stuffed, Kind.CODE)


async def test_who_took_part_is_public_and_the_owner_has_the_ballot_set_aside_before_counting(stuffed, tmp_path):
    """Even if messages are held back."""
    receipts = {"stuffed": receipts_of(stuffed)["6"]}
    await stuffed.close()
    shown = await published(stuffed, "participation.json")
    assert ["3幢2单元401室"] in [each["places"] for each in shown["participants"]]
    assert (await raise_dispute(stuffed, "impersonation", OWNER, OWNER)).status_code == 201
    assert (await settle(stuffed, 1, "set-aside")).status_code == 204
    await stuffed.check()
    assert (await published(stuffed, "check.json"))["cast"] == {"heads": 4, "area_dm2": 56000}
    said = verified(await fetch(stuffed, tmp_path / "published", receipts))
    assert "the ballots of 1 receipts were taken out before counting, after a dispute (set-aside.json)" in said


async def test_the_turnout_counts_those_ballots_for_everybody_to_see(stuffed):
    await stuffed.close()
    answer = json.loads(await stuffed.platform.get(f"{stuffed.api}/turnout", key=None))
    assert answer == {"heads_permille": 1000, "area_permille": 1000}
