import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.encoding import compact_json, read_json
from crypto.errors import MalformedError
from vote.errors import Reason, RefusedError
from vote.message import rules
from vote.message.rules import Kind, Message

ESTATE = "阳光花园(一期)"
DESK = "0573-84012345"
UNTIL = datetime(2026, 12, 20, 10, 0, tzinfo=UTC)
DUE = date(2026, 12, 31)
EVERY = [
    rules.code_message("012345"),
    *(rules.ballot_accepted(ESTATE, channel, DESK) for channel in rules.CHANNELS),
    rules.phone_changed(ESTATE, DESK),
    rules.letter_reissued(ESTATE, DESK),
    *(rules.opening_requested(ESTATE, reason, DESK) for reason in rules.OPENING_REASONS),
    rules.extension(ESTATE, UNTIL, DESK),
    rules.withdrawal(ESTATE, UNTIL),
    *(rules.dispute_raised(ESTATE, matter, UNTIL, DESK) for matter in rules.DISPUTES),
    *(rules.dispute_settled(ESTATE, outcome, DESK) for outcome in rules.OUTCOMES),
    rules.objection_answered(ESTATE),
    rules.reminder(ESTATE, UNTIL, DESK),
    *(rules.duty_reminder(ESTATE, act, DUE) for act in rules.DUTIES),
    *(rules.duty_notice(ESTATE, act, DUE, date(2027, 1, 9)) for act in rules.DUTIES),
    rules.term_alert(ESTATE, "renewal", date(2027, 6, 30), date(2027, 4, 29)),
]


def test_every_kind_has_its_message():
    assert {message.kind for message in EVERY} == set(Kind) == set(rules.SENTENCES)


def test_the_sentences_say_what_they_should():
    assert rules.code_message("012345").text == (
        "验证码012345，10分钟内有效，只用来打开您的选票。任何人打电话要验证码都不要给，社区和物业也不会要。"
    )
    assert rules.ballot_accepted(ESTATE, "paper", DESK).text == (
        "阳光花园(一期)：已收到您的纸票，算进去了。不是您或您委托的人投的？请打社区座机0573-84012345，"
        "3天内当面核实。任何人打电话要验证码都不要给。"
    )
    assert rules.extension(ESTATE, UNTIL, DESK).text == (
        "阳光花园(一期)：投票延长到12月20日18:00。已经投的票照样算，不用重投。有疑问请打社区座机0573-84012345。"
    )
    assert "已经改了，这个号码不再收验证码" in rules.phone_changed(ESTATE, DESK).text
    assert "要处理对这张票的异议" in rules.opening_requested(ESTATE, "objection", DESK).text
    assert "同一户投了两次。请在12月20日18:00前" in rules.dispute_raised(ESTATE, "double", UNTIL, DESK).text
    assert rules.duty_reminder(ESTATE, "income", DUE).text == (
        "阳光花园(一期)：公共收益收支，最晚2026年12月31日要办好并公开，现在还没有见到记录。"
        "请到网站的应公开的事里办理。这条只提醒您，没有公开。"
    )
    assert rules.duty_notice(ESTATE, "income", DUE, date(2027, 1, 9)).text == (
        "阳光花园(一期)：公共收益收支，2026年12月31日已到期，没有见到公开记录。"
        "请尽快公开；2027年1月9日起，所有人会看到未见公开记录。"
    )
    assert rules.term_alert(ESTATE, "renewal", date(2027, 6, 30), date(2027, 4, 29)).text == (
        "阳光花园(一期)：业委会任期2027年6月30日届满，最晚2027年4月29日办好换届。"
        "请早做换届准备，不清楚的请问社区或街道。"
    )
    assert "这张票不算" in rules.dispute_settled(ESTATE, "set-aside", DESK).text


@pytest.mark.parametrize("message", EVERY)
def test_no_message_asks_for_a_code_or_holds_a_link(message):
    assert not re.search(r"https?|www|://|\.cn|点击|链接|扫码|回复", message.text)
    if "验证码" in message.text:
        assert re.search(r"验证码都不要给|不再收验证码", message.text)


