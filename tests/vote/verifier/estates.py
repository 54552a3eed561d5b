"""Everything public of a made-up estate, by path, and a host that serves it: records, books, an election, the log."""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx

from crypto.commitment import commit
from tests.simulator import UUID
from tests.strategies import seeded
from tests.vote.oversight.record.made import pdf
from tests.vote.verifier.bundles import HONEST
from tests.vote.verifier.log_folders import write_log
from tests.vote.verifier.told import told
from vote.log.rules import Kind, encode_entry
from vote.oversight.book.accounts import Account
from vote.oversight.book.beancount import encode_book
from vote.oversight.book.publishing import encode_page
from vote.oversight.book.rules import (
    COMMITMENT_DOMAIN,
    Posting,
    Voucher,
    Words,
    payment,
    posted_facts,
    words_payload,
)
from vote.oversight.book.rules import redacted_facts as posting_redacted
from vote.oversight.record.kinds import RecordKind
from vote.oversight.record.rules import (
    Article,
    Attachment,
    CommittedField,
    Office,
    PublicRecord,
    Redaction,
    commit_fields,
    encode_record,
    published_facts,
    redacted_facts,
    write_moment,
)
from vote.verifier.estate import verify_estate
from vote.verifier.estate_site import EstateSite
from vote.verifier.last_seen import LastSeen
from vote.verifier.report import Report, Status, Step, Verdict

ESTATE = "e1"
LIST = f"api/estates/{ESTATE}/records?from="
FIRST, SECOND, THIRD = "AAAAAAAAAAAAAAAAA2", "AAAAAAAAAAAAAAAAB2", "AAAAAAAAAAAAAAAAC2"
HIDDEN = Redaction(Article.PRIVACY, Office.COMMITTEE, date(2026, 12, 2))
SCAN = pdf()
VALUES = {
    "title": "修3号楼的门",
    "day": "2026-11-20",
    "content": "请乙公司修门。",
    "in_favour": 5,
    "against": 0,
    "signed": ["张三"],
}


@dataclass(frozen=True)
class Entered:
    """A posting with what binds it to the log."""

    posting: Posting
    commitment: bytes
    salt: bytes | None
    redaction: Redaction | None = None


def record_of(uuid: str, day: int, supersedes: str | None = None, *, hide: Sequence[str] = ()) -> PublicRecord:
    """Return a decision with a scan; fields of `hide` are hidden."""
    scan = Attachment("发票.pdf", "application/pdf", len(SCAN), sha256(SCAN).hexdigest())
    values = {**VALUES, "day": f"2026-11-{day}"}
    salts = [seeded(day)(32) for _ in range(len(values) + 1)]
    fields = commit_fields(RecordKind.DECISION, values, [scan], salts)
    shown = tuple(
        CommittedField(each.name, each.commitment, None, None, HIDDEN) if each.name in hide else each for each in fields
    )
    at = datetime(2026, 12, 1, day % 24, tzinfo=UTC)
    return PublicRecord(uuid, ESTATE, RecordKind.DECISION, at, supersedes, shown)


def entered(number: int, *, hide: bool = False) -> Entered:
    """Return a repair whose voucher is the first record's scan."""
    words = Words("乙公司", "91330421MA00000000", f"修{number}号楼的门")
    lines = payment(Account.REPAIRS, 100 * number)
    posting = Posting(number, date(2026, 11, 20), lines, Voucher(FIRST, 1), words, FIRST)
    salt = seeded(number)(32)
    commitment = commit(COMMITMENT_DOMAIN, salt, words_payload(words))
    if hide:
        return Entered(replace(posting, words=None), commitment, None, HIDDEN)
    return Entered(posting, commitment, salt)


