import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.archive_reader import read_archive
from crypto.credential import (
    ALPHABET,
    WeightedCredential,
    decode_public_credentials,
    derive_secret,
    encode_public_credentials,
    generate_credential,
    public_credential,
    require_credential,
)
from crypto.errors import MalformedError, VerificationError
from crypto.group import IDENTITY, ORDER, add, encode_point, multiply_base
from tests.crypto.archives import BY_TOOL, VECTORS, load
from tests.strategies import SMALL_ORDER, secrets, seeded, seeds

UUID = "DQB53CqA1UtMwz"
PUBLIC = public_credential(5)
OTHER = public_credential(6)


def test_the_derivation_is_that_of_the_known_answer() -> None:
    known = json.loads((VECTORS / "ballots/ed25519-known-answers.json").read_text())["credential derivation"]
    secret = derive_secret(known["uuid"], known["private"])
    assert secret == int(known["secret_scalar"])
    assert public_credential(secret) == known["public"]


def test_the_letters_of_the_vectors_give_the_published_list() -> None:
    """Twelve credentials with weights, made by belenios-tool 3.3.0, which lists them in another order."""
    letters = json.loads((VECTORS / "by-tool-ed25519/private_creds.json").read_text())
    voters = (VECTORS / "by-tool-ed25519/voters.txt").read_text().split()
    weights = {login: int(weight) for _, login, weight in (line.split(",") for line in voters)}
    made = [
        WeightedCredential(public_credential(derive_secret(UUID, require_credential(letter))), weights[login])
        for login, letter in letters.items()
    ]
    published = read_archive(load(BY_TOOL)).setup.credentials
    assert sorted(decode_public_credentials(published)) == sorted(made)
    assert sorted(json.loads(encode_public_credentials(made))) == sorted(json.loads(published))


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_a_new_credential_has_the_form_of_a_credential(seed: int) -> None:
    credential = generate_credential(seeded(seed))
    assert require_credential(credential) == credential
    assert [len(part) for part in credential.split("-")] == [5, 6, 5, 6]


def test_letters_are_as_likely_as_each_other() -> None:
    """Of 256 bytes, each letter has four; the 24 that are left over are drawn again, not folded back."""
    letters: Counter[str] = Counter()
    for byte in range(256):
        draws = iter([bytes([byte]), bytes(22)])
        letters[generate_credential(lambda _: next(draws))[0]] += 1  # noqa: B023 - called at once
    assert letters == Counter(dict.fromkeys(ALPHABET, 4)) + Counter({ALPHABET[0]: 24})


@pytest.mark.parametrize(
    "text",
    [
        None,
        5,
        "",
        "guyDutFHGuCTAL8yVqJfpp",
        "guyDu-tFHGuC-TAL8y-VqJfp",
        "guyDu-tFHGuC-TAL8y-VqJfppp",
        "guyDu-tFHGuC-TAL8y-VqJfp0",
        "guyDu-tFHGuC-TAL8y-VqJfpl",
        "guyDut-FHGuC-TAL8y-VqJfpp",
        " guyDu-tFHGuC-TAL8y-VqJfpp",
        "guyDu-tFHGuC-TAL8y-VqJfpp\n",
        "guyDu–tFHGuC–TAL8y–VqJfpp",
    ],
)
def test_another_form_is_refused_without_repeating_it(text: object) -> None:
    with pytest.raises(MalformedError) as refusal:
        require_credential(text)
    assert "compare it with the letter" in str(refusal.value)
    assert "guyD" not in str(refusal.value)


def test_another_election_or_letter_gives_another_key() -> None:
    keys = {
        derive_secret(uuid, credential)
        for uuid in (UUID, UUID[::-1])
        for credential in ("guyDu-tFHGuC-TAL8y-VqJfpp", "US73d-m5D8hq-pawT2-hnEiM7")
    }
    assert len(keys) == 4
    assert all(0 < key < ORDER for key in keys)


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(secrets, st.integers(0, 2**50), max_size=6))
def test_a_list_is_written_sorted_and_read(weights: dict[int, int]) -> None:
    credentials = [WeightedCredential(public_credential(secret), weight) for secret, weight in weights.items()]
    data = encode_public_credentials(credentials)
    assert list(decode_public_credentials(data)) == sorted(credentials)
    assert data == encode_public_credentials(reversed(credentials))


def test_a_weight_of_one_may_be_written_or_left_out() -> None:
    """The field's own tool writes it where others of the list have weights."""
    data = json.dumps([f"{PUBLIC},1", OTHER]).encode()
    assert decode_public_credentials(data) == (WeightedCredential(PUBLIC, 1), WeightedCredential(OTHER, 1))
    assert encode_public_credentials([WeightedCredential(PUBLIC, 1)]) == f'["{PUBLIC}"]'.encode()


def test_a_credential_may_weigh_nothing() -> None:
    """The field's own tool lets a voter be listed whose ballot counts for nothing."""
    assert decode_public_credentials(f'["{PUBLIC},0"]'.encode()) == (WeightedCredential(PUBLIC, 0),)


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ({}, "the credentials: a list is expected"),
        ([OTHER, 5], "credential 2 of the list: a text is expected"),
        ([""], "credential 1 of the list: 64 lowercase hex digits are expected"),
        ([PUBLIC.upper()], "credential 1 of the list: 64 lowercase hex digits are expected"),
        ([f"{PUBLIC},"], "credential 1 of the list, weight: a decimal string"),
        ([f"{PUBLIC},01"], "credential 1 of the list, weight: a decimal string"),
        ([f"{PUBLIC}, 1"], "credential 1 of the list, weight: a decimal string"),
        ([f"{PUBLIC},-1"], "credential 1 of the list, weight: a decimal string"),
        ([f"{PUBLIC},1.5"], "credential 1 of the list, weight: a decimal string"),
        ([f"{PUBLIC},1,r1"], "credential 1 of the list, weight: a decimal string"),
        ([f"{PUBLIC},{ORDER}"], "credential 1 of the list, weight: not below the order of the group"),
        ([encode_point(IDENTITY)], "credential 1 of the list: the key is the identity"),
        ([PUBLIC, OTHER, f"{PUBLIC},2"], "credential 3 of the list: the same key stands at position 1 already"),
    ],
)
def test_another_list_is_refused_and_the_position_named(entries: object, reason: str) -> None:
    with pytest.raises(MalformedError) as refusal:
        decode_public_credentials(json.dumps(entries).encode())
    assert str(refusal.value).startswith(reason)


@pytest.mark.parametrize("torsion", SMALL_ORDER)
def test_a_key_outside_the_group_is_refused(torsion: bytes) -> None:
    for point in (torsion, add(multiply_base(5), torsion)):
        with pytest.raises(VerificationError, match="credential 2 of the list: not an element of the group"):
            decode_public_credentials(json.dumps([OTHER, encode_point(point)]).encode())
