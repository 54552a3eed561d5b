"""The certifying office reads one ballot on one request, and only if everything adds up."""

import dataclasses
from functools import cache

import pytest

from crypto.errors import MalformedError, ThresholdError, VerificationError
from crypto.opening import ProvedFactor
from crypto.proof import Proof
from crypto.sealed_list import OfficeKey
from crypto.signature import SigningKey
from tests.vote.named import COMMITTEE, MOTION, OFFICE_KEY, NamedElection, counted
from vote.certificate.opening_request import OpeningReason
from vote.errors import RefusedError
from vote.office.opening import Sources, open_one

LAST_OF_OWNER_0, OWNER_1, FIRST_OF_OWNER_0 = 3, 1, 0


@cache
def lists():
    return {trustee: counted().sealed_list(trustee) for trustee in (1, 2, 3)}


def sources(*trustees, request=None, **changes):
    base = Sources(
        counted().read(),
        counted().sealed.manifest,
        tuple(lists()[trustee] for trustee in trustees or (1, 2)),
        request or counted().request(OWNER_1),
    )
    return dataclasses.replace(base, **changes)


def earlier_totals():
    """Return what the ballots added up to before owner 0 voted again."""
    return counted(NamedElection(votes=counted().sealed.votes[:3])).totals


def test_a_ballot_opens_to_what_its_owner_marked():
    opened = open_one(OFFICE_KEY, sources())
    assert opened.marked == ((MOTION, ("同意",)), (COMMITTEE, ("甲", "乙")))
    assert (opened.title, opened.request.number) == ("测试", 7)


@pytest.mark.parametrize("trustees", [(1, 2), (2, 1), (1, 3), (3, 2), (1, 2, 3)])
def test_any_two_lists_of_three_open_it(trustees):
    assert open_one(OFFICE_KEY, sources(*trustees)).marked[1] == (COMMITTEE, ("甲", "乙"))


def test_the_last_ballot_of_an_owner_opens_and_the_one_it_replaced_does_not():
    opened = open_one(OFFICE_KEY, sources(request=counted().request(LAST_OF_OWNER_0)))
    assert opened.marked == ((MOTION, ("同意",)), (COMMITTEE, ()))
    with pytest.raises(RefusedError, match="it was replaced, set aside"):
        open_one(OFFICE_KEY, sources(request=counted().request(FIRST_OF_OWNER_0)))


def test_one_list_opens_nothing():
    with pytest.raises(ThresholdError, match=r"2 good shares of 3 are needed.*trustee 1"):
        open_one(OFFICE_KEY, sources(3))


def test_a_false_list_names_its_trustee_and_the_other_two_suffice():
    made = counted().opening_list(2)
    first, *rest = made.openings
    (factor, proof), other = first
    false = dataclasses.replace(
        made, openings=((ProvedFactor(factor, Proof(proof.challenge, proof.response ^ 1)), other), *rest)
    )
    sealed = counted().sealed_list(2, false)
    with pytest.raises(VerificationError, match=r"the opening list of trustee 2 \(社区乙\), ballot 1: chunk 1: "):
        open_one(OFFICE_KEY, sources(lists=(lists()[1], sealed)))
    assert open_one(OFFICE_KEY, sources(1, 3)).marked[0] == (MOTION, ("同意",))


def test_a_list_under_another_trustees_name_is_refused():
    made = counted().opening_list(3)
    with pytest.raises(VerificationError, match=r"trustee 2.*made by trustee 3"):
        open_one(OFFICE_KEY, sources(lists=(lists()[1], counted().sealed_list(2, made))))
    renamed = dataclasses.replace(made, owner=2)
    with pytest.raises(VerificationError, match=r"trustee 2.*ballot 1: chunk 1"):
        open_one(OFFICE_KEY, sources(lists=(lists()[1], counted().sealed_list(2, renamed))))


def test_a_list_of_nobody_is_refused():
    with pytest.raises(MalformedError, match="no trustee 4"):
        open_one(OFFICE_KEY, sources(lists=(counted().sealed_list(4, counted().opening_list(3)),)))


def test_two_lists_of_one_trustee_are_refused():
    with pytest.raises(RefusedError, match="Two of the lists are of trustee 1"):
        open_one(OFFICE_KEY, sources(1, 2, 1))


def test_a_list_over_other_ballots_is_refused():
    # Before owner 0 thought again, other ballots counted: a list for these would open what was replaced.
    archive = counted().read("ballots")
    before = dataclasses.replace(counted(), ballots=archive.ballots[:3])
    with pytest.raises(VerificationError, match=r"trustee 2.*made for other ballots"):
        open_one(OFFICE_KEY, sources(lists=(lists()[1], before.sealed_list(2))))


