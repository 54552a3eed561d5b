"""Every page of the application, opened by somebody whose page it is, at a stage that fills it, in both languages.

`PAGES` names each route that shows a page; a route that is neither there nor among `NO_PAGES` fails. What a page must keep is
in `looked_at`; what it is for is tested with its own journeys.
"""

import json
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, BrowserContext, Page
from starlette.routing import Route

from tests.browser.chromium import PHONE, SMALL_PHONE, WIDER, assert_accessible, keep_picture, troubles_of, visit_as
from tests.browser.loopback import on_loopback
from tests.browser.test_public import TOO_WIDE
from tests.vote.account.signing_in import EVERYWHERE, signed_in
from tests.vote.assembly import ESTATE, PLACE, Assembly, People, write_sheet
from tests.vote.certificate.test_service import DONE, compose
from tests.vote.conftest import AREAS, ASKS
from tests.vote.formation.made import form_a_group
from tests.vote.oversight.book.made import keep_books
from tests.vote.oversight.duty.made import keep_a_year
from tests.vote.oversight.petition.made import UUID as PETITION
from tests.vote.oversight.petition.made import Petitions
from tests.vote.oversight.petition.made import asked as petition_asked
from tests.vote.oversight.record.made import CSV, png
from tests.vote.platform import Clock, Platform
from tests.vote.web.setting_up import fill_in
from tests.vote.web.test_rehearsal import GUESTS
from vote.config import Settings
from vote.oversight.inquiry.rules import Manner, Question
from vote.oversight.interest.rules import Declaration, Handling, Relation, Seat, Subject
from vote.oversight.petition.rules import PetitionKind
from vote.oversight.record.fields import Value
from vote.oversight.record.kinds import RecordKind
from vote.oversight.record.service import Draft, NewFile
from vote.role import Actor, Role, Scope
from vote.web.app import create_app
from vote.web.words import TEXTS

NO_PAGES = {
    "/static/{name}", "/assets.json", "/openapi.json", "/health", "/health/ready", "/metrics",
    "/elections/{election}/receipt.svg", "/elections/{election}/record.json", "/elections/{election}/record.csv",
    "/work/rolls/{roll}/report.csv", "/demo/keys/{office}", "/work/elections/{election}/finish",
    "/estates/{estate}/alarms/{alarm}", "/sign-in/provider", "/sign-in/provider/return", "/account/provider", "/estates/{estate}/book.beancount",
    "/estates/{estate}/book/notice.pdf", "/estates/{estate}/book/notice.xlsx", "/estates/{estate}/petitions/new",
    "/estates/{estate}/month/{month}.txt",
}  # fmt: skip
"""Files, figures for programs, and addresses that only lead on."""

