import pytest

from vote.db import transaction
from vote.election.store import ElectionStore
from vote.errors import Reason, RefusedError
from vote.estate.models import Building, Division, Estate, Unit
from vote.estate.service import EstateService
from vote.estate.store import EstatePlace, EstateStore

pytestmark = pytest.mark.usefixtures("database")
ESTATES = EstateService(EstateStore())
XINYUAN = EstatePlace("xinyuan", "馨苑", "桥东社区", "魏塘街道", "嘉善县")


async def test_an_estate_is_founded_with_the_divisions_above_it():
    assert await ESTATES.found(EstatePlace("xinyuan", " 馨苑 ", "桥东社区", "魏塘街道", "嘉善县")) == XINYUAN
    assert await ESTATES.get("xinyuan") == XINYUAN
    rows = await Division.all().order_by("id").values_list("kind", "name", "parent_id")
    assert rows == [("county", "嘉善县", None), ("sub-district", "魏塘街道", 1), ("community", "桥东社区", 2)]


async def test_divisions_are_shared_and_a_name_stands_once_under_its_parent():
    await ESTATES.found(XINYUAN)
    await ESTATES.found(EstatePlace("heyuan", "和苑", "桥东社区", "魏塘街道", "嘉善县"))
    await ESTATES.found(EstatePlace("xinyuan-2", "馨苑", "桥东社区", "罗星街道", "嘉善县"))
    assert await Division.filter(kind="county").count() == 1
    assert await Division.filter(kind="sub-district").count() == 2
    assert await Division.filter(kind="community").count() == 2
    assert [place.id for place in await ESTATES.all()] == ["heyuan", "xinyuan", "xinyuan-2"]


@pytest.mark.parametrize(
    "place",
    [
        EstatePlace("xinyuan", "别的", "别的社区", "魏塘街道", "嘉善县"),
        EstatePlace("other", "馨苑", "桥东社区", "魏塘街道", "嘉善县"),
    ],
)
async def test_an_id_or_a_name_in_its_community_is_taken_once(place):
    await ESTATES.found(XINYUAN)
    with pytest.raises(RefusedError, match="exists already") as refusal:
        await ESTATES.found(place)
    assert refusal.value.reason is Reason.CONFLICT
    assert await Estate.all().count() == 1
    assert await Division.all().count() == 3


@pytest.mark.parametrize(
    ("place", "complaint"),
    [
        (EstatePlace("X", "馨苑", "社区", "街道", "县"), "lowercase"),
        (EstatePlace("x", "馨苑", "社区", "街道", ""), "name of the county"),
        (EstatePlace("x", "馨苑", "社区", "\n", "县"), "name of the sub-district"),
        (EstatePlace("x", "馨苑", "", "街道", "县"), "name of the community"),
        (EstatePlace("x", "苑" * 101, "社区", "街道", "县"), "name of the estate"),
    ],
)
async def test_a_refused_estate_leaves_no_division_behind(place, complaint):
    with pytest.raises(RefusedError, match=complaint):
        await ESTATES.found(place)
    assert await Division.all().count() == 0


async def test_an_unknown_estate_is_not_found():
    with pytest.raises(RefusedError) as refusal:
        await ESTATES.get("xinyuan")
    assert refusal.value.reason is Reason.NOT_FOUND


async def test_units_are_made_once_and_keep_their_numbers():
    await ESTATES.found(XINYUAN)
    store = EstateStore()
    first = await store.add_units("xinyuan", [("3", "2", "501"), ("3", "", "501"), ("3", "2", "501")])
    assert set(first) == {("3", "2", "501"), ("3", "", "501")}
    second = await store.add_units("xinyuan", [("3", "2", "501"), ("4", "2", "501")])
    assert {place: second[place] for place in first} == first
    assert len(set(second.values())) == 3
    assert (await Building.all().count(), await Unit.all().count()) == (2, 3)


async def test_units_of_another_estate_are_others():
    await ESTATES.found(XINYUAN)
    await ESTATES.found(EstatePlace("heyuan", "和苑", "桥东社区", "魏塘街道", "嘉善县"))
    one = await EstateStore().add_units("xinyuan", [("3", "2", "501")])
    other = await EstateStore().add_units("heyuan", [("3", "2", "501")])
    assert one != other
    assert await Building.all().count() == 2


async def test_an_estate_whose_id_cannot_be_is_no_error():
    """Forty letters are the longest; a database asked for forty-one would be an error, not a miss."""
    async with transaction():
        await EstateStore().hold("a" * 41)
    assert await ElectionStore().of_estate("a" * 41) == []
