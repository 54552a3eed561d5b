"""Decides whether the duties of an election are in enough different hands.

 * Nobody holds two of: registrar, editor of phones, desk check, certifier, trustee.
 * No office sends as many trustees as can open the totals, and at least one trustee is an owner.
 * Whoever acts beside a second person (registrars, editors of phones) or as one of several trustees is never the same
   person twice: what takes two people would take one.
 * A name or office is the same however it is spelt.
 * Where staff is too few for the first two rules, the sealed manifest says so, and so do page and certificate.

Follows product.md §3. Not here: who a person is (keyed digests come in).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from crypto.encoding import require_fields, require_list, require_text, require_truth
from vote.account.rules import same_name
from vote.errors import Reason, RefusedError
from vote.role import ROLE_ZH, Role

NEEDED = {
    Role.REGISTRAR: 2,
    Role.PHONES: 2,
    Role.DESK: 1,
    Role.ORGANISER: 1,
    Role.COMMUNITY: 1,
    Role.SUB_DISTRICT: 1,
}
"""How many people an election needs for each duty, at least; trustees are as many as its draft names."""
SEPARATED = (Role.REGISTRAR, Role.PHONES, Role.DESK, Role.COMMUNITY, Role.TRUSTEE)
_DIFFERENT = (Role.REGISTRAR, Role.PHONES, Role.TRUSTEE)
_FIELDS = ("kept", "overlaps", "offices", "owner_trustee")


@dataclass(frozen=True, slots=True)
class Duty:
    """One person's duty in an election."""

    role: Role
    person: str
    """Whatever tells people apart: a name, or its digest."""
    office: str
    """The body that the person belongs to; empty for an owner on their own."""
    owner: bool


@dataclass(frozen=True, slots=True)
class Separation:
    """How far the duties are in different hands."""

    overlaps: tuple[tuple[str, str], ...]
    """Pairs of duties that one person holds."""
    offices: tuple[str, ...]
    """Offices that alone could open the totals."""
    owner_trustee: bool

    @property
    def kept(self) -> bool:
        """Whether all rules are kept."""
        return not self.overlaps and not self.offices and self.owner_trustee


def find_separation(duties: Sequence[Duty], threshold: int) -> Separation:
    """Return what becomes of the rules of separation.

    Args:
        duties: all of an election.
        threshold: how many trustees open the totals.
    """
    separated = sorted((duty for duty in duties if duty.role in SEPARATED), key=lambda duty: duty.role)
    overlaps = {
        (str(left.role), str(right.role))
        for left, right in combinations(separated, 2)
        if same_name(left.person) == same_name(right.person) and left.role is not right.role
    }
    trustees = [duty for duty in duties if duty.role is Role.TRUSTEE]
    sent = Counter(same_name(duty.office) for duty in trustees if duty.office)
    spelt = {same_name(duty.office): duty.office for duty in reversed(trustees)}
    return Separation(
        tuple(sorted(overlaps)),
        tuple(sorted(spelt[office] for office, number in sent.items() if number >= threshold)),
        any(duty.owner for duty in trustees),
    )


def require_duties(duties: Sequence[Duty], trustees: int) -> None:
    """Raise unless every duty of an election is held, and nobody counts for two where two people are asked for.

    Args:
        duties: all of the election.
        trustees: how many its draft names.

    Raises:
        RefusedError: a duty lacks people, or one person stands twice where different ones are needed.
    """
    held = Counter(duty.role for duty in duties)
    for role, least in {**NEEDED, Role.TRUSTEE: trustees}.items():
        if held[role] < least or (role is Role.TRUSTEE and held[role] > least):
            raise RefusedError(
                Reason.MALFORMED,
                f"The duty {role} needs {least} people, and {held[role]} are named: name who does it.",
                zh=f"“{ROLE_ZH[role]}”要{least}个人，现在写了{held[role]}个。请补齐或减少。",
            )
    for role in _DIFFERENT:
        people = [same_name(duty.person) for duty in duties if duty.role is role]
        if len(set(people)) < len(people):
            raise RefusedError(
                Reason.NOT_ALLOWED,
                f"One person is named twice for the duty {role}, which takes different people.",
                zh=f"“{ROLE_ZH[role]}”要由不同的人来做，有一个人写了两次。请换一位。",
            )


def require_separation(separation: Separation, *, too_few_staff: bool) -> None:
    """Raise unless the rules are kept, or it is said openly that staff is too few to keep them.

    Raises:
        RefusedError: they are not kept; the sentence names the first breach.
    """
    if separation.kept or too_few_staff:
        return
    if separation.overlaps:
        left, right = separation.overlaps[0]
        trouble = f"one person is both {left} and {right}"
    elif separation.offices:
        trouble = f"{separation.offices[0]} sends enough trustees to open the totals alone"
    else:
        trouble = "no trustee is an owner"
    raise RefusedError(
        Reason.NOT_ALLOWED,
        f"Duties must lie in different hands, and {trouble}: name others, or set too_few_staff, "
        "which page and certificate will say.",
        zh="有些工作不能由同一个人、同一个单位来做。请换人；人手实在不够，就勾选“人手不够”，公告和结果里会写明。",
    )


def encode_separation(separation: Separation) -> dict[str, Any]:
    """Return what the manifest says."""
    return {
        "kept": separation.kept,
        "overlaps": [list(pair) for pair in separation.overlaps],
        "offices": list(separation.offices),
        "owner_trustee": separation.owner_trustee,
    }


def decode_separation(value: object, what: str) -> Separation:
    """Read what a manifest says.

    Raises:
        MalformedError: it is none; `kept` that contradicts the rest shows when it is written again.
    """
    fields = require_fields(value, _FIELDS, what)
    require_truth(fields["kept"], f"{what}, kept")
    return Separation(
        tuple(_pair(each, f"{what}, overlaps") for each in require_list(fields["overlaps"], f"{what}, overlaps")),
        tuple(require_text(each, f"{what}, offices") for each in require_list(fields["offices"], f"{what}, offices")),
        require_truth(fields["owner_trustee"], f"{what}, owner_trustee"),
    )


def _pair(value: object, what: str) -> tuple[str, str]:
    left, right = require_list(value, what, length=2)
    return require_text(left, what), require_text(right, what)
