"""Key-holders open single ballots, open a false total, spoil it, or refuse to come."""

import json

import pytest
from typer.testing import CliRunner

from crypto.ceremony_state import TrusteeState
from crypto.encoding import compact_json
from crypto.group import ORDER, encode_point, hash_to_scalar, multiply, multiply_base
from crypto.share import make_extra_proof
from crypto.tally import EncryptedTally, decode_tally
from tests.frauds.auditor import fetch, verified
from tests.simulator import ElectionSimulator
from tests.vote.assembly import Assembly
from tests.vote.named import NamedElection
from tests.vote.named import counted as named
from tests.vote.platform import assert_refused
from tests.vote.trustee.elections import SmallElection, ceremony, trustees_json
from tests.vote.verifier.bundles import bundle_of, rejected
from tests.vote.verifier.bundles import verified as verified_bundle
from vote.trustee.command import app
from vote.trustee.handed_share import decode_handed_share, encode_handed_share
from vote.trustee.invitation import Invitation, encode_invitation
from vote.trustee.memory import Memory, encode_memory
from vote.verifier.report import Step


def spoil(share: bytes, fingerprint: str, secret: int, tally: EncryptedTally) -> bytes:
    """Return a share whose first factor is false and whose proof holds by protocol 1, which does not hash the factor."""
    alpha, key = tally[0][0].alpha, multiply_base(secret)
    nonce, other = 1234, 5678
    challenge = hash_to_scalar(
        f"decrypt|{fingerprint}|{encode_point(key)}|", [multiply_base(nonce), multiply(alpha, other)]
    )
    response = (nonce - secret * challenge) % ORDER
    document = json.loads(share)
    factor = multiply(alpha, (other - response) * pow(challenge, -1, ORDER))
    document["decryption_factors"][0][0] = encode_point(factor)
    document["decryption_proofs"][0][0] = {"challenge": str(challenge), "response": str(response)}
    return compact_json(document)


class Spoiling(ElectionSimulator):
    """All three trustees come, and the first one spoils the total."""

    def share(self, owner: int) -> bytes:
        honest = super().share(owner)
        if owner != 1:
            return honest
        return spoil(honest, self.setup.election.fingerprint, self.ceremony.secret(1), self.total.tally)


async def test_fewer_than_the_threshold_open_nothing(tallied, tmp_path):
    assert not await tallied.contribute(1)
    assert await tallied.state() == "tallied"
    answer = await tallied.platform.ask("GET", f"{tallied.pages}/result.json", key=None)
    assert_refused(answer, 404, "not-found", "There is no result yet")
    assert "no result yet" in verified(await fetch(tallied, tmp_path / "published"))


async def test_one_key_holder_may_stay_away(tallied):
    await tallied.contribute(2)
    assert await tallied.contribute(3)


async def test_a_share_that_would_spoil_the_total_unseen_is_refused_by_the_name_of_its_maker(tallied):
    archive = await tallied.read_archive()
    election = await tallied.election()
    tally = decode_tally(archive.encrypted_tally.tally, election)
    handed = decode_handed_share(await tallied.share(1))
    state: TrusteeState = tallied.people.trustees[1]
    false = spoil(handed.payload, election.fingerprint, state.decryption_secret, tally)
    extra = make_extra_proof(election, 1, state.decryption_secret, tally, false, tallied.rng())
    spoilt = handed._replace(payload=false, extra_proof=extra)
    answer = await tallied.bring(1, encode_handed_share(spoilt))
    assert_refused(answer, 400, "malformed", "The share is false: ")
    assert "The other trustees' shares suffice" in answer.json()["detail"]
    await tallied.contribute(2)
    assert await tallied.contribute(3)


def test_in_an_archive_such_a_share_is_told_apart_and_the_others_suffice():
    spoilt = Spoiling(lost=frozenset())
    report = verified_bundle(bundle_of(spoilt))
    (fault,) = [warning.en for warning in report.warnings if warning.en.startswith("a faulty share: ")]
    assert "trustee 1" in fault


def test_without_the_extra_proofs_the_totals_do_not_open():
    """Protocol 1 alone cannot say who did it."""
    sentence = rejected(bundle_of(Spoiling(lost=frozenset()), share_proofs=None), Step.RESULT)
    assert "question 1, choice 1" in sentence


@pytest.fixture
def folder(tmp_path):
    """A key-holder's table: the key file, and what the server gave."""
    (tmp_path / "2.key").write_bytes(encode_memory(Memory(ceremony().states[2])))
    return tmp_path


def run(folder, command, election, archive, **out):
    """Run `vote trustee` over an archive that somebody brought."""
    (folder / "e.bel").write_bytes(archive)
    (folder / "manifest.json").write_bytes(election.manifest)
    files = {"state": "2.key", "archive": "e.bel", "manifest": "manifest.json", **out}
    words = [word for name, file in files.items() for word in (f"--{name}", str(folder / file))]
    return CliRunner().invoke(app, [command, *words])


