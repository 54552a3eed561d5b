"""Speaks the law on the command line: `vote law decide`, `vote law profiles`, `vote law show`.

 * Chinese by default, `--lang en` for English; `--json` writes both languages and the same numbers.
 * Exit 0 when it was decided, whatever the outcome; 2 on input that says nothing, with one sentence on stderr.

Not here: deciding (`rules.py`).
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

import typer

from vote.clock import CHINA
from vote.errors import Reason, RefusedError
from vote.law.citation import MARK_TEXT, Citation, Mark, Text
from vote.law.content import encode
from vote.law.library import DEFAULT_PROFILE, list_profiles, load_profile
from vote.law.majority import TIER_TEXT
from vote.law.measure import NOTHING, Measure
from vote.law.parameter import PARAMETERS
from vote.law.profile import Profile, Value
from vote.law.question import OUTCOME_TEXT, Count, Finding
from vote.law.rules import Decision, decide
from vote.law.working import Line

_MEASURE = re.compile(r"(0|[1-9][0-9]{0,8}):(0|[1-9][0-9]{0,14})")

_NO_UNKNOWN = Text(
    "没有给出反对票数，未计算是否被多数反对（--no）。",
    "The votes against were not given, so a rejection was not examined (--no).",
)


class Language(StrEnum):
    """What people read."""

    ZH = "zh"
    EN = "en"


app = typer.Typer(
    help="What the law asks of a vote, and what a vote decided.", no_args_is_help=True, rich_markup_mode=None
)

_ProfileOption = Annotated[str, typer.Option("--profile", help="Profile id, or id@version.")]
_DayOption = Annotated[
    str | None, typer.Option("--on", help="The day whose rules apply, 2026-12-20; today if left out.")
]
_LanguageOption = Annotated[Language, typer.Option("--lang", help="zh or en.")]
_JSONOption = Annotated[bool, typer.Option("--json", help="Write JSON.")]


def _measure_option(name: str, what: str) -> object:
    return typer.Option(name, metavar="H:A", help=f"{what}, heads:area in dm2 (0.01 m2).")


@app.command("decide")
def decide_command(
    *,
    matter: Annotated[str, typer.Option("--matter", help="1 to 9 of art. 278, or a local name.")],
    total: Annotated[str, _measure_option("--total", "The whole electorate")],
    cast: Annotated[str, _measure_option("--cast", "Who took part")],
    yes: Annotated[str, _measure_option("--yes", "Votes in favour")],
    no: Annotated[str | None, _measure_option("--no", "Votes against")] = None,
    invalid: Annotated[str | None, _measure_option("--invalid", "Invalid ballots, not in --cast")] = None,
    profile: _ProfileOption = DEFAULT_PROFILE,
    on: _DayOption = None,
    lang: _LanguageOption = Language.ZH,
    as_json: _JSONOption = False,
) -> None:
    """Decide a question from its numbers, with the working and the articles."""
    with _one_sentence():
        rules = _profile(profile)
        count = Count(
            total=_measure(total, "--total"),
            cast=_measure(cast, "--cast"),
            yes=_measure(yes, "--yes"),
            no=None if no is None else _measure(no, "--no"),
            invalid=NOTHING if invalid is None else _measure(invalid, "--invalid"),
        )
        decision = decide(rules, matter, count, on=_day(on))
    if as_json:
        _print_json(_decision_json(decision))
    else:
        typer.echo("\n".join(_decision_lines(rules, decision, _reader(lang))))


@app.command("profiles")
def profiles_command(
    *,
    lang: _LanguageOption = Language.ZH,
    as_json: _JSONOption = False,
) -> None:
    """List the profiles, every version of each."""
    says = _reader(lang)
    with _one_sentence():
        known = [load_profile(*reference) for reference in list_profiles()]
        newest = load_profile(DEFAULT_PROFILE)
    if as_json:
        _print_json(
            [
                {
                    "profile": each.id,
                    "version": each.version,
                    "digest": each.digest,
                    "title": each.title._asdict(),
                    "default": each == newest,
                }
                for each in known
            ]
        )
        return
    default = says(Text("（默认）", " (default)"))
    for each in known:
        typer.echo(f"{each.reference}  {says(each.title)}{default if each == newest else ''}")


@app.command("show")
def show_command(
    profile: Annotated[str, typer.Argument(help="Profile id, or id@version.")] = DEFAULT_PROFILE,
    *,
    on: _DayOption = None,
    lang: _LanguageOption = Language.ZH,
    as_json: _JSONOption = False,
) -> None:
    """Show what a profile says: each value with its article, whether inherited, whether confirmed."""
    with _one_sentence():
        rules, day = _profile(profile), _day(on)
        values = [rules.value(name, on=day) for name in PARAMETERS if rules.knows(name)]
    if as_json:
        _print_json(_profile_json(rules, values, day))
    else:
        typer.echo("\n".join(_profile_lines(rules, values, day, _reader(lang))))


@contextmanager
def _one_sentence() -> Iterator[None]:
    try:
        yield
    except RefusedError as error:
        typer.echo(error.detail, err=True)
        raise typer.Exit(2) from None


def _reader(lang: Language) -> Callable[[Text], str]:
    return (lambda text: text.en) if lang is Language.EN else (lambda text: text.zh)


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _profile(name: str) -> Profile:
    profile, at, version = name.partition("@")
    return load_profile(profile, version if at else None)


def _measure(text: str, what: str) -> Measure:
    match = _MEASURE.fullmatch(text)
    if match is None:
        raise RefusedError(
            Reason.MALFORMED, f"{what}: heads:area in dm2 is expected, two whole numbers such as 20:2000000"
        )
    return Measure(int(match[1]), int(match[2]))


def _day(text: str | None) -> date:
    if text is None:
        return datetime.now(tz=CHINA).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RefusedError(Reason.MALFORMED, "--on: a day such as 2026-12-20 is expected") from None


def _decision_lines(profile: Profile, decision: Decision, says: Callable[[Text], str]) -> Iterator[str]:
    matter, finding = decision.matter, decision.finding
    yield f"{finding.outcome}  {says(OUTCOME_TEXT[finding.outcome])}"
    tier = says(TIER_TEXT[matter.tier])
    yield says(
        Text(f"事项 {matter.name}：{matter.title.zh}（{tier}）", f"Matter {matter.name}: {matter.title.en} ({tier})")
    )
    for line in finding.working:
        yield "  " + says(line.text)
    if not decision.rejection_examined:
        yield says(_NO_UNKNOWN)
    if decision.other_finding is not None:
        other = decision.other_finding
        label = says(Text("废票按另一口径计算", "With invalid ballots counted the other way"))
        yield f"{label}: {other.outcome}  {says(OUTCOME_TEXT[other.outcome])}"
        for line in other.working:
            yield "  " + says(line.text)
    articles = [says(citation.text) for citation in decision.articles]
    yield says(Text("条文：" + "；".join(articles), "Articles: " + "; ".join(articles)))
    yield says(Text(f"规则：{profile.title.zh} {profile.reference}", f"Rules: {profile.title.en}, {profile.reference}"))


def _decision_json(decision: Decision) -> object:
    matter, other = decision.matter, decision.other_finding
    return {
        "outcome": decision.finding.outcome,
        "matter": {"name": matter.name, "item": matter.item, "tier": matter.tier, "title": matter.title._asdict()},
        "on": decision.on.isoformat(),
        "working": _working_json(decision.finding),
        "rejection_examined": decision.rejection_examined,
        "with_invalid_the_other_way": None
        if other is None
        else {"outcome": other.outcome, "working": _working_json(other)},
        "articles": [_citation_json(each) for each in decision.articles],
        "profile": decision.profile,
        "version": decision.version,
        "digest": decision.digest,
    }


def _working_json(finding: Finding) -> list[object]:
    return [_line_json(line) for line in finding.working]


def _line_json(line: Line) -> object:
    return {
        "check": line.check,
        "measure": line.kind,
        "part": line.part,
        "whole": line.whole,
        "needed": str(line.share),
        "left": line.left,
        "relation": line.share.relation,
        "right": line.right,
        "met": line.met,
        "article": line.citation.code,
        "text": line.text._asdict(),
    }


def _citation_json(citation: Citation) -> object:
    return {"code": citation.code, **citation.text._asdict()}


def _profile_lines(profile: Profile, values: list[Value], day: date, says: Callable[[Text], str]) -> Iterator[str]:
    yield f"{says(profile.title)}  {profile.reference}  {day}"
    yield says(profile.note)
    yield ""
    for matter in profile.matters(on=day):
        yield f"{matter.name}  {says(matter.title)}  [{says(TIER_TEXT[matter.tier])}; {says(matter.citation.text)}]"
    yield ""
    for value in values:
        yield f"{value.name}  {says(PARAMETERS[value.name].title)}: {says(value.entry.text)}"
        notes = [says(citation.text) for citation in value.citations]
        if value.inherited:
            notes.append(says(Text(f"沿用 {value.holder}", f"inherited from {value.holder}")))
        if not value.confirmed:
            notes.append(says(MARK_TEXT[value.entry.mark]))
        yield f"    [{'; '.join(notes)}]"
    cautions = [source for source in profile.sources.values() if source.caution is not None]
    yield ""
    for source in cautions:
        yield f"{source.code}  {says(source.title)}: {says(source.caution or source.title)}"


def _profile_json(profile: Profile, values: list[Value], day: date) -> object:
    return {
        "profile": profile.id,
        "version": profile.version,
        "digest": profile.digest,
        "title": profile.title._asdict(),
        "note": profile.note._asdict(),
        "on": day.isoformat(),
        "matters": [
            {
                "name": matter.name,
                "item": matter.item,
                "tier": matter.tier,
                "title": matter.title._asdict(),
                "article": matter.citation.code,
                "confirmed": matter.mark is Mark.STATUTE,
            }
            for matter in profile.matters(on=day)
        ],
        "values": {value.name: _value_json(value) for value in values},
        "sources": {
            source.code: {
                "title": source.title._asdict(),
                "text_of": None if source.text_of is None else source.text_of.isoformat(),
                "caution": None if source.caution is None else source.caution._asdict(),
                "link": source.link,
            }
            for source in profile.sources.values()
        },
    }


def _value_json(value: Value) -> object:
    entry = value.entry
    return {
        "value": encode(value.content),
        "text": entry.text._asdict(),
        "articles": [citation.code for citation in value.citations],
        "source": entry.citation.source.code,
        "mark": entry.mark,
        "confirmed": value.confirmed,
        "inherited": value.inherited,
        "from_profile": value.holder,
        "from": entry.since.isoformat(),
        "to": None if entry.until is None else entry.until.isoformat(),
    }
