"""A trustee opens single ballots to one office, of a named election, and only those it counted."""

import dataclasses

import pytest

from crypto.archive import Setup
from crypto.audit import audit_setup
from crypto.errors import CryptoError, VerificationError
from crypto.opening_list import decode_opening_list, verify_opening_list
from crypto.sealed_list import OfficeKey, open_opening_list, sealed_owner
from tests.strategies import seeded
from tests.vote.named import OFFICE_KEY, NamedElection, counted
from tests.vote.trustee.elections import ceremony
from vote.election.manifest import decode_manifest, describe, encode_manifest
from vote.errors import RefusedError
from vote.recount.counted import pick_counted
from vote.trustee.memory import Memory
from vote.trustee.named import require_office, seal_own_list
from vote.trustee.opening import audit_own_setup

SECRET = NamedElection(secrecy="secret")


def seal(election=None, *, memory=None, archive=None, manifest=None, trustee=1):
    """Return the list of a trustee who was told whatever a server likes to tell."""
    election = election or counted()
    archive = archive or election.read("tally")
    manifest = manifest or election.sealed.manifest
    memory = memory or election.memory(trustee)
    return seal_own_list(memory, audit_own_setup(memory, archive, manifest), archive, manifest, seeded(1))


def test_a_list_opens_every_ballot_that_counts_to_the_office_and_to_nobody_else():
    election, sealed = counted().sealed.election, seal(trustee=2)
    assert sealed_owner(sealed, election) == 2
    setup = audit_setup(counted().read().setup)
    ballots = pick_counted(counted().read().ballots, setup.weights).ballots
    # Owner 0 voted twice: of four ballots, the last three count.
    assert len(ballots) == 3
    made = decode_opening_list(open_opening_list(election, 2, OFFICE_KEY, sealed), election)
    verify_opening_list(election, setup.trustees, ballots, made)
    with pytest.raises(VerificationError, match="not sealed to this office's key"):
        open_opening_list(election, 2, OfficeKey(b"x" * 32), sealed)


def test_the_list_of_a_finished_archive_is_of_the_same_ballots():
    for upto in ("ballots", "tally", "result"):
        assert seal(archive=counted().read(upto))


def test_of_a_secret_election_no_list_is_made():
    with pytest.raises(RefusedError, match="This election is secret"):
        seal(counted(SECRET))


def test_a_secret_election_does_not_become_named_by_another_description():
    # The server hands out the very ballots of a secret election, in an archive whose election.json pins a manifest that
    # says "named" and names the server's own key. Uuid, trustees, credentials and trackers are all the same.
    secret, server = counted(SECRET), NamedElection(office=OfficeKey(b"s" * 32))
    archive = secret.read("tally")
    setup = Setup(server.json, archive.setup.trustees, archive.setup.credentials)
    with pytest.raises(RefusedError, match="not the ballots whose total you opened"):
        seal(
            secret,
            archive=dataclasses.replace(archive, setup=setup, encrypted_tally=None),
            manifest=server.manifest,
        )


def test_a_named_election_is_not_opened_to_another_office():
    other = NamedElection(office=OfficeKey(b"s" * 32))
    with pytest.raises(VerificationError, match="not the sealed manifest"):
        seal(manifest=other.manifest)
    archive = counted().read("tally")
    setup = Setup(other.json, archive.setup.trustees, archive.setup.credentials)
    with pytest.raises(RefusedError, match="not the ballots whose total you opened"):
        seal(archive=dataclasses.replace(archive, setup=setup), manifest=other.manifest)


def test_only_ballots_whose_total_was_opened_are():
    with pytest.raises(RefusedError, match="not the ballots whose total you opened"):
        seal(memory=Memory(ceremony().states[1]))


@pytest.mark.parametrize("ballots", [(0, 1, 2), (0, 2, 1, 3), (1, 2, 3, 0), (1, 2)])
def test_a_superseded_ballot_is_not_opened_in_the_place_of_the_last_one(ballots):
    archive = counted().read("tally")
    other = dataclasses.replace(archive, ballots=tuple(archive.ballots[place] for place in ballots))
    with pytest.raises(RefusedError, match="not the ballots whose total you opened"):
        seal(archive=other)


def test_a_changed_ballot_is_not_opened():
    archive = counted().read("tally")
    changed = archive.ballots[3].replace(b'"response":"1', b'"response":"2', 1)
    with pytest.raises(RefusedError, match="not the ballots whose total you opened"):
        seal(archive=dataclasses.replace(archive, ballots=(*archive.ballots[:3], changed)))


def test_without_a_usable_key_in_the_manifest_nothing_is_opened():
    sealed = decode_manifest(counted().sealed.manifest)
    for hpke, error, words in (
        (None, RefusedError, "names no office's key"),
        ("b3" * 32, CryptoError, "not below p"),
        ("00" * 32, CryptoError, "nothing would be secret"),
    ):
        offices = {**sealed.offices, "community": dataclasses.replace(sealed.offices["community"], hpke=hpke)}
        manifest = encode_manifest(dataclasses.replace(sealed, offices=offices))
        election = dataclasses.replace(counted().sealed.election, description=describe(manifest, sealed.base))
        with pytest.raises(error, match=words):
            require_office(election, manifest)
