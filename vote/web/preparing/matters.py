"""The questions of an election that is set up: a list, and a form for each.

* One matter, one question; what each matter needs stands beside it with its article.
* Questions depend on earlier ones only, so whoever takes one away takes its ties away too.
"""

from collections.abc import Mapping, Sequence
from itertools import count

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from vote.election.ask import MAX_CANDIDATES, MAX_QUESTIONS, MAX_TEXT, AskKind
from vote.election.outline import MAX_NOTE, Candidate, Outline, ProfileField, Subject, profile_trouble
from vote.law.citation import Text
from vote.law.rules import ELECTION_MATTER, alternates_limit
from vote.web.act import go_to
from vote.web.form import form_of, typed
from vote.web.preparing.asking import outlines_of
from vote.web.preparing.outline_pages import Setting, get_setting, values_of
from vote.web.rendering import render

NEW = "new"
EMPTY_CANDIDATES = 3
_DIGITS = 3
_PROFILE_TROUBLES: Mapping[str, Text] = {
    "long": Text("这一项写得太长了，不超过600个字。", "This is too long: up to 600 characters."),
    "identity": Text(
        "这里好像写了身份证号或电话，不能公布，请删掉。",
        "This looks like an identity number or a telephone, which is never published: take it out.",
    ),
    "consent": Text(
        "写了内容，但没有勾“本人书面同意公布”：请勾上，或者把内容清空。",
        "Something is written here without the candidate's consent: tick it, or leave the field empty.",
    ),
}


async def matters(request: Request) -> Response:
    """List the questions."""
    setting = await get_setting(request)
    known = [setting.matter(each.matter) for each in setting.outline.subjects]
    return render(request, "preparing/matters.html", values_of(setting, known=known, most=MAX_QUESTIONS))


async def matter(request: Request) -> Response:
    """Ask what is to be decided in one question."""
    setting = await get_setting(request)
    number = _number(request, setting)
    chosen = setting.outline.subjects[number] if number is not None else None
    return render(request, "preparing/matter.html", _form_values(setting, number, _typed(chosen), {}))


async def keep_matter(request: Request) -> Response:
    """Keep one question."""
    setting = await get_setting(request)
    number, form = _number(request, setting), await form_of(request)
    place = len(setting.outline.subjects) if number is None else number
    if form.get("more"):
        return render(request, "preparing/matter.html", _form_values(setting, number, typed(form), {}, more=True))
    subject, errors = _read(form, place, setting)
    if errors:
        return render(request, "preparing/matter.html", _form_values(setting, number, typed(form), errors), 422)
    subjects = (*setting.outline.subjects[:place], subject, *setting.outline.subjects[place + 1 :])
    changed = setting.outline.model_copy(update={"subjects": subjects})
    await outlines_of(request).change(setting.stored, lambda _: changed)
    return go_to(request, f"{setting.path}/matters")


async def drop_matter(request: Request) -> Response:
    """Take one question away."""
    setting = await get_setting(request)
    number = _number(request, setting)
    if number is not None:
        await outlines_of(request).change(setting.stored, lambda outline: without(outline, number))
    return go_to(request, f"{setting.path}/matters")


def without(outline: Outline, number: int) -> Outline:
    """Return an outline without one of its questions; whatever was tied to it is tied no more."""

    def moved(place: int) -> int:
        return place - (place > number)

    kept = [
        each.model_copy(
            update={
                "depends_on": tuple(moved(place) for place in each.depends_on if place != number),
                "instead_of": None if each.instead_of in {None, number} else moved(each.instead_of or 0),
            }
        )
        for at, each in enumerate(outline.subjects)
        if at != number
    ]
    return outline.model_copy(update={"subjects": tuple(kept)})


def _number(request: Request, setting: Setting) -> int | None:
    """Return the question that the address names, from 0; None for a new one."""
    name = request.path_params["matter"]
    return int(name) - 1 if name.isdecimal() and 0 < int(name) <= len(setting.outline.subjects) else None


def _form_values(
    setting: Setting,
    number: int | None,
    shown: Mapping[str, str],
    errors: Mapping[str, Text],
    *,
    more: bool = False,
) -> dict[str, object]:
    place = len(setting.outline.subjects) if number is None else number
    filled = max((int(name.partition("-")[2]) for name in shown if name.startswith("name-")), default=-1) + 1
    candidates = min(MAX_CANDIDATES, max(EMPTY_CANDIDATES, filled + (EMPTY_CANDIDATES if more else 0)))
    matters = setting.profile.matters(on=setting.on)
    return values_of(
        setting,
        number=number,
        matters=[(each, setting.needed(each)) for each in matters],
        earlier=list(enumerate(setting.outline.subjects[:place])),
        candidates=range(candidates),
        profile_fields=tuple(ProfileField),
        alternates=setting.rule("alternates"),
        shown=shown,
        errors=errors,
    )


