from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from crypto.encoding import hex_digest
from crypto.errors import MalformedError, ThresholdError, VerificationError
from tests.vote.certificate.keys import SET_HERE, SIGNED_AT, manifest_of, sealed, secrets_of
from tests.vote.certificate.sample import ISSUE
from tests.vote.office.papers import archive_of, papers_of
from vote.certificate import pades
from vote.certificate.content import certificate_digest, encode_certificate
from vote.certificate.pades import verify_signed_sheet
from vote.certificate.sheet import render_sheet
from vote.certificate.signed import (
    SignedCertificate,
    decode_office_signature,
    encode_signed,
    sign_certificate,
    verify_certificate_signatures,
)
from vote.election.office import Office
from vote.election.terms import OFFICES, OfficeKeys
from vote.office import certifying
from vote.office.certifying import check_papers, sign_papers
from vote.office.x509 import certify, new_authority

PAPERS, CERTIFICATE = papers_of()


@pytest.fixture(autouse=True, scope="module")
def set_once():
    """Set each certificate once: that it always comes out the same, `test_sheet.py` shows."""
    with pytest.MonkeyPatch.context() as patch:
        once = cache(render_sheet)
        patch.setattr(pades, "render_sheet", once)
        patch.setattr(certifying, "render_sheet", once)
        yield


@pytest.fixture(scope="module")
def first(set_once):
    """Return the PDF that the organiser signed."""
    return sign_papers(check_papers(PAPERS, secrets_of("organiser")), secrets_of("organiser"), SIGNED_AT)[1]


def refused(said, papers=PAPERS, office="organiser", error=VerificationError, **secrets):
    with pytest.raises(error, match=said):
        check_papers(papers, replace(secrets_of(office), **secrets))


def test_three_offices_sign_one_after_the_other_and_all_of_it_holds():
    papers, signatures = PAPERS, []
    for office in OFFICES:
        checked = check_papers(papers, secrets_of(office))
        assert checked.certificate == CERTIFICATE
        signature, pdf = sign_papers(checked, secrets_of(office), SIGNED_AT)
        signatures.append(decode_office_signature(signature))
        papers = replace(papers, pdf=pdf)
    signed = SignedCertificate(CERTIFICATE, tuple(signatures))
    verify_certificate_signatures(signed, sealed())
    verify_signed_sheet(papers.pdf, CERTIFICATE, sealed())


def test_an_office_waits_for_its_turn(first):
    refused("organiser signs first", office="community", error=ThresholdError)
    refused("community signs first", replace(PAPERS, pdf=first), "sub_district", ThresholdError)
    refused("organiser has signed it already", replace(PAPERS, pdf=first))


def test_a_pdf_that_says_something_else_is_refused(first):
    refused("not what the certificate says", replace(PAPERS, pdf=b"%PDF-1.7"))
    other = papers_of(issue=replace(ISSUE, issued_at=ISSUE.issued_at + timedelta(seconds=1)))[0]
    refused("not what the certificate says", replace(other, pdf=first), "community")


def test_a_draft_that_is_not_what_manifest_and_result_say_is_refused():
    false = replace(CERTIFICATE, estate=replace(CERTIFICATE.estate, name="另一个"))
    refused("certificate, estate", replace(PAPERS, draft=encode_certificate(false)))
    refused("canonical", replace(PAPERS, draft=PAPERS.draft + b" "), error=MalformedError)
    refused("certificate: ", replace(PAPERS, result=PAPERS.result.replace(b'"heads":368', b'"heads":367')))
    refused("manifest: ", replace(PAPERS, manifest=b"{}"), error=MalformedError)


def test_an_archive_that_the_draft_does_not_name_is_refused():
    refused("the archive in the bundle is not the one", replace(PAPERS, archive=PAPERS.archive + bytes(512)))
    other, fingerprint = archive_of(manifest_of(), b"{}")
    evidence = replace(CERTIFICATE.evidence, archive_sha256=hex_digest(other), fingerprint=fingerprint)
    draft = encode_certificate(replace(CERTIFICATE, evidence=evidence))
    refused("does not pin these bytes", replace(PAPERS, archive=other, draft=draft))
    evidence = replace(CERTIFICATE.evidence, fingerprint="x")
    draft = encode_certificate(replace(CERTIFICATE, evidence=evidence))
    refused("its fingerprint is not that", replace(PAPERS, draft=draft))


def test_keys_that_the_manifest_does_not_name_are_refused():
    other = secrets_of("community")
    refused("names other keys for organiser", signing=other.signing)
    refused("names other keys for organiser", x509=other.x509)
    refused("the name of organiser is not the one in the key file", name="另一个")


def test_a_certificate_for_another_key_is_refused():
    other = secrets_of("community")
    mixed = replace(secrets_of("organiser"), x509_key=other.x509_key)
    with pytest.raises(VerificationError, match="issued for another key"):
        check_papers(PAPERS, mixed)


def test_a_demonstrations_keys_sign_demonstrations_only():
    made = secrets_of("organiser")
    x509 = certify(
        new_authority(SIGNED_AT - timedelta(days=9)), made.x509_key, made.name, SIGNED_AT - timedelta(days=9)
    )
    keys = Office("organiser", made.name, OfficeKeys(made.public.keys.signing, hex_digest(x509)), x509).keys
    for demo in (True, False):
        title = "DEMO 某某" if demo else "某某"
        manifest = replace(manifest_of(demo=demo, title=title), offices={**sealed(), "organiser": keys})
        papers, _ = papers_of(manifest)
        if demo:
            assert check_papers(papers, replace(made, x509=x509)).certificate.demo
        else:
            refused("sign demonstrations only", papers, x509=x509)


def test_a_correction_comes_with_the_signed_certificate_that_it_replaces():
    issue = replace(ISSUE, kind="correction", number=2, replaces=certificate_digest(CERTIFICATE), reason="更正")
    papers, _ = papers_of(issue=issue)
    signatures = tuple(sign_certificate(secrets_of(office).signing, office, CERTIFICATE) for office in OFFICES)
    earlier = SignedCertificate(CERTIFICATE, signatures)
    assert check_papers(replace(papers, earlier=encode_signed(earlier)), secrets_of("organiser"))
    refused("needs the signed certificate it replaces", papers)
    part = encode_signed(replace(earlier, signatures=signatures[:2]))
    refused("lacks that of sub_district", replace(papers, earlier=part))
    other = papers_of(issue=replace(issue, replaces="0" * 64))[0]
    refused("does not replace the one before", replace(other, earlier=encode_signed(earlier)))


def test_a_sheet_of_another_release_is_refused():
    papers, _ = papers_of(sheet="typst 0.1")
    refused("set by another release", papers)
    assert SET_HERE.sheet != "typst 0.1"
