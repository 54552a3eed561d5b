import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vote.errors import Reason, RefusedError
from vote.phone import rules
from vote.phone.rules import Phone, Source, State

mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
landlines = st.one_of(
    st.tuples(st.sampled_from(["10", "20", "21", "25", "29"]), st.from_regex(r"[2-8][0-9]{7}", fullmatch=True)),
    st.tuples(
        st.from_regex(r"[3-9][0-9]{2}", fullmatch=True),
        st.from_regex(r"[2-8][0-9]{6,7}", fullmatch=True),
    ),
)
hyphens = st.sampled_from(["", " ", "-", "－", "—", "\u200b", "\xa0", ".", "\t"])


def wide(text):
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


@pytest.mark.parametrize(
    "written",
    [
        "13800136721",
        " 138 0013 6721 ",
        "138-0013-6721",
        "138.0013.6721",
        "１３８００１３６７２１",
        "+86 138 0013 6721",
        "+86-13800136721",
        "＋８６１３８００１３６７２１",
        "(+86)13800136721",
        "008613800136721",
        "86 13800136721",
        "013800136721",
        "手机：13800136721",
        "联系电话:13800136721",
        "手机号码 13800136721",
        "本人手机13800136721",
        "Tel. 13800136721",
        "13800136721.0",
        "\u202a13800136721\u202c",
        "\ufeff13800136721",
        "'13800136721",
        "13800136721\n",
    ],
)
def test_a_mobile_number_has_one_spelling(written):
    assert rules.read_number(written) == "+8613800136721"


@pytest.mark.parametrize(
    ("written", "spelling", "shown"),
    [
        ("0573-84012345", "+8657384012345", "0573-84012345"),
        ("（0573）84012345", "+8657384012345", "0573-84012345"),
        ("057384012345", "+8657384012345", "0573-84012345"),
        ("+86 573 8401 2345", "+8657384012345", "0573-84012345"),
        ("+86 0573 8401 2345", "+8657384012345", "0573-84012345"),
        ("0086-573-84012345", "+8657384012345", "0573-84012345"),
        ("座机：0573 84012345", "+8657384012345", "0573-84012345"),
        ("010-62345678", "+861062345678", "010-62345678"),
        ("021 62345678", "+862162345678", "021-62345678"),
        ("+86 10 62345678", "+861062345678", "010-62345678"),
        ("0891-6234567", "+868916234567", "0891-6234567"),
    ],
)
def test_a_landline_has_one_spelling(written, spelling, shown):
    assert rules.read_number(written) == spelling
    assert rules.write_number(spelling) == shown
    assert not rules.is_mobile(spelling)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("", "没有填"),
        (" \n", "没有填"),
        ("-", "没有填"),
        ("手机号码：", "没有填"),
        ("1.38E+10", "科学计数"),
        ("1.3800136721e10", "科学计数"),
        ("138****6721", "遮住"),
        ("138XXXX6721", "遮住"),
        ("13800136721/13900139000", "一个号码"),
        ("13800136721、13900139000", "一个号码"),
        ("13800136721，13900139000", "一个号码"),
        ("13800136721\n13900139000", "一个号码"),
        ("13800136721 13900139000", "一个号码"),
        ("0573-8401234/5", "一个号码"),
        ("0573-84012345-8001", "一个号码"),
        ("+852 9012 3456", "中国内地"),
        ("001 212 555 0100", "中国内地"),
        ("84012345", "区号"),
        ("8401234", "区号"),
        ("1380013672", "不像"),
        ("138001367211", "不像"),
        ("12800136721", "不像"),
        ("57384012345", "不像"),
        ("0573-14012345", "不像"),
        ("010-6234567", "不像"),
        ("026-62345678", "不像"),
        ("1380013672.0", "不像"),
        ("86 0573 84012345", "不像"),
        ("0573-84012345转8001", "一个号码"),
        ("无", "不像"),
        ("110", "不像"),
        ("+86", "不像"),
        ("一三八零零一三六七二一", "不像"),
        ("١٣٨٠٠١٣٦٧٢١", "不像"),
    ],
)
def test_what_is_no_number_is_refused_with_a_sentence_that_does_not_repeat_it(written, hint):
    with pytest.raises(RefusedError) as no:
        rules.read_number(written)
    assert no.value.reason is Reason.MALFORMED
    assert hint in no.value.detail
    for digits in ("13800136721", "84012345", "6721", "9012"):
        assert digits not in no.value.detail


@settings(max_examples=200, deadline=None)
@given(mobiles, st.sampled_from(["", "+86", "0086", "86", "手机 ", "0"]), hyphens, st.booleans())
def test_a_mobile_number_is_read_however_it_is_spaced(number, before, hyphen, widened):
    written = before + hyphen + number[:3] + hyphen + number[3:7] + hyphen + number[7:]
    read = rules.read_number(wide(written) if widened else written)
    assert read == f"+86{number}"
    assert rules.is_mobile(read)
    assert rules.tail(read) == number[-4:]
    assert rules.write_number(read) == number


