"""The table of texts."""

import re
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest

from tests.vote.web.preparing_keys import PREPARING
from vote.account.events import EventKind
from vote.account.separation import SEPARATED
from vote.certificate.content import CERTIFICATE, CORRECTION, REVOCATION
from vote.certificate.objection import Outcome as Outcomes
from vote.check.rules import DisputeKind, DisputeOutcome
from vote.election.rules import Secrecy
from vote.election.terms import OFFICES
from vote.errors import Reason
from vote.law.majority import ARTICLE_278, Tier
from vote.law.question import Outcome
from vote.law.selection import Election
from vote.role import Role
from vote.web.files import COMES
from vote.web.phase import STEPS, Phase, Progress
from vote.web.words import TEXTS

FOLDER = Path(str(files("vote.web") / "templates"))
TEMPLATES = {str(entry.relative_to(FOLDER)): entry.read_text() for entry in FOLDER.rglob("*.html")}
HAN = re.compile(r"[\u4e00-\u9fff]")
MACHINERY = re.compile(
    r"哈希|见证|受托|同态|加密|指纹|公钥|密钥|Merkle|hash|witness|trustee|encrypt|checkpoint|fingerprint|homomorphic",
    re.IGNORECASE,
)
FOR_AUDITORS = ("archive.", "file.", "print.")
OF_THE_BODY = ("sign-in.", "join.", "account.")
"""Where 指纹 is a finger on a sensor, not the digest of a file."""
AS_IT_IS = {
    "account.mark",
    "site.switch",
    "estate.place",
    "names.mark",
    "separation.mark",
    "working.colon",
    "result.and",
}
"""Texts of the other language, or of no words."""
MADE = {
    *(f"phase.{phase}" for phase in Phase),
    *(f"next.{phase}" for phase in Phase),
    *(f"step.{phase}" for phase in STEPS),
    *(f"progress.{progress}" for progress in Progress),
    *(f"outcome.{outcome}" for outcome in Outcome),
    *(f"why.{outcome}" for outcome in Outcome),
    *(f"fate.{fate}" for fate in Election),
    *(f"refusal.{reason}" for reason in (*Reason, "unavailable", "restored-copy", "contradiction", "fault")),
    *(f"election.{secrecy}" for secrecy in Secrecy),
    *(f"election.needs-{tier}" for tier in Tier),
    *(f"share.{both.heads}" for both in ARTICLE_278.values()),
    *(f"bar.{check}.{kind}" for check in ("quorum", "approval", "rejection") for kind in ("heads", "area")),
    *(f"missing.{kind}" for kind in ("heads", "area")),
    *(f"tie.{way}" for way in ("RUN_OFF", "LOT")),
    *(f"next.{phase}-{when}" for phase in ("checking", "preliminary") for when in ("now", "over")),
    *(f"dispute.{kind}" for kind in DisputeKind),
    *(f"settled.{outcome}" for outcome in (*DisputeOutcome, "open")),
    *(f"objection.{outcome}" for outcome in (*Outcomes, "open")),
    *(f"certificate.{kind}" for kind in (CERTIFICATE, CORRECTION, REVOCATION)),
    *(f"{place}.{office}" for place in ("signed", "contact") for office in OFFICES),
    *(f"remedy.{kind}" for kind in ("objection", "complaint", "suit")),
    *(f"duty.{duty}" for duty in SEPARATED),
    *(f"role.{role}" for role in Role if role is not Role.PUBLIC),
    *(f"event.{kind}" for kind in EventKind),
    *(f"file.{name}" for name in (*COMES, "archive", "archive-setup")),
    *(comes for comes in COMES.values() if comes),
    *PREPARING,
    *("bar.met", "bar.not-met", "bar.close", "names.mark"),
}
"""Keys that are put together or handed over in code."""


CODE = "\n".join(entry.read_text() for entry in Path(str(files("vote.web"))).rglob("*.py"))
PIECE = r"[a-z][a-z_-]*(?:\.[a-zA-Z0-9:_-]+)*"
LITERAL = {
    *(key for text in TEMPLATES.values() for key in re.findall(rf'\bt\("({PIECE})"[,)]', text)),
    *(key for text in TEMPLATES.values() for key in re.findall(rf'"({PIECE})"', text) if key in TEXTS),
}
"""Keys that stand in templates."""
BEGUN = tuple(
    {*re.findall(rf'"({PIECE}[.-])"', " ".join(TEMPLATES.values())), *re.findall(rf'"({PIECE}[.-])[{{"]', CODE)}
)
"""How keys begin that are put together in templates and in code."""


def test_every_key_that_is_used_has_a_text() -> None:
    assert (LITERAL | MADE) - TEXTS.keys() == set()


def test_every_text_is_used() -> None:
    named = {key for key in TEXTS if re.search(rf'"{re.escape(key)}"(?!: Text\()', CODE)}
    begun = {key for key in TEXTS if key.startswith(BEGUN)}
    assert TEXTS.keys() - LITERAL - MADE - named - begun == set()


@pytest.mark.parametrize("key", TEXTS)
def test_a_text_is_complete_in_both_languages(key: str) -> None:
    text = TEXTS[key]
    places = [sorted({name for _, name, _, _ in Formatter().parse(words) if name is not None}) for words in text]
    assert places[0] == places[1]
    assert all(words.strip() for words in text)
    if key not in AS_IT_IS:
        assert HAN.search(text.zh)
        assert not HAN.search(text.en)


@pytest.mark.parametrize("key", [key for key in TEXTS if not key.startswith(FOR_AUDITORS)])
def test_owners_and_clerks_read_nothing_of_the_machinery(key: str) -> None:
    words = " ".join(TEXTS[key])
    assert not MACHINERY.search(re.sub("指纹|fingerprint", "", words) if key.startswith(OF_THE_BODY) else words)


def test_templates_hold_no_words_of_their_own() -> None:
    for name, text in TEMPLATES.items():
        bare = re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", "", text, flags=re.DOTALL)
        assert not HAN.search(bare), name
