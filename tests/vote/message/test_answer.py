import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import MalformedError
from vote.message.answer import decode_answer, has_sent


def records(*lines):
    return decode_answer(
        200, json.dumps({"Code": "OK", "SmsSendDetailDTOs": {"SmsSendDetailDTO": list(lines)}}).encode()
    )


def test_only_ok_with_status_200_is_taken():
    assert decode_answer(200, b'{"Code":"OK"}').taken
    assert not decode_answer(202, b'{"Code":"OK"}').taken
    assert not decode_answer(200, b'{"Code":"ok"}').taken
    assert not decode_answer(200, b'{"Code":"isv.OUT_OF_SERVICE"}').taken


@pytest.mark.parametrize("word", ["13800136721", "code 012345", "", "a" * 65, "isv.号码"])
def test_a_word_that_could_say_more_is_not_repeated(word):
    answer = decode_answer(200, json.dumps({"Code": word}).encode())
    assert answer.word == "with a word that is not documented"
    assert not answer.taken


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'"OK"', b"{}", b'{"Code":null}', b'{"Code":1}', b'{"Code":"OK","Code":"OK"}']
)
def test_what_is_no_answer_is_refused(body):
    with pytest.raises(MalformedError):
        decode_answer(200, body)


@settings(max_examples=50, deadline=None)
@given(st.binary())
def test_any_bytes_are_an_answer_or_malformed(body):
    with suppress(MalformedError):
        assert not decode_answer(500, body).taken


def test_only_a_record_of_this_reference_that_did_not_fail_counts_as_sent():
    assert has_sent(records({"OutId": "a", "SendStatus": 1}), "a")
    assert has_sent(records("odd", {"OutId": "b", "SendStatus": 3}, {"OutId": "a", "SendStatus": 3}), "a")
    assert not has_sent(records({"OutId": "a", "SendStatus": 2}), "a")
    assert not has_sent(records({"OutId": "b", "SendStatus": 3}), "a")
    assert not has_sent(records(), "a")


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"SmsSendDetailDTOs": []},
        {"SmsSendDetailDTOs": {}},
        {"SmsSendDetailDTOs": {"SmsSendDetailDTO": [{"OutId": "a"}]}},
    ],
)
def test_what_are_no_records_is_refused(fields):
    with pytest.raises(MalformedError):
        has_sent(decode_answer(200, json.dumps({"Code": "OK", **fields}).encode()), "a")
