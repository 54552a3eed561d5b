import hashlib
import json
import re
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from crypto.commitment import commit
from crypto.encoding import compact_json
from crypto.envelope import unseal
from crypto.errors import VerificationError
from crypto.merkle import verify_inclusion
from tests.databases import SQLITE, kept_bytes
from tests.strategies import seeded
from tests.vote.assembly import write_sheet
from tests.vote.platform import read_here
from vote.db import transaction
from vote.errors import ContradictionError, Reason, RefusedError
from vote.estate.models import Unit
from vote.estate.service import EstateService
from vote.estate.store import EstatePlace, EstateStore
from vote.log.store import LogStore
from vote.roll.freeze import verify_proof
from vote.roll.models import Entitlement, EntitlementUnit, Roll, RollFinding, RollObjection
from vote.roll.service import RollService
from vote.roll.store import RollStore

DATA = Path(__file__).parents[2] / "data"
AREAS = (9000, 12000, 15000)
KEY = bytes(range(32))


class Unread:
    """Whoever would keep the telephone numbers of a roll."""

    async def take(self, roll, written, now):
        self.written = written


@pytest.fixture
async def rolls(database):
    await EstateService(EstateStore()).found(EstatePlace("xinyuan", "馨苑", "桥东", "魏塘", "嘉善"))
    return RollService(RollStore(), EstateStore(), LogStore(), Unread(), KEY, seeded(1))


@pytest.fixture
async def roll(rolls, monkeypatch):
    read_here(monkeypatch)
    return (await rolls.import_sheet("xinyuan", write_sheet(AREAS)))[0]


def people_of(name: str) -> set[str]:
    """Return every name, number and telephone in a shelf roll."""
    rows = CalamineWorkbook.from_path(DATA / f"{name}.xlsx").get_sheet_by_name("业主清册").to_python()
    people = set()
    for row in rows[3:-2]:
        people |= {part.strip() for cell in (row[5], row[7], row[8]) for part in re.split(r"[,，、;/ ]", str(cell))}
    return {person for person in people if len(person) > 3 and re.search(r"[0-9]", person)}


def found_in(kept: bytes, personal: set[str]) -> list[str]:
    """Return who of `personal` stands in `kept`; digits are looked up in one pass, since there are thousands."""
    runs = re.findall(rb"[0-9X]{11,}", kept)
    digits = {run[start : start + size].decode() for run in runs for size in (11, 18) for start in range(len(run))}
    names = set(re.findall(".某[0-9]{4}", kept.decode(errors="replace")))
    easy = {person for person in personal if re.fullmatch("[0-9X]{11}|[0-9X]{18}|.某[0-9]{4}", person)}
    others = [person for person in personal - easy if person.encode() in kept]
    return sorted(easy & (digits | names)) + others


@pytest.mark.parametrize(("name", "people"), [("roll-566", 1700), ("roll-3551", 10000)])
async def test_a_shelf_roll_is_kept_with_its_figures_and_nothing_personal_in_clear(rolls, database, name, people):
    expected = json.loads((DATA / f"{name}.expect.json").read_text())
    data = (DATA / f"{name}.xlsx").read_bytes()
    number, report = await rolls.import_sheet("xinyuan", data)
    assert {key: report[key] for key in expected} == expected
    stored = await rolls.get(number)
    assert (stored.state, stored.root) == ("draft", None)
    assert (stored.heads, stored.area_dm2) == (expected["entitlements"], expected["area_dm2"])
    assert {key: stored.figures[key] for key in expected if key != "rejected_reasons"} == {
        key: value for key, value in expected.items() if key != "rejected_reasons"
    }
    units = await EntitlementUnit.filter(roll_id=number).values_list("area_dm2", "area_source", "entitlement_id")
    assert len(units) == expected["units"] == await Unit.all().count()
    assert sum(area for area, _, _ in units) == expected["area_dm2"]
    assert sum(source == "survey" for _, source, _ in units) == expected["area_from_survey"]
    assert sum(source == "contract" for _, source, _ in units) == expected["area_from_contract"]
    developer = await Entitlement.get(roll_id=number, developer=True)
    assert developer.area_dm2 == expected["developer_area_dm2"]
    assert developer.number == expected["entitlements"]
    assert sum(owner == developer.id for _, _, owner in units) == expected["developer_units"]
    assert (await Roll.get(id=number)).source_sha256 == hashlib.sha256(data).hexdigest()
    rejected = [finding for finding in await rolls.findings(number) if finding.verdict == "rejected"]
    assert len(rejected) == expected["rejected_rows"]
    assert {reason for finding in rejected for reason in finding.reason.split("; ")} == set(
        expected["rejected_reasons"]
    )
    personal, kept = people_of(name), kept_bytes(database)
    assert len(personal) > people
    assert "建设单位".encode() in kept
    assert found_in(kept, personal) == []
    assert len(found_in(kept + "，".join(personal).encode(), personal)) == len(personal)


