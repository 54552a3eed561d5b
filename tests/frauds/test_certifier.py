"""The offices that certify put their names to a wrong outcome, or leave objections out."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from typer.testing import CliRunner

from tests.frauds.auditor import fetch, rejected, verified
from tests.frauds.burglar import change
from tests.journeys.published import write
from tests.vote.assembly import ESTATE
from tests.vote.certificate.keys import secrets_of
from tests.vote.certificate.test_service import (
    DONE,
    answer,
    compose,
    issue,
    organise,
    published,
    raise_objection,
    sign,
)
from tests.vote.check.test_service import raise_dispute, settle
from tests.vote.office.papers import papers_of
from tests.vote.platform import CHECKS, assert_refused
from tests.vote.verifier.bundles import rejected as rejected_bundle
from tests.vote.verifier.certified import CONTESTED, ELECTION, HONEST_FACTS, certificate_of, certified, printed, signed
from vote.certificate import pades
from vote.certificate.content import Certificate, decode_certificate, encode_certificate
from vote.certificate.parts import Measures
from vote.certificate.sheet import render_sheet
from vote.certificate.weighing import weigh
from vote.election.change import effects_of
from vote.election.manifest import decode_manifest
from vote.election.terms import OFFICES
from vote.log.store import LogStore
from vote.office.command import app
from vote.office.key_file import encode_secrets
from vote.verifier.report import Step

PAPERS, CERTIFICATE = papers_of()


@pytest.fixture(autouse=True, scope="module")
def _set_once() -> Iterator[None]:
    """Set each certificate once; it takes a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pades, "render_sheet", cache(render_sheet))
        yield


@pytest.fixture
def office(tmp_path):
    """An office's table: its key file, and what it is given to sign."""
    bundle = {f"bundle/{CERTIFICATE.election.uuid}.bel": PAPERS.archive, "bundle/result.json": PAPERS.result}
    keys = {f"{name}.key": encode_secrets(secrets_of(name)) for name in OFFICES}
    write(tmp_path, {**bundle, **keys, "manifest.json": PAPERS.manifest, "draft.json": PAPERS.draft})
    return tmp_path


def certify(folder, office="organiser", pdf="none"):
    """Run `vote office certify`."""
    words = {
        "key": folder / f"{office}.key", "manifest": folder / "manifest.json", "bundle": folder / "bundle",
        "certificate": folder / "draft.json", "pdf-in": pdf, "out-signature": folder / "out.sig", "out-pdf": folder / "out.pdf",
    }  # fmt: skip
    arguments = [word for name, value in words.items() for word in (f"--{name}", str(value))]
    return CliRunner().invoke(app, ["certify", *arguments, "--yes"])


def wrong(certificate: Certificate) -> Certificate:
    """Return a certificate that calls the first question's outcome another one."""
    first, *others = certificate.questions
    outcome = "REJECTED" if first.outcome != "REJECTED" else "ADOPTED"
    return replace(certificate, questions=(replace(first, outcome=outcome), *others))


def test_an_honest_office_signs_no_wrong_outcome(office):
    (office / "draft.json").write_bytes(encode_certificate(wrong(CERTIFICATE)))
    result = certify(office)
    assert (result.exit_code, "certificate, question" in result.output) == (1, True), result.output
    assert not (office / "out.sig").exists()


def test_an_honest_office_signs_for_no_other_archive_or_result(office):
    honest = (office / "bundle" / "result.json").read_bytes()
    (office / "bundle" / "result.json").write_bytes(honest.replace(b'"heads":431', b'"heads":432'))
    assert certify(office).exit_code == 1
    (office / "bundle" / "result.json").write_bytes(honest)
    (office / "bundle" / f"{CERTIFICATE.election.uuid}.bel").write_bytes(PAPERS.archive + bytes(512))
    result = certify(office)
    assert (result.exit_code, "the archive in the bundle is not the one that it names" in result.output) == (1, True)


def test_an_office_signs_no_pdf_that_says_other_than_the_words(office):
    other = replace(CERTIFICATE, offices=tuple(reversed(CERTIFICATE.offices)))
    (office / "other.pdf").write_bytes(render_sheet(other))
    result = certify(office, pdf=office / "other.pdf")
    assert (result.exit_code, "certificate, PDF" in result.output) == (1, True), result.output
    assert not (office / "out.pdf").exists()


def test_three_offices_that_sign_a_wrong_outcome_together_are_found_out():
    false = wrong(certificate_of())
    sentence = rejected_bundle(certified(signed(false), printed(certificate_of())), Step.CERTIFICATE)
    assert sentence.startswith("certificate.json, question")


def test_a_certificate_without_one_of_the_three_does_not_count():
    honest = certificate_of()
    sentence = rejected_bundle(certified(signed(honest, "organiser", "community"), printed(honest)), Step.CERTIFICATE)
    assert sentence == "certificate.json: it counts with all signatures only, and lacks that of sub_district"


