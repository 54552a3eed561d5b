"""Receipts in words; the expectations are worked out by hand from the two lists."""

import base64

import pytest

from vote.ballot.receipt_words import FIRST, SECOND, read_words, receipt_words, tracker_prefix
from vote.errors import Reason, RefusedError


def _tracker(digest: bytes) -> str:
    return base64.b64encode(digest + bytes(32 - len(digest))).decode().rstrip("=")


def test_the_lists_have_256_characters_each_and_share_none() -> None:
    assert len(FIRST) == len(SECOND) == 256
    assert len({*FIRST, *SECOND}) == 512


@pytest.mark.parametrize(
    ("digest", "words"),
    [
        (bytes(8), "青竹·青竹·青竹·青竹"),
        (bytes([1, 0, 0, 1, 2, 2, 255, 255]), "白竹·青鹭·红桥·橘丘"),
        (bytes([8, 3] * 4), "银茶·银茶·银茶·银茶"),
    ],
)
def test_two_bytes_make_a_word(digest: bytes, words: str) -> None:
    assert receipt_words(_tracker(digest)) == words
    assert read_words(words) == digest
    assert _tracker(digest).startswith(tracker_prefix(digest))


@pytest.mark.parametrize(
    "typed", ["青竹白竹青鹭红桥", " 青竹 白竹，青鹭、红桥 ", "青竹-白竹-青鹭-红桥", "青竹。白竹.青鹭・红桥"]
)
def test_what_stands_between_words_does_not_matter(typed: str) -> None:
    assert read_words(typed) == bytes([0, 0, 1, 0, 0, 1, 2, 2])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "这里有0个字"),
        ("青竹白竹青鹭", "这里有6个字"),
        ("青竹白竹青鹭红桥江", "这里有9个字"),
        ("青竹白竹竹青红桥", "第3个词“竹青”不是回执用的词"),
        ("青x白竹青鹭红桥", "第1个词“青x”不是回执用的词"),
    ],
)
def test_a_wrong_word_is_named(typed: str, sentence: str) -> None:
    with pytest.raises(RefusedError, match=sentence) as caught:
        read_words(typed)
    assert caught.value.reason is Reason.MALFORMED
