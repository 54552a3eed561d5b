import asyncio
import dataclasses
import json
from collections.abc import Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import pytest

from crypto.credential import decode_public_credentials
from crypto.credential_part import Side, decode_parts, prove_part, verify_parts
from crypto.group import encode_point, multiply_base
from tests.strategies import seeded
from tests.vote.drafts import DRAFT, UUID, add_draft, add_roll
from vote.credential.letter_store import LetterStore
from vote.credential.models import Credential, LetterNumber
from vote.credential.rules import PublicLine, PublicList, encode_public_list
from vote.credential.service import CredentialService
from vote.credential.store import CredentialStore
from vote.election.rules import State
from vote.election.store import ElectionStore
from vote.errors import Reason, RefusedError, UnavailableError
from vote.roll.store import RollStore

pytestmark = pytest.mark.usefixtures("database")


def _service(executor: Executor) -> CredentialService:
    stores = CredentialStore(), LetterStore(), ElectionStore(), RollStore()
    return CredentialService(*stores, executor, b"k" * 32, b"l" * 32, seeded(1))


SERVICE = _service(ThreadPoolExecutor(1))
KEYS = [encode_point(multiply_base(secret)) for secret in (5, 6, 7)]
GOOD = PublicList(UUID, tuple(PublicLine(number, key) for number, key in enumerate(KEYS, start=1)))
TWO_PARTS = PublicList(
    UUID,
    tuple(
        PublicLine(number, *prove_part(UUID, Side.LETTER, secret, seeded(number)), letter_number)
        for number, (secret, letter_number) in enumerate(
            [(5, "04HM-ASW9"), (6, "04HM-ASWA"), (7, "04HM-ASWB")], start=1
        )
    ),
)


async def _refused(public: PublicList | bytes) -> RefusedError:
    before = await SERVICE.store.weights(UUID)
    with pytest.raises(RefusedError) as refusal:
        await SERVICE.submit(UUID, public if isinstance(public, bytes) else encode_public_list(public))
    assert await SERVICE.store.weights(UUID) == before
    return refusal.value


async def test_the_request_names_every_entitlement_with_its_weight_and_places():
    await add_draft()
    assert json.loads(await SERVICE.request(UUID)) == {
        "version": 1,
        "election": UUID,
        "title": "2026年业主大会",
        "base": 10,
        "credential_parts": 1,
        "entitlements": [
            {"entitlement": 1, "weight": 90001, "places": ["3幢2单元101室"], "owner": "业1*"},
            {"entitlement": 2, "weight": 120001, "places": ["3幢2单元201室"], "owner": "业2*"},
            {"entitlement": 3, "weight": 150001, "places": ["3幢2单元301室", "3幢2单元999室"], "owner": "业3*"},
        ],
    }


async def test_ten_owners_need_a_base_of_a_hundred():
    await add_draft([9000] * 10)
    asked = json.loads(await SERVICE.request(UUID))
    assert (asked["base"], asked["entitlements"][9]["weight"]) == (100, 900001)


async def test_a_roll_that_may_still_change_gives_no_request():
    await add_draft(frozen=False)
    with pytest.raises(RefusedError, match="not frozen") as refusal:
        await SERVICE.request(UUID)
    assert refusal.value.reason is Reason.WRONG_STATE
    assert (await _refused(GOOD)).reason is Reason.WRONG_STATE


async def test_the_public_list_has_a_weight_for_each_credential():
    await add_draft()
    await SERVICE.submit(UUID, encode_public_list(GOOD))
    weights = dict(decode_public_credentials(await SERVICE.public_credentials(UUID)))
    assert weights == {KEYS[0]: 90001, KEYS[1]: 120001, KEYS[2]: 150001}
    assert await SERVICE.electorate(UUID) == [(1, 9000, KEYS[0]), (2, 12000, KEYS[1]), (3, 15000, KEYS[2])]


async def test_before_the_list_comes_there_is_nothing_to_publish():
    await add_draft()
    for ask in SERVICE.public_credentials, SERVICE.electorate:
        with pytest.raises(RefusedError, match="no credentials yet") as refusal:
            await ask(UUID)
        assert refusal.value.reason is Reason.WRONG_STATE


@pytest.mark.parametrize(
    "public",
    [
        GOOD._replace(lines=GOOD.lines[:2]),
        GOOD._replace(lines=(*GOOD.lines, PublicLine(4, encode_point(multiply_base(8))))),
        GOOD._replace(election="Ddp2RtfN1U8EFV"),
        GOOD._replace(lines=(*GOOD.lines[:2], PublicLine(3, KEYS[0]))),
        GOOD._replace(lines=(*GOOD.lines[:2], PublicLine(3, encode_point(multiply_base(0))))),
        b"[]",
    ],
    ids=["one short", "one too many", "another election", "a double", "the identity", "no list"],
)
async def test_a_list_that_does_not_do_is_refused_as_a_whole(public):
    await add_draft()
    assert (await _refused(public)).reason is Reason.MALFORMED
    assert await SERVICE.store.count(UUID) == 0


async def test_the_list_is_taken_once_and_the_same_again_does_no_harm():
    await add_draft()
    for _ in range(2):
        await SERVICE.submit(UUID, encode_public_list(GOOD))
    assert await SERVICE.store.count(UUID) == 3
    swapped = GOOD._replace(lines=tuple(PublicLine(number, key) for number, key in enumerate(KEYS[::-1], start=1)))
    assert (await _refused(swapped)).reason is Reason.CONFLICT