_E, _W, _R = "/elections/{election}", "/work/elections/{election}", "/work/rolls/{roll}"
_F, _D, _H = f"{_E}/finish", "/work/estates/{estate}/elections/drafts/{draft}", "/holders/{election}"
_RECORDS = "/estates/{estate}/records"
_BOOK = "/estates/{estate}/book"
_DUTIES, _CASES = "/estates/{estate}/duties", "/estates/{estate}/cases"
_INQUIRIES, _INTERESTS = "/estates/{estate}/inquiries", "/estates/{estate}/interests"
_PETITIONS = "/estates/{estate}/petitions"
_PETITION = f"{_PETITIONS}/{{petition}}"
PAGES: dict[str, dict[str, tuple[str, ...]]] = {
    "preparing": {
        "anybody": ("/sign-in", "/join"),
        "staff": (
            "/account", "/staff", "/work", "/work/estates/new", "/work/estates/{estate}",
            "/work/estates/{estate}/rolls/new", _R, f"{_R}/rows", f"{_R}/columns", f"{_R}/rows/{{row}}", f"{_R}/compare",
            f"{_R}/notice", f"{_R}/printed", f"{_R}/objections", f"{_R}/phones", f"{_R}/freeze", f"{_R}/discard",
            "/work/estates/{estate}/elections/new", f"{_D}/matters", f"{_D}/matters/{{matter}}", f"{_D}/secrecy",
            f"{_D}/times", f"{_D}/people", f"{_D}/privacy", f"{_D}/review", f"{_W}/set-up",
        ),
        "registrar": (f"{_H}/letters",),
        "trustee": (_H, f"{_H}/card"),
        "community": (f"{_E}/office-keys",),
    },
    "ready": {"staff": (f"{_W}/seal",)},
    "opened": {
        "committee": (f"{_INQUIRIES}/{{inquiry}}", f"{_INQUIRIES}/{{inquiry}}/hide"),
        "anybody": ("/", "/estates/{estate}", _INQUIRIES, f"{_INQUIRIES}/new", f"{_INQUIRIES}/{{inquiry}}", "/estates/{estate}/agenda", f"{_E}/vote", f"{_E}/titles", f"{_E}/papers"),
        "staff": (f"{_INQUIRIES}/new", f"{_INQUIRIES}/{{inquiry}}/asker", "/work", "/work/estates/{estate}", f"{_W}/phones", _W, f"{_W}/notice", f"{_W}/deliveries/undelivered", f"{_E}/record"),
        "desk": (f"{_W}/owner-check", f"{_W}/deliveries", f"{_W}/links", f"{_W}/authorities"),
        "organiser": (f"{_W}/reminders", f"{_W}/changes"),
    },
    "closed": {
        "anybody": (_E,),
        "desk": (f"{_F}/disputes",),
        "organiser": (_F, f"{_F}/rooms", f"{_F}/disputes/{{dispute}}", f"{_F}/check", f"{_F}/opening"),
    },
    "preliminary": {
        "anybody": (f"{_E}/result",),
        "trustee": (_H,),
        "desk": (f"{_F}/objections",),
        "organiser": (f"{_F}/objections/{{objection}}", f"{_F}/result"),
    },
    "composed": {"community": (f"{_F}/certificate",)},
    "certified": {
        "anybody": (_E, f"{_E}/result", f"{_E}/participants", f"{_E}/archive", f"{_E}/receipt", f"{_E}/check"),
        "sub_district": ("/work", f"{_F}/certificate", f"{_E}/record"),
    },
    "published": {
        "anybody": (_RECORDS, f"{_RECORDS}/{{record}}", _INTERESTS),
        "committee": (_INTERESTS, f"{_INTERESTS}/new", f"{_RECORDS}/new", f"{_RECORDS}/{{record}}/correct", f"{_RECORDS}/{{record}}/redact"),
    },
    "duties": {
        "anybody": ("/duties", _DUTIES, f"{_DUTIES}/{{duty}}"),
        "committee": (_DUTIES, f"{_DUTIES}/{{duty}}", f"{_DUTIES}/happenings", f"{_DUTIES}/reminders"),
        "staff": (f"{_DUTIES}/happenings", f"{_DUTIES}/reminders"),
    },
    "cases": {
        "anybody": ("/cases", _CASES, f"{_CASES}/{{case}}"),
        "staff": (_CASES, f"{_CASES}/{{case}}"),
    },
    "books": {
        "anybody": ("/estates/{estate}", "/estates/{estate}/month/{month}", "/estates/{estate}/search", "/estates/{estate}/changes", _BOOK, f"{_BOOK}/entries", f"{_BOOK}/notice", f"{_BOOK}/entries/{{posting}}", f"{_BOOK}/entries/{{posting}}/checked"),
        "committee": (
            _BOOK, f"{_BOOK}/entries/{{posting}}", f"{_BOOK}/new", f"{_BOOK}/bank",
            f"{_BOOK}/entries/{{posting}}/take-back", f"{_BOOK}/entries/{{posting}}/hide",
        ),
    },
    "petitions": {
        "anybody": (_PETITIONS, _PETITION, f"{_PETITION}/sign"),
        "committee": (_PETITION,),
        "staff": (
            "/work/estates/{estate}/petition-card", f"/work{_PETITIONS}/new", f"/work{_PETITION}", f"/work{_PETITION}/check",
        ),
    },
    "demonstration": {"anybody": ("/demo",)},
}  # fmt: skip
"""By stage and by whose duty it is, the paths as they are routed."""

