"""Writes the public JSON of a petition: its text, what it needs to be signed by, and what entries of the log tell of it.

* Everything in it is bound by an entry, so an auditor can hold it to the log. Sums are in it once the log tells them; while
  signatures are collected, pages alone show them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import rfc8785

from vote.law.measure import Measure
from vote.oversight.petition.rules import VERSION, Petition, PetitionState


@dataclass(frozen=True, slots=True)
class PublicPetition:
    """A petition as everybody may read it."""

    asked: Petition
    electorate: Measure
    expires_on: date
    state: PetitionState
    """As the log has it."""
    signed: Measure
    struck: int
    due_on: date | None
    answered_on: date | None
    answer: str | None
    """The record."""


def encode_public(petition: PublicPetition) -> bytes:
    """Return a petition's public JSON in its one spelling."""
    asked = petition.asked
    summed = petition.state is not PetitionState.COLLECTING
    return rfc8785.dumps(
        {
            "version": VERSION,
            "petition": asked.uuid,
            "estate": asked.estate,
            "kind": str(asked.kind),
            "text": asked.text,
            "member": asked.member,
            "electorate": _sums(petition.electorate),
            "expires_on": petition.expires_on.isoformat(),
            "state": str(petition.state),
            "signed": _sums(petition.signed) if summed else None,
            "struck": petition.struck if petition.due_on else None,
            "due_on": _day(petition.due_on),
            "answered_on": _day(petition.answered_on),
            "answer": petition.answer,
        }
    )


def _sums(measure: Measure) -> Mapping[str, int]:
    return {"heads": measure.heads, "area_dm2": measure.area_dm2}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
