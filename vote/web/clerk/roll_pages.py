"""The roll on pages: upload, what became of each row, what the columns hold, mending a row, comparing.

* A row is shown whole only to mend it, and each such look is written down. Lists show names masked.
* What can be changed is offered only while it can be.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from vote.account.events import EventKind
from vote.db import together_with
from vote.errors import RefusedError
from vote.estate.service import EstateService
from vote.estate.store import EstatePlace
from vote.roll.area import write_area
from vote.roll.columns import TITLES, Column
from vote.roll.draft_store import Notice, Step
from vote.roll.layout import Layout
from vote.roll.place import Place
from vote.roll.store import NewFinding, StoredObjection, StoredRoll
from vote.roll.views import MAX_SHEET_BYTES
from vote.roll.why import ZH
from vote.web.act import Refusal, go_to
from vote.web.clerk.asking import account_of, drafts_of, names_of, refusal_of, refused, rolls_of
from vote.web.clerk.leaf import leaf_of
from vote.web.form import FormError, form_of, read_upload
from vote.web.noting import note, noted
from vote.web.rendering import render

SHOWN = 100
"""Lines on a page."""
VERDICTS = ("rejected", "changed", "excluded")
LOOK = "look"
"""What changed nothing but should be looked at."""
SHOWN_ROWS = 12
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class RollPage:
    """What every page about a roll shows."""

    place: EstatePlace
    roll: StoredRoll
    notice: Notice | None
    objections: Sequence[StoredObjection]
    steps: Sequence[Step]
    names: Mapping[int, str]

    @property
    def path(self) -> str:
        """Where its pages lie."""
        return f"/work/rolls/{self.roll.id}"

    @property
    def draft(self) -> bool:
        """Whether it may still change."""
        return not self.roll.frozen and self.roll.discarded_at is None

    @property
    def waiting(self) -> int:
        """Objections without an answer."""
        return sum(each.state == "open" for each in self.objections)


async def page_of(request: Request) -> RollPage:
    """Return what a page about a roll shows.

    Raises:
        RefusedError: there is no such roll.
    """
    drafts = drafts_of(request)
    number: int = request.path_params["roll"]
    stored = await rolls_of(request).get(number)
    estates: EstateService = request.state["estates"]
    steps = await drafts.steps(number)
    return RollPage(
        await estates.get(stored.estate),
        stored,
        await drafts.notice(number),
        await rolls_of(request).store.objections(number),
        steps,
        await names_of(request, [each.account for each in steps]),
    )


async def new(request: Request) -> Response:
    """Ask for a spreadsheet."""
    return render(request, "clerk/roll-new.html", await _new_values(request))


async def upload(request: Request) -> Response:
    """Take a spreadsheet in."""
    try:
        form = await form_of(request)
    except RefusedError as error:
        return refused(request, "clerk/roll-new.html", await _new_values(request), error)
    try:
        return await _take(request)
    finally:
        await form.close()


async def _take(request: Request) -> Response:
    estate = request.path_params["estate"]

    async def write() -> None:
        (taken, *_) = await drafts_of(request).of_estate(estate)
        await note(request, EventKind.ROLL_IMPORTED, estate=estate, count=max(taken.heads, 1))

    try:
        data = await read_upload(request, "file", MAX_SHEET_BYTES)
        async with together_with(write):
            roll = await drafts_of(request).upload(estate, data, account_of(request))
    except FormError as error:
        return render(request, "clerk/roll-new.html", {**await _new_values(request), "errors": error.errors}, 422)
    except RefusedError as error:
        return refused(request, "clerk/roll-new.html", await _new_values(request), error)
    stored = await rolls_of(request).get(roll)
    return go_to(request, f"/work/rolls/{roll}" + ("" if stored.heads else "/columns"))


async def show(request: Request) -> Response:
    """Show what a roll comes to and what is to be done with it."""
    page = await page_of(request)
    layout = await drafts_of(request).layout(page.roll.id) if page.draft else None
    findings = await rolls_of(request).findings(page.roll.id)
    values = {
        "page": page,
        "figures": page.roll.figures,
        "counts": _counts(findings),
        "layout": layout,
        "problem": problem_of(layout),
        "refused": None,
    }
    return render(request, "clerk/roll.html", values)


async def rows(request: Request) -> Response:
    """Show what became of the rows, those that were not taken first."""
    page = await page_of(request)
    findings = await rolls_of(request).findings(page.roll.id)
    counts = _counts(findings)
    layout = await drafts_of(request).layout(page.roll.id) if page.draft else None
    asked = request.query_params.get("show", "")
    chosen = asked if asked in {*VERDICTS, LOOK} else next((each for each in VERDICTS if counts[each]), VERDICTS[0])
    shown = [each for each in findings if each.verdict == chosen]
    leaf = leaf_of(len(shown), request.query_params.get("page", ""), SHOWN)
    values = {
        "page": page,
        "counts": counts,
        "chosen": chosen,
        "findings": leaf.of(shown),
        "leaf": leaf,
        "reasons": _reasons(shown),
        "can_mend": layout is not None,
        "warnings": [
            (why, ZH[why], lines[:SHOWN_ROWS], len(lines)) for why, lines in (layout.warnings if layout else ())
        ],
    }
    return render(request, "clerk/roll-rows.html", values)


async def report(request: Request) -> Response:
    """Return what became of every row that was not simply taken, as a table for spreadsheets."""
    page = await page_of(request)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["表中行号", "结果", "房屋", "权利人", "原因", "处理"])
    for each in await rolls_of(request).findings(page.roll.id):
        cells = (_VERDICTS_ZH[each.verdict], each.place, each.masked_owner, each.reason_zh, each.done_zh)
        writer.writerow([each.sheet_row, *map(plain_cell, cells)])
    headers = {
        "Content-Disposition": f'attachment; filename="roll-{page.roll.id}.csv"',
        "Cache-Control": "no-store",
    }
    return Response(text.getvalue().encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers)


def plain_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


async def columns(request: Request) -> Response:
    """Show what the sheet's columns are taken for, with covered samples."""
    page = await page_of(request)
    return render(request, "clerk/roll-columns.html", await _columns_values(request, page))