PICTURED = {
    ("opened", "/work"): "staff-today",
    ("preparing", f"{_D}/times"): "staff-times",
    ("opened", _W): "staff-watch",
    ("certified", f"{_E}/result"): "result",
    ("composed", f"{_F}/certificate"): "certificate",
    ("preparing", _R): "staff-roll",
    ("preparing", _H): "holder",
}
"""Pages that stand in the documents, if VOTE_PICTURES says where pictures go."""

HELD = """() => {
  const shown = (each) => each.getClientRects().length > 0;
  return {
    main: document.querySelectorAll('main').length,
    heading: [...document.querySelectorAll('h1')].filter(shown).length,
    tag: document.documentElement.lang.slice(0, 2),
    title: document.title,
  };
}"""
FOCUSED = """() => {
  const outlined = (each) => {
    const {outlineStyle, outlineWidth} = getComputedStyle(each);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  };
  const at = document.activeElement;
  for (let each = at; each && each !== document.body; each = each.parentElement) if (outlined(each)) return '';
  return at.outerHTML.slice(0, 200);
}"""
"""The control that has the focus if nothing shows that."""
DOUBLE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('html { font-size: 225% !important }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
CHINESE = re.compile(r"[\u4e00-\u9fff]")
MADE_UP = re.compile("2026年业主大会|馨苑|采购合同|社区甲|新小区|DEMO 演示|是否通过《业主大会议事规则》")


@pytest.fixture(autouse=True)
def _events_tell_the_same_time(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vote.account.events.database_now", clock)


def _declared() -> Iterator[str]:
    for route in create_app(Settings()).routes:
        assert isinstance(route, Route)
        declared = getattr(route.endpoint, "page", None)
        if not getattr(route.endpoint, "operation", None) and (declared is None or declared.method == "GET"):
            yield route.path_format


def test_no_page_is_forgotten() -> None:
    named = {path for people in PAGES.values() for paths in people.values() for path in paths}
    assert named | NO_PAGES == set(_declared())
    assert named & NO_PAGES == set()


@dataclass
class Tour:
    """Somebody who opens pages one after the other."""

    address: str
    page: Page
    stage: str
    places: Mapping[str, object]

    async def see(self, path: str) -> list[str]:
        """Return what is wrong with a page, in Chinese and in English."""
        found = []
        for language in ("zh", "en"):
            there = path.format_map(self.places)
            answer = await self.page.goto(f"{self.address}{there}?lang={language}")
            assert answer
            if answer.status != 200 or urlsplit(self.page.url).path != there:
                found.append(f"{path}: {answer.status} at {self.page.url}")
                continue
            name = PICTURED.get((self.stage, path)) if language == "zh" else None
            if name:
                await keep_picture(self.page, name)
            found += [f"{path} {language}: {wrong}" for wrong in await looked_at(self.page, language)]
        return found


async def looked_at(page: Page, language: str) -> list[str]:
    """Return what a page that is open does not keep: landmarks, title, focus, axe's rules, room for large text."""
    held = await page.evaluate(HELD)
    wrong = [f"{name}: {held[name]}" for name, right in (("main", 1), ("tag", language)) if held[name] != right]
    if not held["heading"]:
        wrong.append("no heading")
    wrong += _wrong_title(held["title"], language)
    for _ in range(2):
        await page.keyboard.press("Tab")
        if unseen := await page.evaluate(FOCUSED):
            wrong.append(f"focus unseen: {unseen}")
    await page.evaluate("document.getElementById('main').focus()")
    await page.keyboard.press("Tab")
    if unseen := await page.evaluate(FOCUSED):
        wrong.append(f"focus unseen: {unseen}")
    await page.evaluate("document.activeElement.blur()")
    try:
        await assert_accessible(page)
    except AssertionError as error:
        wrong.append(str(error).split("\n")[0])
    await page.set_viewport_size(SMALL_PHONE)
    await page.evaluate(DOUBLE)
    if await page.evaluate(WIDER) > 0:
        wrong.append(f"too wide: {await page.evaluate(TOO_WIDE)}")
    await page.set_viewport_size(PHONE)
    return wrong


def _wrong_title(title: str, language: str) -> list[str]:
    """Return the title if it is not in its language, or says nothing but whose site it is."""
    own, _, site = title.rpartition(" – ")
    right = site == str(getattr(TEXTS["site.name"], language)) and own.strip()
    if right and bool(CHINESE.search(MADE_UP.sub("", own) if language == "en" else own)) == (language == "zh"):
        return []
    return [f"title: {title}"]


@asynccontextmanager
async def _touring(
    platform: Platform, browser: Browser, address: str, stage: str, who: str, **places: object
) -> AsyncIterator[tuple[Tour, list[str]]]:
    context: BrowserContext = await visit_as(browser)
    if who != "anybody":
        keys = places.pop("keys", {})
        assert isinstance(keys, dict)
        scope = {"staff": EVERYWHERE, "committee": Scope(estate=ESTATE, role=Role.COMMITTEE)}.get(who)
        client = await signed_in(platform, scope, keys=[] if scope else [keys[who][0]])
        await context.add_cookies([{"name": "session", "value": client.cookies["session"], "url": address}])
        await client.aclose()
    page = await context.new_page()
    troubles = troubles_of(page)
    yield Tour(address, page, stage, places), troubles
    await context.close()


async def tour(stage: str, platform: Platform, browser: Browser, keys: Mapping[str, Any], **places: object) -> None:
    """Let everybody of a stage open their pages; raise with everything that is wrong with them."""
    wrong: list[str] = []
    async with on_loopback(platform) as address:
        for who, paths in PAGES[stage].items():
            async with _touring(platform, browser, address, stage, who, keys=keys, **places) as (visitor, troubles):
                for path in paths:
                    wrong += await visitor.see(path)
                    wrong += [f"{path}: {trouble}" for trouble in troubles]
                    troubles.clear()
    assert wrong == [], "\n".join(wrong)


async def _tour(stage: str, assembly: Assembly, browser: Browser, **places: object) -> None:
    places = {"election": assembly.uuid, "estate": ESTATE, "roll": assembly.people.roll, **places}
    await tour(stage, assembly.platform, browser, assembly.people.keys, **places)


async def test_pages_of_the_roll_and_of_setting_an_election_up(platform: Platform, browser: Browser) -> None:
    assembly = Assembly(platform, People(AREAS, ASKS))
    await assembly.import_roll()
    await assembly.prepare()
    async with await signed_in(platform, name="社区乙") as clerk:
        draft = (await fill_in(clerk, assembly.people.roll)).rpartition("/")[2]
        sheet = write_sheet((*AREAS, 7000)).replace(b"90.00", b"", 1)
        answer = await clerk.post(f"/work/estates/{ESTATE}/rolls/new", files={"file": ("清册.csv", sheet)})
    roll = answer.headers["location"].rpartition("/")[2]
    await _tour("preparing", assembly, browser, roll=roll, draft=draft, matter=0, row=2)


async def test_pages_before_sealing(platform: Platform, browser: Browser) -> None:
    assembly = Assembly(platform, People(AREAS, ASKS))
    await assembly.import_roll()
    await assembly.prepare()
    await assembly.make_key()
    await assembly.issue_credentials()
    await assembly.bring_offices()
    await _tour("ready", assembly, browser)


async def test_pages_while_voting_goes_on(opened: Assembly, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vote.operation.health.Health.troubles", AsyncMock(return_value=[]))
    inquiries, owner = opened.platform.services["inquiries"], 1
    rows = await inquiries.homes(ESTATE)
    question = Question("电梯为什么还没修？请打13800138000。", Manner.NAMED, "3幢一位业主")
    inquiry = await inquiries.ask(ESTATE, question, sorted(rows)[owner], None)
    await inquiries.table(ESTATE, inquiry, Actor(Role.STAFF))
    await _tour("opened", opened, browser, inquiry=inquiry)


async def test_pages_after_closing(closed: Assembly, browser: Browser) -> None:
    body = {"kind": "impersonation", "raised_by": 1, "about": 1, "text": "我没有投过。"}
    await closed.platform.post(f"{closed.api}/disputes", key=closed.people.keys["desk"][0], json=body)
    await _tour("closed", closed, browser, dispute=1)


async def test_pages_of_a_preliminary_result(preliminary: Assembly, browser: Browser) -> None:
    body = {"raised_by": 1, "topic": "参加人数", "text": "原话"}
    await preliminary.platform.post(f"{preliminary.api}/objections", key=preliminary.people.keys["desk"][0], json=body)
    await _tour("preliminary", preliminary, browser, objection=1)


async def test_pages_of_a_certificate_that_waits_for_signatures(preliminary: Assembly, browser: Browser) -> None:
    preliminary.at(DONE)
    assert (await compose(preliminary)).status_code == 201
    await _tour("composed", preliminary, browser)


async def test_pages_of_a_certified_result(certified: Assembly, browser: Browser) -> None:
    await _tour("certified", certified, browser)


async def test_pages_of_petitions(certified: Assembly, browser: Browser) -> None:
    petitions = Petitions(certified)
    await petitions.make_card()
    await petitions.begin(1, petition_asked(PetitionKind.RECALL, "张三"))
    await _tour("petitions", certified, browser, petition=PETITION)


async def test_pages_of_what_a_committee_owes(platform: Platform, browser: Browser) -> None:
    await platform.post("/api/estates", json=PLACE)
    values: Mapping[str, Value] = {
        "title": "采购合同",
        "day": "2026-11-20",
        "party": "乙公司",
        "content": "换电梯钢丝绳。",
    }
    draft = Draft(RecordKind.CONTRACT, values, [NewFile("合同.png", png()), NewFile("清单.csv", CSV)])
    record = await platform.services["records"].publish(ESTATE, draft, Actor(Role.STAFF))
    tie = Declaration(Seat.MEMBER, "张三", Subject.FIRM, "乙公司", Relation.RELATIVE)
    interests = platform.services["interests"]
    await interests.declare(ESTATE, tie, "", Actor(Role.STAFF))
    ((hit,),) = [each.hits for each in await interests.listed(ESTATE)]
    await interests.explain(ESTATE, hit.id, Handling.EXPLAIN, "已经转让股份。", Actor(Role.STAFF))
    await tour("published", platform, browser, {}, estate=ESTATE, record=record)


async def test_pages_of_duties(platform: Platform, browser: Browser) -> None:
    await platform.post("/api/estates", json=PLACE)
    await tour("duties", platform, browser, {}, estate=ESTATE, duty=await keep_a_year(platform))


async def test_pages_of_cases(platform: Platform, browser: Browser) -> None:
    await platform.post("/api/estates", json=PLACE)
    await tour("cases", platform, browser, {}, estate=ESTATE, case=await form_a_group(platform))


async def test_pages_of_the_books(platform: Platform, browser: Browser) -> None:
    await platform.post("/api/estates", json=PLACE)
    await keep_books(platform)
    await tour("books", platform, browser, {}, estate=ESTATE, posting=3, month="2026-12")


async def test_the_page_of_the_demonstration(platform: Platform, browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "guests.json").write_text(json.dumps(GUESTS))
    services = platform.services
    assert isinstance(services, dict)
    changes = {"demo": True, "messages": f"file:{tmp_path / 'messages.jsonl'}"}
    services["settings"] = services["settings"].model_copy(update=changes)
    await tour("demonstration", platform, browser, {})
