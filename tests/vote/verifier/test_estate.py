"""Everything public of an estate is verified from outside, over HTTP."""

import json
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from crypto.checkpoint import decode_checkpoint
from crypto.errors import MalformedError, VerificationError
from crypto.note import decode_note
from tests.simulator import UUID
from tests.vote.verifier.estates import ESTATE, FIRST, LIST, SECOND, THIRD, MadeUpEstate, entered, record_of
from tests.vote.verifier.log_folders import accepted
from tests.vote.verifier.running import run
from tests.vote.verifier.told import say
from vote.errors import RefusedError, UnavailableError
from vote.log.rules import Kind, encode_entry
from vote.oversight.book.rules import posted_facts
from vote.oversight.record.rules import encode_record, published_facts, redacted_facts
from vote.verifier import log_address
from vote.verifier.estate_records import read_page, require_newer, told_records
from vote.verifier.estate_site import EstateSite, is_estate, log_at
from vote.verifier.last_seen import LastSeen
from vote.verifier.report import Status, Step, Verdict


@pytest.fixture
def estate(tmp_path: Path) -> MadeUpEstate:
    return MadeUpEstate(tmp_path)


def test_an_estate_is_verified_from_its_address(estate: MadeUpEstate, tmp_path: Path) -> None:
    with estate.served() as address:
        done = run(address, "--seen", str(tmp_path / "seen"))
        again = run(address + "/", "--seen", str(tmp_path / "seen"), "--json")
    assert done.exit_code == 0, done.stdout
    lines = done.stdout.splitlines()
    assert [line[:5] for line in lines[:7]] == [
        "✓ 19.", "✓ 20.", "✓ 21.", "– 24.", "✓ 25.", "✓ 26.", "✓ 27.",
    ]  # fmt: skip
    assert lines[4] == "✓ 25. 业委会公开的每份记录和附件：3份，附件3个"
    assert lines[5] == "✓ 26. 每一笔账：3笔"
    assert lines[6] == "✓ 27. 小区的每次投票：1次"
    assert lines[-1] == "验证通过"
    facts = json.loads(again.stdout)["facts"]
    assert (facts["records"], facts["postings"], facts["elections"]) == (3, 3, [UUID])


