"""The certifying office reads ballots of a named vote without cause."""

import json

import pytest
from typer.testing import CliRunner

from crypto.ballot import tracker
from crypto.sealed_list import OfficeKey
from crypto.signature import SigningKey
from tests.frauds.telephones import number_of, told
from tests.vote.certificate.test_keeping import stages as stages  # noqa: PLC0414 - a fixture
from tests.vote.named import OFFICE_KEY, NamedElection, counted
from tests.vote.platform import STAFF, assert_refused
from vote.ballot.models import Ballot
from vote.message.rules import Kind
from vote.office.command import app
from vote.office.key_file import OfficeSecrets, encode_secrets

REPLACED, WANTED = 0, 1
"""Ballots in casting order."""


@pytest.fixture
def folder(tmp_path):
    """The office's table: key file, archive, two key-holders' lists, a request."""
    _lay(tmp_path, counted())
    return tmp_path


def _lay(folder, election, key: OfficeKey | None = OFFICE_KEY):
    secrets = OfficeSecrets("community", "community", SigningKey(b"s" * 32), b"unused", b"unused", key)
    (folder / "community.key").write_bytes(encode_secrets(secrets))
    (folder / "e.bel").write_bytes(election.archive())
    (folder / "manifest.json").write_bytes(election.sealed.manifest)
    for trustee in (1, 2):
        (folder / f"{trustee}.list").write_bytes(election.sealed_list(trustee))
    (folder / "request.json").write_bytes(election.request(WANTED))


def run(folder, lists=(1, 2)):
    """Run `vote office open`."""
    files = {"key": "community.key", "archive": "e.bel", "manifest": "manifest.json", "request": "request.json"}
    words = [word for name, file in files.items() for word in (f"--{name}", str(folder / file))]
    words += [word for trustee in lists for word in ("--list", str(folder / f"{trustee}.list"))]
    return CliRunner().invoke(app, ["open", *words])


def refused(folder, sentence, code=1, **how):
    result = run(folder, **how)
    assert (result.exit_code, result.stdout, sentence in result.stderr) == (code, "", True), result.output


def test_one_request_shows_one_ballot_and_no_other(folder):
    shown = run(folder)
    assert shown.exit_code == 0
    trackers = [tracker(ballot) for ballot in counted().ballots]
    assert [each for each in trackers if each in shown.stdout] == [trackers[WANTED]]
    assert shown.stdout.count("是否同意管理规约") == 1


def test_without_a_request_of_the_platform_nothing_is_shown(folder):
    (folder / "request.json").write_bytes(counted().request(WANTED, key=SigningKey(b"f" * 32)))
    refused(folder, "not by this key")
    (folder / "request.json").unlink()
    refused(folder, "request.json", code=2)


def test_a_ballot_that_was_replaced_is_shown_to_nobody(folder):
    (folder / "request.json").write_bytes(counted().request(REPLACED))
    refused(folder, "it was replaced, set aside, or is of another archive")


def test_one_key_holders_list_opens_nothing(folder):
    refused(folder, "2 good shares of 3 are needed", code=3, lists=(1,))


def test_another_offices_key_opens_nothing(folder):
    _lay(folder, counted(), OfficeKey(b"x" * 32))
    refused(folder, "Only the office whose key stands in the manifest opens named ballots")


def test_a_false_list_does_not_make_a_ballot_say_something_else(folder):
    other = counted().opening_list(2)
    (folder / "1.list").write_bytes(counted().sealed_list(1, other))
    assert run(folder).exit_code == 1


def test_of_a_secret_vote_nothing_is_shown_whatever_is_there(folder):
    _lay(folder, counted(NamedElection(secrecy="secret")))
    refused(folder, "This election is secret: nobody can open a single ballot")


async def test_each_request_is_published_and_the_owner_is_told(stages, tmp_path, clock):
    async with stages.start("preliminary", tmp_path, clock) as named:
        rows = await Ballot.filter(election_id=named.uuid).order_by("id").values("tracker")
        body = {"tracker": rows[1]["tracker"], "reason": "owner-request"}
        path, desk = f"{named.api}/openings", named.people.keys["desk"][0]
        for key in (named.people.keys["community"][0], named.people.keys["organiser"][0], STAFF):
            assert_refused(await named.platform.ask("POST", path, key=key, json=body), 403, "not-allowed", "key")
        assert (await named.platform.ask("POST", path, key=desk, json=body)).status_code == 201
        assert told(named, Kind.OPENING_REQUESTED) == [number_of(2)]
        shown = json.loads(await named.platform.get(f"{named.pages}/openings.json", key=None))["openings"]
        assert [(each["number"], each["reason"]) for each in shown] == [(1, "owner-request")]
        curious = await named.platform.ask("POST", path, key=desk, json={**body, "reason": "curiosity"})
        assert_refused(curious, 400, "malformed", "owner-request, objection, lawful-demand")
