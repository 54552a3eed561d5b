"""Drafts of rolls: what mending, naming columns and discarding leave behind."""

import pytest

from tests.vote.platform import Platform, read_here
from tests.vote.roll.messy import xls
from vote.errors import Reason, RefusedError
from vote.estate.store import EstatePlace
from vote.phone.rules import Source
from vote.phone.service import Stated
from vote.roll.columns import Column
from vote.roll.drafting import DraftService
from vote.roll.refusal import SheetRefusedError

HEADER = "楼幢,单元,室号,业主姓名,证件号码,登记面积,备用号\n"
SHEET = HEADER + (
    "1,1,101,张三,33042119800101001X,89.37,13800136721\n"
    "1,1,102,李四,330421198001010028,八十,\n"
    "1,1,103,王五,330421198001010036,90.00,\n"
)
SHEETS = (("一期", "张三"), ("二期", "李四"))
SECRETS = ("张三", "李四", "33042119800101001X", "13800136721")


@pytest.fixture
async def drafts(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> DraftService:
    read_here(monkeypatch)
    await platform.services["estates"].found(EstatePlace("xinyuan", "馨苑", "桥东", "魏塘", "嘉善"))
    return platform.services["drafts"]


async def version_of(drafts: DraftService, roll: int) -> int:
    layout = await drafts.layout(roll)
    assert layout
    return layout.version


async def test_a_phone_stays_with_its_owner_when_rows_are_read_anew(platform: Platform, drafts: DraftService) -> None:
    roll = await drafts.upload("xinyuan", SHEET.encode(), None)
    phones = platform.services["phones"]
    await phones.bring(roll, [Stated(1, "13900000001"), Stated(2, "13900000003")], Source.WISH_FORM)
    # The mended row becomes the second owner, so that the third home's owner is now number 3.
    assert await drafts.edit(roll, 0, 3, {5: "80.00"}, None)
    assert {each.entitlement: each.tail for each in await phones.listed(roll)} == {1: "0001", 3: "0003"}
    assert {each.confirmed_how for each in await phones.listed(roll)} == {Source.WISH_FORM}


async def test_a_phone_does_not_pass_to_another_owner(platform: Platform, drafts: DraftService) -> None:
    roll = await drafts.upload("xinyuan", SHEET.encode(), None)
    phones = platform.services["phones"]
    await phones.bring(roll, [Stated(1, "13900000001"), Stated(2, "13900000003")], Source.WISH_FORM)
    await drafts.edit(roll, 0, 2, {3: "赵六", 4: "330421198001010044"}, None)
    assert {each.tail for each in await phones.listed(roll)} == {"0003"}


async def test_a_row_goes_back_to_how_it_came(drafts: DraftService) -> None:
    roll = await drafts.upload("xinyuan", SHEET.encode(), None)
    await drafts.edit(roll, 0, 3, {5: "80.00"}, None)
    assert (await drafts.rolls.get(roll)).heads == 3
    assert not await drafts.edit(roll, 1, 3, {5: " 80.00 ", 99: "x"}, None)
    await drafts.restore(roll, 1, 3, None)
    assert (await drafts.rolls.get(roll)).heads == 2
    cells = {column.position: (text, changed) for column, text, changed in (await drafts.row(roll, 3)).cells}
    assert cells[5] == ("八十", False)
    assert [(step.kind, step.item, step.columns) for step in await drafts.steps(roll)] == [
        ("uploaded", None, ""),
        ("edited", 3, "登记面积"),
        ("restored", 3, ""),
    ]


@pytest.mark.parametrize("number", [1, 5, 99])
async def test_only_rows_below_the_header_are_shown(number: int, drafts: DraftService) -> None:
    roll = await drafts.upload("xinyuan", SHEET.encode(), None)
    with pytest.raises(RefusedError, match="no such row"):
        await drafts.row(roll, number)


async def test_a_cell_has_an_end(drafts: DraftService) -> None:
    roll = await drafts.upload("xinyuan", SHEET.encode(), None)
    with pytest.raises(RefusedError, match="500 characters"):
        await drafts.edit(roll, 0, 3, {3: "长" * 501}, None)


async def test_what_a_column_holds_is_remembered_for_the_estates_next_sheet(
    platform: Platform, drafts: DraftService
) -> None:
    roll = await drafts.upload("xinyuan", SHEET.encode(), None)
    await drafts.choose(roll, 0, None, {6: Column.PHONE}, None)
    again = await drafts.upload("xinyuan", SHEET.encode(), None)
    layout = await drafts.layout(again)
    assert layout
    assert layout.columns[6].meaning is Column.PHONE
    await drafts.rolls.freeze(again)
    assert [each.tail for each in await platform.services["phones"].listed(again)] == ["6721"]


async def test_another_sheet_of_the_file_can_be_read(drafts: DraftService) -> None:
    file = xls(
        *((name, [["楼幢", "室号", "业主", "登记面积"], ["1", "101", owner, "89.37"]]) for name, owner in SHEETS)
    )
    roll = await drafts.upload("xinyuan", file, None)
    layout = await drafts.layout(roll)
    assert layout
    assert layout.problem
    assert layout.problem.reason is Reason.CONFLICT
    with pytest.raises(RefusedError, match="no sheet of this name"):
        await drafts.choose(roll, 0, "三期", {}, None)
    await drafts.choose(roll, 0, "二期", {}, None)
    assert [each.masked_owner for each in await drafts.rolls.store.entitlements(roll)] == ["李*"]


async def test_nothing_personal_is_readable_in_the_database_and_nothing_is_left_when_discarded(
    platform: Platform, drafts: DraftService
) -> None:
    roll = await drafts.upload("xinyuan", SHEET.encode(), None)
    await platform.services["phones"].bring(roll, [Stated(1, "13900000001")], Source.WISH_FORM)
    number = await drafts.rolls.object(roll, 3, "面积不对")
    assert not [secret for secret in SECRETS if secret in str(platform.contents())]
    await drafts.discard(roll, None)
    contents = platform.contents()
    for table in ("entitlement", "entitlement_unit", "phone", "roll_finding", "roll_sheet"):
        assert contents[table] == []
    assert [each.id for each, _ in await drafts.rolls.objections(roll)] == [number]
    for act in (
        drafts.discard(roll, None),
        drafts.rolls.freeze(roll),
        drafts.edit(roll, 0, 3, {5: "80"}, None),
        drafts.rolls.object(roll, None, "x"),
    ):
        with pytest.raises(RefusedError) as no:
            await act
        assert no.value.reason is Reason.WRONG_STATE
    assert await drafts.compare(roll) is None
    assert await drafts.layout(roll) is None


async def test_a_frozen_roll_is_not_mended_and_its_sheet_is_gone(platform: Platform, drafts: DraftService) -> None:
    roll = await drafts.upload("xinyuan", SHEET.encode(), None)
    await drafts.rolls.freeze(roll)
    assert platform.contents()["roll_sheet"] == []
    for act in (
        drafts.edit(roll, 0, 3, {5: "80"}, None),
        drafts.choose(roll, 0, None, {}, None),
        drafts.discard(roll, None),
    ):
        with pytest.raises(RefusedError) as no:
            await act
        assert no.value.reason is Reason.WRONG_STATE


async def test_an_empty_file_and_an_unread_sheet_are_told_apart(drafts: DraftService) -> None:
    with pytest.raises(SheetRefusedError):
        await drafts.upload("xinyuan", b"", None)
    roll = await drafts.upload("xinyuan", "甲,乙\n1,2\n".encode(), None)
    assert (await drafts.rolls.get(roll)).heads == 0
    with pytest.raises(RefusedError, match="gives anybody a vote"):
        await drafts.rolls.freeze(roll)
    with pytest.raises(RefusedError, match="no estate"):
        await drafts.upload("nowhere", SHEET.encode(), None)
