"""Verifies everything public of an estate from outside: its logs, records, books, elections, what owners ask: steps 19 to 30.

 * The log comes first and is the measure: what it tells must be there, and what is there must be what it tells.
 * An election is verified as from its files alone, and then against the log.
 * What is wrong is named by record and field, posting, election and step, or file of the log.

Not here: fetching (`estate_site`), the checks (`estate_records`, `estate_asked`, `vote.oversight`, `log_facts`).
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from crypto.errors import CryptoError, MalformedError, VerificationError
from vote.errors import Reason, RefusedError
from vote.law.citation import Text
from vote.log.kinds import read_entry
from vote.log.rules import Kind
from vote.oversight.book.verifying import verify_beancount, verify_book
from vote.oversight.record.rules import FILES
from vote.oversight.record.verifying import verify_attachment, verify_record
from vote.verifier import estate_asked, estate_records, log_facts, logs
from vote.verifier.certifying import certify
from vote.verifier.counting import verify_count
from vote.verifier.estate_records import Listed
from vote.verifier.estate_site import EstateSite
from vote.verifier.last_seen import LastSeen
from vote.verifier.log_chain import verify_chains
from vote.verifier.log_facts import Placed
from vote.verifier.logs import VerifiedLog
from vote.verifier.logs_beside import expected_of
from vote.verifier.opening import open_bundle
from vote.verifier.progress import Progress, StoppedError
from vote.verifier.report import Line, Report, Step, Verdict

BOOK_KINDS = (Kind.BOOK_POSTED, Kind.BOOK_REDACTED)
_NAMED = re.compile(rb'"election":"([^"]+)"')
_SHOWN = 5


def verify_estate(
    site: EstateSite,
    *,
    processes: int | None = None,
    seen: LastSeen | None = None,
    tell: Callable[[Line], None] = lambda _: None,
) -> Report:
    """Return what was verified of an estate.

    Args:
        site: where its public things are.
        processes: how many check ballots at once; all processors if None.
        seen: the checkpoints seen before; what is verified now is added to it.
        tell: hears of each step when it ends.

    Raises:
        RefusedError: there is no public log of an estate (`Reason.NOT_FOUND`).
        UnavailableError: the host does not answer.
    """
    progress = Progress(tell)
    published = site.logs()
    if not published:
        raise RefusedError(Reason.NOT_FOUND, f"{site.estate}: there is no public log of this estate at this address")
    try:
        found = logs.verify_logs(published, seen, progress, lambda kind, entry: True)  # noqa: ARG005 - all of them
        _verify_chain(found, progress)
        attachments = _verify_records(site, found, progress)
        _verify_book(site, found, attachments, progress)
        _verify_elections(site, found, processes, progress)
        estate_asked.verify_inquiries(site, _entries(found, estate_asked.INQUIRY_KINDS), progress)
        estate_asked.verify_interests(site, _entries(found, estate_asked.INTEREST_KINDS), progress)
        estate_asked.verify_petitions(site, _entries(found, estate_asked.PETITION_KINDS), progress)
        logs.keep_seen(found, seen, progress)
    except StoppedError:
        pass
    verdict = Verdict.REJECTED if progress.trouble else Verdict.VERIFIED
    return Report(verdict, tuple(progress.lines), tuple(progress.warnings), progress.trouble, progress.facts)


def _verify_chain(found: Sequence[VerifiedLog], progress: Progress) -> None:
    if len(found) == 1:
        progress.skip(Text("日志没有换过", "the estate has one log"), Step.ESTATE_LOGS)
        return
    verify_chains(found, progress)


def _entries(found: Sequence[VerifiedLog], kinds: Sequence[Kind]) -> list[bytes]:
    """Return the entries of some kinds of all logs, one that a further log repeats once."""
    return list(dict.fromkeys(each.data for log in found for each in log.kept if each.kind in kinds))


def _verify_records(site: EstateSite, found: Sequence[VerifiedLog], progress: Progress) -> Mapping[str, range]:
    """Return the numbers of the attachments of each record."""
    attachments: dict[str, range] = {}
    with progress.step(Step.ESTATE_RECORDS) as details:
        told = estate_records.told_records(_entries(found, estate_records.KINDS))
        listed = _read_listed(site)
        newer = estate_records.verify_listed(listed, told)
        files = 0
        for each in listed:
            shown = site.record(each.record)
            if shown is None:
                raise VerificationError(f"record {each.record}: it is listed, but not there")
            if each.record in newer:
                estate_records.require_newer(shown, each.record, told)
                continue
            own = told[each.record]
            try:
                record = verify_record(shown, site.estate, own.published, own.redactions)
            except CryptoError as error:
                raise type(error)(_named(each.record, str(error))) from None
            attachments[each.record] = range(1, estate_records.verify_shown(each, record) + 1)
            files += _verify_attachments(site, each.record, record["fields"])
        details.append(Text(f"{len(told)}份，附件{files}个", f"{len(told)}, with {files} attachments"))
        if newer:
            shown_names = ", ".join(newer[:_SHOWN])
            progress.warn(
                f"有{len(newer)}份记录比日志新，没有核对（{shown_names}）",
                f"{len(newer)} records are newer than the log and were not checked ({shown_names})",
            )
    progress.facts["records"] = len(told)
    return attachments


def _read_listed(site: EstateSite) -> Sequence[Listed]:
    found: list[Listed] = []
    following: int | None = 0
    while following is not None:
        data = site.records(following)
        if data is None:
            raise VerificationError(f"{estate_records.LIST}: it is missing from record {following + 1} on")
        page, following = estate_records.read_page(data)
        found += page
        if following is not None and not (page and following == len(found)):
            raise VerificationError(
                f"{estate_records.LIST}: {len(found)} were listed, but it goes on after {following}"
            )
    return found


def _named(uuid: str, sentence: str) -> str:
    """Return a sentence about a record that names it; one that cannot be read does not say which it is."""
    return sentence if sentence.startswith(f"record {uuid}") else f"record {uuid}: {sentence}"


def _verify_attachments(site: EstateSite, uuid: str, fields: Mapping[str, Mapping[str, object]]) -> int:
    """Return how many there are to be read."""
    files = 0
    for number, name in enumerate(FILES, start=1):
        value = fields.get(name, {}).get("value")
        if not isinstance(value, dict):
            continue
        what = f"record {uuid}, files/{number}"
        data = site.attachment(uuid, number)
        if data is None:
            raise VerificationError(f"{what}: it is missing")
        verify_attachment(data, value, what)
        files += 1
    return files


def _verify_book(
    site: EstateSite, found: Sequence[VerifiedLog], attachments: Mapping[str, range], progress: Progress
) -> None:
    entries = _entries(found, BOOK_KINDS)
    first = site.book(1)
    if first is None and not entries:
        progress.skip(Text("没有账目", "there are no books"), Step.ESTATE_BOOK)
        return
    with progress.step(Step.ESTATE_BOOK) as details:
        pages = []
        page, at = first, 1
        while page is not None:
            pages.append(page)
            following = _next(page)
            if following is None:
                break
            if following <= at:
                raise MalformedError(f"book: the page from posting {at} is followed by one from posting {following}")
            at = following
            page = site.book(at)
        postings = verify_book(pages, site.estate, entries, attachments)
        details.append(Text(f"{len(postings)}笔", f"{len(postings)} postings"))
        file = site.beancount()
        if file is not None:
            verify_beancount(file, postings)
    progress.facts["postings"] = len(postings)


def _next(page: bytes) -> int | None:
    """Return with which posting the next page of a book begins, as the page says; it is held to that later."""
    match = re.search(rb'"next":([1-9][0-9]{0,8}|null)\b', page)
    return None if match is None or match[1] == b"null" else int(match[1])


def _verify_elections(
    site: EstateSite, found: Sequence[VerifiedLog], processes: int | None, progress: Progress
) -> None:
    rolls: list[Placed] = []
    own: dict[str, list[Placed]] = {}
    kinds: Counter[str] = Counter()
    for log, number, kind, data in ((one.log.number, *each) for one in found for each in one.kept):
        if kind is Kind.ROLL_FROZEN:
            rolls.append(Placed(number, read_entry(data, ""), log))
        elif match := _NAMED.search(data):
            uuid = match[1].decode()
            own.setdefault(uuid, []).append(Placed(number, read_entry(data, ""), log))
            kinds[uuid] += kind is Kind.ELECTION_SEALED
    sealed = [uuid for uuid in own if kinds[uuid]]
    if not sealed:
        progress.skip(Text("还没有投票", "there are no elections"), Step.ESTATE_ELECTIONS)
        return
    with progress.step(Step.ESTATE_ELECTIONS) as details:
        for uuid in sealed:
            bundle = site.election(uuid)
            if bundle is None:
                raise VerificationError(f"elections/{uuid}: the log tells of its sealing, but it is not published")
            beside = Progress(lambda _: None)
            try:
                opened = open_bundle(bundle, processes, beside)
                ballots = verify_count(opened, processes, beside, disclosure=False)
                certify(opened, ballots, beside)
            except StoppedError:
                trouble = beside.trouble.en if beside.trouble else ""
                raise VerificationError(f"elections/{uuid}: step {int(beside.lines[-1].step)}: {trouble}") from None
            if opened.manifest is None or opened.manifest.estate["id"] != site.estate:
                raise VerificationError(f"elections/{uuid}: no manifest of this estate is published")
            try:
                log_facts.verify_told([*rolls, *own[uuid]], expected_of(opened, ballots))
            except CryptoError as error:
                raise VerificationError(f"elections/{uuid}: {error}") from None
        details.append(Text(f"{len(sealed)}次", f"{len(sealed)}"))
    progress.facts["elections"] = sealed
