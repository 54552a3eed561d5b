import json
from dataclasses import replace

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.encoding import hex_digest
from crypto.errors import MalformedError
from tests.vote.certificate.sample import compose, later
from vote.certificate.content import (
    LEAST_HEADS,
    certificate_digest,
    decode_certificate,
    encode_certificate,
    portion,
    told,
)
from vote.certificate.parts import Measures

CERTIFICATE = compose()
DATA = encode_certificate(CERTIFICATE)
WRITTEN = json.loads(DATA)


def paths(value, path=()):
    """Return the way to every part of a document."""
    found = [path] if path else []
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        found += paths(part, (*path, key))
    return found


def changed(path, edit):
    """Return the certificate in which `edit` was done to the container and key that `path` leads to."""
    document = json.loads(DATA)
    container = document
    for key in path[:-1]:
        container = container[key]
    edit(container, path[-1])
    return rfc8785.dumps(document)


def put(value, *path):
    def edit(container, key):
        container[key] = value

    return changed(path, edit)


def test_a_certificate_is_read_as_it_was_written():
    assert decode_certificate(DATA) == CERTIFICATE
    assert certificate_digest(CERTIFICATE) == hex_digest(DATA)
    assert rfc8785.dumps(WRITTEN) == DATA


@pytest.mark.parametrize("path", [each for each in paths(WRITTEN) if isinstance(each[-1], str)], ids=str)
def test_a_certificate_without_one_of_its_fields_is_refused(path):
    def drop(container, key):
        del container[key]

    with pytest.raises(MalformedError, match=f"field {path[-1]} is missing"):
        decode_certificate(changed(path, drop))


@pytest.mark.parametrize(
    "path", [each[:-1] for each in paths(WRITTEN) if each[-1] in {"number", "heads", "kind", "code"}]
)
def test_an_unknown_field_is_refused(path):
    def add(container, _):
        container["extra"] = "x"

    with pytest.raises(MalformedError, match="unknown field 'extra'"):
        decode_certificate(changed((*path, "extra"), add))


@given(st.sampled_from(paths(WRITTEN)), st.sampled_from([None, -1, 0, 2**40, "\x00", "x", "2026-13-01", [], {}, True]))
@settings(max_examples=300, deadline=None)
def test_whatever_stands_in_a_field_is_read_as_it_stands_or_refused(path, value):
    data = put(value, *path)
    try:
        certificate = decode_certificate(data)
    except MalformedError as error:
        assert str(error).startswith("certificate")  # noqa: PT017 - it may be read as well
    else:
        assert encode_certificate(certificate) == data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"null",
        DATA + b"\n",
        json.dumps(WRITTEN, ensure_ascii=False).encode(),
        json.dumps(WRITTEN, sort_keys=True, separators=(",", ":")).encode(),
        DATA.replace(b'"demo":true', b'"demo":true,"demo":true'),
        DATA.replace(b'"phone_changes":17', b'"phone_changes":9007199254740993'),
        DATA.replace(b"2026-12-20T10:00:00Z", b"2026-12-20T10:00:00.5Z"),
        DATA.replace(b'">1/2"', b'">2/4"'),
    ],
)
def test_what_is_no_certificate_or_spelt_otherwise_is_refused(data):
    with pytest.raises(MalformedError):
        decode_certificate(data)