async def choose_columns(request: Request) -> Response:
    """Keep what the clerk says the columns hold, and read the sheet anew."""
    page = await page_of(request)
    form = await form_of(request)
    choices: dict[int, Column | None] = {}
    for name, value in form.multi_items():
        number = _number(name.removeprefix("column-"))
        if name.startswith("column-") and number >= 0 and value in {"", *Column}:
            choices[number] = Column(str(value)) if value else None
    sheet = str(form.get("sheet", "")) or None
    try:
        async with noted(request, EventKind.ROLL_EDITED, estate=page.place.id, count=max(len(choices), 1)):
            await drafts_of(request).choose(
                page.roll.id, _number(form.get("version")), sheet, choices, account_of(request)
            )
    except RefusedError as error:
        return refused(request, "clerk/roll-columns.html", await _columns_values(request, page), error)
    read = (await rolls_of(request).get(page.roll.id)).heads
    return go_to(request, page.path if read else f"{page.path}/columns")


async def row(request: Request) -> Response:
    """Show one row whole, to mend it; the look is written down."""
    page = await page_of(request)
    return render(request, "clerk/roll-row.html", await _row_values(request, page))


async def edit_row(request: Request) -> Response:
    """Write other texts into a row and read the sheet anew."""
    page = await page_of(request)
    form, number = await form_of(request), request.path_params["row"]
    cells = {
        column: value
        for name, value in form.multi_items()
        if name.startswith("cell-") and (column := _number(name[5:])) >= 0 and isinstance(value, str)
    }
    drafts = drafts_of(request)
    version = _number(form.get("version"))

    async def write() -> None:
        # Texts that were there already change nothing.
        if len(await drafts.steps(page.roll.id)) > len(page.steps):
            await note(request, EventKind.ROLL_EDITED, estate=page.place.id)

    try:
        async with together_with(write):
            if "restore" in form:
                await drafts.restore(page.roll.id, version, number, account_of(request))
            else:
                await drafts.edit(page.roll.id, version, number, cells, account_of(request))
    except RefusedError as error:
        return refused(request, "clerk/roll-row.html", await _row_values(request, page, cells), error)
    found = [each for each in await rolls_of(request).findings(page.roll.id) if each.sheet_row == number]
    if found and found[0].verdict == "rejected":
        return go_to(request, f"{page.path}/rows/{number}", still="1")
    return go_to(request, f"{page.path}/rows", mended=str(number))


