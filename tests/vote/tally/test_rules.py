import pytest

from vote.errors import Reason, RefusedError
from vote.tally.rules import read_own_share
from vote.trustee.handed_share import HandedShare, encode_handed_share

UUID, OTHER = "DQB53CqA1UtMwz", "Ddp2RtfN1U8EFV"
SHARE = HandedShare(UUID, 2, b'{"a":1}', b'{"b":2}')


def test_an_own_share_is_read():
    assert read_own_share(encode_handed_share(SHARE), UUID, 2) == SHARE


@pytest.mark.parametrize("share", [SHARE._replace(election=OTHER), SHARE._replace(trustee=1)])
def test_a_share_for_another_election_or_by_another_trustee_is_refused(share):
    with pytest.raises(RefusedError, match="another election or by another trustee") as refusal:
        read_own_share(encode_handed_share(share), UUID, 2)
    assert refusal.value.reason is Reason.CONFLICT


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b"\xff", encode_handed_share(SHARE)[:-1]])
def test_what_is_no_share_is_refused_in_a_sentence(data):
    with pytest.raises(RefusedError, match=r"^the trustee's share.*\.$") as refusal:
        read_own_share(data, UUID, 2)
    assert refusal.value.reason is Reason.MALFORMED