@pytest.mark.parametrize("kind", Kind)
def test_the_longest_message_fits_two_short_messages(kind):
    longest = Message(kind, dict.fromkeys(rules.blanks_of(kind), "长" * rules.LONGEST_BLANK))
    assert len(f"【{'善' * 12}】") + len(longest.text) <= 134
    assert rules.LONGEST_MESSAGE == 134


@pytest.mark.parametrize("message", EVERY)
def test_a_carrier_makes_the_same_sentence_from_its_template_and_the_blanks(message):
    filled = rules.carrier_sentence(message.kind)
    for name, value in message.blanks.items():
        assert 0 < len(value) <= 20
        filled = filled.replace(f"${{{name}}}", value)
    assert filled == message.text
    assert "}${" not in rules.carrier_sentence(message.kind)


def test_what_carriers_demand_of_templates_is_kept():
    assert rules.blanks_of(Kind.CODE) == ("code",)
    for kind in Kind:
        assert not set("【】[]「」『』·★※→①") & set(rules.carrier_sentence(kind))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("阳光花园", "阳光花园"),
        ("金色 家园·二期", "金色家园·二期"),
        ("【银行】http://a.cn/x", "银行httpacnx"),
        ("很" * 30, "很" * 20),
        ("{code}", "code"),
        ("★", "您的小区"),
        ("", "您的小区"),
    ],
)
def test_an_estates_name_cannot_break_a_message(name, shown):
    assert rules.objection_answered(name).text.startswith(f"{shown}：您写的异议")


@pytest.mark.parametrize(
    "desk", ["", "12", "+8657384012345", "0573-8401-2345", "打这个", "0573-84012345-80", "０５７３"]
)
def test_a_desk_without_a_dialable_number_is_refused(desk):
    with pytest.raises(RefusedError) as no:
        rules.phone_changed(ESTATE, desk)
    assert no.value.reason is Reason.MALFORMED


@pytest.mark.parametrize("desk", ["84012345", "0573-84012345", "057384012345", "4001234567", "96345"])
def test_a_desks_number_is_said_as_it_was_given(desk):
    assert f"社区座机{desk}。" in rules.phone_changed(ESTATE, desk).text


@pytest.mark.parametrize(
    ("when", "written"),
    [
        (datetime(2026, 12, 20, 10, 0, tzinfo=UTC), "12月20日18:00"),
        (datetime(2026, 12, 31, 16, 5, tzinfo=UTC), "1月1日00:05"),
    ],
)
def test_moments_are_written_in_chinas_time(when, written):
    assert rules.write_moment(when) == written


@pytest.mark.parametrize("message", EVERY)
def test_a_message_is_read_as_it_was_written(message):
    assert rules.decode_message(rules.encode_message(message)) == message


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"kind":"code"}',
        b'{"kind":"advertisement","blanks":{}}',
        b'{"kind":1,"blanks":{}}',
        b'{"kind":"code","blanks":{}}',
        b'{"kind":"code","blanks":[]}',
        b'{"kind":"code","blanks":{"code":""}}',
        b'{"kind":"code","blanks":{"code":12345}}',
        b'{"kind":"code","blanks":{"code":"012345","more":"x"}}',
        b'{"kind":"code","blanks":{"code":"012345678901234567890"}}',
        b'{"kind":"code","blanks":{"code":"012345"},"to":"x"}',
    ],
)
def test_what_is_no_message_is_refused(data):
    with pytest.raises(MalformedError) as no:
        rules.decode_message(data)
    assert "01234" not in str(no.value)


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(EVERY), st.data())
def test_a_message_with_a_field_left_out_is_refused(message, data):
    fields = read_json(rules.encode_message(message), "message")
    del fields["blanks"][data.draw(st.sampled_from(sorted(fields["blanks"])))]
    with pytest.raises(MalformedError):
        rules.decode_message(compact_json(fields))


def test_blanks_are_numbered_in_their_order_for_carriers_that_count_them():
    assert (
        rules.numbered_sentence(Kind.EXTENSION)
        == "{1}：投票延长到{2}。已经投的票照样算，不用重投。有疑问请打社区座机{3}。"
    )
    assert [rules.blanks_of(Kind.EXTENSION).index(name) for name in ("estate", "until", "desk")] == [0, 1, 2]