def refused(folder, result, sentence, *, out="2.share"):
    assert (result.exit_code, sentence in result.stderr) == (1, True), result.output
    assert not (folder / out).exists()


def test_a_total_before_closing_is_not_opened(folder):
    """Whoever runs the platform ends an archive early, to know how it stands."""
    election = SmallElection(trustees_json(), closes_at="2999-12-20T10:00:00Z")
    result = run(folder, "decrypt", election, election.ended(), share="2.share")
    refused(folder, result, "By the sealed manifest voting goes on until 2999-12-20T10:00:00Z")
    _, running = election.begun()
    result = run(folder, "decrypt", election, running, share="2.share")
    refused(folder, result, "Voting has not ended in this archive")


def test_a_second_total_is_not_opened(folder):
    """The difference of two totals is a single ballot."""
    election = SmallElection(trustees_json())
    assert run(folder, "decrypt", election, election.ended(), share="2.share").exit_code == 0
    (folder / "2.share").unlink()
    without_the_last = election.ended(election.ballots()[:-1])
    result = run(folder, "decrypt", election, without_the_last, share="2.share")
    refused(folder, result, "You have opened another total of this election already")


def test_the_total_of_one_ballot_shows_on_the_screen_what_it_is(folder):
    """It is opened, but not unseen; and then no other total is."""
    election = SmallElection(trustees_json())
    result = run(folder, "decrypt", election, election.ended(election.ballots()[:1]), share="2.share")
    assert "核对完毕：1 票计入，面积合计 90.00 ㎡；请与公布的参与情况对照。" in result.stdout


def test_a_total_with_weights_of_somebodys_choice_is_not_opened(folder):
    """Weights 1, 100, 10000 would tell every ballot from one number."""
    election = SmallElection(trustees_json(), weighed=(1, 100, 35899))
    result = run(folder, "decrypt", election, election.ended(), share="2.share")
    refused(folder, result, "with false weights a total tells single ballots: open nothing")


def test_two_groups_cannot_open_two_totals_since_no_key_holder_takes_such_a_place(folder):
    invitation = Invitation("DQB53CqA1UtMwz", 1, 4, 2, "业主甲")
    (folder / "invitation.json").write_bytes(encode_invitation(invitation))
    words = ["--invitation", folder / "invitation.json", "--state", folder / "1.key", "--post", folder / "1.post"]
    result = CliRunner().invoke(app, ["begin", *map(str, words)])
    refused(folder, result, "2 of 4 would let two groups open two totals", out="1.key")


def test_single_ballots_of_a_secret_election_are_opened_to_nobody(folder):
    secret = named(NamedElection(secrecy="secret"))
    assert run(folder, "decrypt", secret.sealed, secret.archive(upto="tally"), share="2.share").exit_code == 0
    result = run(folder, "open-lists", secret.sealed, secret.archive(), out="2.list")
    refused(folder, result, "This election is secret: its ballots are opened to nobody", out="2.list")


def test_calling_a_secret_election_named_does_not_help(folder):
    secret, other = named(NamedElection(secrecy="secret")), NamedElection(secrecy="named")
    result = run(folder, "open-lists", other, secret.archive(), out="2.list")
    refused(folder, result, "election.json does not pin these bytes", out="2.list")
    result = run(folder, "open-lists", other, named(other).archive(), out="2.list")
    refused(folder, result, "These are not the ballots whose total you opened", out="2.list")


async def test_a_destroyed_key_is_published_and_only_its_holder_can_say_so(preliminary: Assembly, tmp_path):
    await preliminary.organise("annul", reason="procedure-broken")
    (tmp_path / "e.bel").write_bytes(await preliminary.archive())
    (tmp_path / "1.key").write_bytes(encode_memory(Memory(preliminary.people.trustees[1])))
    words = ["--state", tmp_path / "1.key", "--archive", tmp_path / "e.bel", "--word", tmp_path / "word", "--yes"]
    assert CliRunner().invoke(app, ["destroy", *map(str, words)]).exit_code == 0
    assert not (tmp_path / "1.key").exists()
    word = (tmp_path / "word").read_bytes()
    for trustee, status in ((2, 409), (1, 204)):
        path, key = f"{preliminary.api}/trustees/{trustee}/destroyed", preliminary.people.trustee_keys[trustee - 1]
        assert (await preliminary.platform.ask("POST", path, key=key, content=word)).status_code == status
    steps = json.loads(await preliminary.platform.get(f"{preliminary.pages}/retention.json", key=None))["steps"]
    assert [(step["what"], step["number"]) for step in steps] == [("trustee-keys", 1)]