async def test_what_is_personal_can_be_opened_with_the_key_for_its_own_entitlement(roll):
    row = await Entitlement.get(roll_id=roll, number=2)
    opened = json.loads(unseal([KEY], f"roll/{roll}/entitlement/2/owner", bytes(row.sealed)))
    assert opened == {"owners": [["李一", "E1000001"]], "phones": ["19900000001"], "certificates": []}
    for key, context in ((KEY, f"roll/{roll}/entitlement/1/owner"), (bytes(32), f"roll/{roll}/entitlement/2/owner")):
        with pytest.raises(VerificationError):
            unseal([key], context, bytes(row.sealed))


async def test_entitlements_are_read_back_by_number_with_their_places(roll):
    entitlements = await RollStore().entitlements(roll)
    assert [(each.number, each.area_dm2, each.places, each.masked_owner) for each in entitlements] == [
        (1, 9000, (("3", "2", "101"),), "王*"),
        (2, 12000, (("3", "2", "201"),), "李*"),
        (3, 15000, (("3", "2", "301"),), "张*"),
    ]


async def test_a_second_import_is_another_roll_of_the_same_units(rolls, roll):
    second, _ = await rolls.import_sheet("xinyuan", write_sheet((9001, 12000, 15000, 7000)))
    assert second != roll
    assert ((await rolls.get(roll)).heads, (await rolls.get(second)).heads) == (3, 4)
    assert await Unit.all().count() == 4


@pytest.mark.parametrize(
    ("estate", "data", "reason", "complaint"),
    [
        ("heyuan", write_sheet(AREAS), Reason.NOT_FOUND, "no estate"),
        ("xinyuan", b"", Reason.MALFORMED, "no xlsx, xls or csv"),
        ("xinyuan", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Reason.MALFORMED, "no xlsx, xls or csv"),
        ("xinyuan", write_sheet(()), Reason.MALFORMED, "gives anybody a vote"),
    ],
    ids=["of an unknown estate", "empty", "broken", "without rows"],
)
async def test_what_cannot_be_read_as_a_roll_leaves_nothing_behind(rolls, estate, data, reason, complaint):
    with pytest.raises(RefusedError, match=complaint) as refusal:
        await rolls.import_sheet(estate, data)
    assert refusal.value.reason is reason
    assert await Roll.all().count() == 0
    assert await Unit.all().count() == 0


async def test_a_sheet_in_which_nobody_has_a_vote_is_refused(rolls):
    sheet = write_sheet(AREAS).decode().replace("90.00", "").replace("120.00", "").replace("150.00", "")
    with pytest.raises(RefusedError, match="gives anybody a vote"):
        await rolls.import_sheet("xinyuan", sheet.encode())


async def test_an_import_that_breaks_off_leaves_nothing_behind(rolls, monkeypatch):
    async def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(RollStore, "add_findings", fail)
    with pytest.raises(OSError, match="disk full"):
        await rolls.import_sheet("xinyuan", write_sheet(AREAS))
    for model in (Roll, Entitlement, EntitlementUnit, RollFinding, Unit):
        assert await model.all().count() == 0