@settings(max_examples=200, deadline=None)
@given(landlines, st.sampled_from(["0", "+86", "+860", "0086", "电话0"]), hyphens, st.booleans())
def test_a_landline_is_read_however_it_is_spaced(parts, before, hyphen, widened):
    area, local = parts
    written = before + area + hyphen + local[:4] + hyphen + local[4:]
    read = rules.read_number(wide(written) if widened else written)
    assert read == f"+86{area}{local}"
    assert rules.write_number(read) == f"0{area}-{local}"
    assert rules.read_number(rules.write_number(read)) == rules.read_number(read) == read


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("0123456789+-*/. ()电话手机转Ee\n"), max_size=20))
def test_anything_is_a_number_in_its_one_spelling_or_refused(written):
    try:
        read = rules.read_number(written)
    except RefusedError:
        return
    assert rules.read_number(read) == read
    assert rules.read_number(rules.write_number(read)) == read
    assert read.startswith("+86")
    assert read[1:].isdecimal()


def phone(**changes):
    return Phone(
        **{"digest": "a", "source": Source.ROLL, "state": State.ACTIVE, "confirmed_how": Source.DESK, **changes}
    )


@pytest.mark.parametrize("source", Source)
@pytest.mark.parametrize("how", [Source.DELIVERY_RECEIPT, Source.DESK, Source.WISH_FORM])
def test_codes_go_to_numbers_that_their_owners_confirmed(source, how):
    rules.require_confirmed(phone(source=source, confirmed_how=how))


@pytest.mark.parametrize("source", Source)
@pytest.mark.parametrize("how", [None, Source.ROLL, Source.OWNER])
def test_no_code_goes_to_a_number_that_its_owner_did_not_confirm(source, how):
    with pytest.raises(RefusedError, match="还没有确认过") as no:
        rules.require_confirmed(phone(source=source, confirmed_how=how))
    assert no.value.reason is Reason.NOT_ALLOWED


@pytest.mark.parametrize("state", [State.PROPOSED, State.REFUSED, State.REPLACED])
def test_no_code_goes_to_a_number_that_is_not_in_force(state):
    with pytest.raises(RefusedError, match="没有生效"):
        rules.require_confirmed(phone(state=state))


def test_no_code_goes_to_a_landline():
    rules.require_mobile("+8613800136721")
    with pytest.raises(RefusedError, match="座机") as no:
        rules.require_mobile("+8657384012345")
    assert no.value.reason is Reason.NOT_ALLOWED


def test_a_late_change_takes_two_different_people():
    rules.require_second_person("person 1", "person 2")
    for proposer, approver in [("person 1", "person 1"), ("", "person 2"), ("person 1", ""), ("", "")]:
        with pytest.raises(RefusedError) as no:
            rules.require_second_person(proposer, approver)
        assert no.value.reason is Reason.NOT_ALLOWED
        assert "person 1" not in no.value.detail


def test_of_elections_on_one_roll_the_first_one_under_way_changes_phones():
    rules.require_in_charge("one", [])
    rules.require_in_charge("one", ["one", "two"])
    for running in (["two"], ["two", "one"]):
        with pytest.raises(RefusedError) as no:
            rules.require_in_charge("one", running)
        assert no.value.reason is Reason.WRONG_STATE


def test_a_change_is_accepted_where_it_was_proposed():
    rules.require_proposed_here("person 1", {"person 1", "person 2"})
    with pytest.raises(RefusedError) as no:
        rules.require_proposed_here("person 1", {"person 3"})
    assert no.value.reason is Reason.NOT_ALLOWED
    assert "person 1" not in no.value.detail


def test_the_public_learns_how_many_there_are_of_each_sort():
    counts = rules.count_phones(
        [
            phone(digest="a", source=Source.ROLL, confirmed_how=None),
            phone(digest="b", source=Source.ROLL, confirmed_how=Source.DELIVERY_RECEIPT),
            phone(digest="b", source=Source.DESK, confirmed_how=Source.DESK, changed_late=True),
            phone(digest="c", source=Source.OWNER, confirmed_how=Source.DESK, changed_late=True),
            phone(digest="d", source=Source.OWNER, confirmed_how=None),
            phone(digest="a", source=Source.ROLL, confirmed_how=None),
            phone(digest="c", state=State.REPLACED, changed_late=True),
            phone(digest="e", state=State.PROPOSED, confirmed_how=None),
        ]
    )
    assert counts.supplied == {"roll": 3, "delivery_receipt": 0, "desk": 1, "wish_form": 0, "owner": 2}
    assert counts.confirmed == {"delivery_receipt": 1, "desk": 2, "wish_form": 0}
    assert counts.unconfirmed == 3
    assert counts.changed_late == 2
    assert counts.shared == 1


def test_the_words_fit_the_columns_that_keep_them():
    assert all(len(source) <= 20 for source in Source)
    assert all(len(state) <= 12 for state in State)


def test_a_line_is_the_same_if_an_owner_and_a_home_are():
    def line(owners, places):
        return frozenset((name, "") for name in owners), frozenset(("1", "1", room) for room in places)

    others = {
        1: line(["张三", "李四"], ["101", "102"]),
        2: line(["王五"], ["103"]),
        3: line([], ["104"]),
    }
    assert rules.find_same(line(["张三"], ["102"]), others) == 1
    assert rules.find_same(line(["张三"], ["103"]), others) is None
    assert rules.find_same(line(["王五"], ["999"]), others) is None
    assert rules.find_same(line([], ["104"]), others) == 3
    assert rules.find_same(line(["张三"], ["104"]), others) is None
