import pytest
from tortoise.exceptions import IntegrityError

from tests.strategies import seeded
from tests.vote.drafts import DRAFT, UUID, add_draft
from vote.account.models import RoleKey
from vote.account.service import AccountService
from vote.account.store import AccountStore
from vote.election.store import ElectionStore
from vote.errors import Reason, RefusedError
from vote.role import Role

pytestmark = pytest.mark.usefixtures("database")
OTHER = "Ddp2RtfN1U8EFV"


@pytest.fixture
async def accounts():
    await add_draft()
    await ElectionStore().add(OTHER, DRAFT)
    return AccountService(AccountStore(), "the staff's word", seeded(1))


async def refused(accounts, role, key, election, slot):
    with pytest.raises(RefusedError, match="does not open that") as refusal:
        await accounts.require(role, key, election, slot)
    assert refusal.value.reason is Reason.NOT_ALLOWED


async def test_the_staffs_word_opens_what_is_for_staff_everywhere(accounts):
    await accounts.require(Role.STAFF, "the staff's word", None, None)
    await accounts.require(Role.STAFF, "the staff's word", UUID, None)
    for word in ("", "the staff's", "the staff's word ", "业主"):
        await refused(accounts, Role.STAFF, word, None, None)


async def test_the_staffs_word_does_not_open_what_is_for_registrar_or_trustees(accounts):
    await refused(accounts, Role.REGISTRAR, "the staff's word", UUID, None)
    await refused(accounts, Role.TRUSTEE, "the staff's word", UUID, 1)


async def test_a_registrars_key_opens_what_is_for_the_registrar_of_that_election(accounts):
    key = await accounts.issue(UUID, Role.REGISTRAR)
    await accounts.require(Role.REGISTRAR, key, UUID, None)
    await refused(accounts, Role.REGISTRAR, key, OTHER, None)
    await refused(accounts, Role.REGISTRAR, key, None, None)
    await refused(accounts, Role.TRUSTEE, key, UUID, 1)
    await refused(accounts, Role.STAFF, key, UUID, None)


async def test_a_trustees_key_opens_the_own_place_only(accounts):
    first, second = [await accounts.issue(UUID, Role.TRUSTEE, slot) for slot in (1, 2)]
    await accounts.require(Role.TRUSTEE, first, UUID, 1)
    await accounts.require(Role.TRUSTEE, second, UUID, 2)
    await accounts.require(Role.TRUSTEE, second, UUID, None)
    for slot in (2, 0, -1, 10**30):
        await refused(accounts, Role.TRUSTEE, first, UUID, slot)
    await refused(accounts, Role.REGISTRAR, first, UUID, None)


async def test_a_key_is_192_random_bits_and_is_not_kept(accounts):
    keys = {await accounts.issue(UUID, Role.TRUSTEE, slot) for slot in range(1, 10)}
    assert len(keys) == 9
    assert {len(bytes.fromhex(key)) for key in keys} == {24}
    kept = await RoleKey.all().values_list("digest", flat=True)
    assert len(set(kept)) == 9
    assert not keys & set(kept)


async def test_one_key_is_issued_for_a_place(accounts):
    await accounts.issue(UUID, Role.REGISTRAR)
    with pytest.raises(IntegrityError, match=r"UNIQUE|unique"):
        await accounts.issue(UUID, Role.REGISTRAR)


async def test_a_replaced_key_opens_what_the_old_one_no_longer_does(accounts):
    old = await accounts.issue(UUID, Role.TRUSTEE, 2)
    new = await accounts.replace(UUID, Role.TRUSTEE, 2)
    await accounts.require(Role.TRUSTEE, new, UUID, 2)
    await refused(accounts, Role.TRUSTEE, old, UUID, 2)


@pytest.mark.parametrize(("election", "role", "slot"), [(UUID, Role.TRUSTEE, 7), ("x" * 50, Role.REGISTRAR, 1)])
async def test_a_place_that_does_not_exist_gets_no_key(accounts, election, role, slot):
    with pytest.raises(RefusedError, match=r"has no (trustee|registrar) of number") as refusal:
        await accounts.replace(election, role, slot)
    assert refusal.value.reason is Reason.NOT_FOUND