async def test_after_the_draft_nothing_is_asked_and_nothing_taken():
    await add_draft()
    await ElectionStore().advance(UUID, State.DRAFT, State.ANNULLED)
    with pytest.raises(RefusedError) as refusal:
        await SERVICE.request(UUID)
    assert refusal.value.reason is Reason.WRONG_STATE
    assert (await _refused(GOOD)).reason is Reason.WRONG_STATE


async def test_an_unknown_election_is_not_found():
    asks = (SERVICE.request(UUID), SERVICE.public_credentials(UUID), SERVICE.submit(UUID, encode_public_list(GOOD)))
    for ask in asks:
        with pytest.raises(RefusedError) as refusal:
            await ask
        assert refusal.value.reason is Reason.NOT_FOUND


async def test_a_credential_is_found_in_its_own_election_only():
    await add_draft()
    await SERVICE.submit(UUID, encode_public_list(GOOD))
    found = await SERVICE.store.find(UUID, KEYS[1])
    assert found is not None
    assert (found.public, found.weight) == (KEYS[1], 120001)
    assert await SERVICE.store.find("Ddp2RtfN1U8EFV", KEYS[1]) is None
    assert await SERVICE.store.find(UUID, KEYS[1][::-1]) is None


async def _add_two_part_draft() -> None:
    await add_roll((9000, 12000, 15000))
    await ElectionStore().add(UUID, dataclasses.replace(DRAFT, credential_parts=2))


async def test_an_election_of_two_parts_asks_for_two_parts():
    await _add_two_part_draft()
    assert json.loads(await SERVICE.request(UUID))["credential_parts"] == 2
    assert "have 2 part" in (await _refused(GOOD)).detail


async def test_the_platforms_parts_complete_the_letters_and_every_proof_is_published():
    await _add_two_part_draft()
    await SERVICE.submit(UUID, encode_public_list(TWO_PARTS))
    public = [credential.public for credential in decode_public_credentials(await SERVICE.public_credentials(UUID))]
    parts = decode_parts(await SERVICE.parts(UUID), UUID)
    verify_parts(UUID, parts, public)
    assert {entry.letter.public for entry in parts} == set(KEYS)
    assert not set(public) & set(KEYS)
    assert [key for _, _, key in await SERVICE.electorate(UUID)] == [
        entry.credential for entry in sorted(parts, key=lambda entry: KEYS.index(entry.letter.public))
    ]


async def test_neither_a_platforms_part_nor_a_letters_number_stands_in_the_database_in_clear():
    await _add_two_part_draft()
    await SERVICE.submit(UUID, encode_public_list(TWO_PARTS))
    sealed = [bytes(row.platform_part) for row in await Credential.all()]
    assert len(set(sealed)) == 3
    assert {len(each) for each in sealed} == {32 + 37}
    digests = [row.digest for row in await LetterNumber.all()]
    assert len(set(digests)) == 3
    assert not any("ASW" in digest for digest in digests)


async def test_a_list_of_two_parts_is_taken_once_and_the_same_again_does_no_harm():
    await _add_two_part_draft()
    await SERVICE.submit(UUID, encode_public_list(TWO_PARTS))
    before = await SERVICE.parts(UUID)
    await SERVICE.submit(UUID, encode_public_list(TWO_PARTS))
    assert await SERVICE.parts(UUID) == before
    first, *others = TWO_PARTS.lines
    for changed in (first._replace(letter_number="ZZZZ-ZZZZ"), PublicLine(1, *_part(8), "04HM-ASW9")):
        refusal = await _refused(TWO_PARTS._replace(lines=(changed, *others)))
        assert refusal.reason is Reason.CONFLICT


async def test_a_proof_that_does_not_hold_refuses_the_whole_list():
    await _add_two_part_draft()
    first, second, third = TWO_PARTS.lines
    changed = second._replace(proof=third.proof)
    refusal = await _refused(TWO_PARTS._replace(lines=(first, changed, third)))
    assert refusal.reason is Reason.MALFORMED
    assert "entitlement 2" in refusal.detail
    assert await LetterNumber.all().count() == 0


async def test_if_the_checking_processes_die_nothing_is_kept():
    class Dead(ThreadPoolExecutor):
        def submit(self, *_):
            raise BrokenProcessPool

    await _add_two_part_draft()
    with pytest.raises(UnavailableError):
        await _service(Dead(1)).submit(UUID, encode_public_list(TWO_PARTS))
    assert await SERVICE.store.count(UUID) == 0


async def test_two_lists_that_come_at_once_are_taken_once():
    await _add_two_part_draft()
    both = [encode_public_list(TWO_PARTS)] * 2
    await asyncio.gather(*(SERVICE.submit(UUID, data) for data in both))
    assert await SERVICE.store.count(UUID) == 3


async def test_keys_of_one_part_have_no_parts_to_publish():
    await add_draft()
    await SERVICE.submit(UUID, encode_public_list(GOOD))
    assert await SERVICE.parts(UUID) is None
    assert {row.platform_part for row in await Credential.all()} == {None}


def _part(secret: int) -> Iterable[object]:
    return prove_part(UUID, Side.LETTER, secret, seeded(secret))
