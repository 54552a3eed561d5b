"""Three offices by commands alone, on real files."""

import json
import stat

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from typer.testing import CliRunner

from tests.vote.certificate.keys import SIGNED_AT, secrets_of
from tests.vote.office.papers import papers_of
from vote.certificate.signed import decode_office_signature
from vote.election.office import decode_office
from vote.election.terms import OFFICES
from vote.office.command import app
from vote.office.key_file import decode_secrets, encode_secrets, lock, unlock
from vote.office.x509 import certify, certify_self, is_demonstration, new_authority

PAPERS, CERTIFICATE = papers_of()
NAME = "某某社区居民委员会"


def run(*arguments, typed=""):
    return CliRunner().invoke(app, [str(each) for each in arguments], input=typed)


def done(*arguments, typed=""):
    result = run(*arguments, typed=typed)
    assert result.exit_code == 0, result.output
    return result.output


def keygen(folder, office="community", *more):
    return run(
        "keygen", "--office", office, "--name", NAME, "--out", folder / f"{office}.key",
        "--public", folder / f"{office}.json", *more,
    )  # fmt: skip


@pytest.fixture
def bundle(tmp_path):
    folder = tmp_path / "bundle"
    folder.mkdir()
    (folder / f"{CERTIFICATE.election.uuid}.bel").write_bytes(PAPERS.archive)
    (folder / "result.json").write_bytes(PAPERS.result)
    (tmp_path / "manifest.json").write_bytes(PAPERS.manifest)
    (tmp_path / "draft.json").write_bytes(PAPERS.draft)
    for office in OFFICES:
        (tmp_path / f"{office}.key").write_bytes(encode_secrets(secrets_of(office)))
    return tmp_path


def certify_arguments(folder, office, pdf_in, *more):
    return (
        "certify", "--key", folder / f"{office}.key", "--manifest", folder / "manifest.json",
        "--bundle", folder / "bundle", "--certificate", folder / "draft.json", "--pdf-in", pdf_in,
        "--out-signature", folder / f"{office}.sig", "--out-pdf", folder / f"{office}.pdf", *more,
    )  # fmt: skip


def test_keygen_leaves_a_secret_and_public_keys_that_belong_together(tmp_path):
    result = keygen(tmp_path)
    assert result.exit_code == 0, result.output
    secrets = decode_secrets((tmp_path / "community.key").read_bytes())
    public = decode_office((tmp_path / "community.json").read_bytes())
    assert secrets.public == public
    assert (public.office, public.name) == ("community", NAME)
    assert stat.S_IMODE((tmp_path / "community.key").stat().st_mode) == 0o600
    assert not is_demonstration(public.x509)
    assert NAME in result.output
    assert secrets.signing.seed.hex() not in result.output


def test_keygen_never_replaces_a_key(tmp_path):
    (tmp_path / "community.key").write_bytes(b"1")
    result = keygen(tmp_path)
    assert result.exit_code == 1
    assert "exists already" in result.output
    assert (tmp_path / "community.key").read_bytes() == b"1"
    assert not (tmp_path / "community.json").exists()


def test_a_demonstrations_authority_says_so_and_issues(tmp_path):
    assert run("ca", "--out", tmp_path / "ca.key").exit_code == 1
    assert not (tmp_path / "ca.key").exists()
    assert "演示" in done("ca", "--demo", "--out", tmp_path / "ca.key")
    assert keygen(tmp_path, "organiser", "--ca", tmp_path / "ca.key").exit_code == 0
    public = decode_office((tmp_path / "organiser.json").read_bytes())
    assert is_demonstration(public.x509)
    assert public.keys.hpke is None


