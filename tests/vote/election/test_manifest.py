import json
from dataclasses import fields, replace
from datetime import UTC

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.encoding import hex_digest
from crypto.errors import MalformedError, VerificationError
from tests.vote.terms import OFFICES, TERMS
from vote.account.separation import Separation
from vote.election.ask import election, motion
from vote.election.manifest import (
    Manifest,
    decode_manifest,
    describe,
    encode_manifest,
    find_base,
    is_described,
    verify_description,
)
from vote.election.packing import Measures
from vote.election.paper import Pin, Place
from vote.election.terms import Changes, Extension, OfficeKeys, Periods, Pools

MANIFEST = Manifest(
    uuid="DQB53CqA1UtMwz",
    estate={"id": "xinyuan", "name": "馨苑", "community": "桥东", "sub_district": "魏塘", "county": "嘉善"},
    title="2026年业主大会",
    demo=False,
    profile={"id": "cn-zj-jiaxing-jiashan", "version": "2026-11-24", "digest": "d" * 64},
    secrecy="secret",
    channels=("online",),
    opens_at="2026-12-10T00:00:00Z",
    closes_at="2026-12-20T10:00:00Z",
    grace_seconds=60,
    electorate=Measures(5, 64000),
    base=10,
    roll_root="1" * 64,
    electorate_root="2" * 64,
    trustees={"size": 3, "threshold": 2, "names": ["甲", "乙", "丙"], "sha256": "3" * 64},
    credentials_sha256="4" * 64,
    promise_key="8" * 64,
    questions=(motion("1", "是否通过"), election("3", "选举", ("甲", "乙"), 1, 0, (0,))),
    papers=(Pin(Place(0, None), "e" * 64), Pin(Place(1, 0), "f" * 64)),
    **TERMS,
)
WRITTEN = json.loads(encode_manifest(MANIFEST))
OTHERS = {
    "uuid": "Ddp2RtfN1U8EFV",
    "estate": {**MANIFEST.estate, "name": "另一个"},
    "title": "2027年业主大会",
    "demo": True,
    "profile": {**MANIFEST.profile, "version": "2027-01-01"},
    "secrecy": "named",
    "credential_parts": 2,
    "credential_parts_sha256": "5" * 64,
    "channels": ("online", "paper"),
    "opens_at": "2026-12-10T00:00:01Z",
    "closes_at": "2026-12-20T10:00:01Z",
    "grace_seconds": 0,
    "periods": Periods(notice_days=16, check_days=3, objection_days=7),
    "pools": Pools(hours=(8,)),
    "electorate": Measures(5, 64001),
    "base": 100,
    "roll_root": "5" * 64,
    "electorate_root": "6" * 64,
    "trustees": {**MANIFEST.trustees, "threshold": 3},
    "credentials_sha256": "7" * 64,
    "promise_key": "9" * 64,
    "offices": {**OFFICES, "community": replace(OFFICES["community"], hpke=None)},
    "separation": Separation((("desk", "registrar"),), (), owner_trustee=True),
    "changes": Changes(),
    "questions": (motion("1", "是否通过"),),
    "papers": (),
}
"""Another value for each field, as good as the first."""
PARTS = ("credential_parts", "credential_parts_sha256")
"""They go together: keys of two parts are proved in a file, others are not."""

texts = st.text(st.characters(codec="utf-8"), max_size=8)
digests = st.text("0123456789abcdef", min_size=64, max_size=64)
whole = st.integers(1, 2**53 - 1)
moments = st.datetimes().map(lambda moment: moment.isoformat(timespec="seconds") + "Z")


def texts_of(*names):
    return st.fixed_dictionaries(dict.fromkeys(names, texts))


