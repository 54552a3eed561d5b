"""What a certificate says about the law: what was needed, what became of each question, what an owner can still do.

 * Figures and verdicts are those of `result.json`; what was needed comes from the rule profile that the manifest names,
   in its words and with its articles.
 * The time to sue runs from when an owner knew or should have known; the earliest last day is counted from the
   certificate's day (Civil Code arts. 200–203, 280 ¶2).

Follows rulebook §9a.10, §10.3. Not here: deciding (`vote.law`).
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vote.certificate.content import portion
from vote.certificate.parts import (
    Article,
    Choice,
    Law,
    Margin,
    Measures,
    Question,
    Remedy,
    Requirement,
)
from vote.certificate.published import PublishedQuestion
from vote.election.ask import Ask, AskKind
from vote.election.manifest import Manifest, law_day
from vote.law.citation import Citation, decode_citation
from vote.law.library import load_pinned
from vote.law.majority import both_of
from vote.law.measure import Period
from vote.law.profile import Profile, Value

_COMPLAINT = "PMR 19 ¶2"
_COMPLAINT_RULE = (
    "业主大会、业主委员会作出的决定违反法律、法规的，物业所在地的县级房地产行政主管部门或者街道办事处、乡镇人民政府"
    "责令限期改正或者撤销，并通告全体业主。"
)
_MONTHS = {"M": 1, "Y": 12}


@dataclass(frozen=True, slots=True)
class Weighed:
    """How firmly the outcome of a question stands."""

    margins: tuple[Margin, ...]
    stands: bool
    """Whether the outcome is the same however the contested ballots had been cast."""
    without_paper: bool | None
    """Whether it is the same without the paper ballots; None if there were none."""


@dataclass(frozen=True, slots=True)
class Rules:
    """A rule profile on the day of an election."""

    profile: Profile
    on: date

    def law(self) -> Law:
        """Return how the certificate names the rules."""
        profile = self.profile
        return Law(
            profile=profile.id, version=profile.version, digest=profile.digest, title=profile.title.zh, on=self.on
        )

    def quorum(self) -> Requirement:
        """Return how many have to take part."""
        return _requirement(self.profile.value("quorum", on=self.on))

    def question(self, number: int, ask: Ask, found: PublishedQuestion, cast: Measures, weighed: Weighed) -> Question:
        """Return what became of a question.

        Args:
            number: from 1.
            ask: the question, as sealed.
            found: what `result.json` says about it.
            cast: who took part.
            weighed: how firmly the outcome stands.
        """
        matter = self.profile.matter(ask.matter, on=self.on)
        seats = ask.kind is AskKind.ELECTION
        return Question(
            number=number,
            matter=ask.matter,
            matter_title=matter.title.zh,
            kind=str(ask.kind),
            text=ask.text,
            outcome=found.outcome,
            depends_on=tuple(each + 1 for each in ask.depends_on),
            takes_effect=found.takes_effect,
            seats=ask.seats if seats else None,
            open_seats=found.open_seats,
            tied_seats=found.tied_seats,
            requirement=_requirement(self.profile.value(f"majority_{matter.tier}", on=self.on), matter.citation),
            choices=tuple(
                Choice(text=each.text, votes=portion(each.votes, cast), fate=each.fate) for each in found.choices
            ),
            margins=weighed.margins,
            stands=weighed.stands,
            without_paper=weighed.without_paper,
        )

    def remedies(self, offices: Sequence[str], issued_on: date) -> tuple[Remedy, ...]:
        """Return how to complain and to sue, and until when.

        Args:
            offices: the names of organiser, community and sub-district.
            issued_on: the certificate's day in China.
        """
        suit = self.profile.value("revocation_suit", on=self.on)
        period = self.profile.read(Period, "revocation_suit", on=self.on)
        complaint = decode_citation(_COMPLAINT, self.profile.sources, "complaint")
        return (
            Remedy(
                kind="complaint",
                to=(offices[-1], "县级住房和城乡建设主管部门"),
                until=None,
                rule=_COMPLAINT_RULE,
                articles=_articles(complaint),
            ),
            Remedy(
                kind="suit",
                to=("人民法院",),
                until=after(issued_on, period),
                rule=suit.entry.text.zh,
                articles=_articles(*suit.citations),
            ),
        )


def rules_of(manifest: Manifest) -> Rules:
    """Return the rules that an election was sealed with.

    Raises:
        RefusedError: there are none of this name.
        ContradictionError: the file at hand is another one.
    """
    profile = load_pinned(manifest.profile["id"], manifest.profile["version"], manifest.profile["digest"])
    return Rules(profile, law_day(manifest))


def after(day: date, period: Period) -> date:
    """Return the last day of a period of months or years that is counted from `day` (Civil Code arts. 201, 202)."""
    months = day.year * 12 + day.month - 1 + period.number * _MONTHS[period.unit]
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _requirement(value: Value, *first: Citation) -> Requirement:
    both = both_of(value.content)
    articles = dict.fromkeys((*first, *value.citations))
    return Requirement(
        heads=str(both.heads), area=str(both.area), rule=value.entry.text.zh, articles=_articles(*articles)
    )


def _articles(*citations: Citation) -> tuple[Article, ...]:
    return tuple(Article(code=each.code, title=each.text.zh) for each in citations)
