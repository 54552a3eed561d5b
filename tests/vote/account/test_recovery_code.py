"""Codes on paper."""

import hashlib

import pytest

from vote.account.recovery_code import ALPHABET, code_digest, generate_code, read_code

CODE = "23456-789AB-CDEFG-HJKLM-NPQRS"


def test_a_code_is_made_of_what_comes_in():
    assert generate_code(lambda size: bytes(range(size))) == CODE
    assert generate_code(lambda size: bytes([255 - index for index in range(size)])) == "ZYXWV-UTSRQ-PNMLK-JHGFE-DCBA9"


def test_no_character_looks_like_another():
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert not set("01IO") & set(ALPHABET)


@pytest.mark.parametrize(
    "typed",
    [CODE, CODE.lower(), CODE.replace("-", ""), f"  {CODE.replace('-', ' ')}\n", "２３４５６－789ab—cdefg hjklm.npqrs"],
)
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == CODE


@pytest.mark.parametrize(
    "typed", ["", CODE[:-1], f"{CODE}2", CODE.replace("2", "0"), CODE.replace("H", "I"), "馨" * 25]
)
def test_what_is_no_code_is_none(typed):
    assert read_code(typed) is None


def test_only_a_digest_is_kept():
    assert code_digest(CODE) == hashlib.sha256(f"shanzhi recovery code 1\n{CODE}".encode()).hexdigest()
