"""Verifies what owners of an estate ask, alone and together, and ties that its members declared, against the log.

* What the log tells of is listed and there, and what is there is what the log tells; what is newer is named and waits.
* What is wrong is named by inquiry, interest or petition, and by its field.

Not here: fetching (`estate_site`), the checks (`vote.oversight`).
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from typing import Any, TypeVar

from crypto.encoding import read_json, require_fields, require_list, require_text, require_truth, require_whole
from crypto.errors import VerificationError
from vote.law.citation import Text
from vote.oversight.inquiry import verifying as inquiries
from vote.oversight.interest import verifying as interests
from vote.oversight.interest.verifying import Place
from vote.oversight.petition import verifying as petitions
from vote.verifier.estate_site import EstateSite
from vote.verifier.progress import Progress
from vote.verifier.report import Step

INQUIRY_KINDS, INTEREST_KINDS, PETITION_KINDS = inquiries.KINDS, interests.KINDS, petitions.KINDS
_SHOWN = 5
Key = TypeVar("Key", bound=Hashable)


def verify_inquiries(site: EstateSite, entries: Sequence[bytes], progress: Progress) -> None:
    """Verify the inquiries of an estate.

    Args:
        site: where they are.
        entries: those of the log of `INQUIRY_KINDS`, in their order, none twice.
        progress: hears of it.
    """
    first = site.inquiries(0)
    if first is None and not entries:
        progress.skip(Text("没有询问", "there are no inquiries"), Step.ESTATE_INQUIRIES)
        return
    with progress.step(Step.ESTATE_INQUIRIES) as details:
        told = inquiries.told_inquiries(entries)
        latest = inquiries.last_told(told)
        listed = _read_list("inquiries", ("inquiry", "due", "answered"), first, site.inquiries)
        names = _names("inquiry", listed, "list of inquiries")
        newer = _require_told("inquiry", names, told)
        for uuid, each in zip(names, listed, strict=True):
            data = _there("inquiry", uuid, site.inquiry(uuid))
            if uuid in newer:
                inquiries.require_newer(data, uuid, latest)
                continue
            own, what = told[uuid], f"list of inquiries, inquiry {uuid}"
            if each["due"] != own.raised["due"]:
                raise VerificationError(f"{what}: due is not what the log's entry says")
            ahead = inquiries.verify_inquiry(data, site.estate, own, latest)
            answered = require_truth(each["answered"], f"{what}, answered")
            if answered is not (own.answered is not None) and not (answered and ahead):
                raise VerificationError(f"{what}: answered is not what the log says")
            newer += [uuid] * ahead
        details.append(Text(f"{len(told)}条", f"{len(told)}"))
        _warn_of_newer(Text("询问", "inquiries"), newer, progress)
    progress.facts["inquiries"] = len(told)


def verify_interests(site: EstateSite, entries: Sequence[bytes], progress: Progress) -> None:
    """Verify the published ties of members of an estate.

    Args:
        site: where they are.
        entries: those of the log of `INTEREST_KINDS`, in their order, none twice.
        progress: hears of it.
    """
    first = site.interests(0)
    if first is None and not entries:
        progress.skip(Text("没有申报的关系", "nobody declared a tie"), Step.ESTATE_INTERESTS)
        return
    with progress.step(Step.ESTATE_INTERESTS) as details:
        told = interests.told_interests(entries)
        what = "list of interests"
        listed = _read_list("interests", ("hit", "interest", "about", "posting"), first, site.interests)
        places = [
            Place(
                name, require_text(each["about"], f"{what}, about"), require_whole(each["posting"], f"{what}, posting")
            )
            for name, each in zip(_names("interest", listed, what), listed, strict=True)
        ]
        newer = _require_told("interest", places, told.published, lambda place: place.interest)
        for place, each in zip(places, listed, strict=True):
            data = _there("interest", place.interest, site.interest(require_whole(each["hit"], f"{what}, hit")))
            if place in told.published:
                interests.verify_interest(data, site.estate, place, told)
        details.append(
            Text(
                f"申报{len(told.declared)}次，公布{len(told.published)}条",
                f"{len(told.declared)} declared, {len(told.published)} published",
            )
        )
        _warn_of_newer(Text("公布的关系", "published ties"), [each.interest for each in newer], progress)
    progress.facts["interests"] = len(told.published)


def verify_petitions(site: EstateSite, entries: Sequence[bytes], progress: Progress) -> None:
    """Verify the petitions of an estate.

    Args:
        site: where they are.
        entries: those of the log of `PETITION_KINDS`, in their order, none twice.
        progress: hears of it.
    """
    first = site.petitions(0)
    if first is None and not entries:
        progress.skip(Text("没有联名", "there are no petitions"), Step.ESTATE_PETITIONS)
        return
    with progress.step(Step.ESTATE_PETITIONS) as details:
        told = petitions.told_petitions(entries)
        listed = _read_list("petitions", ("petition",), first, site.petitions)
        names = _names("petition", listed, "list of petitions")
        newer = _require_told("petition", names, told)
        for uuid in names:
            data = _there("petition", uuid, site.petition(uuid))
            if uuid in told and petitions.verify_petition(data, site.estate, told[uuid]):
                newer.append(uuid)
        details.append(Text(f"{len(told)}份", f"{len(told)}"))
        _warn_of_newer(Text("联名", "petitions"), newer, progress)
    progress.facts["petitions"] = len(told)


def _read_list(
    name: str, fields: Sequence[str], first: bytes | None, fetch: Callable[[int], bytes | None]
) -> list[dict[str, Any]]:
    """Return all of a list whose first page is there already."""
    what = f"list of {name}"
    found: list[dict[str, Any]] = []
    data = first
    while True:
        if data is None:
            raise VerificationError(f"{what}: it is missing from number {len(found) + 1} on")
        page = require_fields(read_json(data, what), (name, "next"), what)
        listed = require_list(page[name], what)
        found += [require_fields(each, fields, what) for each in listed]
        if page["next"] is None:
            return found
        if not listed or require_whole(page["next"], f"{what}, next") != len(found):
            raise VerificationError(f"{what}: {len(found)} were listed, but it goes on elsewhere")
        data = fetch(len(found))


def _names(field: str, listed: Iterable[dict[str, Any]], what: str) -> list[str]:
    return [require_text(each[field], f"{what}, {field}") for each in listed]


def _require_told(
    noun: str, listed: Sequence[Key], told: Collection[Key], name: Callable[[Key], object] = lambda key: key
) -> list[Key]:
    """Raise unless everything of which the log tells is listed; return what is listed besides."""
    known, expected = set(listed), set(told)
    if len(known) != len(listed):
        raise VerificationError(f"list of {noun}: one stands in it twice")
    for each in told:
        if each not in known:
            raise VerificationError(f"{noun} {name(each)}: the log tells of it, but it is not published any more")
    return [each for each in listed if each not in expected]


def _there(noun: str, name: str, data: bytes | None) -> bytes:
    if data is None:
        raise VerificationError(f"{noun} {name}: it is listed, but not there")
    return data


def _warn_of_newer(what: Text, newer: Sequence[str], progress: Progress) -> None:
    if newer:
        names = ", ".join(newer[:_SHOWN])
        progress.warn(
            f"有{len(newer)}条{what.zh}比日志新，没有核对完（{names}）",
            f"{len(newer)} {what.en} are newer than the log and were not checked to the end ({names})",
        )
