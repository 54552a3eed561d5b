"""The pages of a clerk's day: what is due over all estates, and the roll from upload to freezing."""

from starlette.routing import BaseRoute

from vote.role import Role
from vote.roll.views import MAX_SHEET_BYTES
from vote.web.clerk import phone_pages, roll_pages, settling, today
from vote.web.page import page

_STAFF = (Role.STAFF,)
_NOT_REGISTRAR = (Role.REGISTRAR,)
"""Whoever holds the letters shall not have the telephones: with letter and code one is that owner."""
_ESTATE, _ROLL = "/work/estates/{estate}", "/work/rolls/{roll:number}"
_PHONES = "/work/elections/{election}/phones"
_FORM_ROOM = 64 << 10

routes: list[BaseRoute] = [
    page("/work", today.today, summary="What is due today, over all estates", signed_in=True),
    page("/work/estates/new", today.new_estate, summary="Ask for a new estate", roles=_STAFF),
    page("/work/estates/new", today.add_estate, summary="Add an estate", roles=_STAFF, method="POST"),
    page(_ESTATE, today.estate, summary="An estate, for its staff", roles=_STAFF),
    page(f"{_ESTATE}/rolls/new", roll_pages.new, summary="Ask for a roll", roles=_STAFF),
    page(
        f"{_ESTATE}/rolls/new", roll_pages.upload, summary="Take a spreadsheet in as a draft", roles=_STAFF, method="POST",
        max_bytes=MAX_SHEET_BYTES + _FORM_ROOM,
    ),
    page(_ROLL, roll_pages.show, summary="What a roll comes to, and what is next", roles=_STAFF),
    page(f"{_ROLL}/rows", roll_pages.rows, summary="What became of the rows", roles=_STAFF),
    page(f"{_ROLL}/report.csv", roll_pages.report, summary="The same as a table", roles=_STAFF),
    page(f"{_ROLL}/columns", roll_pages.columns, summary="What the columns are taken for", roles=_STAFF),
    page(f"{_ROLL}/columns", roll_pages.choose_columns, summary="Say what they hold", roles=_STAFF, method="POST"),
    page(f"{_ROLL}/rows/{{row:number}}", roll_pages.row, summary="One row whole; a noted look", roles=_STAFF, apart=_NOT_REGISTRAR),
    page(f"{_ROLL}/rows/{{row:number}}", roll_pages.edit_row, summary="Mend it, or undo that", roles=_STAFF, method="POST"),
    page(f"{_ROLL}/compare", roll_pages.compare, summary="What changed since the roll before", roles=_STAFF),
    page(f"{_ROLL}/notice", settling.notice, summary="The notice of the roll, to print", roles=_STAFF),
    page(f"{_ROLL}/notice", settling.post_notice, summary="Say where it is put up", roles=_STAFF, method="POST"),
    page(f"{_ROLL}/printed", settling.printed, summary="The lines as they are put up", roles=_STAFF),
    page(f"{_ROLL}/objections", settling.objections, summary="Objections to the roll; a noted look", roles=_STAFF),
    page(f"{_ROLL}/objections", settling.object_to, summary="Write one down", roles=_STAFF, method="POST"),
    page(
        f"{_ROLL}/objections/{{objection:number}}/answer", settling.answer, summary="Answer one", roles=_STAFF,
        method="POST",
    ),
    page(f"{_ROLL}/phones", phone_pages.of_roll, summary="Telephones of a roll; a noted look", roles=_STAFF, apart=_NOT_REGISTRAR),
    page(f"{_ROLL}/phones", phone_pages.bring, summary="Bring a telephone before freezing", roles=_STAFF, apart=_NOT_REGISTRAR, method="POST"),
    page(f"{_ROLL}/freeze", settling.freezing, summary="What freezing means", roles=_STAFF),
    page(f"{_ROLL}/freeze", settling.freeze, summary="Freeze the roll", roles=_STAFF, method="POST"),
    page(f"{_ROLL}/discard", roll_pages.discarding, summary="What discarding means", roles=_STAFF),
    page(f"{_ROLL}/discard", roll_pages.discard, summary="Discard a draft", roles=_STAFF, method="POST"),
    page(_PHONES, phone_pages.of_election, summary="Telephones in an election", roles=(Role.PHONES, Role.DESK, Role.STAFF)),
    page(f"{_PHONES}/confirm", phone_pages.confirm, summary="Confirm one at the desk", roles=(Role.DESK,), method="POST"),
    page(f"{_PHONES}/propose", phone_pages.propose, summary="Propose another", roles=(Role.PHONES,), method="POST"),
    page(
        f"{_PHONES}/{{change:number}}/accept", phone_pages.accept, summary="Accept it as the second person",
        roles=(Role.PHONES,), method="POST",
    ),
    page(
        f"{_PHONES}/{{change:number}}/refuse", phone_pages.refuse, summary="Refuse it as the second person",
        roles=(Role.PHONES,), method="POST",
    ),
]  # fmt: skip
