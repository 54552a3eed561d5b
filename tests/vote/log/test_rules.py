import json

from vote.log.rules import Kind, encode_entry


def test_an_entry_is_its_facts_with_version_and_kind_in_one_spelling():
    entry = encode_entry(Kind.BALLOT_ACCEPTED, {"tracker": "t", "election": "e"})
    assert entry == b'{"election":"e","kind":"ballot:accepted","tracker":"t","version":1}'


def test_the_order_of_the_facts_makes_no_difference():
    facts = {"b": 1, "a": "馨苑"}
    assert encode_entry(Kind.ROLL_FROZEN, facts) == encode_entry(Kind.ROLL_FROZEN, dict(reversed(facts.items())))
    assert json.loads(encode_entry(Kind.ROLL_FROZEN, facts))["a"] == "馨苑"


def test_the_kinds_are_those_that_logs_already_have():
    """Logs are permanent: a kind may be added here, never renamed."""
    assert set(Kind) >= {
        "roll:frozen",
        "election:sealed",
        "election:opened",
        "ballot:accepted",
        "election:closed",
        "tally:summed",
        "tally:shared",
        "tally:opened",
    }
    assert all(kind.count(":") == 1 for kind in Kind)