def test_a_list_of_another_election_is_refused():
    other = counted(dataclasses.replace(counted().sealed, areas=(9000, 12000, 15001)))
    with pytest.raises(VerificationError, match="made for another election"):
        open_one(OFFICE_KEY, sources(lists=(lists()[1], other.sealed_list(2))))


def test_a_broken_list_names_its_trustee():
    broken = lists()[2].replace(b'"sealed":"', b'"sealed":"AAAA')
    with pytest.raises(VerificationError, match=r"the opening list of trustee 2.*was changed"):
        open_one(OFFICE_KEY, sources(lists=(lists()[1], broken)))


@pytest.mark.parametrize("key", [None, OfficeKey(b"x" * 32)])
def test_no_other_office_opens_a_ballot(key):
    with pytest.raises(RefusedError, match="Only the office whose key stands in the manifest"):
        open_one(key, sources())


def test_of_a_secret_election_nothing_is_opened():
    secret = counted(NamedElection(secrecy="secret"))
    tricked = Sources(
        secret.read(),
        secret.sealed.manifest,
        tuple(secret.sealed_list(trustee) for trustee in (1, 2)),
        secret.request(OWNER_1),
    )
    with pytest.raises(RefusedError, match="This election is secret: nobody"):
        open_one(OFFICE_KEY, tricked)


def test_a_manifest_that_says_otherwise_is_not_the_sealed_one():
    secret = counted(NamedElection(secrecy="secret"))
    with pytest.raises(VerificationError, match="not the sealed manifest"):
        open_one(OFFICE_KEY, sources(manifest=secret.sealed.manifest))


def test_without_a_request_of_the_platform_nothing_is_opened():
    forged = counted().request(OWNER_1, key=SigningKey(b"clerk".ljust(32)))
    with pytest.raises(VerificationError, match="not by this key"):
        open_one(OFFICE_KEY, sources(request=forged))


@pytest.mark.parametrize("changes", [{"election": "Ddp2RtfN1U8EFV"}, {"fingerprint": "F" * 43}])
def test_a_request_of_another_election_opens_nothing(changes):
    with pytest.raises(RefusedError, match="of another election than the archive"):
        open_one(OFFICE_KEY, sources(request=counted().request(OWNER_1, **changes)))


def test_the_request_says_why():
    for reason in OpeningReason:
        assert open_one(OFFICE_KEY, sources(request=counted().request(1, reason=reason))).request.reason is reason


@pytest.mark.parametrize("upto", ["ballots", "tally"])
def test_before_there_is_a_result_nothing_is_opened(upto):
    with pytest.raises(VerificationError, match="no result yet"):
        open_one(OFFICE_KEY, sources(archive=counted().read(upto)))


def test_a_result_that_the_shares_do_not_open_is_not_believed():
    archive = counted().read()
    totals = ((*counted().totals[0][:2], 1), counted().totals[1])
    result = dataclasses.replace(counted(), totals=totals).read().result
    with pytest.raises(VerificationError, match="question 1, choice 3"):
        open_one(OFFICE_KEY, sources(archive=dataclasses.replace(archive, result=result)))


def test_ballots_that_do_not_add_up_to_the_result_stay_closed():
    # Sealed sum, shares and result hold together, but they are of the ballots before owner 0 thought again.
    before = dataclasses.replace(counted(), ballots=counted().ballots[:3], totals=earlier_totals())
    archive, other = counted().read(), before.read()
    mixed = dataclasses.replace(
        archive, encrypted_tally=other.encrypted_tally, shares=other.shares, result=other.result
    )
    with pytest.raises(VerificationError, match="chunk 1: what they open does not add up to the result"):
        open_one(OFFICE_KEY, sources(archive=mixed))


def test_a_ballot_that_does_not_hold_is_not_shown():
    # Trustees who work together could make lists for whatever ballot; its proofs they cannot make.
    broken = counted().ballots[1].replace(b'"response":"1', b'"response":"2', 1)
    spoilt = dataclasses.replace(counted(), ballots=(counted().ballots[0], broken, *counted().ballots[2:]))
    archive = dataclasses.replace(counted().read(), ballots=spoilt.ballots)
    with pytest.raises(VerificationError, match=r"event 2 \(Ballot\)"):
        open_one(OFFICE_KEY, sources(archive=archive, request=spoilt.request(1)))
