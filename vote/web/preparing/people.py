"""Who does what in an election that is set up, and who may not be the same."""

from collections.abc import Mapping

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from vote.account.separation import NEEDED, Separation, find_separation, require_duties
from vote.election.outline import Outline, Person, duties_of, empty_people
from vote.election.rules import MAX_TRUSTEES, is_line
from vote.errors import RefusedError
from vote.law.citation import Text
from vote.message.rules import require_desk
from vote.role import Role
from vote.web.act import go_to
from vote.web.form import form_of, typed
from vote.web.preparing.asking import outlines_of
from vote.web.preparing.outline_pages import Setting, get_setting, values_of
from vote.web.rendering import Reader, reader_of, render

TRUSTEES = 3
ORDER = (Role.TRUSTEE, *NEEDED)


async def people(request: Request) -> Response:
    """Ask for everybody who has a duty."""
    setting = await get_setting(request)
    return render(request, "preparing/people.html", _values(request, setting, setting.outline, {}))


async def keep_people(request: Request) -> Response:
    """Keep them; with `more`, offer a place more; with `check`, say what does not go together."""
    setting, form = await get_setting(request), await form_of(request)
    changed = _read(form, setting.outline)
    if form.get("more") and sum(each.role is Role.TRUSTEE for each in changed.people) < MAX_TRUSTEES:
        changed = changed.model_copy(update={"people": (Person(role=Role.TRUSTEE), *changed.people)})
        return render(request, "preparing/people.html", _values(request, setting, changed, {}))
    errors = _errors(changed)
    trouble = None if errors else _trouble(changed)
    if form.get("check") or errors or trouble:
        values = _values(request, setting, changed, errors, typed(form))
        return render(
            request, "preparing/people.html", {**values, "trouble": trouble}, 422 if errors or trouble else 200
        )
    await outlines_of(request).change(setting.stored, lambda _: changed)
    return go_to(request, f"{setting.path}/privacy")


async def check_people(request: Request) -> Response:
    """Answer the page's script what does not go together so far."""
    setting, form = await get_setting(request), await form_of(request)
    found = _breaches(reader_of(request), _read(form, setting.outline))
    return JSONResponse({"breaches": found})


def places_of(outline: Outline) -> tuple[Person, ...]:
    """Return the places of an election, in the order of duties; the usual ones if nobody was named."""
    people = outline.people or empty_people(TRUSTEES)
    return tuple(sorted(people, key=lambda each: ORDER.index(each.role)))


def _values(
    request: Request,
    setting: Setting,
    outline: Outline,
    errors: Mapping[str, Text],
    shown: Mapping[str, str] | None = None,
) -> dict[str, object]:
    places = places_of(outline)
    return {
        **values_of(setting),
        "outline": outline,
        "groups": [
            (role, [(number, each) for number, each in enumerate(places) if each.role is role]) for role in ORDER
        ],
        "offices": [setting.place.community, setting.place.sub_district],
        "breaches": _breaches(reader_of(request), outline),
        "errors": errors,
        "shown": shown or {},
        "trouble": None,
    }


def _read(form: FormData, outline: Outline) -> Outline:
    """Return what a form says of people."""
    words = {name: value.strip() for name, value in form.multi_items() if isinstance(value, str)}
    found = []
    number = 0
    while f"role-{number}" in words and number < MAX_TRUSTEES + 20:
        role = words[f"role-{number}"]
        if role in set(ORDER):
            office = words.get(f"office-{number}", "")
            found.append(
                Person(role=Role(role), person=words.get(f"person-{number}", "")[:200], office=office[:100],
                       owner=office == "" and bool(words.get(f"owner-{number}")))
            )  # fmt: skip
        number += 1
    threshold = words.get("threshold", "")
    return outline.model_copy(
        update={
            "people": tuple(found),
            "threshold": int(threshold) if threshold.isdecimal() and len(threshold) == 1 else outline.threshold,
            "too_few_staff": bool(words.get("too_few_staff")),
            "desk_phone": words.get("desk_phone", "")[:40],
        }
    )


def _errors(outline: Outline) -> dict[str, Text]:
    errors: dict[str, Text] = {}
    for number, each in enumerate(places_of(outline)):
        if not is_line(each.person):
            errors[f"person-{number}"] = Text("请写姓名。", "Give a name.")
        elif not each.office and not each.owner:
            errors[f"office-{number}"] = Text(
                "请写单位，或者勾“是业主”。", "Give the office, or tick that it is an owner."
            )
    try:
        require_desk(outline.desk_phone)
    except RefusedError:
        errors["desk_phone"] = Text(
            "请写社区座机，如0573-84012345。", "Give the desk's telephone, as in 0573-84012345."
        )
    trustees = sum(each.role is Role.TRUSTEE for each in outline.people)
    if not trustees < 2 * outline.threshold <= 2 * trustees:
        errors["threshold"] = Text("要来一半以上的开箱人才能开箱。", "More than half of the key-holders are needed.")
    return errors


def _trouble(outline: Outline) -> str | None:
    """Return the key of why these people will not do."""
    duties = duties_of(outline)
    try:
        require_duties(duties, sum(each.role is Role.TRUSTEE for each in outline.people))
    except RefusedError:
        return "prep.people.twice"
    kept = find_separation(duties, outline.threshold).kept
    return None if kept or outline.too_few_staff else "prep.people.too-few"


def _breaches(reader: Reader, outline: Outline) -> list[str]:
    """Return in words which rules of separation are not kept so far."""
    duties = duties_of(outline)
    found: Separation = find_separation(duties, outline.threshold)
    breaches = [
        reader.text("prep.people.overlap", left=reader.text(f"role.{left}"), right=reader.text(f"role.{right}"))
        for left, right in found.overlaps
    ]
    breaches += [reader.text("prep.people.office-alone", office=office) for office in found.offices]
    trustees = [each for each in duties if each.role is Role.TRUSTEE]
    if (
        len(trustees) == sum(each.role is Role.TRUSTEE for each in outline.people)
        and not found.owner_trustee
        and trustees
    ):
        breaches.append(reader.text("prep.people.no-owner"))
    for role in (Role.REGISTRAR, Role.PHONES, Role.TRUSTEE):
        names = [each.person for each in duties if each.role is role]
        if len(set(names)) < len(names):
            breaches.append(reader.text("prep.people.same-twice", duty=reader.text(f"role.{role}")))
    return [str(each) for each in breaches]
