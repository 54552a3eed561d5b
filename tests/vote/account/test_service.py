import json

import pytest

from tests.strategies import seeded
from tests.vote.drafts import DRAFT, DUTIES, UUID, add_draft
from vote.account.models import RoleKey
from vote.account.service import AccountService
from vote.account.store import AccountStore
from vote.election.store import ElectionStore
from vote.errors import Reason, RefusedError
from vote.role import Actor, Role

pytestmark = pytest.mark.usefixtures("database")
OTHER = "Ddp2RtfN1U8EFV"
ONE_EACH = [Role.REGISTRAR, Role.PHONES, Role.DESK, Role.ORGANISER, Role.COMMUNITY, Role.SUB_DISTRICT]


@pytest.fixture
async def accounts():
    await add_draft()
    await ElectionStore().add(OTHER, DRAFT)
    return AccountService(AccountStore(), "the staff's word", seeded(1), b"k" * 32)


@pytest.fixture
async def keys(accounts):
    """The keys of everybody who has a duty in the election, by role."""
    return await accounts.issue_all(UUID, DUTIES)


async def refused(accounts, role, key, election, slot):
    with pytest.raises(RefusedError, match="does not open that") as refusal:
        await accounts.require(role, key, election, slot)
    assert refusal.value.reason is Reason.NOT_ALLOWED


async def test_the_staffs_word_opens_what_is_for_staff_everywhere(accounts):
    assert await accounts.require(Role.STAFF, "the staff's word", None, None) == Actor(Role.STAFF)
    assert await accounts.require(Role.STAFF, "the staff's word", UUID, None) == Actor(Role.STAFF)
    for word in ("", "the staff's", "the staff's word ", "业主"):
        await refused(accounts, Role.STAFF, word, None, None)


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.PUBLIC, Role.STAFF}])
async def test_the_staffs_word_opens_what_no_other_duty_does(accounts, role):
    await refused(accounts, role, "the staff's word", UUID, 1)


async def test_there_is_a_key_for_every_duty_numbered_within_its_role(accounts, keys):
    assert {role: len(made) for role, made in keys.items()} == {
        Role.TRUSTEE: 3,
        Role.REGISTRAR: 2,
        Role.PHONES: 2,
        Role.DESK: 1,
        Role.ORGANISER: 1,
        Role.COMMUNITY: 1,
        Role.SUB_DISTRICT: 1,
    }
    for role, made in keys.items():
        for slot, key in enumerate(made, start=1):
            actor = await accounts.require(role, key, UUID, None)
            assert (actor.role, actor.slot) == (role, slot)


@pytest.mark.parametrize("role", ONE_EACH)
async def test_a_key_opens_what_is_for_its_duty_in_that_election_only(accounts, keys, role):
    key = keys[role][0]
    await accounts.require(role, key, UUID, None)
    await refused(accounts, role, key, OTHER, None)
    await refused(accounts, role, key, None, None)
    await refused(accounts, role, key, "x" * 50, None)
    for other in {Role.STAFF, Role.TRUSTEE, *ONE_EACH} - {role}:
        await refused(accounts, other, key, UUID, None)


async def test_a_trustees_key_opens_the_own_place_only(accounts, keys):
    first, second, _ = keys[Role.TRUSTEE]
    await accounts.require(Role.TRUSTEE, first, UUID, 1)
    await accounts.require(Role.TRUSTEE, second, UUID, 2)
    await accounts.require(Role.TRUSTEE, second, UUID, None)
    for slot in (2, 0, -1, 10**30):
        await refused(accounts, Role.TRUSTEE, first, UUID, slot)
    await refused(accounts, Role.REGISTRAR, first, UUID, None)


async def test_a_key_is_192_random_bits_and_is_not_kept(keys):
    made = {key for role in keys.values() for key in role}
    assert len(made) == len(DUTIES)
    assert {len(bytes.fromhex(key)) for key in made} == {24}
    kept = await RoleKey.all().values_list("digest", flat=True)
    assert len(set(kept)) == len(DUTIES)
    assert not made & set(kept)


async def test_persons_are_told_apart_without_their_names_being_kept(accounts, keys):
    """The same person in another election looks like another, and in another spelling like the same."""
    spelt = [duty for duty in DUTIES if duty.role is Role.DESK]
    renamed = [
        type(duty)(duty.role, f" {duty.person[0]} {duty.person[1:]}　", duty.office, duty.owner) for duty in spelt
    ]
    await accounts.issue_all(OTHER, [*renamed, *spelt])
    here, there = await accounts.duties(UUID), await accounts.duties(OTHER)
    assert [(duty.role, duty.office, duty.owner) for duty in here] == [
        (duty.role, duty.office, duty.owner) for duty in DUTIES
    ]
    assert len({duty.person for duty in here}) == len(DUTIES)
    assert len({duty.person for duty in there}) == 1
    assert there[0].person not in {duty.person for duty in here}
    kept = json.dumps([list(row) for row in await RoleKey.all().values_list()], ensure_ascii=False)
    assert not [duty.person for duty in DUTIES if duty.person in kept]
    actor = await accounts.require(Role.DESK, keys[Role.DESK][0], UUID, None)
    assert actor.person == next(duty.person for duty in here if duty.role is Role.DESK)


async def test_one_key_is_issued_for_a_place(accounts, keys):
    assert keys
    with pytest.raises(Exception, match=r"(?i)unique"):
        await accounts.issue_all(UUID, DUTIES[:1])


async def test_a_replaced_key_opens_what_the_old_one_no_longer_does(accounts, keys):
    before = await accounts.duties(UUID)
    for role, slot in ((Role.TRUSTEE, 2), (Role.PHONES, 1), (Role.ORGANISER, 1)):
        new = await accounts.replace_key(UUID, role, slot)
        assert (await accounts.require(role, new, UUID, None)).slot == slot
        await refused(accounts, role, keys[role][slot - 1], UUID, None)
    assert await accounts.duties(UUID) == before


@pytest.mark.parametrize(("election", "role", "slot"), [(UUID, Role.TRUSTEE, 7), ("x" * 50, Role.REGISTRAR, 1)])
async def test_a_place_that_does_not_exist_gets_no_key(accounts, keys, election, role, slot):
    assert keys
    with pytest.raises(RefusedError, match=r"has no (trustee|registrar) of number") as refusal:
        await accounts.replace_key(election, role, slot)
    assert refusal.value.reason is Reason.NOT_FOUND
