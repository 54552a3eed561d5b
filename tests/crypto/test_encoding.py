import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.encoding import (
    MAX_DEPTH,
    MAX_INT64,
    compact_json,
    fingerprint,
    hex_digest,
    read_json,
    require_base64,
    require_decimal,
    require_fields,
    require_fingerprint,
    require_list,
    require_text,
    require_truth,
    require_whole,
)
from crypto.errors import MalformedError

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=60,
)


@settings(max_examples=60, deadline=None)
@given(values)
def test_what_is_written_is_read(value: object) -> None:
    assert read_json(compact_json(value), "value") == value


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=60) | st.text('[]{}"\\u,:1ad8', max_size=60).map(str.encode))
def test_any_bytes_are_read_as_json_reads_them_or_refused(data: bytes) -> None:
    try:
        value = read_json(data, "value")
    except MalformedError:
        return
    assert value == json.loads(data)


def test_json_is_written_compact_and_unescaped() -> None:
    assert compact_json({"b": [1, "善/\u2028"], "a": None}) == '{"b":[1,"善/\u2028"],"a":null}'.encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"a":1,"a":2}', "value: a key stands twice in one object"),
        (b'[{"a":1,"b":{"a":1,"a":1}}]', "value: a key stands twice in one object"),
        (b"1.5", "value: numbers are whole here"),
        (b"1e3", "value: numbers are whole here"),
        (b"NaN", "value: numbers are whole here"),
        (b"-Infinity", "value: numbers are whole here"),
        (b"\xef\xbb\xbf{}", "value: it is not JSON in UTF-8"),
        (b'"\xff"', "value: it is not JSON in UTF-8"),
        (b'"\\ud800"', "value: it is not JSON in UTF-8"),
        (b'{"\\uDFFF":1}', "value: it is not JSON in UTF-8"),
        (b"{", "value: it is not JSON in UTF-8"),
        (b"", "value: it is not JSON in UTF-8"),
        (b"9" * 5000, "value: it is not JSON in UTF-8"),
        (b"[" * 33 + b"]" * 33, "value: nested deeper than 32 levels"),
        (b'{"a":' * 40 + b"1" + b"}" * 40, "value: nested deeper than 32 levels"),
        (b"[" * 1_000_000, "value: nested deeper than 32 levels"),
    ],
)
def test_what_is_not_strict_json_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(MalformedError) as refusal:
        read_json(data, "value")
    assert str(refusal.value) == reason


def test_an_escaped_pair_of_surrogates_is_one_character() -> None:
    assert read_json(b'"\\ud83d\\ude00"', "value") == "\U0001f600"


def test_the_deepest_allowed_document_is_read() -> None:
    value: list[object] = []
    for _ in range(MAX_DEPTH - 1):
        value = [value]
    assert read_json(compact_json([value[0], []]), "value") == [value[0], []]


@pytest.mark.parametrize("text", ["[" * 40, '\\"' + "{" * 40, "\\\\" + "[" * 40, "]" * 40, '"' * 40 + "[" * 40])
def test_brackets_inside_strings_do_not_nest(text: str) -> None:
    data = compact_json([text, text, {text: text}])
    assert read_json(data, "value") == [text, text, {text: text}]


@pytest.mark.parametrize(
    "data", [b"]" * 40 + b"[" * 40, b'["' + b"[" * 40, b'"\\"' * 100_000 + b"[" * 40, b'"' + b"[" * 40 + b"\\"]
)
def test_unbalanced_documents_are_refused_quickly(data: bytes) -> None:
    with pytest.raises(MalformedError):
        read_json(data, "value")


def test_hashes_are_those_of_sha_256() -> None:
    """FIPS 180-2, appendix B.1: the hash of "abc"."""
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert hex_digest(b"abc") == digest
    assert fingerprint(b"abc") == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0"


def test_fields_are_all_known_and_all_there() -> None:
    assert require_fields({"a": 1, "c": 2}, ("a",), "value", optional=("b", "c")) == {"a": 1, "c": 2}


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ([], "value: an object is expected"),
        ({}, "value: field a is missing"),
        ({"a": 1, "d": 2}, "value: unknown field 'd'"),
        ({"a": 1, "x" * 100: 2}, "value: unknown field '" + "x" * 40 + "'"),
    ],
)
def test_other_fields_are_refused(value: object, reason: str) -> None:
    with pytest.raises(MalformedError) as refusal:
        require_fields(value, ("a",), "value", optional=("b",))
    assert str(refusal.value) == reason


def test_a_list_is_a_list_of_the_expected_length() -> None:
    assert require_list([1, 2], "value") == [1, 2]
    assert require_list([1, 2], "value", 2) == [1, 2]
    for value, length in (("ab", None), ({}, None), ([1], 2)):
        with pytest.raises(MalformedError):
            require_list(value, "value", length)


def test_a_text_is_a_text() -> None:
    assert require_text("", "value") == ""
    for value in (None, 1, ["a"], b"a"):
        with pytest.raises(MalformedError):
            require_text(value, "value")


def test_a_whole_number_is_neither_a_truth_value_nor_too_small() -> None:
    assert require_whole(3, "value", minimum=3) == 3
    for value in (True, False, "3", None, 2, -1):
        with pytest.raises(MalformedError):
            require_whole(value, "value", minimum=3)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=40))
def test_a_fingerprint_is_taken_as_it_is_written(data: bytes) -> None:
    text = fingerprint(data)
    assert require_fingerprint(text, "value") == text


@pytest.mark.parametrize(
    "value",
    [None, 5, "", "A" * 42, "A" * 44, "A" * 42 + "B", "A" * 42 + "/", "-" * 43, "A" * 42 + "=", "A" * 43 + "\n"],
)
def test_what_no_hash_is_written_as_is_no_fingerprint(value: object) -> None:
    with pytest.raises(MalformedError, match=r"^value: 43 characters of Base64 are expected"):
        require_fingerprint(value, "value")


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=40))
def test_base64_is_taken_as_it_is_written(data: bytes) -> None:
    assert require_base64(base64.b64encode(data).decode(), "value") == data


@pytest.mark.parametrize(
    "value", [None, 5, "A", "AA", "AA=", "AB==", "AAA", "AAB=", "AA==\n", "A-A=", "A A=", "善善善善", "A==="]
)
def test_another_spelling_is_no_base64(value: object) -> None:
    with pytest.raises(MalformedError, match=r"^value: standard Base64 is expected"):
        require_base64(value, "value")


@pytest.mark.parametrize("value", [None, 0, 1, "true", []])
def test_only_true_and_false_are_truths(value: object) -> None:
    assert require_truth(True, "value") is True  # noqa: FBT003 - what is tested
    assert require_truth(False, "value") is False  # noqa: FBT003 - what is tested
    with pytest.raises(MalformedError, match=r"^value: true or false is expected"):
        require_truth(value, "value")


@given(st.integers(0, MAX_INT64))
@settings(max_examples=40, deadline=None)
def test_a_decimal_number_is_taken_as_it_is_written(number: int) -> None:
    assert require_decimal(str(number), "value") == number


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", "01", "00", "1_0", " 1", "1 ", "1\n", "１", "1.0", "1e3", str(1 << 63)]
)
def test_int_taking_other_spellings_is_not_ours(text: str) -> None:
    with pytest.raises(MalformedError, match="value: a decimal number"):
        require_decimal(text, "value")