def test_contested_ballots_that_are_left_out_of_the_margin_test_are_found():
    none = Measures(heads=0, area_dm2=0)
    weighed = weigh(decode_manifest(ELECTION.manifest), ELECTION.result, none, effects_of(ELECTION.changes).doubtful)
    false = certificate_of(contested=weighed.contested, weighed=weighed.questions)
    sentence = rejected_bundle(certified(signed(false), printed(false)), Step.CERTIFICATE)
    assert sentence == "certificate.json, contested: it is less than what was contested before counting"
    assert CONTESTED.heads == 1


def test_a_result_that_would_turn_is_not_called_firm():
    firm = tuple(replace(each, stands=True) for each in HONEST_FACTS.weighed)
    assert firm != HONEST_FACTS.weighed
    false = certificate_of(weighed=firm)
    sentence = rejected_bundle(certified(signed(false), printed(false)), Step.CERTIFICATE)
    assert sentence.startswith("certificate.json, question ")
    assert "margins" in sentence


async def test_no_certificate_is_composed_over_an_objection_that_waits(preliminary):
    assert (await raise_objection(preliminary, 2)).status_code == 201
    preliminary.at(DONE)
    assert_refused(await compose(preliminary), 409, "wrong-state", "1 objections wait for an answer")


async def test_no_certificate_is_composed_before_the_last_day_of_objections(preliminary):
    preliminary.at(CHECKS)
    assert_refused(await compose(preliminary), 409, "wrong-state", "objections is not over")


async def test_an_objection_taken_out_of_the_database_leaves_its_entry_in_the_log(preliminary):
    await raise_objection(preliminary, 2)
    change(preliminary, "DELETE FROM objection")
    preliminary.at(DONE)
    assert (await compose(preliminary)).status_code == 201
    kinds = [json.loads(body)["kind"] for body in await LogStore().bodies(ESTATE)]
    assert kinds[-1] == "objection:raised"


async def test_three_offices_that_leave_an_objection_out_together_are_found_out(preliminary, tmp_path):
    """The words were taken away for the moment of certifying."""
    await raise_objection(preliminary, 2, "计票")
    await answer(preliminary, 1)
    preliminary.at(DONE)
    listed = await published(preliminary, "objections.json")
    change(preliminary, "DELETE FROM objection")
    assert (await compose(preliminary)).status_code == 201
    await issue(preliminary)
    folder = await fetch(preliminary, tmp_path / "published")
    assert "number 1, signed by all three" in verified(folder)
    # Whoever raised it, or anybody who looked, still has the page.
    (folder / "objections.json").write_bytes(listed)
    sentence = rejected(folder, Step.CERTIFICATE)
    assert sentence == "objections.json, number 1: the certificate leaves it out, or tells it otherwise"


async def test_another_pdf_is_not_taken(preliminary):
    preliminary.at(DONE)
    await compose(preliminary)
    draft = decode_certificate(await published(preliminary, "certificate-draft.json"))
    other = render_sheet(replace(draft, offices=tuple(reversed(draft.offices))))
    answered = await sign(preliminary, "organiser", pdf=base64.b64encode(other).decode())
    assert_refused(answered, 400, "malformed", "certificate, PDF")


async def test_what_is_wrong_is_corrected_or_revoked_by_a_further_certificate_and_never_replaced(preliminary, tmp_path):
    preliminary.at(DONE)
    await compose(preliminary)
    await issue(preliminary)
    first = await published(preliminary, "certificate.json")
    assert_refused(await compose(preliminary), 409, "wrong-state", "certified")
    assert (await compose(preliminary, kind="correction", reason="街道名称有误。")).status_code == 201
    await issue(preliminary)
    assert await published(preliminary, "certificates/1.json") == first
    said = verified(await fetch(preliminary, tmp_path / "published"))
    assert "certificate 2 is a correction: 街道名称有误。" in said


async def test_a_quorum_made_by_a_late_error_of_the_roll_does_not_stand(closed, tmp_path):
    """Three of five voted, which is no quorum; then one owner less is said to be in the roll."""
    await raise_dispute(closed, "impersonation", 5, 5)
    await settle(closed, 1, "set-aside")
    assert (await organise(closed, "correct", heads=-1, area_dm2=-10000)).status_code == 204
    await closed.check()
    await closed.sum()
    await closed.open_totals()
    result = json.loads(await published(closed, "result.json"))
    assert (result["electorate"], result["cast"]["heads"]) == ({"heads": 4, "area_dm2": 54000}, 3)
    assert "QUORUM_NOT_MET" not in [question["outcome"] for question in result["questions"]]
    closed.at(DONE)
    await compose(closed)
    certificate = decode_certificate(await published(closed, "certificate-draft.json"))
    assert [question.stands for question in certificate.questions] == [False, False]
    said = verified(await fetch(closed, tmp_path / "published"))
    assert "the electorate is corrected by -1 heads, -100.00 m²" in said
