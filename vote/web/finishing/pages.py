"""The pages from closing to the certificate."""

from starlette.routing import BaseRoute

from vote.role import Role
from vote.web.finishing import certificate_pages, dispute_pages, objection_pages, record_pages, road_pages
from vote.web.finishing.seat import LOOKERS
from vote.web.page import page

_E = "/elections/{election}"
_DESK, _ORGANISER = (Role.DESK,), (Role.ORGANISER,)
_EXACT = (Role.ORGANISER, Role.COMMUNITY)
_OFFICES = (Role.ORGANISER, Role.COMMUNITY, Role.SUB_DISTRICT)
_DISPUTES, _DISPUTE = f"{_E}/finish/disputes", f"{_E}/finish/disputes/{{dispute:number}}"
_OBJECTIONS, _OBJECTION = f"{_E}/finish/objections", f"{_E}/finish/objections/{{objection:number}}"

routes: list[BaseRoute] = [
    page(f"{_E}/finish", road_pages.road, summary="What is done and what comes next, from closing on", roles=LOOKERS),
    page("/work/elections/{election}/finish", road_pages.lead, summary="Leads there", roles=LOOKERS, status=303),
    page(f"{_E}/finish/rooms", road_pages.rooms, summary="Who took part, with areas; a noted look", roles=_EXACT),
    page(_DISPUTES, dispute_pages.disputes, summary="Disputes about who took part", roles=LOOKERS),
    page(_DISPUTES, dispute_pages.write, summary="Write down a dispute", roles=_DESK, method="POST"),
    page(_DISPUTE, dispute_pages.dispute, summary="One dispute, with what was said", roles=_ORGANISER),
    page(_DISPUTE, dispute_pages.settle, summary="Settle a dispute", roles=_ORGANISER, method="POST"),
    page(f"{_E}/finish/check", dispute_pages.check, summary="What a check finds and what totals tell", roles=LOOKERS),
    page(
        f"{_E}/finish/check", dispute_pages.check_now, summary="Find who took part for good", roles=_ORGANISER,
        method="POST",
    ),
    page(
        f"{_E}/finish/opening", road_pages.opening, summary="Who of the key-holders has come",
        roles=(*LOOKERS, Role.TRUSTEE),
    ),
    page(f"{_E}/finish/result", road_pages.result, summary="The result, and how firmly it stands", roles=LOOKERS),
    page(_OBJECTIONS, objection_pages.objections, summary="Objections to the result", roles=LOOKERS),
    page(_OBJECTIONS, objection_pages.write, summary="Write down an objection", roles=_DESK, method="POST"),
    page(_OBJECTION, objection_pages.objection, summary="One objection, with what was said", roles=_ORGANISER),
    page(
        f"{_OBJECTION}/merge", objection_pages.merge, summary="Make an objection part of another one", roles=_ORGANISER,
        method="POST",
    ),
    page(
        f"{_OBJECTION}/answer", objection_pages.answer, summary="Answer an objection", roles=_ORGANISER, method="POST"
    ),
    page(f"{_E}/finish/certificate", certificate_pages.certificate, summary="The certificate and who signs", roles=LOOKERS),
    page(
        f"{_E}/finish/certificate", certificate_pages.compose, summary="Compose the next certificate", roles=_ORGANISER,
        method="POST",
    ),
    page(f"{_E}/office-keys", certificate_pages.keys, summary="Make an office's keys in the browser", roles=_OFFICES),
    page(f"{_E}/record", record_pages.record, summary="Every step with who took it and why it was lawful", roles=LOOKERS),
    page(f"{_E}/record.json", record_pages.record_json, summary="The same for programs", roles=LOOKERS),
    page(f"{_E}/record.csv", record_pages.record_csv, summary="The same for a spreadsheet", roles=LOOKERS),
]  # fmt: skip