def test_one_altered_byte_anywhere_is_found_and_named(estate: MadeUpEstate) -> None:
    good = dict(estate.files)
    assert len(good) == 26
    for path, data in good.items():
        if path.startswith("elections/"):
            continue
        named = path.rpartition("/")[2]
        if path.startswith(f"log/{ESTATE}/"):
            named = path.removeprefix(f"log/{ESTATE}/")
        elif path.startswith(LIST):
            named = "list of records|record "
        elif "/records/" in path:
            named = path.partition("/records/")[2].removesuffix(".json").partition("/")[0]
        elif "book?" in path:
            named = "book|posting"
        elif "beancount" in path:
            named = "Beancount file"
        for at in {0, len(data) // 3, len(data) // 2, len(data) - 1}:
            estate.files[path] = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
            report = estate.report()
            assert report.verdict is Verdict.REJECTED, (path, at)
            assert report.trouble is not None
            known = (
                ("note", "checkpoint", "policy", "verifier key")
                if named in {"checkpoint", "policy"}
                else named.split("|")
            )
            assert any(each in report.trouble.en for each in known), (path, at, report.trouble.en)
        estate.files[path] = data
    assert estate.report().verdict is Verdict.VERIFIED


@pytest.mark.parametrize("name", [f"{UUID}.bel", "box.json", "roll-public.json", "result.json"])
def test_one_altered_byte_of_an_election_is_found_and_named(estate: MadeUpEstate, name: str) -> None:
    path = f"elections/{UUID}/{name}"
    data = estate.files[path]
    at = len(data) // 2
    estate.files[path] = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
    assert estate.wrong(Step.ESTATE_ELECTIONS).startswith(f"elections/{UUID}: step ")


@pytest.mark.parametrize(
    ("gone", "step", "sentence"),
    [
        (f"{LIST}0", Step.ESTATE_RECORDS, "list of records: it is missing from record 1 on"),
        (f"{LIST}2", Step.ESTATE_RECORDS, "list of records: it is missing from record 3 on"),
        (
            f"estates/{ESTATE}/records/{SECOND}.json",
            Step.ESTATE_RECORDS,
            f"record {SECOND}: it is listed, but not there",
        ),
        (f"estates/{ESTATE}/records/{FIRST}/files/1", Step.ESTATE_RECORDS, f"record {FIRST}, files/1: it is missing"),
        (f"api/estates/{ESTATE}/book?from=1", Step.ESTATE_BOOK, "book: posting 1 is in the log and not in the book"),
        (f"api/estates/{ESTATE}/book?from=3", Step.ESTATE_BOOK, "book: posting 3 is in the log and not in the book"),
        (f"elections/{UUID}/{UUID}.bel", Step.ESTATE_ELECTIONS, f"elections/{UUID}: the log tells of its sealing"),
        (f"elections/{UUID}/box.json", Step.ESTATE_ELECTIONS, f"elections/{UUID}: step 2: box.json is missing"),
    ],
)
def test_what_is_missing_is_named(estate: MadeUpEstate, gone: str, step: Step, sentence: str) -> None:
    del estate.files[gone]
    assert estate.wrong(step).startswith(sentence)


def relist(estate: MadeUpEstate, change: Callable[[list[dict[str, object]]], object]) -> None:
    listed = [each for first in (0, 2) for each in json.loads(estate.files[f"{LIST}{first}"])["records"]]
    change(listed)
    estate.show_list(listed)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda listed: listed.pop(), f"record {THIRD}: the log tells of it, but it is not published any more"),
        (lambda listed: listed[0].update(kind="notice"), f"list of records, record {FIRST}: kind is not"),
        (lambda listed: listed[0].update(day="2026-11-09"), f"list of records, record {FIRST}: day is not"),
        (
            lambda listed: listed[0].update(published_at="2026-12-01T10:00:01Z"),
            f"list of records, record {FIRST}: publ",
        ),
        (lambda listed: listed.reverse(), f"list of records: record {THIRD} stands where the log has record {FIRST}"),
        (lambda listed: listed[0].update(superseded_by=None), f"list of records, record {FIRST}: superseded_by is not"),
        (
            lambda listed: listed[1].update(superseded_by=FIRST),
            f"list of records, record {SECOND}: superseded_by is not",
        ),
        (lambda listed: listed.append(listed[0]), "list of records: a record stands in it twice"),
    ],
)
def test_a_list_that_says_something_else_is_refused(
    estate: MadeUpEstate, change: Callable[[list[dict[str, object]]], object], sentence: str
) -> None:
    relist(estate, change)
    assert estate.wrong(Step.ESTATE_RECORDS).startswith(sentence)


def test_a_record_in_the_place_of_another_is_refused(estate: MadeUpEstate) -> None:
    estate.files[f"estates/{ESTATE}/records/{FIRST}.json"] = estate.files[f"estates/{ESTATE}/records/{SECOND}.json"]
    assert estate.wrong(Step.ESTATE_RECORDS).startswith(f"record {FIRST}: record {SECOND}: ")


def test_what_is_newer_than_the_log_waits_for_it(tmp_path: Path) -> None:
    estate = MadeUpEstate(tmp_path)
    newer = record_of("AAAAAAAAAAAAAAAAD2", 13, THIRD)
    listed: dict[str, object] = {
        "record": newer.uuid,
        "kind": "decision",
        "day": "2026-11-13",
        "published_at": "2026-12-01T13:00:00Z",
    }
    listed["superseded_by"] = None
    relist(estate, lambda records: (records[2].update(superseded_by=newer.uuid), records.append(listed)))
    estate.files[f"estates/{ESTATE}/records/{newer.uuid}.json"] = encode_record(newer)
    report = estate.report()
    assert report.verdict is Verdict.VERIFIED, report.trouble
    assert any("1 records are newer than the log" in each.en for each in report.warnings)
    older = replace(newer, published_at=record_of(FIRST, 10).published_at)
    estate.files[f"estates/{ESTATE}/records/{newer.uuid}.json"] = encode_record(older)
    assert estate.wrong(Step.ESTATE_RECORDS) == f"record {newer.uuid}: it is not in the log, which has later ones"