def _typed(subject: Subject | None) -> dict[str, str]:
    """Return a question as its form has it."""
    if subject is None:
        return {}
    shown = {
        "matter": subject.matter,
        "kind": str(subject.kind),
        "text": subject.text,
        "note": subject.note,
        "seats": str(subject.seats or ""),
        "alternates": str(subject.alternates),
        "instead_of": "" if subject.instead_of is None else str(subject.instead_of),
        **{f"depends-{each}": "yes" for each in subject.depends_on},
    }
    for number, candidate in enumerate(subject.candidates):
        shown[f"name-{number}"] = candidate.name
        for name, words in candidate.profile.items():
            shown |= {f"{name}-{number}": words, f"agrees-{name}-{number}": "yes"}
    return shown


def _read(form: FormData, place: int, setting: Setting) -> tuple[Subject, dict[str, Text]]:
    """Return the question that a form describes, and what is wrong with it by field."""
    words = {name: value.strip() for name, value in form.multi_items() if isinstance(value, str)}
    errors: dict[str, Text] = {}
    matter = words.get("matter", "")
    if matter not in {each.name for each in setting.profile.matters(on=setting.on)}:
        errors["matter"] = Text("请选一种事项。", "Choose a matter.")
    text, note = words.get("text", ""), words.get("note", "")
    if not text or len(text) > MAX_TEXT - 100 or not text.isprintable():
        errors["text"] = Text("题目要写在一行里，不超过400个字。", "The question is one line of up to 400 characters.")
    if len(note) > MAX_NOTE:
        errors["note"] = Text("说明太长了，不超过2万字。", "The explanation is too long.")
    chosen = matter == ELECTION_MATTER and words.get("kind") == AskKind.ELECTION
    depends = tuple(each for each in range(place) if words.get(f"depends-{each}"))
    instead = words.get("instead_of", "")
    subject = Subject(
        matter=matter or "1",
        kind=AskKind.ELECTION if chosen else AskKind.MOTION,
        text=text,
        note=note,
        depends_on=depends,
        instead_of=int(instead) if not chosen and instead.isdecimal() and int(instead) < place else None,
    )
    if not chosen:
        return subject, errors
    candidates = _read_candidates(words, errors)
    seats, alternates = _whole(words, "seats"), _whole(words, "alternates")
    if not 1 <= seats <= MAX_CANDIDATES:
        errors["seats"] = Text("请写要选几位委员。", "Say how many members are to be elected.")
    elif alternates > (most := alternates_limit(setting.profile, seats, MAX_CANDIDATES, on=setting.on)):
        errors["alternates"] = Text(f"候补委员最多{most}位。", f"There are at most {most} alternates.")
    found = subject.model_copy(
        update={"candidates": candidates, "seats": max(seats, 1), "alternates": max(alternates, 0)}
    )
    return found, errors


def _read_candidates(words: Mapping[str, str], errors: dict[str, Text]) -> tuple[Candidate, ...]:
    found: list[Candidate] = []
    for number in count():
        if f"name-{number}" not in words or number >= MAX_CANDIDATES:
            break
        profile = {}
        for each in ProfileField:
            value = words.get(f"{each}-{number}", "")
            trouble = profile_trouble(value, agreed=bool(words.get(f"agrees-{each}-{number}")))
            if trouble:
                errors[f"{each}-{number}"] = _PROFILE_TROUBLES[trouble]
            elif value:
                profile[each] = value
        if name := words[f"name-{number}"]:
            found.append(Candidate(name=name, profile=profile))
    names: Sequence[str] = [each.name for each in found]
    if not names:
        errors["name-0"] = Text("至少写一位候选人。", "Name at least one candidate.")
    elif len(set(names)) < len(names):
        errors["name-0"] = Text(
            "有两位候选人同名：请在名字后写明楼幢，如“张三（3幢）”。",
            "Two candidates have one name: tell them apart by their building.",
        )
    return tuple(found)


def _whole(words: Mapping[str, str], name: str) -> int:
    value = words.get(name, "")
    return int(value) if value.isdecimal() and len(value) <= _DIGITS else 0
