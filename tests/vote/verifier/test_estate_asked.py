"""Inquiries, published ties and petitions of an estate are held to its log from outside, over HTTP."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import rfc8785

from crypto.errors import CryptoError, MalformedError, VerificationError
from tests.vote.verifier import asked
from tests.vote.verifier.asked import (
    ANSWERED,
    COLLECTING,
    HELD,
    HITS,
    INQUIRIES,
    LAPSED,
    OPEN,
    PETITIONS,
    SERVED,
    TIE,
    UNSEEN,
    WITHDRAWN,
    petition,
    told_of_inquiry,
    told_of_interests,
    told_of_petition,
)
from tests.vote.verifier.estates import ESTATE, FIRST, MadeUpEstate
from vote.log.rules import Kind, encode_entry
from vote.oversight.inquiry.rules import Inquiry, encode_inquiry
from vote.oversight.inquiry.verifying import last_told, require_newer, told_inquiries, verify_inquiry
from vote.oversight.interest.rules import encode_hit
from vote.oversight.interest.verifying import Place, told_interests, verify_interest
from vote.oversight.petition.publishing import PublicPetition, encode_public
from vote.oversight.petition.rules import PetitionState
from vote.oversight.petition.verifying import told_petitions, verify_petition
from vote.verifier.report import Status, Step, Verdict

OWN = {name: f"estates/{ESTATE}/{name}" for name in ("inquiries", "interests", "petitions")}
LIST = {name: f"api/estates/{ESTATE}/{name}?from=" for name in OWN}
NOUNS = {"inquiries": "inquiry", "interests": "interest", "petitions": "petition"}


@pytest.fixture
def estate(tmp_path: Path) -> MadeUpEstate:
    """An estate of which nothing is public but what is asked and declared."""
    found = MadeUpEstate(tmp_path, records=(), postings=())
    for path in [each for each in found.files if "book" in each or each.startswith("elections/")]:
        del found.files[path]
    found.files |= asked.files()
    found.sign(asked.entries())
    return found


def test_what_is_asked_is_verified_from_the_estates_address(estate: MadeUpEstate) -> None:
    report = estate.report()
    assert (report.verdict, report.trouble) == (Verdict.VERIFIED, None)
    assert not any("newer" in each.en for each in report.warnings)
    passed = {line.step: line.detail.en for line in report.lines if line.status is Status.PASSED}
    assert passed[Step.ESTATE_INQUIRIES] == "3"
    assert passed[Step.ESTATE_INTERESTS] == "1 declared, 2 published"
    assert passed[Step.ESTATE_PETITIONS] == "5"
    assert report.facts is not None
    assert (report.facts["inquiries"], report.facts["interests"], report.facts["petitions"]) == (3, 2, 5)


def test_one_altered_byte_of_each_is_found_and_named(estate: MadeUpEstate) -> None:
    good = asked.files()
    assert len(good) == 16
    for path, data in good.items():
        noun = next(one for many, one in NOUNS.items() if many in path)
        uuid = path.rpartition("/")[2].removesuffix(".json")
        named = (
            (f"{noun} {TIE if noun == 'interest' else uuid}",) if path.endswith(".json") else (f"{noun} ", "list of")
        )
        for at in sorted({0, *range(len(data) // 5, len(data), len(data) // 5), len(data) - 1}):
            estate.files[path] = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
            report = estate.report()
            assert report.verdict is Verdict.REJECTED, (path, at, data[max(at - 20, 0) : at + 20])
            assert report.trouble is not None
            assert any(each in report.trouble.en for each in named), (path, at, report.trouble.en)
        estate.files[path] = data
    assert estate.report().verdict is Verdict.VERIFIED


@pytest.mark.parametrize(
    ("gone", "step", "sentence"),
    [
        (f"{LIST['inquiries']}0", Step.ESTATE_INQUIRIES, "list of inquiries: it is missing from number 1 on"),
        (f"{LIST['interests']}0", Step.ESTATE_INTERESTS, "list of interests: it is missing from number 1 on"),
        (f"{LIST['petitions']}4", Step.ESTATE_PETITIONS, "list of petitions: it is missing from number 5 on"),
        (f"{OWN['inquiries']}/{HELD}.json", Step.ESTATE_INQUIRIES, f"inquiry {HELD}: it is listed, but not there"),
        (f"{OWN['interests']}/12.json", Step.ESTATE_INTERESTS, f"interest {TIE}: it is listed, but not there"),
        (f"{OWN['petitions']}/{SERVED}.json", Step.ESTATE_PETITIONS, f"petition {SERVED}: it is listed, but not there"),
    ],
)
def test_what_is_missing_is_named(estate: MadeUpEstate, gone: str, step: Step, sentence: str) -> None:
    del estate.files[gone]
    assert estate.wrong(step) == sentence


def relist(estate: MadeUpEstate, name: str, change: Callable[[list[dict[str, Any]]], object]) -> None:
    """Publish a list again, on one page."""
    pages = [json.loads(data) for path, data in asked.files().items() if path.startswith(LIST[name])]
    listed = [each for page in pages for each in page[name]]
    change(listed)
    estate.files[f"{LIST[name]}0"] = json.dumps({name: listed, "next": None}).encode()


@pytest.mark.parametrize(
    ("name", "change", "step", "sentence"),
    [
        (
            "inquiries",
            lambda listed: listed.pop(),
            Step.ESTATE_INQUIRIES,
            f"inquiry {HELD}: the log tells of it, but it is not published any more",
        ),
        (
            "inquiries",
            lambda listed: listed[1].update(due="2026-12-17"),
            Step.ESTATE_INQUIRIES,
            f"list of inquiries, inquiry {UNSEEN}: due is not what the log's entry says",
        ),
        (
            "inquiries",
            lambda listed: listed[1].update(answered=True),
            Step.ESTATE_INQUIRIES,
            f"list of inquiries, inquiry {UNSEEN}: answered is not what the log says",
        ),
        (
            "interests",
            lambda listed: listed.pop(0),
            Step.ESTATE_INTERESTS,
            f"interest {TIE}: the log tells of it, but it is not published any more",
        ),
        (
            "interests",
            lambda listed: listed[0].update(hit=12),
            Step.ESTATE_INTERESTS,
            f"interest {TIE}: about is not what the log's entry says",
        ),
        (
            "petitions",
            lambda listed: listed.append(listed[0]),
            Step.ESTATE_PETITIONS,
            "list of petition: one stands in it twice",
        ),
    ],
)
def test_a_list_that_says_something_else_is_refused(
    estate: MadeUpEstate,
    name: str,
    change: Callable[[list[dict[str, Any]]], object],
    step: Step,
    sentence: str,
) -> None:
    relist(estate, name, change)
    assert estate.wrong(step) == sentence


def test_a_list_that_goes_round_is_refused(estate: MadeUpEstate) -> None:
    path = f"{LIST['petitions']}2"
    estate.files[path] = estate.files[path].replace(b'"next": 4', b'"next": 2')
    assert estate.wrong(Step.ESTATE_PETITIONS) == "list of petitions: 4 were listed, but it goes on elsewhere"


def test_what_is_newer_than_the_log_waits_for_it(estate: MadeUpEstate) -> None:
    left = [each for each in asked.entries() if not any(uuid.encode() in each for uuid in (HELD, COLLECTING))]
    gone = (b'"about":"","commitments":{},"handling":"silent"', b"petition:answered", b"inquiry:answered")
    estate.sign([each for each in left if not any(one in each for one in gone)])
    report = estate.report()
    assert (report.verdict, report.trouble) == (Verdict.VERIFIED, None)
    assert [each.en for each in report.warnings if "newer" in each.en] == [
        f"2 inquiries are newer than the log and were not checked to the end ({HELD}, {OPEN})",
        f"1 published ties are newer than the log and were not checked to the end ({TIE})",
        f"2 petitions are newer than the log and were not checked to the end ({COLLECTING}, {ANSWERED})",
    ]


INQUIRY = INQUIRIES[0]


def inquiry_with(inquiry: Inquiry = INQUIRY, /, **changes: object) -> bytes:
    """Return an inquiry's public JSON with fields changed; the spelling stays."""
    return rfc8785.dumps({**json.loads(encode_inquiry(inquiry)), **changes})