manifests = st.builds(
    Manifest,
    uuid=texts,
    estate=texts_of(*MANIFEST.estate),
    title=texts,
    demo=st.booleans(),
    profile=texts_of(*MANIFEST.profile),
    secrecy=texts,
    channels=st.lists(texts, max_size=2).map(tuple),
    opens_at=moments,
    closes_at=moments,
    grace_seconds=whole,
    electorate=st.builds(Measures, whole, whole),
    base=st.integers(1, 15).map(lambda exponent: 10**exponent),
    roll_root=digests,
    electorate_root=digests,
    trustees=st.fixed_dictionaries(
        {"size": whole, "threshold": whole, "names": st.lists(texts, max_size=2), "sha256": digests}
    ),
    credentials_sha256=digests,
    promise_key=digests,
    questions=st.just(MANIFEST.questions),
    papers=st.sampled_from(((), MANIFEST.papers)),
    periods=st.builds(Periods, whole, whole, whole),
    pools=st.builds(Pools, whole, whole, st.lists(st.integers(0, 23), max_size=3).map(tuple), whole),
    offices=st.fixed_dictionaries(
        {
            "organiser": st.builds(OfficeKeys, digests, digests),
            "community": st.builds(OfficeKeys, digests, digests, st.none() | digests),
            "sub_district": st.builds(OfficeKeys, digests, digests),
        }
    ),
    separation=st.builds(
        Separation,
        st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
        st.lists(texts, max_size=2).map(tuple),
        st.booleans(),
    ),
    changes=st.builds(
        Changes,
        st.none()
        | st.builds(
            Extension, st.integers(1, 3), st.datetimes().map(lambda each: each.replace(microsecond=0, tzinfo=UTC))
        ),
    ),
    credential_parts=st.just(1),
    credential_parts_sha256=st.none(),
)
manifests |= st.builds(
    lambda manifest, digest: replace(manifest, credential_parts=2, credential_parts_sha256=digest), manifests, digests
)


def write(**changes):
    return rfc8785.dumps({**WRITTEN, **changes})


def paths(value, path=()):
    """Return the way to every part of a document."""
    found = [path] if path else []
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        found += paths(part, (*path, key))
    return found


def value_at(path):
    """Return the part of the manifest that `path` leads to."""
    value = WRITTEN
    for key in path:
        value = value[key]
    return value


def change(path, edit):
    """Return the bytes of the manifest in which `edit` was done to the container and key that `path` leads to."""
    document = json.loads(json.dumps(WRITTEN))
    container = document
    for key in path[:-1]:
        container = container[key]
    edit(container, path[-1])
    return rfc8785.dumps(document)


def test_a_manifest_has_these_fields_and_its_version():
    assert set(WRITTEN) == {"version", *(each.name for each in fields(Manifest))}
    assert WRITTEN["version"] == 1
    assert WRITTEN["electorate"] == {"heads": 5, "area_dm2": 64000}
    assert encode_manifest(MANIFEST) == write()


def test_a_manifest_is_read_as_it_was_written():
    assert decode_manifest(encode_manifest(MANIFEST)) == MANIFEST


@given(manifests)
@settings(max_examples=40, deadline=None)
def test_any_manifest_is_read_as_it_was_written(manifest):
    assert decode_manifest(encode_manifest(manifest)) == manifest


@pytest.mark.parametrize("name", [each.name for each in fields(Manifest)])
def test_every_field_changes_the_bytes_and_so_the_description(name):
    changes = {name: OTHERS[name]}
    if name in PARTS:
        changes = {each: OTHERS[each] for each in PARTS}
    other = replace(MANIFEST, **changes)
    data = encode_manifest(other)
    assert decode_manifest(data) == other
    with pytest.raises(VerificationError, match="does not pin"):
        verify_description(describe(encode_manifest(MANIFEST), 10), data, 10)


@pytest.mark.parametrize("path", [path for path in paths(WRITTEN) if isinstance(path[-1], str)], ids=str)
def test_a_manifest_without_one_of_its_fields_is_refused(path):
    def drop(container, key):
        del container[key]

    if path[-1] == "hpke":
        # An office that brought no key for named ballots is described as well.
        assert decode_manifest(change(path, drop)).offices["community"].hpke is None
        return
    if path == ("papers",):
        # So were manifests before there were papers, and so are those where there is nothing to read.
        assert decode_manifest(change(path, drop)).papers == ()
        return
    with pytest.raises(MalformedError, match=f"field {path[-1]} is missing"):
        decode_manifest(change(path, drop))


@pytest.mark.parametrize("path", paths(WRITTEN), ids=str)
@pytest.mark.parametrize("value", [None, -1, {"a": 1}, "\x00", 2**70], ids=str)
def test_a_field_of_another_kind_is_refused_or_another_text(path, value):
    def put(container, key):
        container[key] = value

    try:
        data = change(path, put)
    except rfc8785.IntegerDomainError:
        document = json.loads(json.dumps(WRITTEN))
        container = document
        for key in path[:-1]:
            container = container[key]
        container[path[-1]] = value
        data = json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    try:
        manifest = decode_manifest(data)
    except MalformedError as error:
        assert str(error).startswith(("manifest", "question"))  # noqa: PT017 - a text in a text's place is read
    else:
        assert isinstance(value, str) or (
            value is None and path[-1] in {"extension", "credential_parts_sha256", "choice"}
        )
        assert (manifest != MANIFEST) == (value != value_at(path))