def test_a_hidden_posting_and_what_the_log_repeats_are_verified(tmp_path: Path) -> None:
    postings = (entered(1), entered(2, hide=True), entered(3))
    report = MadeUpEstate(tmp_path, postings=postings).report()
    assert report.verdict is Verdict.VERIFIED, report.trouble


def test_an_estate_without_books_and_elections_is_verified(tmp_path: Path) -> None:
    estate = MadeUpEstate(tmp_path, postings=())
    for path in [each for each in estate.files if "book" in each]:
        del estate.files[path]
    estate.sign([each for each in estate.entries() if b"election" not in each and b"roll:" not in each])
    report = estate.report()
    assert report.verdict is Verdict.VERIFIED, report.trouble
    skipped = [line.step for line in report.lines if line.status is Status.SKIPPED]
    asked = [Step.ESTATE_INQUIRIES, Step.ESTATE_INTERESTS, Step.ESTATE_PETITIONS]
    assert skipped == [Step.LOG_CONTINUED, Step.ESTATE_LOGS, Step.ESTATE_BOOK, Step.ESTATE_ELECTIONS, *asked]


def test_books_without_a_file_for_beancount_are_verified(estate: MadeUpEstate) -> None:
    del estate.files[f"estates/{ESTATE}/book.beancount"]
    assert estate.report().verdict is Verdict.VERIFIED


def test_a_list_that_goes_on_elsewhere_is_refused(estate: MadeUpEstate) -> None:
    estate.files[f"{LIST}0"] = estate.files[f"{LIST}0"].replace(b'"next": 2', b'"next": 0')
    assert "2 were listed, but it goes on after 0" in estate.wrong(Step.ESTATE_RECORDS)


def test_a_list_that_never_ends_is_refused(estate: MadeUpEstate) -> None:
    estate.files[f"{LIST}0"] = b'{"records": [], "next": 0}'
    assert "0 were listed, but it goes on after 0" in estate.wrong(Step.ESTATE_RECORDS)


def test_a_book_whose_pages_go_round_is_refused(estate: MadeUpEstate) -> None:
    path = f"api/estates/{ESTATE}/book?from=3"
    estate.files[path] = estate.files[path].replace(b'"next":null', b'"next":3')
    assert "is followed by one from posting 3" in estate.wrong(Step.ESTATE_BOOK)


def test_the_log_must_tell_what_the_election_says(estate: MadeUpEstate) -> None:
    entries = estate.entries()
    estate.sign([each for each in entries if b"tally:summed" not in each])
    assert estate.wrong(Step.ESTATE_ELECTIONS).startswith(f"elections/{UUID}: the sum in the archive: the log has no")


def test_an_election_of_another_estate_is_refused(tmp_path: Path) -> None:
    estate = MadeUpEstate(tmp_path, records=(), postings=())
    for path in [each for each in estate.files if "book" in each]:
        del estate.files[path]
    assert estate.report().verdict is Verdict.VERIFIED
    estate.files |= {path.replace(f"/{ESTATE}/", "/e2/"): data for path, data in estate.files.items()}
    with estate.served() as address:
        done = run(address.replace(f"/{ESTATE}", "/e2"), "--forget", "--lang", "en")
    assert done.exit_code == 1
    assert f"elections/{UUID}: no manifest of this estate is published" in done.stdout


def continued(estate: MadeUpEstate, size: int, root: str, before: int = 1) -> None:
    facts = {"before": before, "size": size, "root": root, "reason": "0" * 64}
    first = encode_entry(Kind.LOG_CONTINUED, facts)
    again = encode_entry(Kind.RECORD_PUBLISHED, published_facts(record_of(THIRD, 12, FIRST)))
    estate.sign([first, again, say(Kind.OBJECTION_RAISED, objection=1)], f"log/{ESTATE}/2")


