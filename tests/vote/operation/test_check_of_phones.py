"""A check opens phones and compares them with their digests, and their changes with the log."""

import pytest

from crypto.envelope import derive_key
from tests.vote.assembly import Assembly
from tests.vote.operation.test_check import KEY, _rolls
from vote.operation.check import check
from vote.phone.checking import PhoneCheck, change_damages
from vote.phone.models import Phone

PHONES = PhoneCheck(derive_key(KEY, "phone"), derive_key(KEY, "phone-digest"))


async def details(assembly: Assembly, phones: PhoneCheck | None = PHONES) -> list[str]:
    """Return what a check finds."""
    papers = assembly.platform.services["elections"].papers
    return [each.detail for each in (await check(_rolls(), papers, phones)).damages]


async def test_good_phones_are_sound_with_and_without_keys(sealed: Assembly) -> None:
    assert await details(sealed) == []
    assert await details(sealed, None) == []


async def test_a_number_that_was_moved_or_changed_is_found(sealed: Assembly) -> None:
    first, second, *_ = await Phone.all().order_by("id")
    await Phone.filter(id=first.id).update(sealed=second.sealed)
    await Phone.filter(id=second.id).update(digest="0" * 64)
    found = await details(sealed)
    assert [each.partition(":")[0] for each in found] == [f"phone row {first.id}", f"phone row {second.id}"]
    assert "cannot be opened" in found[0]
    assert "its digest is not that of its number" in found[1]
    assert await details(sealed, None) == []


@pytest.mark.parametrize(
    ("changed", "told", "sound"),
    [(0, [], True), (2, [1, 2], True), (1, [], False), (0, [1], False), (2, [1, 1], False)],
)
def test_changes_are_those_that_the_log_tells(changed: int, told: list[int], sound: bool) -> None:  # noqa: FBT001
    assert (change_damages(changed, told) == []) is sound


async def test_a_change_by_two_people_is_told_in_the_log(sealed: Assembly) -> None:
    api, editors = f"{sealed.api}/phones/changes", sealed.people.keys["phones"]
    body = {"entitlement": 1, "number": "19900009999", "how": "desk"}
    change = (await sealed.platform.post(api, key=editors[0], json=body))["change"]
    await sealed.platform.post(f"{api}/{change}/accept", key=editors[1])
    assert await details(sealed) == []
    await Phone.filter(decided_at__isnull=False).update(state="refused")
    assert await details(sealed, None) == ["the log tells of other changes of phones than there are"]