@dataclass
class MadeUpEstate:
    """What is public, by path and query."""

    folder: Path
    records: Sequence[PublicRecord] = (
        record_of(FIRST, 10),
        record_of(SECOND, 11, hide=("content",)),
        record_of(THIRD, 12, FIRST),
    )
    postings: Sequence[Entered] = tuple(map(entered, (1, 2, 3)))
    more: Sequence[bytes] = ()
    """Entries behind all others."""
    files: dict[str, bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.files = {}
        following = {each.supersedes: each.uuid for each in self.records}
        listed = [
            {
                "record": each.uuid,
                "kind": str(each.kind),
                "day": next(str(one.value) for one in each.fields if one.name == "day"),
                "published_at": write_moment(each.published_at),
                "superseded_by": following.get(each.uuid),
            }
            for each in self.records
        ]
        self.show_list(listed)
        for each in self.records:
            self.files[f"estates/{ESTATE}/records/{each.uuid}.json"] = encode_record(each)
            self.files[f"estates/{ESTATE}/records/{each.uuid}/files/1"] = SCAN
        size = len(self.postings)
        for first, page in ((1, self.postings[:2]), (3, self.postings[2:])):
            self.files[f"api/estates/{ESTATE}/book?from={first}"] = encode_page(ESTATE, size, first, page)
        postings = [each.posting for each in self.postings]
        self.files[f"estates/{ESTATE}/book.beancount"] = encode_book("银河湾", postings, today=date(2026, 12, 1))
        for name, data in HONEST.files_with().items():
            self.files[f"elections/{UUID}/{name}"] = data
        self.sign(self.entries())

    def show_list(self, listed: Sequence[object]) -> None:
        """Publish the list of records on pages of two."""
        for first in range(0, max(len(listed), 1), 2):
            page = {"records": listed[first : first + 2], "next": first + 2 if first + 2 < len(listed) else None}
            self.files[f"{LIST}{first}"] = json.dumps(page).encode()

    def entries(self) -> list[bytes]:
        """Return the log's entries."""
        found = told()
        for each in self.records:
            found.append(encode_entry(Kind.RECORD_PUBLISHED, published_facts(each)))
            if names := [one.name for one in each.fields if one.redaction]:
                found.append(encode_entry(Kind.RECORD_REDACTED, redacted_facts(each.uuid, names, HIDDEN)))
        for one in self.postings:
            found.append(encode_entry(Kind.BOOK_POSTED, posted_facts(one.posting, one.commitment)))
            if one.redaction:
                found.append(encode_entry(Kind.BOOK_REDACTED, posting_redacted(one.posting.number, HIDDEN)))
        return [*found, *self.more]

    def sign(self, entries: Sequence[bytes], name: str = f"log/{ESTATE}") -> None:
        """Publish a log with these entries."""
        for path in [each for each in self.files if each.startswith(f"{name}/")]:
            del self.files[path]
        folder = write_log(self.folder / f"{name}-{len(entries)}", entries)
        for file in folder.rglob("*"):
            if file.is_file():
                self.files[f"{name}/{file.relative_to(folder).as_posix()}"] = file.read_bytes()

    @contextmanager
    def served(self) -> Iterator[str]:
        """Serve it; yield the address of the estate's page."""
        files = self.files

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                data = files.get(self.path.lstrip("/"))
                self.send_response(404 if data is None else 200)
                self.end_headers()
                self.wfile.write(data or b"")

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}/estates/{ESTATE}"
            server.shutdown()

    def report(self, seen: LastSeen | None = None) -> Report:
        """Return what is found of it, over HTTP."""
        with self.served() as address, httpx.Client() as client:
            return verify_estate(EstateSite(address, client), processes=1, seen=seen)

    def wrong(self, step: Step) -> str:
        """Return the sentence with which it is rejected at just this step."""
        report = self.report()
        assert report.verdict is Verdict.REJECTED, "nothing was noticed"
        assert (report.lines[-1].step, report.lines[-1].status) == (step, Status.FAILED), report.trouble
        assert report.trouble is not None
        return report.trouble.en
