import io
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import pairwise

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_private_key
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NumberObject, StreamObject, pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from crypto.errors import VerificationError
from tests.vote.certificate.keys import SET_HERE, SIGNED_AT, digest_of, manifest_of, pdf_key, sealed
from tests.vote.certificate.sample import FACTS, compose
from vote.certificate import pades
from vote.certificate.pades import PDFKey, prepare_sheet, sign_sheet, verify_sheet, verify_signed_sheet
from vote.certificate.sheet import render_sheet
from vote.certificate.stamp import FRAMES
from vote.election.terms import OFFICES, OfficeKeys
from vote.office.x509 import certify_self

CERTIFICATE = compose(manifest_of(), SET_HERE)
UNSIGNED = render_sheet(CERTIFICATE)


@pytest.fixture(autouse=True, scope="module")
def set_once():
    """Set each certificate once: that it always comes out the same, `test_sheet.py` shows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pades, "render_sheet", cache(render_sheet))
        yield


def sign(pdf, *offices):
    for office in offices:
        pdf = sign_sheet(pdf, CERTIFICATE, office, pdf_key(office), SIGNED_AT)
    return pdf


ONE = sign(UNSIGNED, "organiser")
ALL = sign(ONE, "community", "sub_district")


def refused(pdf, said, certificate=CERTIFICATE, offices=None):
    with pytest.raises(VerificationError, match=said):
        verify_sheet(pdf, certificate, offices or sealed())


def signed_with(monkeypatch, change, pdf=ONE, office="community"):
    """Return the PDF that `change` altered in the very revision in which an office signs."""

    class Changing(IncrementalPdfFileWriter):
        def __init__(self, stream):
            super().__init__(stream)
            change(self)

    monkeypatch.setattr(pades, "IncrementalPdfFileWriter", Changing)
    found = sign(pdf, office)
    monkeypatch.undo()
    return found


def test_a_sheet_is_signed_by_one_office_after_the_other():
    assert verify_sheet(UNSIGNED, CERTIFICATE, sealed()) == ()
    assert verify_sheet(ONE, CERTIFICATE, sealed()) == ("organiser",)
    assert verify_sheet(ALL, CERTIFICATE, sealed()) == OFFICES
    verify_signed_sheet(ALL, CERTIFICATE, sealed())


def test_signing_only_adds_to_the_file():
    assert ONE.startswith(UNSIGNED)
    assert ALL.startswith(ONE)


def test_a_reader_sees_who_signed_when_and_why():
    """PAdES B-B (ETSI EN 319 142-1): subfilter, no reason hidden in the CMS, the time in M."""
    found = PdfFileReader(io.BytesIO(ALL)).embedded_signatures
    assert [each.field_name for each in found] == ["组织者", "社区", "街道"]
    assert [each.sig_object["/Name"] for each in found] == list(FACTS.offices)
    assert [each.sig_object["/Reason"] for each in found] == ["确认结果", "见证程序", "签收"]
    assert {each.sig_object["/SubFilter"] for each in found} == {"/ETSI.CAdES.detached"}
    assert {each.self_reported_timestamp for each in found} == {SIGNED_AT}


def test_a_sheet_that_lacks_a_signature_does_not_count():
    with pytest.raises(VerificationError, match="the signature of community, sub_district is missing"):
        verify_signed_sheet(ONE, CERTIFICATE, sealed())


def test_what_says_something_else_is_refused():
    refused(ALL, "not what the certificate says", certificate=replace(CERTIFICATE, issued_at=SIGNED_AT))
    refused(ALL.replace(b"%PDF-1.7", b"%PDF-1.6", 1), "not what the certificate says")
    for place in (200, len(UNSIGNED) // 2, len(UNSIGNED) - 3):
        changed = bytearray(ALL)
        changed[place] ^= 1
        refused(bytes(changed), "not what the certificate says")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", UNSIGNED[:-1]])
def test_what_is_not_the_sheet_is_refused(data):
    refused(data, "not what the certificate says")


def test_a_sheet_that_another_release_set_cannot_be_compared():
    refused(ALL, "set by another release", certificate=replace(CERTIFICATE, sheet="typst 0.1"))


@pytest.mark.parametrize("tail", [b"x", b"\n%%EOF", ONE[len(UNSIGNED) : -2000], ONE[len(UNSIGNED) :][:-1] + b"x" * 40])
def test_whatever_else_is_added_is_refused(tail):
    refused(UNSIGNED + tail, "certificate, PDF")


def test_every_changed_byte_of_a_signature_is_refused():
    for place in (*range(len(UNSIGNED), len(ONE), 2999), ONE.rindex(b"00000>"), ONE.rindex(b"/Contents <3082") + 12):
        changed = bytearray(ONE)
        changed[place] ^= 1
        refused(bytes(changed), "certificate, PDF")


def test_the_gap_that_a_signature_cannot_cover_holds_the_signature_and_nothing_else():
    gap = ONE.rindex(b"0" * 40 + b">")
    refused(ONE[:gap] + b"DEADBEEF".ljust(40, b"0") + ONE[gap + 40 :], "the signature is not for this file")
    start = ONE.rindex(b"/Contents <3082")
    end = ONE.index(b">", start)
    refused(ONE[:start] + ONE[start:end].replace(b"A", b"a") + ONE[end:], "the signature is not for this file")


def test_a_signature_by_another_key_is_refused():
    forged = sign_sheet(UNSIGNED, CERTIFICATE, "organiser", pdf_key("community"), SIGNED_AT)
    refused(forged, "organiser: it is not signed with the X.509 certificate that the sealed manifest names")


def test_a_certificate_that_was_not_valid_on_the_day_is_refused():
    private = pdf_key("organiser").private
    for made_at in (SIGNED_AT + timedelta(days=1), SIGNED_AT - timedelta(days=4000)):
        key = PDFKey(certify_self(private, FACTS.offices[0], made_at), private)
        pdf = sign_sheet(UNSIGNED, CERTIFICATE, "organiser", key, SIGNED_AT)
        offices = {**sealed(), "organiser": OfficeKeys("0" * 64, digest_of(key.certificate))}
        refused(pdf, "its X.509 certificate is not valid on the certificate's day", offices=offices)


def test_offices_out_of_order_are_refused():
    refused(sign(UNSIGNED, "community"), "in their order")
    refused(sign(ONE, "sub_district"), "in their order")


def test_an_update_that_nobody_signed_is_refused():
    writer = IncrementalPdfFileWriter(io.BytesIO(ALL))
    writer.root["/Lang"] = pdf_string("en")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    refused(out.getvalue(), "something was added that no office signed")


def test_an_update_without_any_signature_is_refused():
    writer = IncrementalPdfFileWriter(io.BytesIO(UNSIGNED))
    writer.root["/Lang"] = pdf_string("en")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    refused(out.getvalue(), "its signatures are not those of the offices")


@pytest.mark.parametrize("pdf", [UNSIGNED, ONE], ids=["first", "second"])
def test_an_office_that_changes_the_page_while_signing_is_refused(monkeypatch, pdf):
    def write_over(writer):
        writer.add_stream_to_page(0, writer.add_object(StreamObject(stream_data=b"0 0 600 800 re f")))

    office = OFFICES[0 if pdf is UNSIGNED else 1]
    refused(
        signed_with(monkeypatch, write_over, pdf, office), f"the signature of {office} changed what is on the sheet"
    )


def test_an_office_whose_stamp_leaves_its_frame_is_refused(monkeypatch):
    def enlarge(writer):
        field = writer.root["/AcroForm"]["/Fields"][1]
        field["/Rect"] = ArrayObject(map(NumberObject, (0, 0, 595, 842)))
        writer.update_container(field)

    refused(signed_with(monkeypatch, enlarge), "changed what is on the sheet")


def test_an_office_that_puts_a_note_on_the_page_is_refused(monkeypatch):
    def add_note(writer):
        page, _ = writer.find_page_for_modification(0)
        note = DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/FreeText"),
                pdf_name("/Contents"): pdf_string("否决"),
                pdf_name("/Rect"): ArrayObject(map(NumberObject, (0, 0, 595, 842))),
            }
        )
        page.get_object()["/Annots"].append(writer.add_object(note))
        writer.update_container(page.get_object()["/Annots"])
        writer.mark_update(page)

    refused(signed_with(monkeypatch, add_note), "certificate, PDF")


@pytest.mark.parametrize("page", [0, 1])
def test_an_office_that_adds_a_field_with_a_picture_of_its_own_is_refused(monkeypatch, page):
    """The rules for what may follow a signature allow it, and it could cover the sheet."""

    def add_field(writer):
        append_signature_field(writer, SigFieldSpec("另一个", on_page=page, box=(0, 0, 595, 842)))

    refused(signed_with(monkeypatch, add_field), "something lies on it that is no stamp of an office")


def test_stamps_lie_apart_on_the_page():
    frames = [FRAMES[office] for office in OFFICES]
    assert all(left.right < right.left for left, right in pairwise(frames))
    assert min(each.left for each in frames) > 56
    assert max(each.right for each in frames) < 595 - 56
    assert {(each.bottom > 56, each.top < 190) for each in frames} == {(True, True)}


def test_a_key_is_not_shown():
    assert "private" not in repr(pdf_key("organiser"))


def fill(prepared, office):
    """Sign what was prepared as a browser does that has the key."""
    key = load_der_private_key(pdf_key(office).private, password=None)
    signature = key.sign(prepared.attributes, PKCS1v15(), SHA256()).hex().upper().encode()
    assert prepared.pdf[prepared.place : prepared.place + len(signature)] == b"0" * len(signature)
    return prepared.pdf[: prepared.place] + signature + prepared.pdf[prepared.place + len(signature) :]


def prepare(pdf, office):
    return prepare_sheet(pdf, CERTIFICATE, office, pdf_key(office).certificate, SIGNED_AT)


def test_what_is_prepared_and_signed_elsewhere_is_as_good_as_what_is_signed_here():
    pdf = UNSIGNED
    for office in OFFICES:
        pdf = fill(prepare(pdf, office), office)
    verify_signed_sheet(pdf, CERTIFICATE, sealed())


def test_signatures_made_here_and_elsewhere_follow_each_other():
    verify_signed_sheet(sign(fill(prepare(ONE, "community"), "community"), "sub_district"), CERTIFICATE, sealed())


def test_what_was_prepared_alone_is_no_signature():
    refused(prepare(UNSIGNED, "organiser").pdf, "is not for this file")


def test_what_was_prepared_for_one_day_does_not_hold_another_signature():
    first, other = (
        prepare_sheet(UNSIGNED, CERTIFICATE, "organiser", pdf_key("organiser").certificate, day)
        for day in (SIGNED_AT, SIGNED_AT + timedelta(days=1))
    )
    refused(fill(replace(first, attributes=other.attributes), "organiser"), "is not for this file")
