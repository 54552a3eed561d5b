"""The parts of a certificate: place, rules, times, ballots, questions, objections, remedies.

 * Numbers are whole: areas in dm2 (0.01 m2), shares in hundredths of a percent.
 * Questions and trustees are numbered from 1, as people number them.

Follows rulebook §6 (计票汇总表), §9a.2, §9a.10. Not here: how the parts go together (`content.py`).
"""

from datetime import date, datetime

from crypto.encoding import require_digest, require_truth, require_whole
from vote.certificate.record import day, every, line, optional, part, prose, reads, record, word
from vote.election.ask import AskKind
from vote.election.rules import Secrecy
from vote.election.terms import decode_moment
from vote.law.measure import decode_share
from vote.law.question import Outcome
from vote.law.selection import Election as Fate

CHANNELS = ("online", "desk", "paper")


@record
class Measures:
    """So many owners with so much area."""

    heads: int = reads(require_whole)
    area_dm2: int = reads(require_whole)


@record
class Portion:
    """So many owners with so much area, and what share of a whole they are, in hundredths of a percent."""

    heads: int = reads(require_whole)
    area_dm2: int = reads(require_whole)
    heads_permyriad: int = reads(require_whole)
    area_permyriad: int = reads(require_whole)


@record
class Estate:
    """Where the election was held."""

    id: str = reads(line)
    name: str = reads(line)
    community: str = reads(line)
    sub_district: str = reads(line)
    county: str = reads(line)


@record
class Heading:
    """Which election this is about."""

    uuid: str = reads(line)
    title: str = reads(line)
    secrecy: str = reads(word(*Secrecy))
    address: str = reads(line)
    """Where it can be checked."""


@record
class Evidence:
    """What the numbers rest on, by SHA-256 in hex."""

    manifest_sha256: str = reads(require_digest)
    result_sha256: str = reads(require_digest)
    archive_sha256: str = reads(require_digest)
    fingerprint: str = reads(line)
    """Of `election.json`, as it stands in every ballot."""
    roll_root: str = reads(require_digest)
    electorate_root: str = reads(require_digest)


@record
class Article:
    """A place in a text of law."""

    code: str = reads(line)
    title: str = reads(line)


@record
class Law:
    """The rules that were applied."""

    profile: str = reads(line)
    version: str = reads(line)
    digest: str = reads(require_digest)
    title: str = reads(line)
    on: date = reads(day)
    """The day whose rules apply."""


def _share(value: object, what: str) -> str:
    return str(decode_share(value, what))


@record
class Requirement:
    """What is needed by owners and by area, in the words of the rules."""

    heads: str = reads(_share)
    area: str = reads(_share)
    rule: str = reads(line)
    articles: tuple[Article, ...] = reads(every(part(Article)))


@record
class Times:
    """What happened when."""

    noticed_at: datetime = reads(decode_moment)
    opened_at: datetime = reads(decode_moment)
    closes_at: datetime = reads(decode_moment)
    """As sealed, before any extension."""
    closed_at: datetime = reads(decode_moment)
    checked_at: datetime = reads(decode_moment)
    preliminary_at: datetime = reads(decode_moment)
    objections_until: datetime = reads(decode_moment)


@record
class Extension:
    """One extension, announced before voting closed."""

    announced_at: datetime = reads(decode_moment)
    closes_at: datetime = reads(decode_moment)


@record
class Change:
    """A lawful change after sealing: a candidate who withdrew, or an error in the roll."""

    kind: str = reads(word("withdrawal", "correction"))
    question: int | None = reads(optional(require_whole))
    candidate: str | None = reads(optional(line))
    note: str | None = reads(optional(line))
    at: datetime = reads(decode_moment)


@record
class Channel:
    """One way to vote: how many ballots came that way, and what became of them."""

    channel: str = reads(word(*CHANNELS))
    issued: int | None = reads(optional(require_whole))
    """Null where nothing is handed out for it alone: one letter serves phone and paper."""
    returned: int = reads(require_whole)
    superseded: int = reads(require_whole)
    """Replaced by a later ballot of the same owner."""
    void: int = reads(require_whole)
    set_aside: int = reads(require_whole)
    """Taken out in a dispute, before anything was counted."""
    counted: int = reads(require_whole)
    area_dm2: int | None = reads(optional(require_whole))
    """Null where it would tell about few owners."""