def shown(inquiry: Inquiry, part: str, name: str, **changes: object) -> bytes:
    """Return an inquiry's public JSON with a piece changed."""
    found = json.loads(encode_inquiry(inquiry))
    found[part][name] |= changes
    return rfc8785.dumps(found)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (inquiry_with(version=2), "version 1 is expected"),
        (inquiry_with().replace(b'"version":1', b'"version":99999999999999999'), "it is not in the one spelling"),
        (inquiry_with() + b" ", "it is not in the one spelling"),
        (inquiry_with(estate="e2"), "estate is not the one of this log"),
        (inquiry_with(raised_on="2026-12-02"), "raised_on is not what the log's entry says"),
        (inquiry_with(about=None), "about is not what the log's entry says"),
        (inquiry_with(about=""), "about is not what the log's entry says"),
        (inquiry_with(question={}), "question: it has other pieces than were committed to"),
        (inquiry_with(answer=[]), "answer: it has other pieces than were committed to"),
        (inquiry_with(answered_on=None), "answered_on: it is not what the log's entry says"),
        (inquiry_with(tabled_on="2026-12-02"), "tabled_on: it is not what the log's entry says"),
        (shown(INQUIRY, "question", "text_a", value="别"), "piece text_a: it is not what was published"),
        (shown(INQUIRY, "answer", "answer_a", value="别"), "piece answer_a: it is not what was published"),
        (
            encode_inquiry(replace(INQUIRY, question=asked.QUESTION)),
            "piece text_b: field redacted is missing",
        ),
    ],
)
def test_an_inquiry_is_what_the_log_tells(data: bytes, sentence: str) -> None:
    told = told_inquiries(told_of_inquiry(INQUIRY))
    assert not verify_inquiry(encode_inquiry(INQUIRY), ESTATE, told[OPEN], last_told(told))
    with pytest.raises(CryptoError) as refused:
        verify_inquiry(data, ESTATE, told[OPEN], last_told(told))
    assert str(refused.value).startswith(f"inquiry {OPEN}")
    assert sentence in str(refused.value)