def problem_of(layout: Layout | None) -> Refusal | None:
    """Return why a draft's sheet cannot be read, for people in front of a page."""
    return refusal_of(layout.problem) if layout and layout.problem else None


async def compare(request: Request) -> Response:
    """Show what changed since the estate's roll before this one."""
    page = await page_of(request)
    found = await drafts_of(request).compare(page.roll.id)
    differences = found[1].differences if found else ()
    leaf = leaf_of(len(differences), request.query_params.get("page", ""), SHOWN)
    values = {
        "page": page,
        "before": found[0] if found else None,
        "comparison": found[1] if found else None,
        "differences": [(str(Place(*each.place)), each) for each in leaf.of(differences)],
        "leaf": leaf,
        "area": write_area,
    }
    return render(request, "clerk/roll-compare.html", values)


async def discarding(request: Request) -> Response:
    """Say what discarding a draft means."""
    return render(request, "clerk/roll-discard.html", {"page": await page_of(request), "refused": None})


async def discard(request: Request) -> Response:
    """Discard a draft."""
    page = await page_of(request)
    try:
        async with noted(request, EventKind.ROLL_EDITED, estate=page.place.id):
            await drafts_of(request).discard(page.roll.id, account_of(request))
    except RefusedError as error:
        return refused(request, "clerk/roll-discard.html", {"page": page}, error)
    return go_to(request, f"/work/estates/{page.place.id}")


async def _new_values(request: Request) -> dict[str, object]:
    estates: EstateService = request.state["estates"]
    place = await estates.get(request.path_params["estate"])
    rolls = [each for each in await drafts_of(request).of_estate(place.id) if not each.discarded_at]
    return {"place": place, "rolls": rolls, "errors": {}, "refused": None, "megabytes": MAX_SHEET_BYTES >> 20}


async def _columns_values(request: Request, page: RollPage) -> dict[str, object]:
    layout = await drafts_of(request).layout(page.roll.id) if page.draft else None
    return {
        "page": page,
        "layout": layout,
        "problem": problem_of(layout),
        "meanings": [(str(column), title) for column, title in TITLES.items()],
        "titles": TITLES,
        "refused": None,
    }


async def _row_values(request: Request, page: RollPage, typed: Mapping[int, str] | None = None) -> dict[str, object]:
    number = request.path_params["row"]
    found = await drafts_of(request).row(page.roll.id, number)
    await note(request, EventKind.ROLL_SEEN, estate=page.place.id)
    findings = [each for each in await rolls_of(request).findings(page.roll.id) if each.sheet_row == number]
    edits = [each for each in page.steps if each.kind in {"edited", "restored"} and each.item == number]
    return {
        "page": page,
        "row": found,
        "typed": typed or {},
        "findings": findings,
        "edits": edits,
        "still": "still" in request.query_params,
        "titles": TITLES,
        "refused": None,
    }


_VERDICTS_ZH = {"rejected": "退回", "changed": "调整", "excluded": "不计票"}


def _counts(findings: Sequence[NewFinding]) -> dict[str, int]:
    return {verdict: sum(each.verdict == verdict for each in findings) for verdict in VERDICTS}


def _reasons(findings: Sequence[NewFinding]) -> list[tuple[NewFinding, int]]:
    """How often each reason stands, the most frequent first; the first finding gives the words."""
    first: dict[str, NewFinding] = {}
    counts: dict[str, int] = {}
    for each in findings:
        first.setdefault(each.reason, each)
        counts[each.reason] = counts.get(each.reason, 0) + 1
    return [(first[reason], count) for reason, count in sorted(counts.items(), key=lambda each: -each[1])]


def _number(value: object) -> int:
    """Return a whole number that a form sends; -1 if it is none. Superscripts are digits to Python, and no numbers."""
    return int(value) if isinstance(value, str) and value.isdecimal() and len(value) < 10 else -1  # noqa: PLR2004