@record
class Trustees:
    """Who could open the totals, and who did."""

    names: tuple[str, ...] = reads(every(line))
    threshold: int = reads(require_whole)
    opened: tuple[int, ...] = reads(every(require_whole))
    """Numbered from 1."""


@record
class Choice:
    """A choice, who marked it, of those who took part; for a candidate what became of them."""

    text: str = reads(line)
    votes: Portion = reads(part(Portion))
    fate: str | None = reads(optional(word(*Fate)))


@record
class Margin:
    """How far an outcome is from another one, in one measure."""

    check: str = reads(word("quorum", "approval", "rejection", "rank"))
    subject: str | None = reads(optional(line))
    """The candidate; null for a motion or the quorum."""
    measure: str = reads(word("heads", "area"))
    spare: int = reads(require_whole)
    """The least change, in heads or dm2, that could make it come out otherwise."""
    contested: int = reads(require_whole)


@record
class Question:
    """A question and what became of it."""

    number: int = reads(require_whole)
    matter: str = reads(line)
    matter_title: str = reads(line)
    kind: str = reads(word(*AskKind))
    text: str = reads(line)
    outcome: str = reads(word(*Outcome))
    depends_on: tuple[int, ...] = reads(every(require_whole))
    """Numbers of the questions that must be adopted for this one to take effect."""
    takes_effect: bool | None = reads(optional(require_truth))
    seats: int | None = reads(optional(require_whole))
    open_seats: int | None = reads(optional(require_whole))
    tied_seats: int | None = reads(optional(require_whole))
    requirement: Requirement = reads(part(Requirement))
    choices: tuple[Choice, ...] = reads(every(part(Choice)))
    margins: tuple[Margin, ...] = reads(every(part(Margin)))
    stands: bool = reads(require_truth)
    """Whether the outcome is the same however the contested ballots had been cast."""
    without_paper: bool | None = reads(optional(require_truth))
    """Whether it is the same without the paper ballots; null if there were none."""


@record
class Disputes:
    """Disputes about who voted, settled before any key was used."""

    raised: int = reads(require_whole)
    set_aside: int = reads(require_whole)
    kept: int = reads(require_whole)
    contested: int = reads(require_whole)


@record
class Objection:
    """What was held against the preliminary result, and the answer."""

    topic: str = reads(line)
    question: int | None = reads(optional(require_whole))
    raised: int = reads(require_whole)
    """How many owners said so."""
    outcome: str = reads(word("upheld", "answered", "reserved"))
    answer: str = reads(prose)
    answered_at: datetime = reads(decode_moment)


@record
class Disclosure:
    """How often totals like those published would tell about a single owner."""

    simulations: int = reads(require_whole)
    permyriad: int = reads(require_whole)
    """Of the simulated outcomes, rounded up: those in which somebody's choice can be worked out."""
    exact: bool = reads(require_truth)
    """False where it is an upper bound."""
    outliers: int = reads(require_whole)
    """Owners whose area is too large to be lost among the others."""
    accepted: bool = reads(require_truth)
    """Whether the organiser accepted it expressly."""


@record
class Records:
    """How often what belongs to one owner was changed after the roll was frozen."""

    phone_changes: int = reads(require_whole)
    reissued_letters: int = reads(require_whole)


@record
class Remedy:
    """What an owner who disagrees can do."""

    kind: str = reads(word("objection", "complaint", "suit"))
    to: tuple[str, ...] = reads(every(line))
    until: date | None = reads(optional(day))
    rule: str | None = reads(optional(line))
    articles: tuple[Article, ...] = reads(every(part(Article)))


@record
class Keeping:
    """What is destroyed by a day, or kept until one."""

    what: str = reads(word("trustee-keys", "letters", "evidence"))
    until: date = reads(day)
