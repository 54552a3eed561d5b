"""Places, one row at a time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vote.roll.place import Place, normal_building, normal_entrance, normal_room, read_parts, read_place
from vote.roll.why import Why


@pytest.mark.parametrize(
    "text",
    [
        "3",
        "3幢",
        "3#",
        "３＃",
        "03",
        "０３",
        "3号楼",
        "3号",
        "3栋",
        "3座",
        "3楼",
        "第3幢",
        "三幢",
        "三号楼",
        "3#楼",
        "3.0",
        " 3 幢",
        "'3",
        "#3",
        "＃3楼",
        "No.3",
    ],
)
def test_a_building_has_one_spelling(text: str) -> None:
    assert normal_building(text) == "3"


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("十幢", "10"),
        ("十二幢", "12"),
        ("二十幢", "20"),
        ("二十三幢", "23"),
        ("a座", "A"),
        ("A03", "A3"),
        ("东区03幢", "东区3"),
    ],
)
def test_other_buildings_keep_their_names(text: str, normal: str) -> None:
    assert normal_building(text) == normal


def test_entrance_and_room_have_one_spelling() -> None:
    assert {normal_entrance(text) for text in ("2", "2单元", "02", "二单元", "2梯", "２", "2门", "第2单元", "#2")} == {
        "2"
    }
    assert {normal_room(text) for text in ("501", "501室", "0501", "５０１", "501.0", "501号", "501房", " 501 ")} == {
        "501"
    }
    assert normal_room("501a室") == "501A"
    assert normal_building("座") == "座"


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        (("3幢", "2单元", "501室"), ("3", "2", "501")),
        (("3幢", "", "501"), ("3", "", "501")),
        (("3幢2单元", "", "501"), ("3", "2", "501")),
        (("3幢", "", "2-501"), ("3", "2", "501")),
        (("3幢", "", "2单元501室"), ("3", "2", "501")),
        (("3幢", "2", "2-501"), ("3", "2", "501")),
        (("3幢", "-", "501"), ("3", "", "501")),
        (("3幢", "无", "501"), ("3", "", "501")),
        (("3幢", "2", "五〇一室"), ("3", "2", "501")),
        (("3幢", "2", "一二零三"), ("3", "2", "1203")),
        (("3幢", "2", "3-501"), ("3", "2", "501")),
        (("3幢", "2", "1-501"), ("3", "2", "1-501")),
        (("3幢", "", "3-501"), ("3", "", "501")),
        (("3幢", "", "101-102"), ("3", "", "101-102")),
        (("3幢", "2", "3-2-501"), ("3", "2", "501")),
        (("3幢", "2", "3幢2单元501室"), ("3", "2", "501")),
        (("", "", "3-2-501"), ("3", "2", "501")),
        (("", "", "３－２－５０１室"), ("3", "2", "501")),
        (("", "", "3-501"), ("3", "", "501")),
        (("", "", "3#501"), ("3", "", "501")),
        (("", "", "3#2-501"), ("3", "2", "501")),
        (("", "", "3幢2单元5楼501室"), ("3", "2", "501")),
        (("", "", "A座1203"), ("A", "", "1203")),
        (("", "", "某某花园3幢2单元501室"), ("某某花园3", "2", "501")),
        (("", "", "", "某路100号3幢2单元501室"), ("某路100号3", "2", "501")),
        (("3", "", "", "某某花园3幢2单元501室"), ("3", "2", "501")),
        (("", "", "某某花园3幢501", "", "某某花园"), ("3", "", "501")),
        (("3", "1", "商铺101"), ("3", "1", "商铺101")),
        (("3", "", "商铺1-2-3"), ("3", "", "商铺1-2-3")),
        (("", "", "某某花园3-2-501"), ("某某花园3", "2", "501")),
    ],
)
def test_a_place_is_read_from_one_cell_or_several(cells: tuple[str, ...], place: tuple[str, str, str]) -> None:
    assert read_place(*cells) == Place(*place)


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (("3", "2", ""), Why.ROOM_MISSING),
        (("3", "2", " ", ""), Why.ROOM_MISSING),
        (("3", "2", "-"), Why.ROOM_MISSING),
        (("3", "2", "／", "无"), Why.ROOM_MISSING),
        (("—", "2", "501"), Why.BUILDING_MISSING),
        (("", "2", "501"), Why.BUILDING_MISSING),
        (("", "", "2单元501"), Why.BUILDING_MISSING),
        (("3", "2", "2026年3月2日"), Why.PLACE_UNREADABLE),
        (("", "", "2026-03-02"), Why.PLACE_UNREADABLE),
        (("3", "2", "3月2日"), Why.PLACE_UNREADABLE),
        (("3", "2", "4-2-501"), Why.PLACE_CONTRADICTS),
        (("3", "2", "3-1-501"), Why.PLACE_CONTRADICTS),
        (("3", "2", "1单元501"), Why.PLACE_CONTRADICTS),
        (("3", "2", "1" * 21), Why.PLACE_UNFIT),
        (("3", "2" * 21, "501"), Why.PLACE_UNFIT),
        (("三" * 41, "2", "501"), Why.PLACE_UNFIT),
        (("3", "2", "1" * 100_000), Why.PLACE_UNFIT),
        (("3", "2", "", "1幢" * 100_000), Why.PLACE_UNFIT),
        (("3", "2", "501\ue000"), Why.PLACE_UNFIT),
    ],
)
def test_what_is_wrong_with_a_place_is_named(cells: tuple[str, ...], why: Why) -> None:
    assert read_place(*cells) is why


def test_a_place_is_written_as_letters_write_it() -> None:
    assert str(Place("3", "2", "501")) == "3幢2单元501室"
    assert str(Place("A", "", "1203")) == "A幢1203室"
    assert str(Place("甲", "东", "商铺")) == "甲幢东单元商铺"


def test_a_cell_that_is_no_whole_place_is_left_alone() -> None:
    assert read_parts("501") is None
    assert read_parts("车位12") is None


labels = st.integers(1, 199).map(str)
entrances = st.integers(1, 12).map(str)
rooms = st.integers(101, 3499).map(str)


@given(labels, entrances, rooms)
@settings(max_examples=60, deadline=None)
def test_a_place_is_read_as_it_is_written(building: str, entrance: str, room: str) -> None:
    place = Place(building, entrance, room)
    assert read_place("", "", str(place)) == place
    assert read_place("", "", f"{building}-{entrance}-{room}") == place
    assert read_place(f"0{building}#", f"{entrance}单元", f"{room}室") == place


@given(st.text(max_size=8), st.text(max_size=4), st.text(max_size=14), st.text(max_size=14))
@settings(max_examples=150, deadline=None)
def test_any_cells_are_a_place_or_a_reason(building: str, entrance: str, room: str, address: str) -> None:
    place = read_place(building, entrance, room, address)
    assert isinstance(place, Why) or (place.building and place.room and str(place).isprintable())


@given(st.text("0123456789一二三十幢栋号楼单元室#- ", max_size=10))
@settings(max_examples=100, deadline=None)
def test_a_normal_spelling_of_digits_stays(text: str) -> None:
    normal = normal_room(text)
    if normal.isascii() and normal.isalnum():
        assert normal_room(normal) == normal
