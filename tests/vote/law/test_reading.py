"""Profile files are strict, and none can say another majority than Civil Code art. 278 ¶2."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vote.law.documents import Document, entry, local, national, read, without_parents
from vote.errors import RefusedError
from vote.law.majority import ARTICLE_278, both_of
from vote.law.parameter import PARAMETERS
from vote.law.reading import decode_profile

TODAY = date(2026, 12, 1)


def both(share: str) -> dict[str, str]:
    return {"heads": share, "area": share}


def test_the_shipped_national_profile_is_read() -> None:
    profile = read(national())
    assert profile.reference == "cn@2026-11-26"
    assert set(profile.own_values) == set(PARAMETERS)


def test_a_local_profile_inherits_and_overrides() -> None:
    profile = read(local(dispute_period=[entry("P5D")]))
    own, inherited = profile.value("dispute_period", on=TODAY), profile.value("roll_objection_period", on=TODAY)
    assert (own.holder, own.inherited, own.confirmed) == ("cn-xx", False, True)
    assert (inherited.holder, inherited.inherited, inherited.confirmed) == ("cn", True, False)
    assert own.citations[0].code == "XX 1"


def test_a_value_stands_only_on_its_days() -> None:
    profile = read(
        local(
            dispute_period=[
                entry("P5D", **{"from": "2022-03-01", "to": "2022-12-31"}),
                entry("P7D", **{"from": "2024-01-01"}),
            ]
        )
    )
    days = {"2022-02-28": "P3D", "2022-03-01": "P5D", "2022-12-31": "P5D", "2023-06-01": "P3D", "2024-01-01": "P7D"}
    for day, expected in days.items():
        assert str(profile.value("dispute_period", on=date.fromisoformat(day)).content) == expected


@pytest.mark.parametrize(
    ("name", "share"),
    [
        ("quorum", ">1/2"),  # Property Law art. 76 had no quorum beyond the majority of all
        ("quorum", ">=1/2"),
        ("quorum", ">2/3"),
        ("quorum", ">=3/4"),
        ("quorum", ">=4/6"),
        ("majority_ordinary", ">=1/2"),
        ("majority_ordinary", ">=2/3"),
        ("majority_ordinary", ">1/3"),
        ("majority_special", ">=2/3"),  # two thirds of all owners, before 2021
        ("majority_special", ">1/2"),
        ("majority_special", ">3/4"),
    ],
)
def test_the_majorities_from_before_2021_cannot_be_reached(name: str, share: str) -> None:
    for document in (local(**{name: [entry(both(share))]}), with_value(name, both(share))):
        with pytest.raises(RefusedError, match=name):
            read(document)


def test_one_measure_alone_cannot_be_lowered() -> None:
    with pytest.raises(RefusedError, match="278"):
        read(local(quorum=[entry({"heads": ">=2/3", "area": ">1/2"})]))
    with pytest.raises(RefusedError, match="278"):
        read(local(quorum=[entry({"heads": ">1/2", "area": ">=2/3"})]))


def test_a_local_rule_may_repeat_the_majorities_under_its_own_article() -> None:
    profile = read(local(quorum=[entry(both(">=2/3"))], majority_special=[entry(both(">=3/4"))]))
    assert profile.value("quorum", on=TODAY).citations[0].code == "XX 1"


@pytest.mark.parametrize("days", [{"from": "2020-12-31"}, {"to": "2030-01-01"}])
def test_the_majorities_stand_from_the_civil_codes_first_day_without_end(days: dict[str, str]) -> None:
    with pytest.raises(RefusedError, match="without end"):
        read(local(quorum=[entry(both(">=2/3"), **days)]))


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(ARTICLE_278)),
    st.sampled_from([">", ">="]),
    st.integers(1, 12),
    st.integers(1, 12),
)
def test_no_other_fraction_is_ever_accepted(name: str, relation: str, numerator: int, denominator: int) -> None:
    text = f"{relation}{numerator}/{denominator}"
    expected = {"quorum": ">=2/3", "majority_ordinary": ">1/2", "majority_special": ">=3/4"}[name]
    document = local(**{name: [entry(both(text))]})
    if text == expected:
        assert both_of(read(document).value(name, on=TODAY).content) == ARTICLE_278[name]
    else:
        with pytest.raises(RefusedError):
            read(document)


def test_what_has_no_two_shares_is_no_majority() -> None:
    for value in (None, {"heads": 1, "area": 2}, {}):
        with pytest.raises(TypeError):
            both_of(value)


def test_arrears_cannot_be_made_to_limit_voting() -> None:
    with pytest.raises(RefusedError, match="arrears never limit voting"):
        read(local(arrears_limit_voting=[entry(value=True)]))


def test_the_silence_clause_cannot_be_made_the_default() -> None:
    on = {"default": "ON", "permitted": True, "floor": None, "may_reach_quorum": False}
    with pytest.raises(RefusedError, match="OFF"):
        read(local(silence_clause=[entry(on)]))


def with_value(name: str, value: object) -> Document:
    document = national()
    document["values"][name][0]["value"] = value
    return document


def matter(name: str = "xx-lift", item: int = 9, tier: str = "ordinary", **changes: Any) -> Document:
    known = {
        "name": name,
        "item": item,
        "tier": tier,
        "source": "XX",
        "article": "1",
        "mark": "S",
        "from": "2021-01-01",
    }
    return {**known, "zh": "加装电梯", "en": "Adding a lift", **changes}


def with_matters(*matters: Document) -> Document:
    return {**local(), "matters": list(matters)}


def test_a_local_matter_is_added_to_the_nine() -> None:
    profile = read(with_matters(matter(), matter("xx-fund", 6, "special")))
    assert [each.name for each in profile.matters(on=TODAY)] == [*"123456789", "xx-lift", "xx-fund"]
    assert profile.matter("xx-fund", on=TODAY).tier == "special"


def test_a_local_matter_stands_only_on_its_days() -> None:
    profile = read(with_matters({**matter(), "from": "2022-03-01", "to": "2022-03-31"}))
    for day, known in (("2022-02-28", False), ("2022-03-01", True), ("2022-03-31", True), ("2022-04-01", False)):
        assert ("xx-lift" in {each.name for each in profile.matters(on=date.fromisoformat(day))}) is known


@pytest.mark.parametrize(
    "document",
    [
        with_matters(matter(tier="special")),  # raising an ordinary matter's majority is not local law's to do
        with_matters(matter(item=6)),  # nor lowering a special one's
        with_matters(matter(item=7, tier="ordinary")),
        with_matters(matter(item=0)),
        with_matters(matter(item=10)),
        with_matters(matter(tier="unanimous")),
        with_matters(matter(name="4")),
        with_matters(matter(name="lift")),
        with_matters(matter(), matter()),
        with_matters(matter(mark="T")),
        with_matters(matter(share=">1/2")),
    ],
)
def test_a_matter_with_another_tier_or_name_is_refused(document: Document) -> None:
    with pytest.raises(RefusedError, match="matter"):
        read(document)


def changed(change: Callable[[Document], object], document: Document) -> Document:
    change(document)
    return document


def without(name: str) -> Callable[[Document], object]:
    return lambda document: document.pop(name)


def setting(name: str, value: object) -> Callable[[Document], object]:
    return lambda document: document.update({name: value})


@pytest.mark.parametrize(
    "change",
    [
        *[without(name) for name in ("id", "version", "parent", "title", "note", "sources", "matters", "values")],
        setting("threshold", ">1/2"),
        setting("id", "CN-XX"),
        setting("id", 7),
        setting("version", "1"),
        setting("parent", "cn"),
        setting("parent", "cn-sh@2026-11-26"),
        setting("parent", "cn-xx@2026-01-01"),
        setting("title", {"zh": "某市"}),
        setting("title", {"zh": "某市", "en": " "}),
        setting("note", "none"),
        setting("sources", []),
        setting("sources", {"xx": {}}),
        setting("sources", {"XX": {}}),
        setting("sources", {"CC": {"zh": "甲", "en": "A", "text_of": None, "caution": None, "link": "x"}}),
        setting("sources", {"XX": {"zh": "甲", "en": "A", "text_of": "2020", "caution": None, "link": "x"}}),
        setting("sources", {"XX": {"zh": "甲", "en": "A", "text_of": None, "caution": {"zh": "查"}, "link": "x"}}),
        setting("values", []),
        setting("values", {"majority": [entry("P3D")]}),
        setting("values", {"dispute_period": []}),
        setting("values", {"dispute_period": entry("P3D")}),
    ],
)
def test_a_file_of_another_shape_is_refused(change: Callable[[Document], object]) -> None:
    with pytest.raises(RefusedError):
        read(changed(change, local()))


@pytest.mark.parametrize(
    "bad",
    [
        *[{name: None} for name in ("source", "article", "mark", "from", "to", "also", "zh", "en")],
        {"value": 3},
        {"why": "x"},
        {"source": "YY"},
        {"article": "art. 1"},
        {"mark": "sure"},
        {"from": "2021-1-1"},
        {"from": "20210101"},
        {"from": "2022-01-01", "to": "2021-12-31"},
        {"also": ["YY 1"]},
        {"also": [7]},
        {"zh": ""},
    ],
)
def test_a_value_without_its_article_source_and_days_is_refused(bad: dict[str, object]) -> None:
    with pytest.raises(RefusedError, match="dispute_period"):
        read(local(dispute_period=[{**entry("P3D"), **bad}]))


@pytest.mark.parametrize("name", ["value", "source", "article", "mark", "from", "zh", "en"])
def test_a_value_with_a_part_missing_is_refused(name: str) -> None:
    with pytest.raises(RefusedError, match=name):
        read(local(dispute_period=[changed(without(name), entry("P3D"))]))


@pytest.mark.parametrize(
    "spans",
    [
        [{}, {"from": "2022-01-01"}],
        [{"to": "2022-01-01"}, {"from": "2022-01-01"}],
        [{"from": "2023-01-01", "to": "2023-12-31"}, {"from": "2022-01-01", "to": "2022-12-31"}],
    ],
)
def test_two_values_on_one_day_are_refused(spans: list[dict[str, str]]) -> None:
    with pytest.raises(RefusedError, match="same day"):
        read(local(dispute_period=[entry("P3D", **span) for span in spans]))


def split(first_to: str, second_from: str, last_to: str | None = None) -> Document:
    document = national()
    first = document["values"]["dispute_period"][0]
    second = {**first, "from": second_from, **({} if last_to is None else {"to": last_to})}
    document["values"]["dispute_period"] = [{**first, "to": first_to}, second]
    return document


def test_a_national_value_may_change_from_one_day_to_the_next() -> None:
    assert len(read(split("2025-12-31", "2026-01-01")).own_values["dispute_period"]) == 2


@pytest.mark.parametrize(
    "document",
    [
        split("2025-12-31", "2026-01-02"),
        split("2025-12-31", "2026-01-01", "2030-01-01"),
        changed(lambda document: document["values"]["dispute_period"][0].update({"from": "2021-01-02"}), national()),
        changed(lambda document: document["values"].pop("dispute_period"), national()),
        changed(lambda document: document["matters"].pop(), national()),
        changed(lambda document: document["matters"].reverse(), national()),
        changed(lambda document: document["matters"][0].update({"from": "2021-01-02"}), national()),
        changed(lambda document: document["matters"][0].update({"to": "2031-01-02"}), national()),
        changed(lambda document: document["matters"][5].update({"tier": "ordinary"}), national()),
    ],
)
def test_a_national_profile_with_a_gap_is_refused(document: Document) -> None:
    with pytest.raises(RefusedError):
        read(document, without_parents)


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'{"id":"cn","id":"cn"}', b"\xff", b'{"id":1.5}'])
def test_what_is_no_json_object_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedError, match="profile"):
        decode_profile(data, without_parents)


def test_the_digest_covers_the_file_and_its_parents_and_no_spelling() -> None:
    document = local(dispute_period=[entry("P3D")])
    first = read(document).digest
    spaced = decode_profile(json.dumps(document, indent=4, sort_keys=True).encode(), lambda _: read(national()))
    assert spaced.digest == first
    assert read(local(dispute_period=[entry("P4D")])).digest != first
    other_parent = read(changed(setting("note", {"zh": "改", "en": "Changed"}), national()), without_parents)
    assert read(document, lambda _: other_parent).digest != first
