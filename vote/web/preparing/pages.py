"""The pages from setting an election up to its closing second."""

from starlette.routing import BaseRoute

from vote.role import Role
from vote.web.page import page
from vote.web.preparing import (
    changing,
    links,
    matters,
    outline_pages,
    papers,
    people,
    register,
    rehearsing,
    review,
    setup,
    watching,
)

_STAFF = (Role.STAFF,)
_WATCH = (Role.ORGANISER, Role.COMMUNITY, Role.STAFF)
_EXACT = (Role.ORGANISER, Role.COMMUNITY)
_LETTERS = (Role.STAFF, Role.ORGANISER, Role.COMMUNITY, Role.DESK)
_NOT_PHONES = (Role.PHONES,)
"""Whoever edits telephones shall not know whose letter lies about: with both one is that owner."""
_ESTATE = "/work/estates/{estate}/elections"
_DRAFT = _ESTATE + "/drafts/{draft:number}"
_ELECTION = "/work/elections/{election}"
_LINK = _ELECTION + "/links/{duty}/{slot:number}"

routes: list[BaseRoute] = [
    page(f"{_ESTATE}/new", outline_pages.new, summary="Begin to set an election up", roles=_STAFF),
    page(f"{_ESTATE}/new", outline_pages.begin, summary="Keep a new draft", roles=_STAFF, method="POST"),
    page(f"{_DRAFT}/matters", matters.matters, summary="The questions of a draft", roles=_STAFF),
    page(f"{_DRAFT}/matters/{{matter}}", matters.matter, summary="One question of a draft", roles=_STAFF),
    page(
        f"{_DRAFT}/matters/{{matter}}", matters.keep_matter, summary="Keep one question", roles=_STAFF, method="POST",
        max_bytes=1 << 19,
    ),
    page(
        f"{_DRAFT}/matters/{{matter}}/drop", matters.drop_matter, summary="Take one question away", roles=_STAFF,
        method="POST",
    ),
    page(f"{_DRAFT}/secrecy", outline_pages.secrecy, summary="Named or secret", roles=_STAFF),
    page(f"{_DRAFT}/secrecy", outline_pages.choose_secrecy, summary="Keep that", roles=_STAFF, method="POST"),
    page(f"{_DRAFT}/times", outline_pages.times, summary="The days of a draft, with the law's", roles=_STAFF),
    page(f"{_DRAFT}/times", outline_pages.choose_times, summary="Keep the days", roles=_STAFF, method="POST"),
    page(f"{_DRAFT}/people", people.people, summary="Who does what", roles=_STAFF),
    page(f"{_DRAFT}/people", people.keep_people, summary="Keep who does what", roles=_STAFF, method="POST"),
    page(
        f"{_DRAFT}/people/check", people.check_people, summary="Say who may not be the same", roles=_STAFF, method="POST",
        status=200,
    ),
    page(f"{_DRAFT}/privacy", outline_pages.privacy, summary="What totals would give away", roles=_STAFF),
    page(f"{_DRAFT}/privacy", outline_pages.compute_privacy, summary="Compute that", roles=_STAFF, method="POST"),
    page(f"{_DRAFT}/review", review.review, summary="All that was filled in", roles=_STAFF),
    page(
        f"{_DRAFT}/review", review.finish, summary="Prepare the election; shows its links once", roles=_STAFF,
        method="POST", status=200,
    ),
    page(
        f"{_DRAFT}/rehearse", rehearsing.rehearse, summary="Make a rehearsal; shows its links once", roles=_STAFF,
        method="POST", status=200,
    ),
    page(f"{_DRAFT}/discard", outline_pages.discard, summary="Throw a draft away", roles=_STAFF, method="POST"),
    page(_ELECTION, watching.watch, summary="Where an election stands, for those at work", roles=_WATCH),
    page(f"{_ELECTION}/set-up", setup.set_up, summary="What is missing before sealing", roles=_STAFF),
    page(
        f"{_ELECTION}/set-up/duties/{{duty}}/{{slot:number}}/replace", setup.replace_link,
        summary="Put a new link in the place of a lost one", roles=_STAFF, method="POST", status=200,
    ),
    page(
        f"{_ELECTION}/set-up/discard", setup.discard_election, summary="Give up an election that was never sealed",
        roles=_STAFF, method="POST",
    ),
    page(f"{_ELECTION}/links", links.links, summary="Lost links of a sealed election", roles=links.MEMBERS),
    page(f"{_LINK}/ask", links.ask, summary="Ask for a new one", roles=_STAFF, method="POST"),
    page(f"{_LINK}/agree", links.agree, summary="Agree as the second person", roles=links.MEMBERS, method="POST"),
    page(f"{_LINK}/stop", links.stop, summary="Let the place stay as it is", roles=links.MEMBERS, method="POST"),
    page(f"{_LINK}/give", links.give, summary="Show the new one once", roles=_STAFF, method="POST", status=200),
    page(f"{_ELECTION}/seal", setup.sealing, summary="What will be sealed", roles=_STAFF),
    page(f"{_ELECTION}/seal", setup.seal, summary="Seal it", roles=_STAFF, method="POST"),
    page(f"{_ELECTION}/notice", setup.notice, summary="The notice to print", roles=_STAFF),
    page(f"{_ELECTION}/notice", setup.give_notice, summary="Say that it was given", roles=_STAFF, method="POST"),
    page(f"{_ELECTION}/deliveries", register.register, summary="The register of letters", roles=_LETTERS, apart=_NOT_PHONES),
    page(
        f"{_ELECTION}/deliveries", register.write_down, summary="Write down what became of letters", roles=_LETTERS,
        method="POST", apart=_NOT_PHONES,
    ),
    page(
        f"{_ELECTION}/deliveries/undelivered", register.undelivered, summary="The letters that did not arrive; a noted look",
        roles=_WATCH, apart=_NOT_PHONES,
    ),
    page(f"{_ELECTION}/turnout", watching.look, summary="Exact turnout; a noted look", roles=_EXACT, method="POST", status=200),
    page(
        f"{_ELECTION}/waiting", watching.look_waiting, summary="Who has not voted; a noted look", roles=_EXACT,
        method="POST", status=200,
    ),
    page(f"{_ELECTION}/reminders", watching.reminders, summary="A reminder before it is sent", roles=_EXACT),
    page(f"{_ELECTION}/reminders", watching.remind, summary="Send it", roles=_EXACT, method="POST"),
    page("/elections/{election}/papers", papers.papers, summary="Drafts, and what candidates agreed to have told"),
    page(
        f"{_ELECTION}/papers/withdraw", papers.withdraw_profile, summary="Take a candidate's profile down",
        roles=(Role.STAFF, Role.ORGANISER), method="POST",
    ),
    page(f"{_ELECTION}/changes", changing.changes, summary="What may lawfully change", roles=_WATCH),
    page(
        f"{_ELECTION}/changes/extend", changing.extend, summary="Let voting go on", roles=(Role.ORGANISER,), method="POST"
    ),
    page(
        f"{_ELECTION}/changes/withdraw", changing.withdraw, summary="A candidate withdraws", roles=(Role.ORGANISER,),
        method="POST",
    ),
    page(
        f"{_ELECTION}/changes/correct", changing.correct, summary="A late error of the roll", roles=(Role.ORGANISER,),
        method="POST",
    ),
    page(
        f"{_ELECTION}/changes/annul", changing.annul, summary="Give an election up", roles=(Role.ORGANISER,), method="POST"
    ),
]  # fmt: skip
