"""Decides what share of owners a petition needs, by which article, how it stands, and by when its answer is due.

 * An interim meeting, and so the recall of a member, needs the share of `interim_petition`: of heads, of area, or of both
   where the place names both. An audit needs the share of `audit`, of heads or of area.
 * Shares are of the whole electorate of a frozen roll, compared by cross-multiplying; what is shown per mille is rounded
   down, so nothing looks reached that is not.
 * A petition collects signatures until its last day. The office that checks strikes what does not count; what is left must
   reach the share, else collecting goes on.
 * Once served its answer is due after the days that the article gives; where it gives none, the office sets the day.
 * A petition has one spelling (RFC 8785), of which owners sign the digest, so nobody signs another text than was shown.

Follows the articles in the profiles: ZJ 11 ¶3, 17; PMR 13; JX 15, 21; HZ 80.

Not here: signatures (`crypto.petition`), who may check (`vote.web`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import rfc8785

from crypto.encoding import hex_digest
from vote.errors import Reason, RefusedError
from vote.law.calendar import IsHoliday, day_after
from vote.law.citation import Citation, Text
from vote.law.measure import Measure, Period, Share
from vote.law.profile import Profile, Value
from vote.log.rules import Facts

VERSION = 1
MAX_TEXT = 2000
MAX_MEMBER = 60
MAX_DAYS = 90
"""How far ahead an office may set the day of an answer where no article gives the days."""
_MILLE = 1000


class PetitionKind(StrEnum):
    """What is asked. Add to it, never rename: the log has these words."""

    MEETING = "meeting"
    RECALL = "recall"
    AUDIT = "audit"


class PetitionState(StrEnum):
    """How a petition stands."""

    COLLECTING = "collecting"
    SERVED = "served"
    ANSWERED = "answered"
    LAPSED = "lapsed"
    """Its day passed without an answer."""
    EXPIRED = "expired"
    """Its last day for signatures passed before the share was reached."""
    WITHDRAWN = "withdrawn"


_OVER = {PetitionState.ANSWERED, PetitionState.EXPIRED, PetitionState.WITHDRAWN}


class LineState(StrEnum):
    """How one signature stands."""

    WAITING = "waiting"
    """On paper, entered by one person; a second one has not entered it yet."""
    COUNTED = "counted"
    TAKEN_BACK = "taken-back"
    STRUCK = "struck"


class Strike(StrEnum):
    """Why the office strikes a signature. Add to it, never rename."""

    NOT_OWNER = "not-owner"
    NOT_SIGNED = "not-signed"
    NO_AUTHORITY = "no-authority"
    ILLEGIBLE = "illegible"


@dataclass(frozen=True, slots=True)
class Petition:
    """What is asked, in the words that owners sign."""

    uuid: str
    estate: str
    kind: PetitionKind
    text: str
    member: str
    """Who is to be recalled; empty for the other kinds."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """What share is needed, and until when things are done."""

    heads: Share | None
    area: Share | None
    either: bool
    """Whether one of both is enough, where there are both."""
    days: Period | None
    """After it is served; None where the article gives none."""
    collects: Period
    share_rule: Value
    days_rule: Value

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The articles of the share."""
        return self.share_rule.citations

    @property
    def text(self) -> Text:
        """The rule of the share in words."""
        return self.share_rule.entry.text

    def met(self, signed: Measure, electorate: Measure) -> bool:
        """Whether signatures of so many heads and so much area are enough."""
        found = [
            share.met(part, whole)
            for share, part, whole in (
                (self.heads, signed.heads, electorate.heads),
                (self.area, signed.area_dm2, electorate.area_dm2),
            )
            if share is not None
        ]
        return any(found) if self.either else all(found)


def refusal(reason: Reason, detail: str, *, zh: str) -> RefusedError:
    """Return a refusal that says itself in both languages also to scripts of pages, which get one sentence of each."""
    return RefusedError(reason, f"{zh} {detail}")