def test_what_not_everybody_may_read_is_not_shown_in_part() -> None:
    for inquiry in INQUIRIES[1:]:
        told = told_inquiries(told_of_inquiry(inquiry))[inquiry.uuid]
        assert not verify_inquiry(encode_inquiry(inquiry), ESTATE, told, "")
    unseen = told_inquiries(told_of_inquiry(INQUIRIES[1]))[UNSEEN]
    piece = {"commitment": asked.QUESTION[0].commitment.hex(), "salt": "00" * 32, "value": asked.QUESTION[0].value}
    with pytest.raises(VerificationError, match=f"inquiry {UNSEEN}: it was asked unseen, and its question is shown"):
        verify_inquiry(shown(INQUIRIES[1], "question", "text_a", **piece), ESTATE, unseen, "")
    held = told_inquiries(told_of_inquiry(INQUIRIES[2]))[HELD]
    with pytest.raises(VerificationError, match="piece signature: it is kept back, and other pieces are shown"):
        verify_inquiry(shown(INQUIRIES[2], "question", "text_a", **piece), ESTATE, held, "")


def test_what_the_log_does_not_tell_of_an_inquiry_is_newer_or_wrong() -> None:
    raised, answered, tabled, hidden = told_of_inquiry(INQUIRY)
    told = told_inquiries([raised, hidden])
    data = encode_inquiry(INQUIRY)
    assert verify_inquiry(data, ESTATE, told[OPEN], "2026-12-01")
    with pytest.raises(VerificationError, match="answered_on: the log does not tell of it, and has later ones"):
        verify_inquiry(data, ESTATE, told[OPEN], "2026-12-02")
    for changes in ({"answered_on": None}, {"answer": {}}):
        with pytest.raises(VerificationError, match="an answer without its day, or a day without its answer"):
            verify_inquiry(inquiry_with(INQUIRY, **changes), ESTATE, told[OPEN], "2026-12-01")
    assert last_told(told_inquiries([raised, answered, tabled])) == "2026-12-01"
    assert last_told({}) == ""
    require_newer(data, OPEN, "2026-12-01")
    with pytest.raises(VerificationError, match=f"inquiry {OPEN}: it is not in the log, which has later ones"):
        require_newer(data, OPEN, "2026-12-02")
    more = encode_entry(
        Kind.INQUIRY_REDACTED,
        {"inquiry": OPEN, "fields": ["answer_c"], "article": "personal", "office": "community", "on": "2026-12-02"},
    )
    with pytest.raises(VerificationError, match="the log hides answer_c, which it does not have"):
        verify_inquiry(data, ESTATE, told_inquiries([raised, answered, tabled, hidden, more])[OPEN], "")


