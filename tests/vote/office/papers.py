"""What three offices are given to sign: a manifest that names them, a result, an archive, a certificate."""

from dataclasses import replace

from crypto.archive import ArchiveWriter
from crypto.election import decode_election, encode_election
from crypto.encoding import hex_digest
from crypto.group import multiply_base
from tests.vote.certificate.keys import SET_HERE, manifest_of
from tests.vote.certificate.sample import ISSUE, written
from vote.certificate.content import Certificate, encode_certificate
from vote.certificate.rules import Issue, compose_certificate
from vote.election.manifest import Manifest, describe
from vote.office.certifying import Papers


def archive_of(manifest: Manifest, data: bytes) -> tuple[bytes, str]:
    """Return an archive without ballots whose election pins a manifest, and the election's fingerprint."""
    questions = [ask.question() for ask in manifest.questions]
    description = describe(data, manifest.base)
    election = encode_election(manifest.uuid, manifest.title, description, multiply_base(5), questions)
    writer = ArchiveWriter(0)
    return writer.begin() + writer.setup(election, b"[]", b"[]"), decode_election(election).fingerprint


def papers_of(manifest: Manifest | None = None, issue: Issue = ISSUE, **facts: object) -> tuple[Papers, Certificate]:
    """Return what is to be signed; `facts` replace those of the sample."""
    manifest = manifest or manifest_of()
    data, result = written(manifest)
    archive, fingerprint = archive_of(manifest, data)
    found = replace(SET_HERE, archive_sha256=hex_digest(archive), fingerprint=fingerprint, **facts)
    certificate = compose_certificate(data, result, found, issue)
    return Papers(encode_certificate(certificate), data, result, archive), certificate
