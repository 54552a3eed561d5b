"""An estate with a roll and an election that is being prepared, in the database of a test."""

from collections.abc import Sequence
from datetime import UTC, datetime

from vote.account.separation import Duty
from vote.election.ask import motion
from vote.election.rules import Draft, Secrecy
from vote.election.store import ElectionStore
from vote.estate.service import EstateService
from vote.estate.store import EstatePlace, EstateStore
from vote.role import Role
from vote.roll.store import NewEntitlement, RollStore

UUID = "DQB53CqA1UtMwz"
NAMES = ("业主甲", "社区乙", "街道丙")
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
DRAFT = Draft(
    estate="xinyuan",
    roll=1,
    title="2026年业主大会",
    profile="cn-zj-jiaxing-jiashan",
    secrecy=Secrecy.SECRET,
    opens_at=datetime(2026, 12, 10, tzinfo=UTC),
    closes_at=datetime(2026, 12, 20, tzinfo=UTC),
    trustees=NAMES,
    threshold=2,
    asks=(motion("1", "是否同意管理规约"),),
    credential_parts=1,
)
DUTIES = (
    Duty(Role.TRUSTEE, NAMES[0], "", owner=True),
    Duty(Role.TRUSTEE, NAMES[1], "桥东社区", owner=False),
    Duty(Role.TRUSTEE, NAMES[2], "魏塘街道", owner=False),
    Duty(Role.REGISTRAR, "制信甲", "", owner=True),
    Duty(Role.REGISTRAR, "制信乙", "桥东社区", owner=False),
    Duty(Role.PHONES, "话务甲", "桥东社区", owner=False),
    Duty(Role.PHONES, "话务乙", "魏塘街道", owner=False),
    Duty(Role.DESK, "窗口甲", "桥东社区", owner=False),
    Duty(Role.ORGANISER, "筹备组长", "", owner=True),
    Duty(Role.COMMUNITY, "社区书记", "桥东社区", owner=False),
    Duty(Role.SUB_DISTRICT, "街道科长", "魏塘街道", owner=False),
)
"""Everybody whom the election needs, each with one duty."""


async def add_roll(areas: Sequence[int], *, frozen: bool = True) -> int:
    """Add the estate and a roll in which entitlement n has room n01 of building 3, and the last one room 999 too.

    Args:
        areas: dm2 of each entitlement.
        frozen: whether the roll is frozen.
    """
    await EstateService(EstateStore()).found(EstatePlace("xinyuan", "馨苑", "桥东", "魏塘", "嘉善"))
    places = [("3", "2", f"{number}01") for number in range(1, len(areas) + 1)] + [("3", "2", "999")]
    units = await EstateStore().add_units("xinyuan", places)
    rolls = RollStore()
    roll = await rolls.add("xinyuan", "0" * 64, {}, len(areas), sum(areas), NOON)
    entitlements = []
    for number, area in enumerate(areas, start=1):
        held = [(units[places[number - 1]], area - (number == len(areas)), "survey")]
        if number == len(areas):
            held.append((units[places[-1]], 1, "survey"))
        entitlements.append(
            NewEntitlement(
                number=number,
                developer=False,
                area_dm2=area,
                masked_owner=f"业{number}*",
                sealed=b"sealed",
                units=tuple(held),
            )
        )
    await rolls.add_entitlements(roll, entitlements)
    if frozen:
        await rolls.freeze(roll, "a" * 64, {each.number: (b"salt", "b" * 64) for each in entitlements}, NOON)
    return roll


async def add_draft(areas: Sequence[int] = (9000, 12000, 15000), *, frozen: bool = True) -> None:
    """Add the estate, a roll and the election."""
    assert await add_roll(areas, frozen=frozen) == DRAFT.roll
    await ElectionStore().add(UUID, DRAFT)