def test_a_log_tells_of_each_thing_once_and_in_its_place() -> None:
    raised, answered, tabled, _ = told_of_inquiry(INQUIRY)
    for entries, sentence in (
        ([answered], "inquiry:answered in the wrong place"),
        ([raised, raised], "inquiry:raised in the wrong place"),
        ([raised, answered, answered], "inquiry:answered twice"),
        ([raised, tabled, tabled], "inquiry:tabled twice"),
    ):
        with pytest.raises(VerificationError, match=f"inquiry {OPEN}: the log has {sentence}"):
            told_inquiries(entries)
    declared, published, _ = told_of_interests()
    for entries, sentence in (
        ([published], "the log publishes it before it is declared"),
        ([declared, declared], "the log has interest:declared twice"),
        ([declared, published, published], "the log has interest:published twice"),
    ):
        with pytest.raises(VerificationError, match=f"interest {TIE}: {sentence}"):
            told_interests(entries)
    started, served, lapsed = told_of_petition(PETITIONS[1])
    withdrawn = encode_entry(Kind.PETITION_WITHDRAWN, {"petition": LAPSED, "heads": 1, "area_dm2": 1})
    other = encode_entry(Kind.PETITION_LAPSED, {"petition": LAPSED, "due_on": "2026-12-30"})
    for entries in (
        [served],
        [started, started],
        [started, lapsed],
        [started, served, served],
        [started, served, withdrawn],
        [started, withdrawn, served],
        [started, served, other],
    ):
        with pytest.raises(VerificationError, match=f"petition {LAPSED}: the log has petition:.* in the wrong place"):
            told_petitions(entries)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"version": 2}, "version 1 is expected"),
        ({"estate": "e2"}, "estate is not the one of this log"),
        ({"handling": "silent"}, "handling is not what the log's entry says"),
        ({"posting": 1}, "posting is not what the log's entry says"),
        ({"parts": {}}, "it has other parts than were committed to"),
        ({"parts": []}, "it has other parts than were committed to"),
    ],
)
def test_a_published_tie_is_what_the_log_tells(change: dict[str, object], sentence: str) -> None:
    told = told_interests(told_of_interests())
    place = Place(TIE, FIRST, 0)
    data = encode_hit(ESTATE, TIE, HITS[0], asked.PARTS)
    verify_interest(data, ESTATE, place, told)
    with pytest.raises(CryptoError, match=f"interest {TIE}: {sentence}"):
        verify_interest(rfc8785.dumps({**json.loads(data), **change}), ESTATE, place, told)


