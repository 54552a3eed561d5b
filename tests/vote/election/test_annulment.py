"""For which reasons an election is given up."""

import pytest

from vote.election.annulment import Why, require_why
from vote.errors import RefusedError


def test_every_reason_is_taken():
    assert [require_why(str(why), draft=True) for why in Why] == list(Why)


@pytest.mark.parametrize(("text", "draft"), [("because", False), ("", True), ("draft-discarded", False)])
def test_other_words_are_refused(text, draft):
    with pytest.raises(RefusedError) as refused:
        require_why(text, draft=draft)
    assert refused.value.detail.endswith(".")
