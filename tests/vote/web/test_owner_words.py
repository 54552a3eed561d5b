"""The page for voting has a sentence for everything that can be refused, in both languages."""

import re
from pathlib import Path

import pytest

from vote.errors import Reason
from vote.web.owner.words import SAID, WORDS

STATIC = Path(__file__).parents[3] / "static" / "src"
OURS = ("unavailable", "restored-copy", "contradiction", "fault", "offline", "other")
"""What is answered beside the reasons of refusals, and that nobody answers."""


@pytest.mark.parametrize("reason", [*Reason, *OURS])
def test_every_refusal_has_a_sentence(reason: str) -> None:
    assert f"say-{reason}" in SAID


def test_every_refusal_of_the_sealing_worker_has_a_sentence() -> None:
    (listed,) = re.findall(r"export type RefusalReason = ([^;]+);", (STATIC / "worker" / "messages.ts").read_text())
    assert {f"say-{reason}" for reason in re.findall(r'"([a-z]+)"', listed)} <= set(SAID)


def test_whatever_the_script_says_is_handed_to_it() -> None:
    code = "".join(each.read_text() for each in sorted((STATIC / "owner").glob("*.ts")))
    assert set(re.findall(r'"(say-[a-z-]+)"', code)) <= set(SAID)
    assert all(f"owner.{key}" in WORDS for key in SAID)