@pytest.mark.parametrize(
    ("value", "path", "said"),
    [
        (2, ("version",), "version 1 is expected"),
        (2, ("number",), "a certificate is number 1"),
        (0, ("number",), "a certificate is number 1"),
        ("correction", ("kind",), "a certificate is number 1"),
        ("a" * 64, ("replaces",), "what they replace and why"),
        ("更正", ("reason",), "what they replace and why"),
        (["甲", "乙"], ("offices",), "the names of organiser"),
        ([2, 1], ("trustees", "opened"), "in order"),
        ([1, 1], ("trustees", "opened"), "in order"),
        ([1, 4], ("trustees", "opened"), "in order"),
        ([0, 1], ("trustees", "opened"), "in order"),
        ([1], ("trustees", "opened"), "fewer opened"),
        ("2026-12-01T00:00:01Z", ("times", "noticed_at"), "not in the order"),
        ("2026-12-31T06:00:01Z", ("times", "checked_at"), "not in the order"),
        (567, ("cast", "heads"), "cast: more heads or area"),
        (5_643_211, ("cast", "area_dm2"), "cast: more heads or area"),
        (7613, ("cast", "heads_permyriad"), "cast: the shares"),
        (7598, ("cast", "area_permyriad"), "cast: the shares"),
        ([*reversed(WRITTEN["channels"])], ("channels",), "each at most once"),
        ([WRITTEN["channels"][0]] * 2, ("channels",), "each at most once"),
        (440, ("channels", 0, "returned"), "do not make what was returned"),
        ([WRITTEN["channels"][0]], ("channels",), "do not make those that were cast"),
        (None, ("channels", 0, "area_dm2"), "an area is told just where"),
        (416_216, ("channels", 1, "area_dm2"), "the areas do not make what was cast"),
        (2, ("questions", 0, "number"), "numbered from 1"),
        ([1], ("questions", 0, "depends_on"), "numbered from 1"),
        ([0], ("questions", 1, "depends_on"), "numbered from 1"),
        (True, ("questions", 0, "takes_effect"), "takes_effect is null just where"),
        (None, ("questions", 1, "takes_effect"), "takes_effect is null just where"),
        (5, ("questions", 0, "seats"), "an election has seats"),
        (None, ("questions", 1, "open_seats"), "an election has seats"),
        ("elected", ("questions", 0, "choices", 0, "fate"), "candidates have a fate"),
        (None, ("questions", 1, "choices", 0, "fate"), "candidates have a fate"),
        ("not-elected", ("questions", 1, "choices", 7, "fate"), "candidates have a fate"),
        (432, ("questions", 1, "choices", 0, "votes", "heads"), "question 2: more heads or area"),
        (9024, ("questions", 1, "choices", 0, "votes", "heads_permyriad"), "question 2: the shares"),
        (WRITTEN["questions"][0]["choices"][:2], ("questions", 0, "choices"), "do not make what was cast"),
        (4, ("changes", 0, "question"), "changes: there is no question 4"),
        (0, ("objections", 1, "question"), "objections: there is no question 0"),
    ],
)
def test_numbers_that_contradict_each_other_are_no_certificate(value, path, said):
    with pytest.raises(MalformedError, match=said):
        decode_certificate(put(value, *path))


def test_the_areas_of_a_motion_make_what_was_cast():
    votes = WRITTEN["questions"][0]["choices"]
    more = {**votes[0], "votes": {**votes[0]["votes"], "area_dm2": 3_650_121}}
    with pytest.raises(MalformedError, match="do not make what was cast"):
        decode_certificate(put([more, *votes[1:]], "questions", 0, "choices"))


def test_a_correction_follows_names_what_it_replaces_and_says_why():
    correction = later()
    assert decode_certificate(encode_certificate(correction)) == correction
    assert (correction.number, correction.replaces) == (2, certificate_digest(CERTIFICATE))
    revocation = replace(correction, kind="revocation", number=3)
    assert decode_certificate(encode_certificate(revocation)) == revocation
    for wrong in ({"reason": None}, {"replaces": None}, {"number": 1}, {"kind": "certificate"}):
        with pytest.raises(MalformedError):
            decode_certificate(encode_certificate(replace(correction, **wrong)))


def test_shares_are_rounded_down():
    whole = Measures(heads=3, area_dm2=30_000)
    two = portion(Measures(heads=2, area_dm2=19_999), whole)
    assert (two.heads_permyriad, two.area_permyriad) == (6666, 6666)
    all_ = portion(whole, whole)
    assert (all_.heads_permyriad, all_.area_permyriad) == (10_000, 10_000)
    nothing = Measures(heads=0, area_dm2=0)
    assert portion(nothing, nothing).heads_permyriad == 0


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        ([389, 42], [True, True]),
        ([19, 400], [False, False]),
        ([20, 400], [True, True]),
        ([5], [True]),
        ([5, 0], [True, True]),
        ([0, 0], [True, True]),
        ([19, 19, 400], [False, False, True]),
        ([3, 5, 400], [False, False, False]),
        ([400, 3, 30], [True, False, False]),
        ([3, 0, 400], [False, True, False]),
    ],
)
def test_an_area_of_few_is_not_told_nor_left_to_be_worked_out(counted, expected):
    assert list(told(counted)) == expected


@given(st.lists(st.integers(0, 60), min_size=2, max_size=5))
@settings(max_examples=100, deadline=None)
def test_those_whose_area_is_not_told_are_twenty_or_everybody(counted):
    tells = told(counted)
    hidden = sum(heads for heads, tell in zip(counted, tells, strict=True) if not tell)
    assert hidden == 0 or hidden >= LEAST_HEADS or hidden == sum(counted)
    if sum(heads > 0 for heads in counted) > 1:
        assert all(heads == 0 or heads >= LEAST_HEADS for heads, tell in zip(counted, tells, strict=True) if tell)