@pytest.mark.parametrize("name", ["holder", "party", "credit_code", "relation", "explanation", "note"])
def test_every_part_of_a_tie_opens_its_commitment_but_the_note(name: str) -> None:
    told = told_interests(told_of_interests())
    found = json.loads(encode_hit(ESTATE, TIE, HITS[0], asked.PARTS))
    found["parts"][name]["value"] = "别"
    with pytest.raises(CryptoError, match=f"interest {TIE}, part {name}: it"):
        verify_interest(rfc8785.dumps(found), ESTATE, Place(TIE, FIRST, 0), told)


def public_with(public: PublicPetition, **changes: object) -> bytes:
    """Return a petition's public JSON with fields changed."""
    return rfc8785.dumps({**json.loads(encode_public(public)), **changes})


@pytest.mark.parametrize(
    ("public", "change", "field"),
    [
        (PETITIONS[0], {"estate": "e2"}, "estate"),
        (PETITIONS[0], {"text": "别的"}, "its text"),
        (PETITIONS[0], {"member": "张三"}, "its text"),
        (PETITIONS[0], {"electorate": {"heads": 565, "area_dm2": 6023496}}, "electorate"),
        (PETITIONS[0], {"expires_on": "2027-01-31"}, "expires_on"),
        (PETITIONS[0], {"signed": {"heads": 121, "area_dm2": 1300000}}, "signed"),
        (PETITIONS[0], {"signed": None}, "signed"),
        (PETITIONS[0], {"struck": 1}, "struck"),
        (PETITIONS[0], {"due_on": "2026-12-30"}, "due_on"),
        (PETITIONS[0], {"answer": FIRST}, "answer"),
        (PETITIONS[0], {"state": "collecting"}, "state"),
        (PETITIONS[1], {"state": "served"}, "state"),
        (PETITIONS[2], {"answered_on": "2026-12-21"}, "answered_on"),
        (PETITIONS[3], {"state": "expired"}, "state"),
        (PETITIONS[4], {"signed": {"heads": 1, "area_dm2": 1}}, "signed"),
    ],
)
def test_a_petition_is_what_the_log_tells(public: PublicPetition, change: dict[str, object], field: str) -> None:
    told = told_petitions(told_of_petition(public))[public.asked.uuid]
    assert not verify_petition(encode_public(public), ESTATE, told)
    with pytest.raises(VerificationError, match=f"petition {public.asked.uuid}: {field} is not "):
        verify_petition(public_with(public, **change), ESTATE, told)


def test_a_petition_may_be_ahead_of_the_log_but_not_of_what_it_told() -> None:
    for before, after in (
        (PetitionState.COLLECTING, PetitionState.SERVED),
        (PetitionState.COLLECTING, PetitionState.ANSWERED),
        (PetitionState.COLLECTING, PetitionState.WITHDRAWN),
        (PetitionState.SERVED, PetitionState.LAPSED),
        (PetitionState.LAPSED, PetitionState.ANSWERED),
    ):
        told = told_petitions(told_of_petition(petition(SERVED, before)))[SERVED]
        assert verify_petition(encode_public(petition(SERVED, after)), ESTATE, told)
    told = told_petitions(told_of_petition(PETITIONS[0]))[SERVED]
    later = replace(petition(SERVED, PetitionState.ANSWERED), due_on=date(2026, 12, 30))
    with pytest.raises(VerificationError, match=f"petition {SERVED}: due_on is not what the log says"):
        verify_petition(encode_public(later), ESTATE, told)


def test_what_is_no_json_is_refused_by_name() -> None:
    told = told_petitions(told_of_petition(PETITIONS[3]))[WITHDRAWN]
    with pytest.raises(MalformedError, match=f"petition {WITHDRAWN}: "):
        verify_petition(b"{", ESTATE, told)