def threshold(profile: Profile, kind: PetitionKind, on: date) -> Threshold:
    """Return what a petition of a kind needs in a place on a day.

    Raises:
        RefusedError: the rules of the place know no such petition.
    """
    if kind is PetitionKind.AUDIT:
        rule = profile.value("audit", on=on)
        heads = area = _share(rule, "petition")
    else:
        rule = profile.value("interim_petition", on=on)
        heads, area = _share(rule, "heads"), _share(rule, "area")
    if heads is None and area is None:
        raise refusal(
            Reason.NOT_SUPPORTED,
            f"The rules of this place ({profile.reference}) give owners no petition of the kind {kind}.",
            zh="这里的规定没有写业主联名提出这件事的比例。可以改为提议召开临时会议，在会上决定。",
        )
    answer = profile.value("petition_answer", on=on)
    days = _field(answer, "audit" if kind is PetitionKind.AUDIT else "meeting")
    return Threshold(
        heads,
        area,
        kind is PetitionKind.AUDIT,
        days if isinstance(days, Period) else None,
        profile.read(Period, "petition_collection", on=on),
        rule,
        answer,
    )


def offered(profile: Profile, on: date) -> tuple[tuple[PetitionKind, Threshold], ...]:
    """Return the kinds of petition that the rules of a place know on a day."""
    found = []
    for kind in PetitionKind:
        try:
            found.append((kind, threshold(profile, kind, on)))
        except RefusedError:
            continue
    return tuple(found)


def least(share: Share, whole: int) -> int:
    """Return the smallest whole number that reaches a share of `whole`."""
    needed, rest = divmod(whole * share.numerator, share.denominator)
    return needed + (1 if rest or share.strict else 0)


def per_mille(part: int, whole: int) -> int:
    """Return a part in thousandths of the whole, rounded down; nothing of nothing is 0."""
    return part * _MILLE // whole if whole else 0


def require_petition(petition: Petition) -> None:
    """Raise unless a petition is whole.

    Raises:
        RefusedError: its text is empty or too long, or it is a recall without a member, or names one and is none.
    """
    if not petition.text.strip() or len(petition.text) > MAX_TEXT:
        raise refusal(
            Reason.MALFORMED,
            f"Write what is asked, in at most {MAX_TEXT} characters.",
            zh=f"请写清楚要求什么，最多{MAX_TEXT}字。",
        )
    named = petition.member.strip()
    if (petition.kind is PetitionKind.RECALL) != bool(named) or len(petition.member) > MAX_MEMBER:
        raise refusal(
            Reason.MALFORMED,
            f"A recall names the member, in at most {MAX_MEMBER} characters; other petitions name nobody.",
            zh=f"罢免要写明是哪位委员，最多{MAX_MEMBER}字；其他联名不用写。",
        )


def encode_petition(petition: Petition) -> bytes:
    """Return a petition in its one spelling."""
    return rfc8785.dumps(
        {
            "version": VERSION,
            "petition": petition.uuid,
            "estate": petition.estate,
            "kind": str(petition.kind),
            "text": petition.text,
            "member": petition.member,
        }
    )


def petition_digest(petition: Petition) -> str:
    """Return what owners sign: SHA-256 of a petition's spelling, 64 hex digits."""
    return hex_digest(encode_petition(petition))


def last_day(begun: date, collects: Period, is_holiday: IsHoliday) -> date:
    """Return the last day on which signatures are taken."""
    return day_after(begun, collects, is_holiday)


def due_day(needed: Threshold, served: date, chosen: date | None, is_holiday: IsHoliday) -> date:
    """Return by when a petition that is served on a day has to be answered.

    Args:
        needed: its rules.
        served: the day on which it is served.
        chosen: the day that the office sets where the article gives no number of days; ignored where it does.
        is_holiday: whether a day is a statutory holiday.

    Raises:
        RefusedError: the office has to set a day and did not, or set one that is not between tomorrow and in 90 days.
    """
    if needed.days is not None:
        return day_after(served, needed.days, is_holiday)
    if chosen is None or not served < chosen <= served + timedelta(days=MAX_DAYS):
        raise refusal(
            Reason.MALFORMED,
            f"The article gives no number of days: set the day of the answer, from tomorrow to {MAX_DAYS} days from now.",
            zh=f"条文没有写天数，请定一个答复期限：最早明天，最晚{MAX_DAYS}天以后。",
        )
    return chosen