async def test_an_objection_is_sealed_and_shown_to_those_who_answer(rolls, roll, database):
    number = await rolls.object(roll, 3, "301室面积应为151平方米，我是张一")
    ((objection, text),) = await rolls.objections(roll)
    assert (objection.id, objection.sheet_row, objection.state, objection.answer) == (number, 3, "open", None)
    assert text == "301室面积应为151平方米，我是张一"
    assert "我是张一".encode() not in kept_bytes(database)


async def test_an_objection_is_answered_once(rolls, roll):
    number = await rolls.object(roll, None, "漏了一户")
    await rolls.answer(roll, number, "已核对")
    ((objection, _),) = await rolls.objections(roll)
    assert (objection.state, objection.answer) == ("answered", "已核对")
    with pytest.raises(RefusedError, match="no open objection") as refusal:
        await rolls.answer(roll, number, "再答")
    assert refusal.value.reason is Reason.NOT_FOUND
    assert (await rolls.objections(roll))[0][0].answer == "已核对"


async def test_an_objection_belongs_to_its_roll(rolls, roll):
    other, _ = await rolls.import_sheet("xinyuan", write_sheet(AREAS))
    number = await rolls.object(roll, None, "漏了一户")
    with pytest.raises(RefusedError, match="against this roll"):
        await rolls.answer(other, number, "已核对")
    assert await rolls.objections(other) == []


@pytest.mark.parametrize("text", ["", " \n", "长" * 2001, "面积\x00不对", "\x1b[31m不对"])
async def test_an_objection_or_answer_has_words(rolls, roll, text):
    number = await rolls.object(roll, None, "长" * 2000)
    with pytest.raises(RefusedError, match="objection must have 1 to 2000"):
        await rolls.object(roll, None, text)
    with pytest.raises(RefusedError, match="answer must have 1 to 2000"):
        await rolls.answer(roll, number, text)
    assert await RollObjection.filter(state="open").count() == 1


async def test_a_frozen_roll_has_the_root_of_its_commitments(rolls, roll):
    """The root is made here from RFC 9162 and SPEC §11, without the code that froze the roll."""
    public = await rolls.freeze(roll)
    stored = await rolls.get(roll)
    assert (stored.state, stored.frozen, stored.root) == ("frozen", True, public["root"])
    leaves = []
    for number, area in enumerate(AREAS, start=1):
        row = await Entitlement.get(roll_id=roll, number=number)
        salt = unseal([KEY], f"roll/{roll}/entitlement/{number}/salt", bytes(row.sealed_salt))
        line = {
            "entitlement": number,
            "places": [f"3幢2单元{number}01室"],
            "owner": row.masked_owner,
            "heads": 1,
            "area_dm2": area,
        }
        leaves.append(commit("roll/entitlement/1", salt, compact_json(line)))
        assert row.leaf == leaves[-1].hex()
    assert len(set(leaves)) == 3

    def node(left, right):
        return hashlib.sha256(b"\x01" + left + right).digest()

    first, second, third = (hashlib.sha256(b"\x00" + leaf).digest() for leaf in leaves)
    assert node(node(first, second), third).hex() == public["root"]
    assert (public["heads"], public["area_dm2"]) == (3, 36000)
    assert [line["leaf"] for line in public["entitlements"]] == [leaf.hex() for leaf in leaves]
    assert await rolls.public(roll) == public


async def test_freezing_is_written_in_the_log(rolls, roll):
    public = await rolls.freeze(roll)
    (entry,) = [json.loads(body) for body in await LogStore().bodies("xinyuan")]
    assert entry == {
        "version": 1,
        "kind": "roll:frozen",
        "roll": roll,
        "root": public["root"],
        "heads": 3,
        "area_dm2": 36000,
    }