def test_a_licensed_authoritys_certificate_takes_the_place_of_our_own(tmp_path):
    keygen(tmp_path)
    before = decode_secrets((tmp_path / "community.key").read_bytes())
    done("csr", "--key", tmp_path / "community.key", "--out", tmp_path / "request.pem")
    request = x509.load_pem_x509_csr((tmp_path / "request.pem").read_bytes())
    assert request.is_signature_valid
    now = x509.load_der_x509_certificate(before.x509).not_valid_before_utc
    given = certify(new_authority(now), before.x509_key, NAME, now)
    (tmp_path / "given.pem").write_bytes(x509.load_der_x509_certificate(given).public_bytes(Encoding.PEM))
    arguments = "--key", tmp_path / "community.key", "--public", tmp_path / "community.json"
    done("certificate", *arguments, "--certificate", tmp_path / "given.pem")
    after = decode_secrets((tmp_path / "community.key").read_bytes())
    assert (after.x509, after.signing, after.hpke) == (given, before.signing, before.hpke)
    assert decode_office((tmp_path / "community.json").read_bytes()) == after.public
    other = certify_self(secrets_of("community").x509_key, NAME, now)
    (tmp_path / "other.der").write_bytes(other)
    result = run("certificate", *arguments, "--certificate", tmp_path / "other.der")
    assert result.exit_code == 1
    assert "another key" in result.output
    assert decode_secrets((tmp_path / "community.key").read_bytes()) == after


def test_an_office_sees_what_it_signs_and_signs_only_when_it_says_so(bundle):
    refused = run(*certify_arguments(bundle, "organiser", "none"), typed="不\n")
    assert refused.exit_code == 1
    assert "没有签署" in refused.output
    assert not (bundle / "organiser.sig").exists()
    assert not (bundle / "organiser.pdf").exists()
    shown = done(*certify_arguments(bundle, "organiser", "none"), typed="是\n")
    for words in (
        "组织者",
        "参加431人",
        "第1题",
        "→ 通过",
        "当选5人：王建国",
        "赵桂兰（8幢） 240人",
        "异议2项",
        "vote verify",
    ):
        assert words in shown
    signature = decode_office_signature((bundle / "organiser.sig").read_bytes())
    assert signature.office == "organiser"
    waiting = run(*certify_arguments(bundle, "sub_district", bundle / "organiser.pdf", "--yes"))
    assert waiting.exit_code == 3
    assert "community signs first" in waiting.output
    assert not (bundle / "sub_district.sig").exists()
    done(*certify_arguments(bundle, "community", bundle / "organiser.pdf", "--yes"))
    assert (bundle / "community.pdf").read_bytes().startswith((bundle / "organiser.pdf").read_bytes())


def test_a_missing_file_is_told_by_its_name(bundle):
    (bundle / "bundle" / "result.json").unlink()
    result = run(*certify_arguments(bundle, "organiser", "none", "--yes"))
    assert result.exit_code == 2
    assert "result.json" in result.output


def test_a_false_draft_is_not_signed(bundle):
    draft = json.loads(PAPERS.draft)
    draft["records"]["phone_changes"] = -1
    (bundle / "draft.json").write_text(json.dumps(draft))
    result = run(*certify_arguments(bundle, "organiser", "none", "--yes"))
    assert result.exit_code == 1
    assert "phone_changes" in result.output
    assert not (bundle / "organiser.sig").exists()


def test_a_correction_without_what_it_replaces_is_not_signed(bundle):
    result = run(*certify_arguments(bundle, "organiser", "none", "--yes", "--earlier", bundle / "absent.json"))
    assert result.exit_code == 2


def test_a_locked_key_file_signs_once_its_passphrase_is_typed(bundle):
    key = bundle / "organiser.key"
    key.write_bytes(lock(key.read_bytes(), "口令"))
    arguments = certify_arguments(bundle, "organiser", "none", "--yes")
    refused = run(*arguments, typed="别的\n")
    assert refused.exit_code == 1
    assert "does not open with this passphrase" in refused.output
    done(*arguments, typed="口令\n")
    assert decode_office_signature((bundle / "organiser.sig").read_bytes()).office == "organiser"


def test_a_locked_key_file_stays_locked_when_its_certificate_is_changed(tmp_path):
    keygen(tmp_path)
    key = tmp_path / "community.key"
    found = decode_secrets(key.read_bytes())
    key.write_bytes(lock(key.read_bytes(), "口令"))
    given = tmp_path / "given.der"
    given.write_bytes(certify(new_authority(SIGNED_AT), found.x509_key, NAME, SIGNED_AT))
    done("certificate", "--key", key, "--certificate", given, "--public", tmp_path / "new.json", typed="口令\n")
    assert decode_secrets(unlock(key.read_bytes(), "口令")).x509 == given.read_bytes()