def require_collecting(state: PetitionState, today: date, expires_on: date) -> None:
    """Raise unless signatures are taken and may be taken back.

    Raises:
        RefusedError: the petition was served, ended, or its last day has passed.
    """
    if state is not PetitionState.COLLECTING or today > expires_on:
        raise refusal(
            Reason.WRONG_STATE,
            "This petition takes no more signatures, and none can be taken back.",
            zh="这份联名已经不再收签名，也不能再撤回签名了。",
        )


def state_on(state: PetitionState, today: date, expires_on: date, due_on: date | None) -> PetitionState:
    """Return how a petition stands on a day; its last day, and the day of the answer, belong to it."""
    if state is PetitionState.COLLECTING and today > expires_on:
        return PetitionState.EXPIRED
    if state is PetitionState.SERVED and due_on is not None and today > due_on:
        return PetitionState.LAPSED
    return state


def require_answerable(state: PetitionState) -> None:
    """Raise unless a petition waits for its answer, in time or late.

    Raises:
        RefusedError: it was not served, or is answered.
    """
    if state not in {PetitionState.SERVED, PetitionState.LAPSED}:
        raise refusal(
            Reason.WRONG_STATE,
            "Only a petition that was served and is not answered yet can be answered.",
            zh="只有已经送达、还没有答复的联名才能答复。",
        )


def require_reply(kind: PetitionKind, state: PetitionState, before: str | None, text: str) -> None:
    """Raise unless a member may have a reply printed beside a petition.

    Raises:
        RefusedError: it is no recall, it is over, there is a reply already, or the text is empty or too long.
    """
    if kind is not PetitionKind.RECALL or before is not None or state in _OVER:
        raise refusal(
            Reason.WRONG_STATE,
            "A reply stands beside a recall that is not over, once.",
            zh="只有还没结束的罢免联名可以登一次回应，已经登过就不能再改。",
        )
    if not text.strip() or len(text) > MAX_TEXT:
        raise refusal(
            Reason.MALFORMED,
            f"Write the reply, in at most {MAX_TEXT} characters.",
            zh=f"请写回应，最多{MAX_TEXT}字。",
        )


def require_whole_list(seen: Sequence[int], counted: Sequence[int]) -> None:
    """Raise unless the office looked at just those signatures that count now.

    Raises:
        RefusedError: one came or was taken back meanwhile.
    """
    if sorted(seen) != sorted(counted):
        raise refusal(
            Reason.CONFLICT,
            "Signatures came or were taken back meanwhile: open the list again.",
            zh="核对期间又有人签名或者撤回了签名，请重新打开名单。",
        )


def _share(rule: Value, name: str) -> Share | None:
    found = _field(rule, name)
    return found if isinstance(found, Share) else None


def _field(rule: Value, name: str) -> object:
    content = rule.content
    assert isinstance(content, Mapping)
    return content[name]


def started_facts(petition: Petition, electorate: Measure, expires_on: date) -> Facts:
    """Return what the log holds of a petition that begins."""
    return {
        "petition": petition.uuid,
        "petition_kind": str(petition.kind),
        "text": petition_digest(petition),
        "heads": electorate.heads,
        "area_dm2": electorate.area_dm2,
        "expires_on": expires_on.isoformat(),
    }


def served_facts(uuid: str, signed: Measure, struck: int, signers: Sequence[bytes], due_on: date) -> Facts:
    """Return what the log holds of a petition that is served; `signers` are the sealed signatures, in their order."""
    return {
        "petition": uuid,
        "heads": signed.heads,
        "area_dm2": signed.area_dm2,
        "struck": struck,
        "signers": hex_digest(b"".join(bytes.fromhex(hex_digest(each)) for each in signers)),
        "due_on": due_on.isoformat(),
    }


def answered_facts(uuid: str, record: str, on: date) -> Facts:
    """Return what the log holds of an answer: which record it is."""
    return {"petition": uuid, "record": record, "on": on.isoformat()}


def lapsed_facts(uuid: str, due_on: date) -> Facts:
    """Return what the log holds of a day that passed without an answer."""
    return {"petition": uuid, "due_on": due_on.isoformat()}


def ended_facts(uuid: str, signed: Measure) -> Facts:
    """Return what the log holds of a petition that expired or was withdrawn."""
    return {"petition": uuid, "heads": signed.heads, "area_dm2": signed.area_dm2}