async def test_every_owner_can_prove_the_own_line_of_a_frozen_roll(rolls, roll):
    roll_root = bytes.fromhex((await rolls.freeze(roll))["root"])
    for number, area in enumerate(AREAS, start=1):
        proof = await rolls.prove(roll, number)
        assert proof["area_dm2"] == area
        verify_proof(proof, roll_root)
        line = {name: proof[name] for name in ("entitlement", "places", "owner", "heads", "area_dm2")}
        leaf = commit("roll/entitlement/1", bytes.fromhex(proof["salt"]), compact_json(line))
        verify_inclusion(leaf, number - 1, 3, [bytes.fromhex(node) for node in proof["path"]], roll_root)
        with pytest.raises(VerificationError):
            verify_proof({**proof, "area_dm2": area + 1}, roll_root)
    for number in (0, 4):
        with pytest.raises(RefusedError, match="no entitlement") as refusal:
            await rolls.prove(roll, number)
        assert refusal.value.reason is Reason.NOT_FOUND


async def test_a_frozen_roll_changes_no_more(rolls, roll):
    number = await rolls.object(roll, None, "漏了一户")
    await rolls.answer(roll, number, "已核对")
    public = await rolls.freeze(roll)
    for attempt in (rolls.freeze(roll), rolls.object(roll, None, "太晚了"), rolls.answer(roll, number, "另答")):
        with pytest.raises(RefusedError, match="frozen and does not change") as refusal:
            await attempt
        assert refusal.value.reason is Reason.WRONG_STATE
    assert await rolls.public(roll) == public
    assert len(await LogStore().bodies("xinyuan")) == 1


async def test_a_roll_with_open_objections_is_not_frozen(rolls, roll):
    first = await rolls.object(roll, None, "漏了一户")
    second = await rolls.object(roll, None, "面积不对")
    await rolls.answer(roll, first, "已核对")
    with pytest.raises(RefusedError, match="1 objections wait") as refusal:
        await rolls.freeze(roll)
    assert refusal.value.reason is Reason.WRONG_STATE
    assert not (await rolls.get(roll)).frozen
    await rolls.answer(roll, second, "已核对")
    await rolls.freeze(roll)


async def test_a_freeze_that_cannot_be_logged_does_not_happen(rolls, roll, monkeypatch):
    async def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(LogStore, "append", fail)
    with pytest.raises(OSError, match="disk full"):
        await rolls.freeze(roll)
    assert not (await rolls.get(roll)).frozen
    assert await Entitlement.filter(leaf__not_isnull=True).count() == 0


async def test_a_draft_has_no_public_face_and_no_proof(rolls, roll):
    for attempt in (rolls.public(roll), rolls.prove(roll, 1)):
        with pytest.raises(RefusedError, match="not frozen yet") as refusal:
            await attempt
        assert refusal.value.reason is Reason.WRONG_STATE


async def test_an_unknown_roll_is_not_found(rolls):
    for attempt in (
        rolls.get(7),
        rolls.findings(7),
        rolls.objections(7),
        rolls.object(7, None, "x"),
        rolls.answer(7, 1, "x"),
        rolls.freeze(7),
        rolls.public(7),
        rolls.prove(7, 1),
    ):
        with pytest.raises(RefusedError, match="no roll of this number") as refusal:
            await attempt
        assert refusal.value.reason is Reason.NOT_FOUND


async def test_a_salt_that_was_tampered_with_stops_everything(rolls, roll):
    """Whoever writes to the file can take the trigger away first."""
    await rolls.freeze(roll)
    async with transaction() as connection:
        await connection.execute_query(f"DROP TRIGGER entitlement_fixed_update {'' if SQLITE else 'ON entitlement'}")
        await Entitlement.filter(roll_id=roll, number=1).update(sealed_salt=b"x" * 80)
    with pytest.raises(ContradictionError, match="cannot be opened with this key"):
        await rolls.public(roll)
