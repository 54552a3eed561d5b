import hmac
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.envelope import keyed_digest
from vote.credential import code as rules
from vote.credential.code import (
    OneTimeCode,
    digest_code,
    generate_code,
    issue_code,
    read_code,
    require_sendable,
    try_code,
)
from vote.errors import Reason, RefusedError

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
KEY = b"k" * 32
CONTEXT = "DQB53CqA1UtMwz/17"
RIGHT = digest_code(KEY, CONTEXT, "012345")
WRONG = digest_code(KEY, CONTEXT, "543210")


def ago(seconds):
    return NOW - timedelta(seconds=seconds)


def draws(*values):
    waiting = [value.to_bytes(3, "big") for value in values]
    return lambda length: waiting.pop(0)[:length]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ((0,), "000000"),
        ((999_999,), "999999"),
        ((1_000_000,), "000000"),
        ((15_999_999,), "999999"),
        ((16_000_000, 16_777_215, 12_345), "012345"),
    ],
)
def test_draws_that_would_favour_some_codes_are_thrown_away(values, code):
    assert generate_code(draws(*values)) == code


def test_every_code_comes_from_as_many_draws():
    some = Counter(generate_code(draws(value)) for value in range(0, 16_000_000, 16_000))
    assert len(some) == 125
    assert set(some.values()) == {8}
    assert 16_000_000 % 1_000_000 == 0
    assert 16_777_216 - 16_000_000 < 1_000_000


@pytest.mark.parametrize("typed", ["012345", " 012 345 ", "０１２３４５", "012-345", "012345。", "\u200b012345"])
def test_a_code_is_read_as_people_type_it(typed):
    assert read_code(typed) == "012345"


@pytest.mark.parametrize(
    "typed", ["", "01234", "0123456", "O12345", "01234五", "٠١٢٣٤٥", "²²²²²²x", "+12345", "1" * 9000]
)
def test_what_is_no_code_is_refused_and_not_repeated(typed):
    with pytest.raises(RefusedError) as no:
        read_code(typed)
    assert no.value.reason is Reason.MALFORMED
    assert no.value.detail == (
        "验证码是6位数字。请看最近一条短信，再输一次。 The code has 6 digits: look at the last message and type it again."
    )


def test_a_code_is_kept_as_a_keyed_digest_for_one_credential():
    assert keyed_digest(KEY, "one-time-code", "DQB53CqA1UtMwz/17/012345").hex() == RIGHT
    assert RIGHT not in (
        digest_code(b"l" * 32, CONTEXT, "012345"),
        digest_code(KEY, "DQB53CqA1UtMwz/18", "012345"),
        WRONG,
    )


def test_a_code_is_good_for_ten_minutes():
    fresh = issue_code(RIGHT, NOW)
    assert fresh == OneTimeCode(RIGHT, NOW, datetime(2026, 12, 1, 9, 10, tzinfo=UTC), 0, None)
    last = try_code(fresh, RIGHT, NOW + timedelta(seconds=599, microseconds=999_999))
    assert last.refusal is None
    late = try_code(fresh, RIGHT, NOW + timedelta(seconds=600))
    assert late.code == fresh
    assert (
        late.refusal.detail
        == "验证码过了10分钟，已经失效。请点【重新获取】。 This code is older than 10 minutes: get another."
    )


def test_a_code_is_good_once():
    used = try_code(issue_code(RIGHT, NOW), RIGHT, NOW)
    assert used.code.used_at == NOW
    again = try_code(used.code, RIGHT, NOW)
    assert again.code == used.code
    assert again.refusal.detail == "这个验证码已经用过了。请点【重新获取】。 This code was used already: get another."


def test_the_fifth_wrong_guess_voids_the_code():
    code = issue_code(RIGHT, NOW)
    said = []
    for _ in range(5):
        code, refusal = try_code(code, WRONG, NOW)
        said.append(refusal.detail)
    assert said[:4] == [
        f"验证码不对，还可以试{left}次。请看最近一条短信。 That is not the code; tries left: {left}. Look at the last message."
        for left in (4, 3, 2, 1)
    ]
    assert said[4] == (
        "输错了5次，这个验证码作废。请点【重新获取】。 It was typed wrong 5 times and is void: get another."
    )
    assert code.tries == 5
    after = try_code(code, RIGHT, NOW)
    assert after.code == code
    assert after.refusal.detail == said[4]


def test_the_right_code_after_four_wrong_ones_is_taken():
    code = issue_code(RIGHT, NOW)
    for _ in range(4):
        code, _ = try_code(code, WRONG, NOW)
    assert try_code(code, RIGHT, NOW).refusal is None


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 300)), max_size=12))
def test_whatever_is_tried_no_code_opens_twice_late_or_after_five_guesses(guesses):
    code, now, wrong, opened = issue_code(RIGHT, NOW), NOW, 0, 0
    for right, waited in guesses:
        now += timedelta(seconds=waited)
        code, refusal = try_code(code, RIGHT if right else WRONG, now)
        if refusal is None:
            assert right
            assert wrong < 5
            assert now < NOW + timedelta(seconds=600)
            opened += 1
        elif not right and not opened and now < code.expires_at:
            wrong += 1
    assert opened <= 1
    assert code.tries == min(wrong, 5)


def test_digests_are_compared_in_constant_time(monkeypatch):
    compared = []

    def compare(left, right):
        compared.append((left, right))
        return hmac.compare_digest(left, right)

    monkeypatch.setattr(rules, "hmac", type("Watched", (), {"compare_digest": staticmethod(compare)}))
    try_code(issue_code(RIGHT, NOW), WRONG, NOW)
    assert compared == [(RIGHT, WRONG)]


def test_a_first_code_may_always_be_sent():
    require_sendable([], [], NOW)


@pytest.mark.parametrize(
    ("for_credential", "for_phone"),
    [
        ([ago(60)], [ago(60)]),
        ([ago(90_000)] * 9, []),
        ([ago(100 + n) for n in range(4)], [ago(100 + n) for n in range(9)]),
    ],
)
def test_within_the_bounds_another_code_is_sent(for_credential, for_phone):
    require_sendable(for_credential, for_phone, NOW)


@pytest.mark.parametrize(
    ("for_credential", "for_phone", "sentence"),
    [
        ([ago(0)], [], "请过60秒"),
        ([ago(59.2)], [], "请过1秒"),
        ([ago(30), ago(500)], [], "请过30秒"),
        ([], [ago(30)], "请过30秒"),
        ([ago(100 + n) for n in range(5)], [], "24小时内已发过5次"),
        ([ago(86_399), *[ago(100 + n) for n in range(4)]], [], "24小时内已发过5次"),
        ([], [ago(100 + n) for n in range(10)], "这个手机24小时内"),
    ],
)
def test_beyond_the_bounds_none_is_sent(for_credential, for_phone, sentence):
    with pytest.raises(RefusedError, match=sentence) as no:
        require_sendable(for_credential, for_phone, NOW)
    assert no.value.reason is Reason.NOT_ALLOWED


def test_a_day_after_the_first_of_five_another_is_sent():
    require_sendable([ago(86_400), *[ago(100 + n) for n in range(4)]], [], NOW)
