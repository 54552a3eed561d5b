import itertools

import pytest

from vote.credential.sealed_letters import new_identity, open_letters, seal_letters
from vote.errors import Reason, RefusedError

PEOPLE = [new_identity() for _ in range(3)]
KEYS = [key for key, _ in PEOPLE]
RECIPIENTS = [recipient for _, recipient in PEOPLE]
LETTERS = b'{"credential":"secret words"}\n'
SEALED = seal_letters(LETTERS, RECIPIENTS[:2])


def test_both_people_open_what_was_sealed_for_them_in_either_order():
    assert open_letters(SEALED, KEYS[:2]) == LETTERS
    assert open_letters(SEALED, KEYS[1::-1]) == LETTERS
    assert b"secret words" not in SEALED


def test_a_key_file_may_hold_comments():
    assert open_letters(SEALED, [f"# made today\n{key}\n" for key in KEYS[:2]]) == LETTERS


@pytest.mark.parametrize("pair", [pair for pair in itertools.permutations(range(3), 2) if 2 in pair])
def test_one_of_the_two_with_a_stranger_opens_nothing(pair):
    with pytest.raises(RefusedError, match="both people") as refusal:
        open_letters(SEALED, [KEYS[index] for index in pair])
    assert refusal.value.reason is Reason.NOT_ALLOWED


@pytest.mark.parametrize("keys", [KEYS[:1], KEYS, [KEYS[0], KEYS[0]], [KEYS[0], f"# again\n{KEYS[0]}"], ["", "#"]])
def test_two_different_keys_are_needed(keys):
    with pytest.raises(RefusedError, match="Exactly two different keys"):
        open_letters(SEALED, keys)


def test_a_broken_key_is_told_apart():
    with pytest.raises(RefusedError, match="holds no key") as refusal:
        open_letters(SEALED, [KEYS[0], KEYS[1][:-1]])
    assert KEYS[1][:-1] not in refusal.value.detail


@pytest.mark.parametrize("halves", [0, 1, 2])
def test_a_changed_byte_opens_nothing(halves):
    place = halves * (len(SEALED) - 1) // 2
    changed = SEALED[:place] + bytes([SEALED[place] ^ 1]) + SEALED[place + 1 :]
    with pytest.raises(RefusedError):
        open_letters(changed, KEYS[:2])


@pytest.mark.parametrize("recipients", [RECIPIENTS[:1], RECIPIENTS, [RECIPIENTS[0]] * 2])
def test_two_different_recipients_are_needed(recipients):
    with pytest.raises(RefusedError, match="Exactly two different recipients"):
        seal_letters(LETTERS, recipients)


def test_a_broken_recipient_is_refused():
    with pytest.raises(RefusedError, match="begins with age1"):
        seal_letters(LETTERS, [RECIPIENTS[0], KEYS[1]])
