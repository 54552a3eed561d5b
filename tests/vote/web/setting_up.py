"""A clerk who fills in the steps of an election on its pages, as a browser sends them."""

import re
from collections.abc import Mapping
from html import unescape

import httpx

from tests.vote.account.signing_in import signed_in
from tests.vote.assembly import DUTIES, ESTATE, Assembly, People
from tests.vote.conftest import AREAS, ASKS
from tests.vote.platform import Platform

NEW = f"/work/estates/{ESTATE}/elections/new"
ORDER = ("trustee", "registrar", "phones", "desk", "organiser", "community", "sub_district")
PLACES = sorted(DUTIES, key=lambda duty: ORDER.index(str(duty["role"])))
PROFILE = "cn-zj-jiaxing-jiashan"
OPENS, CLOSES = "2026-12-24", "2026-12-30"


def people_fields(**changes: str) -> dict[str, str]:
    """Return the form of people, filled in."""
    fields = {"threshold": "2", "desk_phone": "0573-84012345"}
    for number, duty in enumerate(PLACES):
        fields |= {f"role-{number}": str(duty["role"]), f"person-{number}": str(duty["person"])}
        fields[f"office-{number}"] = str(duty.get("office", ""))
        if duty.get("owner"):
            fields[f"owner-{number}"] = "yes"
    return {**fields, **changes}


RULES = {"matter": "1", "kind": "motion", "text": "是否通过《业主大会议事规则》", "note": "第一条 本规则……"}
COMMITTEE = {
    "matter": "3", "kind": "election", "text": "选举业主委员会委员（2名以内）", "seats": "2", "alternates": "1",
    "depends-0": "yes", "name-0": "甲", "name-1": "乙", "name-2": "丙", "work-0": "教师", "agrees-work-0": "yes",
}  # fmt: skip


async def begin(clerk: httpx.AsyncClient, roll: int) -> str:
    """Begin a draft; return where its steps lie."""
    answer = await clerk.post(
        NEW, data={"title": "2026年业主大会", "roll": str(roll), "first": "yes", "profile": PROFILE}
    )
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].removesuffix("/matters")


async def send(clerk: httpx.AsyncClient, path: str, fields: Mapping[str, str], status: int = 303) -> httpx.Response:
    """Send a form, which must be answered so."""
    answer = await clerk.post(path, data=dict(fields))
    assert answer.status_code == status, answer.text
    return answer


async def fill_in(clerk: httpx.AsyncClient, roll: int) -> str:
    """Fill all steps in; return where they lie."""
    path = await begin(clerk, roll)
    await send(clerk, f"{path}/matters/new", RULES)
    await send(clerk, f"{path}/matters/new", COMMITTEE)
    await send(clerk, f"{path}/secrecy", {"secrecy": "secret"})
    await send(
        clerk,
        f"{path}/times",
        {"opens_on": OPENS, "closes_on": CLOSES, "extensions": "1", "extension_until": "2027-01-06"},
    )
    await send(clerk, f"{path}/people", people_fields())
    await send(clerk, f"{path}/privacy", {})
    return path


async def set_up(platform: Platform) -> tuple[Assembly, httpx.AsyncClient]:
    """Prepare an election on pages; return it with its keys handed out, and the clerk."""
    assembly = Assembly(platform, People(AREAS, ASKS))
    await assembly.import_roll()
    clerk = await signed_in(platform)
    path = await fill_in(clerk, assembly.people.roll)
    answer = await send(clerk, f"{path}/review", {}, 200)
    keep_keys(assembly, answer.text)
    return assembly, clerk


def keep_keys(assembly: Assembly, page: str) -> None:
    """Take the links from the page that shows them once."""
    text = unescape(page)
    (uuid,) = set(re.findall(r"/work/elections/(\w+)/set-up", text))
    assembly.people.uuid = uuid
    made = re.findall(r"/join#([0-9a-f]+)", text)
    assert len(made) == len(set(made)) == len(PLACES)
    keys: dict[str, list[str]] = {}
    for duty, key in zip(PLACES, made, strict=True):
        keys.setdefault(str(duty["role"]), []).append(key)
    assembly.people.keys = keys
