"""The election in which everything happens that its pages tell, stage by stage.

Named; two duties in one hand; extended once; a candidate withdraws; the roll is corrected; three disputes; three objections.
"""

from datetime import timedelta

from tests.vote.assembly import DUTIES, Assembly
from tests.vote.conftest import NO, STEPS, VOTES
from tests.vote.platform import CLOSES
from tests.vote.web.conftest import certify
from vote.ballot.models import Ballot
from vote.credential.statement import Reissued, Why, encode_reissued

UNTIL, LATEST = CLOSES + timedelta(days=1), CLOSES + timedelta(days=3)
"""31 December and 2 January, 18:00."""
DISPUTED, CHECKED, OBJECTED = UNTIL + timedelta(hours=1), UNTIL + timedelta(days=4), UNTIL + timedelta(days=5)
"""Disputes are taken from 1 to 3 January; objections from the 5th to the 11th."""
ISSUED = UNTIL + timedelta(days=13)
OFFICE = "桥东社区"
ONE_HAND = [
    {**duty, "person": "制信乙"} if duty["role"] == "desk" else
    {**duty, "office": OFFICE, "owner": False} if duty["role"] == "trustee" else duty
    for duty in DUTIES
]  # fmt: skip


async def at_desk(assembly: Assembly, path: str, **body: object) -> None:
    await assembly.platform.post(f"{assembly.api}/{path}", key=assembly.people.keys["desk"][0], json=body)


async def _seal(assembly: Assembly) -> None:
    await assembly.import_roll()
    extension = {"times": 2, "latest": LATEST.isoformat()}
    await assembly.prepare(secrecy="named", duties=ONE_HAND, too_few_staff=True, extension=extension)
    await assembly.make_key()
    await assembly.issue_credentials()
    await assembly.bring_offices()
    await assembly.seal()


async def _open(assembly: Assembly) -> None:
    """Voting opens; a phone is changed, a letter made anew, a candidate withdraws, the roll is found wrong."""
    await assembly.open()
    first, second = assembly.people.keys["phones"]
    phones = f"{assembly.api}/phones/changes"
    body = {"entitlement": 4, "number": "13800138000", "how": "desk"}
    change = (await assembly.platform.post(phones, key=first, json=body))["change"]
    await assembly.platform.post(f"{phones}/{change}/accept", key=second)
    statement = encode_reissued(Reissued(assembly.uuid, 4, "ZZZZ-ZZZZ", Why.LOST))
    key = assembly.people.registrar_key
    await assembly.platform.post(f"{assembly.api}/registrar/reissued", key=key, content=statement)
    await assembly.organise("withdraw", question=1, choice=2)
    await assembly.organise("correct", heads=1, area_dm2=-4252)


async def _extend(assembly: Assembly) -> None:
    """Voting is extended, then owners vote."""
    await assembly.organise("extend", closes_at=UNTIL.isoformat())
    for owner, choices in (*VOTES, (2, [NO, [0, 1, 0, 0]])):
        await assembly.cast(owner, choices)


async def _close(assembly: Assembly) -> None:
    assembly.at(UNTIL)
    await assembly.platform.post(f"{assembly.api}/close")


async def _dispute(assembly: Assembly) -> None:
    """Owner 2's last ballot is taken out, owner 5 stays contested, owner 1's is found right."""
    assembly.at(DISPUTED)
    for kind, owner in (("impersonation", 2), ("proxy", 5), ("double", 1)):
        await at_desk(assembly, "disputes", kind=kind, raised_by=owner, about=owner, text="说的话不公开")
    await assembly.organise("disputes/1/settle", outcome="set-aside", answer="当面核对过。\n不是本人投的。", latest=1)
    await assembly.organise("disputes/2/settle", outcome="contested", answer="委托书查不清。")
    await assembly.organise("disputes/3/settle", outcome="kept", answer="两套房两户人家。")


async def _check(assembly: Assembly) -> None:
    assembly.at(CHECKED)
    await assembly.organise("check", accept_disclosure=True)


async def _object(assembly: Assembly) -> None:
    """Two owners ask the same; one objection is right; one ballot is opened for it, another for its owner."""
    assembly.at(OBJECTED)
    told = (("参加人数", 1, None), ("参加人数", 3, None), ("选票真伪", 5, 2))
    for topic, owner, question in told:
        await at_desk(assembly, "objections", raised_by=owner, topic=topic, question=question, text="说的话不公开")
    await assembly.organise("objections/2/merge", into=1)
    rows = await Ballot.filter(election_id=assembly.uuid).order_by("id").values_list("tracker", flat=True)
    for ballot, reason in ((rows[4], "objection"), (rows[2], "owner-request"), (rows[2], "owner-request")):
        await at_desk(assembly, "openings", tracker=ballot, reason=reason)


async def _answer(assembly: Assembly) -> None:
    await assembly.organise("objections/1/answer", outcome="answered", answer="房号都公布了，数一数就是。")
    await assembly.organise("objections/3/answer", outcome="upheld", answer="属实。", contested=True)


async def _certify(assembly: Assembly) -> None:
    assembly.at(ISSUED)
    await certify(assembly)


STORY = {
    "sealed": _seal, "opened": _open, "voted": _extend, "closed": _close, "disputed": _dispute, "checked": _check,
    "tallied": STEPS["tallied"], "preliminary": STEPS["preliminary"], "objected": _object, "answered": _answer,
    "certified": _certify,
}  # fmt: skip
