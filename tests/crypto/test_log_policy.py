"""A policy has one meaning, and nobody counts twice in it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.checkpoint import Checkpoint, encode_checkpoint, sign_checkpoint
from crypto.cosignature import cosign, with_signatures
from crypto.errors import CryptoError, MalformedError, VerificationError
from crypto.log_policy import LogPolicy, PolicyGroup, PolicyLog, PolicyWitness, decode_log_policy, encode_log_policy
from crypto.note import KeyType, Note, VerifierKey, decode_note, encode_note, encode_verifier_key, sign_note
from crypto.signature import SigningKey
from tests.crypto.logs import AT, BOTH, LOG, LOG_KEY, ORIGIN, PQ, W1, W2, WITNESS_KEYS, witnessed

CHECKPOINT = Checkpoint(ORIGIN, 600, bytes(range(32)))
V_LOG, V1, V2, V_PQ = map(encode_verifier_key, (LOG, W1, W2, PQ))
V3 = encode_verifier_key(VerifierKey("w3.example", KeyType.COSIGNATURE, SigningKey(b"\x05" * 32).public))
EXAMPLE = f"""# Who must have looked
log {V_LOG} https://log.example/1/

\twitness\ta  {V1}\t https://w1.example/
witness b {V2}
  # two more lines
witness 善 {V_PQ}
group inner 2 a b
group outer any inner 善
quorum outer
"""

items = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=" "), min_size=1, max_size=8)


@st.composite
def policies(draw: st.DrawFn) -> LogPolicy:
    names = draw(st.lists(items.filter(lambda name: name != "none"), min_size=6, max_size=6, unique=True))
    urls = st.none() | items
    key = [SigningKey(bytes([number]) * 32).public for number in range(6)]
    logs = tuple(
        PolicyLog(VerifierKey("log", KeyType.ED25519, key[4 + at]), draw(urls)) for at in range(draw(st.integers(0, 2)))
    )
    witnesses = tuple(
        PolicyWitness(names[at], VerifierKey("w", KeyType.COSIGNATURE, key[at]), draw(urls)) for at in range(4)
    )
    threshold = draw(st.integers(1, 2))
    groups = (
        PolicyGroup(names[4], threshold, (names[0], names[1])),
        PolicyGroup(names[5], draw(st.integers(1, 2)), (names[2], names[4])),
    )
    return LogPolicy(logs, witnesses, groups, draw(st.sampled_from([*names, "none"])))


@given(policies())
@settings(max_examples=100, deadline=None)
def test_a_policy_is_read_as_it_was_written(policy: LogPolicy) -> None:
    assert decode_log_policy(encode_log_policy(policy)) == policy


def test_blanks_tabs_empty_lines_and_comments_mean_nothing() -> None:
    assert decode_log_policy(EXAMPLE) == LogPolicy(
        (PolicyLog(LOG, "https://log.example/1/"),),
        (PolicyWitness("a", W1, "https://w1.example/"), PolicyWitness("b", W2), PolicyWitness("善", PQ)),
        (PolicyGroup("inner", 2, ("a", "b")), PolicyGroup("outer", 1, ("inner", "善"))),
        "outer",
    )


@pytest.mark.parametrize(
    ("cosigners", "met"),
    [
        ([], False),
        (["a"], False),
        (["a", "b"], True),
        (["善"], True),
        (["b", "善"], True),
        (["inner"], False),
        (["x"], False),
    ],
)
def test_a_quorum_of_two_levels_is_met_by_enough_witnesses(cosigners: list[str], met: bool) -> None:  # noqa: FBT001
    assert decode_log_policy(EXAMPLE).is_met(cosigners) is met


def test_all_means_every_member() -> None:
    policy = decode_log_policy(EXAMPLE.replace("group outer any", "group outer all"))
    assert not policy.is_met(["a", "b"])
    assert policy.is_met(["a", "b", "善"])


def test_a_single_witness_may_be_the_quorum() -> None:
    policy = decode_log_policy(f"log {V_LOG}\nwitness a {V1}\nquorum a\n")
    assert policy.open_checkpoint(witnessed(CHECKPOINT, ["w1.example"])) == CHECKPOINT
    with pytest.raises(VerificationError, match="the quorum a of its policy"):
        policy.open_checkpoint(witnessed(CHECKPOINT, ["w2.example"]))


def test_no_quorum_asks_for_no_witness_but_for_the_log() -> None:
    policy = decode_log_policy(f"log {V_LOG}\nquorum none\n")
    assert policy.open_checkpoint(sign_checkpoint(CHECKPOINT, LOG_KEY)) == CHECKPOINT
    with pytest.raises(VerificationError, match="no log of this policy"):
        decode_log_policy("quorum none\n").open_checkpoint(sign_checkpoint(CHECKPOINT, LOG_KEY))


def test_one_witness_counted_twice_is_no_quorum() -> None:
    note = decode_note(sign_checkpoint(CHECKPOINT, LOG_KEY))
    twice = [cosign(note, "w1.example", WITNESS_KEYS["w1.example"], AT + more) for more in (0, 1)]
    twice_signed = encode_note(with_signatures(note, twice))
    assert BOTH.cosigners_of(decode_note(twice_signed)) == ("a",)
    with pytest.raises(VerificationError, match="the quorum both"):
        BOTH.open_checkpoint(twice_signed)
    BOTH.require_quorum(decode_note(witnessed(CHECKPOINT)))
    assert not BOTH.is_met(["a", "a"])


def test_a_quorum_without_the_log_is_refused() -> None:
    note = decode_note(witnessed(CHECKPOINT))
    with pytest.raises(VerificationError, match="no log of this policy"):
        BOTH.open_checkpoint(encode_note(Note(note.text, note.signatures[1:])))


def test_the_log_does_not_stand_in_for_a_witness() -> None:
    with pytest.raises(VerificationError, match="the quorum both"):
        BOTH.open_checkpoint(witnessed(CHECKPOINT, ["w2.example"]))


def test_a_log_speaks_for_its_own_origin_only() -> None:
    text = encode_checkpoint(replace(CHECKPOINT, origin="log.example/2"))
    note = Note(text, (sign_note(text, ORIGIN, LOG_KEY),))
    data = encode_note(with_signatures(note, [cosign(note, name, key, AT) for name, key in WITNESS_KEYS.items()]))
    with pytest.raises(VerificationError, match="no log of this policy"):
        BOTH.open_checkpoint(data)


def test_a_cosignature_that_fails_refuses_the_checkpoint_even_beyond_the_quorum() -> None:
    policy = replace(BOTH, groups=(PolicyGroup("both", 1, ("a", "b")),))
    note = decode_note(witnessed(CHECKPOINT))
    bad = replace(note.signatures[2], blob=bytes(72))
    with pytest.raises(VerificationError, match="w2"):
        policy.open_checkpoint(encode_note(Note(note.text, (*note.signatures[:2], bad))))


GROUP = "group inner 2 a b\n"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("quorum outer\n", "", "there is no quorum"),
        ("quorum outer\n", "quorum outer", "ended by a line feed"),
        ("quorum outer\n", "quorum outer\nquorum outer\n", "there is one quorum"),
        ("quorum outer\n", "quorum other\n", "other is not defined above"),
        ("quorum outer\n", "quorum outer inner\n", "is expected"),
        ("quorum outer\n", "quorum\n", "is expected"),
        ("quorum outer\n", "quorum outer\r\n", "control characters"),
        ("quorum outer\n", "quorum outer\x7f\n", "control characters"),
        ("quorum outer\n", "Quorum outer\n", "is expected"),
        ("quorum outer\n", "quorum\u00a0outer\n", "is expected"),
        (GROUP, "group inner 2 a b c\n", "c is not defined above"),
        (GROUP, "group inner 2 a a\n", "a in inner is not defined before, or is in a group already"),
        (GROUP, "group inner 2 a b\ngroup more any b\n", "b in more is not defined before, or is in a group already"),
        (GROUP, "group inner 2 a inner\n", "inner is not defined above"),
        (GROUP, "group inner 1 none\n", "none is not defined above"),
        (GROUP, "group inner 0 a b\n", "inner needs 0 of its 2"),
        (GROUP, "group inner 3 a b\n", "inner needs 3 of its 2"),
        (GROUP, "group inner 02 a b\n", "decimal number"),
        (GROUP, "group inner 2_0 a b\n", "decimal number"),
        (GROUP, "group inner ２ a b\n", "decimal number"),
        (GROUP, "group inner most a b\n", "decimal number"),
        (GROUP, "group inner any\n", "is expected"),
        ("quorum", "group a any outer\nquorum", "a is defined twice"),
        ("quorum", "group none any outer\nquorum", "none is defined twice, or means no quorum"),
        ("quorum", f"witness a {V3}\nquorum", "a is defined twice"),
        ("quorum", f"witness none {V3}\nquorum", "none is defined twice, or means no quorum"),
        ("witness b", "witness b c d", "is expected"),
        (V2, V1, "the same witness key in two lines"),
        (V2, V_LOG, "a key of another type than a witness has"),
        (V_LOG, V1, "a key of another type than a log has"),
        (V_LOG, V_LOG[:-1], "verifier key"),
        ("log ", f"log {V_LOG}\nlog ", "the same log key in two lines"),
        ("https://log.example/1/", "one two", "is expected"),
    ],
)
def test_what_is_no_policy_is_refused(old: str, new: str, reason: str) -> None:
    assert old in EXAMPLE
    with pytest.raises(MalformedError, match=reason):
        decode_log_policy(EXAMPLE.replace(old, new, 1))


def test_the_same_key_under_two_names_is_one_witness() -> None:
    other = encode_verifier_key(VerifierKey("other.example", KeyType.COSIGNATURE, W1.public))
    with pytest.raises(MalformedError, match="the same witness key"):
        decode_log_policy(EXAMPLE.replace(V2, other))


@pytest.mark.parametrize("kind", [KeyType.COSIGNATURE, KeyType.ML_DSA_44])
def test_a_log_that_is_its_own_witness_is_refused(kind: KeyType) -> None:
    log, witness = (LOG, replace(LOG, type=kind)) if kind is KeyType.COSIGNATURE else (PQ, PQ)
    with pytest.raises(MalformedError, match="does not watch itself"):
        LogPolicy((PolicyLog(log),), (PolicyWitness("a", witness),), (), "a")


def test_a_group_names_only_what_stands_above_it() -> None:
    with pytest.raises(MalformedError, match="b is not defined above"):
        decode_log_policy(f"witness a {V1}\ngroup g all a b\nwitness b {V2}\nquorum g\n")


def test_names_are_compared_byte_by_byte() -> None:
    """U+212A, the Kelvin sign, is not the letter K, though some comparisons take it for one."""
    with pytest.raises(MalformedError, match="not defined above"):
        decode_log_policy(f"witness K {V1}\nquorum \u212a\n")


@pytest.mark.parametrize("text", ["", "a b", "a\tb", "a\nb", "a\x00"])
def test_a_policy_that_could_not_be_read_is_not_made(text: str) -> None:
    with pytest.raises(MalformedError, match="names and addresses"):
        LogPolicy((), (PolicyWitness(text, W1),), (), "none")
    with pytest.raises(MalformedError, match="names and addresses"):
        LogPolicy((PolicyLog(LOG, text),), (), (), "none")


def test_a_group_or_quorum_of_somebody_unknown_is_not_made() -> None:
    with pytest.raises(MalformedError, match="not defined before"):
        replace(BOTH, groups=(PolicyGroup("both", 1, ("c",)),))
    with pytest.raises(MalformedError, match="the quorum c is not defined"):
        replace(BOTH, quorum="c")


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n"])
def test_an_empty_policy_has_no_quorum(text: str) -> None:
    with pytest.raises(CryptoError):
        decode_log_policy(text)