def test_a_log_that_was_begun_anew_continues_the_one_before(estate: MadeUpEstate) -> None:
    then = decode_checkpoint(decode_note(estate.files[f"log/{ESTATE}/checkpoint"]).text)
    continued(estate, then.size, then.root.hex())
    report = estate.report()
    assert report.verdict is Verdict.VERIFIED, report.trouble
    assert next(line for line in report.lines if line.step is Step.ESTATE_LOGS).status is Status.PASSED
    continued(estate, then.size, "0" * 64)
    assert estate.wrong(Step.ESTATE_LOGS).startswith(
        f"log/{ESTATE}/2: entry 0 commits to another log than log/{ESTATE}"
    )
    continued(estate, then.size, then.root.hex(), before=2)
    assert "entry 0 does not say that it continues log 1" in estate.wrong(Step.ESTATE_LOGS)
    estate.sign([accepted(1)], f"log/{ESTATE}/2")
    assert "entry 0 does not say that it continues log 1" in estate.wrong(Step.ESTATE_LOGS)


def test_what_was_seen_must_be_continued(estate: MadeUpEstate, tmp_path: Path) -> None:
    seen = LastSeen(tmp_path / "seen")
    assert estate.report(seen).verdict is Verdict.VERIFIED
    estate.sign(estate.entries()[:-1])
    assert estate.report(seen).lines[-1].step is Step.LOG_CONTINUED


def test_a_log_is_verified_at_its_address(estate: MadeUpEstate) -> None:
    with estate.served() as address:
        log = address.replace("/estates/", "/log/")
        done = run(log, "--forget")
        assert done.exit_code == 0, done.stdout
        assert done.stdout.startswith("✓ 19. 公开日志的签名和旁证：log.example/1，")
        bundle = next(path for path in estate.files if "/tile/entries/" in path)
        estate.files[bundle] = estate.files[bundle][:-1] + b"~"
        done = run(log + "/", "--forget")
    assert done.exit_code == 1
    assert bundle.removeprefix(f"log/{ESTATE}/") in done.stdout.splitlines()[-1]


def test_an_address_without_a_log_has_nothing_to_verify(tmp_path: Path) -> None:
    estate = MadeUpEstate(tmp_path)
    estate.files.clear()
    with estate.served() as address:
        assert run(address, "--forget").exit_code == 2


def test_a_host_that_does_not_answer_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        done = run(f"http://127.0.0.1:{taken.getsockname()[1]}/estates/e1", "--forget")
    assert done.exit_code == 3
    assert "it does not answer, so nothing was decided" in done.stderr
    monkeypatch.setattr("vote.verifier.log_address.TIMEOUT_SECONDS", 1)
    with pytest.raises(UnavailableError, match="it answers 500"):
        log_address.fetch_file(answering(500), "http://a.example/x", 9, "x")
    with pytest.raises(MalformedError, match="x: too large"):
        log_address.fetch_file(answering(200), "http://a.example/x", 3, "x")


def answering(status: int) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(status, content=b"text")))


def test_addresses_are_told_apart() -> None:
    client = answering(404)
    assert is_estate("https://a.example/estates/e1/")
    assert not is_estate("https://a.example/estates/e1/records")
    assert not is_estate("http://[")
    assert log_at("https://a.example/estates/e1", client, None) is None
    found = log_at("https://a.example/b/log/e1/2", client, None)
    assert found is not None
    assert (found.name, found.files.paths()) == ("log/e1/2", None)
    with pytest.raises(RefusedError, match="the address of an estate's page is expected"):
        EstateSite("https://a.example/", client)


def test_what_a_log_tells_of_records_fits_together() -> None:
    record = record_of(FIRST, 10)
    published = encode_entry(Kind.RECORD_PUBLISHED, published_facts(record))
    hidden = encode_entry(
        Kind.RECORD_REDACTED,
        redacted_facts(FIRST, ["content"], record_of(FIRST, 10, hide=("content",)).fields[2].redaction),  # type: ignore[arg-type]
    )
    assert told_records([published, hidden, published, hidden])[FIRST].redactions == [hidden]
    with pytest.raises(VerificationError, match="hides a part of it before it is published"):
        told_records([hidden, published])
    other = encode_entry(Kind.RECORD_PUBLISHED, published_facts(record_of(FIRST, 11)))
    with pytest.raises(VerificationError, match="tells twice of its being published"):
        told_records([published, other])
    with pytest.raises(MalformedError):
        read_page(b'{"records":[{"record":1}],"next":null}')
    with pytest.raises(MalformedError, match="published_at"):
        require_newer(b"[]", FIRST, {})
    assert posted_facts(entered(1).posting, bytes(32))["posting"] == 1