@pytest.mark.parametrize("path", [(), *(path for path in paths(WRITTEN) if isinstance(value_at(path), dict))], ids=str)
def test_an_unknown_field_is_refused(path):
    def add(container, _):
        container["note"] = "x"

    with pytest.raises(MalformedError, match="unknown field 'note'"):
        decode_manifest(change((*path, "note"), add))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"null",
        b"{}",
        b"\xef\xbb\xbf" + encode_manifest(MANIFEST),
        encode_manifest(MANIFEST) + b"\n",
        json.dumps(WRITTEN, ensure_ascii=False, separators=(",", ":")).encode() + b" ",
        json.dumps(WRITTEN, ensure_ascii=False, sort_keys=True).encode(),
        json.dumps(WRITTEN, separators=(",", ":"), sort_keys=True).encode(),
        json.dumps(dict(reversed(WRITTEN.items())), ensure_ascii=False, separators=(",", ":")).encode(),
        encode_manifest(MANIFEST).replace(b'"demo":false', b'"demo":false,"demo":false'),
        write(version=2),
        write(version=True),
        write(version="1"),
        write(demo=0),
        write(credential_parts=0),
        write(credential_parts=3),
        write(credential_parts=True),
        write(credential_parts=2),
        write(credential_parts_sha256="5" * 64),
        write(credential_parts=2, credential_parts_sha256="5" * 63),
        write(credential_parts=3, credential_parts_sha256="5" * 64),
        write(separation={**WRITTEN["separation"], "kept": False}),
        write(separation={**WRITTEN["separation"], "owner_trustee": False}),
        write(separation={**WRITTEN["separation"], "offices": ["桥东社区"]}),
        write(changes={**WRITTEN["changes"], "extension": {"times": 1, "latest": "2026-12-27T10:00:00.000Z"}}),
        write(changes={**WRITTEN["changes"], "extension": {"times": 1, "latest": "2026-W52-7T10:00:00Z"}}),
        write(electorate={"heads": 0, "area_dm2": 1}),
        write(electorate={"heads": 1, "area_dm2": 0}),
        write(base=1),
        write(base=20),
        write(base=11),
        write(base=1000000000000001),
        write(roll_root="A" * 64),
        write(roll_root="1" * 63),
        write(roll_root="1" * 64 + "\n"),
        write(roll_root=["1"] * 64),
        write(opens_at="2026-12-10"),
        write(opens_at="2026-12-10T00:00:00"),
        write(opens_at="2026-12-10T08:00:00+08:00"),
        write(opens_at="2026-13-10T00:00:00Z"),
        write(opens_at="soonZ"),
        write(questions=[{**WRITTEN["questions"][1], "depends_on": [1]}]),
        write(papers=[]),
        write(papers=WRITTEN["papers"][::-1]),
    ],
)
def test_what_is_no_manifest_or_spelt_otherwise_is_refused(data):
    with pytest.raises(MalformedError):
        decode_manifest(data)


def test_a_number_that_rfc_8785_cannot_write_is_refused():
    data = encode_manifest(MANIFEST).replace(b'"grace_seconds":60', b'"grace_seconds":9007199254740993')
    with pytest.raises(MalformedError, match="canonical spelling"):
        decode_manifest(data)


def test_the_description_names_digest_base_and_how_totals_are_read():
    data = encode_manifest(MANIFEST)
    line = f"善治 manifest sha256={hex_digest(data)} base=10 total=area_dm2*base+heads"
    assert describe(data, 10) == line
    assert is_described(line)
    assert find_base(line) == 10
    verify_description(line, data, 10)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "2026年业主大会",
        describe(b"{}", 10) + " ",
        describe(b"{}", 10) + "\n",
        describe(b"{}", 20),
        describe(b"{}", 1),
        describe(b"{}", 10).replace("=10 ", f"=1{'0' * 5000} "),
        describe(b"{}", 10).replace("sha256=", "sha256=A"),
        describe(b"{}", 10).replace("善治", "shanzhi"),
    ],
)
def test_any_other_line_is_no_description_of_ours(line):
    assert not is_described(line)
    assert find_base(line) is None
    with pytest.raises(VerificationError, match="not the sealed manifest"):
        verify_description(line, b"{}", 10)


def test_a_description_pins_bytes_and_base():
    line = describe(b"{}", 10)
    for data, base in ((b"{} ", 10), (b"{}", 100)):
        with pytest.raises(VerificationError, match="does not pin"):
            verify_description(line, data, base)
