"""A petition from its first signature to its answer, on the platform: five owners, of whom one is a fifth."""

import base64
import json
from datetime import date, datetime, timedelta

import pytest

from crypto.petition import END, TAKE_BACK
from tests.vote.assembly import ESTATE, Assembly
from tests.vote.certificate.test_service import DONE, compose, issue
from tests.vote.oversight.petition.made import FIRST, PHOTO, SECOND, TEXT, UUID, Petitions, asked
from vote.account.events import EventKind
from vote.errors import Reason, RefusedError
from vote.law.measure import Measure
from vote.log.kinds import require_entry
from vote.log.store import LogStore
from vote.oversight.petition.rules import LineState, PetitionKind, PetitionState, Strike
from vote.oversight.petition.service import Checked, StrikeMade
from vote.oversight.petition.signing import Paper
from vote.oversight.record.kinds import RecordKind
from vote.oversight.record.service import Draft
from vote.role import Actor, Role

pytestmark = pytest.mark.database
DUE = date(2027, 2, 28)
OWNER = {1: 9000, 2: 12000, 3: 15000, 4: 8000, 5: 20000}
DAY = timedelta(days=1)


@pytest.fixture
async def petitions(preliminary: Assembly) -> Petitions:
    """The estate once its election is certified, with a card of its office."""
    preliminary.at(DONE)
    assert (await compose(preliminary)).status_code == 201
    await issue(preliminary)
    made = Petitions(preliminary)
    await made.make_card()
    preliminary.at(DONE + DAY)
    return made


async def entries(kind: str) -> list[dict[str, object]]:
    found = [each for each in await LogStore().bodies(ESTATE) if json.loads(each)["kind"] == kind]
    for each in found:
        require_entry(each, kind)
    return [json.loads(each) for each in found]


def later(petitions: Petitions, days: int) -> datetime:
    petitions.assembly.at(petitions.assembly.platform.clock.now + days * DAY)
    return petitions.assembly.platform.clock.now


def strike(signer: dict[str, object], why: Strike = Strike.NOT_OWNER) -> StrikeMade:
    return StrikeMade(int(str(signer["line"])), why, int(str(signer["area_dm2"])), bytes.fromhex(str(signer["salt"])))


async def test_a_petition_is_signed_checked_served_and_answered(petitions):
    await petitions.begin(1, asked())
    await petitions.say(2, asked())
    await petitions.say(2, asked())
    found = await petitions.service.get(ESTATE, UUID)
    assert (found.state, found.stored.signed, found.reached) == (PetitionState.COLLECTING, Measure(2, 21000), True)
    assert found.stored.electorate == Measure(5, 64000)
    signers = await petitions.opened_signers()
    assert [(each["line"], each["entitlement"], each["area_dm2"]) for each in signers] == [(1, 1, 9000), (2, 2, 12000)]
    assert signers[0]["homes"] == ["3幢2单元101室"]
    assert "credential" in json.loads(str(json.loads(str(signers[0]["word"]))["body"]))
    assert await petitions.service.check(ESTATE, UUID, Checked([1, 2], [], DUE), FIRST)
    found = await petitions.service.get(ESTATE, UUID)
    assert (found.state, found.stored.due_on) == (PetitionState.SERVED, DUE)
    for act in (TAKE_BACK, END):
        with pytest.raises(RefusedError, match="takes no more signatures"):
            await petitions.say(2, asked(), act)
    records = petitions.assembly.platform.services["records"]
    draft = Draft(RecordKind.NOTICE, {"title": "召开临时会议", "day": "2027-01-20", "content": "2月20日。"})
    record = await records.publish(ESTATE, draft, FIRST)
    with pytest.raises(RefusedError, match="no such record"):
        await petitions.service.answer(ESTATE, UUID, "1" * 14, FIRST)
    await petitions.service.answer(ESTATE, UUID, record, FIRST)
    found = await petitions.service.get(ESTATE, UUID)
    assert (found.state, found.stored.answer) == (PetitionState.ANSWERED, record)
    with pytest.raises(RefusedError, match="Only a petition that was served"):
        await petitions.service.answer(ESTATE, UUID, record, FIRST)
    (started,), (served,), (answered,) = [await entries(f"petition:{act}") for act in ("started", "served", "answered")]
    assert (started["heads"], started["area_dm2"], started["petition_kind"]) == (5, 64000, "meeting")
    assert (served["heads"], served["area_dm2"], served["struck"], served["due_on"]) == (2, 21000, 0, "2027-02-28")
    assert answered["record"] == record


async def test_nobody_but_the_card_reads_who_signed(petitions):
    await petitions.begin(1, asked())
    rows = petitions.assembly.platform.contents()
    kept = repr(rows["petition"]) + repr(rows["petition_line"]) + repr(rows["log_pending_entry"])
    for secret in ("3幢2单元101室", "101", "王*", '"entitlement"'):
        assert secret not in repr(rows["petition"]) + repr(rows["petition_line"]), secret
    assert TEXT not in repr(rows["log_pending_entry"])
    assert petitions.assembly.people.credentials[1] not in kept
    events = [row for row in rows["account_event"] if "petition:" in repr(row)]
    assert len(events) == 1, "only the making of the card"


async def test_what_does_not_count_is_struck_and_collecting_goes_on(petitions):
    await petitions.begin(1, asked(PetitionKind.AUDIT))
    (signer,) = await petitions.opened_signers()
    wrong = strike(signer)
    for bad in (
        StrikeMade(9, wrong.why, wrong.area_dm2, wrong.salt),
        StrikeMade(1, wrong.why, wrong.area_dm2 + 1, wrong.salt),
        StrikeMade(1, wrong.why, wrong.area_dm2, bytes(32)),
    ):
        with pytest.raises(RefusedError, match="not on the list, or its area is another"):
            await petitions.service.check(ESTATE, UUID, Checked([1], [bad], DUE), FIRST)
    with pytest.raises(RefusedError, match="came or were taken back"):
        await petitions.service.check(ESTATE, UUID, Checked([1, 2], [], DUE), FIRST)
    with pytest.raises(RefusedError, match="not on the list"):
        await petitions.service.check(ESTATE, UUID, Checked([1], [wrong, wrong], DUE), FIRST)
    assert not await petitions.service.check(ESTATE, UUID, Checked([1], [wrong], None), FIRST)
    found = await petitions.service.get(ESTATE, UUID)
    assert (found.state, found.stored.signed, found.stored.struck) == (PetitionState.COLLECTING, Measure(0, 0), 1)
    assert not found.reached
    await petitions.say(1, asked(PetitionKind.AUDIT))
    assert (await petitions.service.get(ESTATE, UUID)).stored.signed == Measure(1, 9000)
    with pytest.raises(RefusedError, match="set the day of the answer"):
        await petitions.service.check(ESTATE, UUID, Checked([2], [], None), FIRST)
    assert await entries("petition:served") == []


async def test_a_signature_is_taken_back_and_the_starter_ends_it(petitions):
    await petitions.begin(1, asked())
    await petitions.say(5, asked())
    await petitions.say(5, asked(), TAKE_BACK)
    assert (await petitions.service.get(ESTATE, UUID)).stored.signed == Measure(1, 9000)
    with pytest.raises(RefusedError, match="has not signed"):
        await petitions.say(5, asked(), TAKE_BACK)
    with pytest.raises(RefusedError, match="Only whoever began"):
        await petitions.say(5, asked(), END)
    await petitions.say(1, asked(), END)
    assert (await petitions.service.get(ESTATE, UUID)).state is PetitionState.WITHDRAWN
    (entry,) = await entries("petition:withdrawn")
    assert (entry["heads"], entry["area_dm2"]) == (1, 9000)
    with pytest.raises(RefusedError, match="takes no more signatures"):
        await petitions.say(2, asked())


async def test_another_text_petition_or_key_signs_nothing(petitions):
    await petitions.begin(1, asked())
    for wrong in (asked(text="请换物业。"), asked(uuid="3" * 14)):
        with pytest.raises(RefusedError, match="another petition or text"):
            await petitions.signing.say(ESTATE, UUID, await petitions.word(2, wrong))
    good = json.loads(await petitions.word(2, asked()))
    body = json.loads(good["body"]) | {"act": "take-back"}
    forged = json.dumps({**good, "body": json.dumps(body, separators=(",", ":"))}, separators=(",", ":"))
    with pytest.raises(RefusedError, match="not signed with the credential"):
        await petitions.signing.say(ESTATE, UUID, forged.encode())
    with pytest.raises(RefusedError, match="A petition begins with a signature"):
        await petitions.signing.begin(ESTATE, asked(uuid="4" * 14), await petitions.word(2, asked(uuid="4" * 14), END))
    with pytest.raises(RefusedError) as refusal:
        await petitions.signing.begin(ESTATE, asked(text="另一份"), await petitions.word(2, asked(text="另一份")))
    assert refusal.value.reason is Reason.MALFORMED
    await petitions.begin(1, asked())
    assert (await petitions.service.get(ESTATE, UUID)).stored.signed == Measure(1, 9000)


async def test_owner_four_whose_letter_was_never_opened_signs_with_a_code_first(petitions):
    await petitions.begin(1, asked())
    word = await petitions.word(4, asked())
    await petitions.signing.say(ESTATE, UUID, word)
    assert (await petitions.service.get(ESTATE, UUID)).stored.signed == Measure(2, 17000)


async def test_paper_counts_once_two_people_entered_it(petitions):
    await petitions.signing.begin_on_paper(ESTATE, asked(), Paper(4, "a-1", PHOTO), FIRST)
    assert (await petitions.service.get(ESTATE, UUID)).stored.signed == Measure(0, 0)
    assert await petitions.service.waiting(ESTATE, UUID) == 1
    enter = petitions.signing.enter
    for paper, by, message in (
        (Paper(4, "A-1"), FIRST, "Another person enters it again"),
        (Paper(5, "A-1"), SECOND, "another home for this paper"),
        (Paper(4, "A-2", PHOTO), SECOND, "has signed already"),
        (Paper(5, "A-3"), SECOND, "needs a photo"),
        (Paper(5, "A-3", b"GIF89a"), SECOND, "needs a photo"),
        (Paper(9, "A-3", PHOTO), SECOND, "no such home"),
        (Paper(5, " ", PHOTO), SECOND, "has a serial"),
        (Paper(5, "号1", PHOTO), SECOND, "has a serial"),
        (Paper(4, "A-1"), Actor(Role.STAFF), "with your own account"),
    ):
        with pytest.raises(RefusedError, match=message):
            await enter(ESTATE, UUID, paper, by)
    with pytest.raises(RefusedError, match="being entered at the desk"):
        await petitions.say(4, asked())
    assert await enter(ESTATE, UUID, Paper(4, " a-1 "), SECOND) is LineState.COUNTED
    with pytest.raises(RefusedError, match="entered already"):
        await enter(ESTATE, UUID, Paper(4, "A-1"), SECOND)
    assert await enter(ESTATE, UUID, Paper(5, "A-3", PHOTO), SECOND) is LineState.WAITING
    assert (await petitions.service.get(ESTATE, UUID)).stored.signed == Measure(1, 8000)
    (signer,) = await petitions.opened_signers()
    assert (signer["serial"], signer["word"], signer["entitlement"]) == ("A-1", "", 4)
    assert len(await petitions.service.photo(ESTATE, UUID, 1)) > len(PHOTO)
    with pytest.raises(RefusedError, match="has no paper"):
        await petitions.service.photo(ESTATE, UUID, 9)
    assert PHOTO.decode("latin-1") not in repr(petitions.assembly.platform.contents()["petition_line"])


async def test_at_the_desk_two_people_take_a_signature_back_and_the_starter_ends_it(petitions):
    await petitions.begin(1, asked())
    back = petitions.signing.take_back_at_desk
    with pytest.raises(RefusedError, match="has not signed"):
        await back(ESTATE, UUID, 2, FIRST)
    assert not await back(ESTATE, UUID, 1, FIRST)
    with pytest.raises(RefusedError, match="Another person confirms"):
        await back(ESTATE, UUID, 1, FIRST)
    assert (await petitions.service.get(ESTATE, UUID)).stored.signed == Measure(1, 9000)
    assert await back(ESTATE, UUID, 1, SECOND)
    assert (await petitions.service.get(ESTATE, UUID)).stored.signed == Measure(0, 0)
    with pytest.raises(RefusedError, match="Only whoever began"):
        await petitions.signing.end_at_desk(ESTATE, UUID, 2, FIRST)
    await petitions.signing.end_at_desk(ESTATE, UUID, 1, FIRST)
    assert (await petitions.service.get(ESTATE, UUID)).state is PetitionState.WITHDRAWN
    kinds = [row for row in petitions.assembly.platform.contents()["account_event"] if "petition:" in repr(row)]
    assert [kind for row in kinds for kind in EventKind if kind in row] == [
        EventKind.PETITION_CARD, EventKind.PETITION_PAPER, EventKind.PETITION_PAPER, EventKind.PETITION_ENDED,
    ]  # fmt: skip


async def test_a_paper_that_waits_is_taken_back_without_touching_the_sums(petitions):
    await petitions.begin(1, asked())
    await petitions.signing.enter(ESTATE, UUID, Paper(4, "A-1", PHOTO), FIRST)
    await petitions.signing.take_back_at_desk(ESTATE, UUID, 4, FIRST)
    await petitions.signing.take_back_at_desk(ESTATE, UUID, 4, SECOND)
    assert (await petitions.service.get(ESTATE, UUID)).stored.signed == Measure(1, 9000)
    assert await petitions.service.waiting(ESTATE, UUID) == 0


async def test_a_member_replies_beside_a_recall(petitions):
    recall = asked(PetitionKind.RECALL, "张三")
    await petitions.begin(1, recall)
    await petitions.service.reply(ESTATE, UUID, "账目都公示过。", FIRST)
    with pytest.raises(RefusedError, match="stands beside a recall"):
        await petitions.service.reply(ESTATE, UUID, "再说一遍。", FIRST)
    found = await petitions.service.get(ESTATE, UUID)
    assert (found.stored.reply, found.stored.replied_on) == ("账目都公示过。", date(2027, 1, 12))


async def test_the_worker_notes_what_expired_and_what_went_unanswered_once(petitions):
    worker = petitions.assembly.platform.services["worker"]
    await petitions.begin(1, asked())
    await petitions.begin(2, asked(uuid="3" * 14))
    assert await petitions.service.check(ESTATE, "3" * 14, Checked([1], [], DUE), FIRST)
    later(petitions, 47)
    await worker.work_once()
    assert await entries("petition:lapsed") == []
    later(petitions, 1)
    assert (await petitions.service.get(ESTATE, "3" * 14)).state is PetitionState.LAPSED
    await worker.work_once()
    await worker.petitions.work()
    (entry,) = await entries("petition:lapsed")
    assert (entry["petition"], entry["due_on"]) == ("3" * 14, "2027-02-28")
    later(petitions, 60)
    with pytest.raises(RefusedError, match="takes no more signatures"):
        await petitions.say(5, asked())
    await worker.petitions.work()
    (entry,) = await entries("petition:expired")
    assert (entry["petition"], entry["heads"]) == (UUID, 1)
    assert [each.state for each in await petitions.service.listed(ESTATE)] == ["lapsed", "expired"]


async def test_without_a_card_nothing_begins(preliminary):
    preliminary.at(DONE)
    bare = Petitions(preliminary)
    with pytest.raises(RefusedError, match="no finished election"):
        await bare.signing.begin(ESTATE, asked(), b"{}")
    with pytest.raises(RefusedError, match="has not made its card"):
        await bare.signing.begin_on_paper(ESTATE, asked(), Paper(1, "A-1", PHOTO), FIRST)
    with pytest.raises(RefusedError, match="begins with age1"):
        await bare.service.make_card(ESTATE, "age1x", FIRST)
    await bare.make_card()
    await bare.signing.begin_on_paper(ESTATE, asked(), Paper(1, "A-1", PHOTO), FIRST)
    with pytest.raises(RefusedError, match="is signed on paper"):
        await bare.signing.say(ESTATE, UUID, b"{}")
    with pytest.raises(RefusedError, match="number is taken"):
        await bare.signing.begin_on_paper(ESTATE, asked(), Paper(2, "A-2", PHOTO), FIRST)
    with pytest.raises(RefusedError, match="no such petition"):
        await bare.service.get(ESTATE, "5" * 14)
    answer = await preliminary.platform.ask(
        "POST",
        f"{preliminary.api}/codes",
        key=None,
        json={"letter_number": preliminary.people.numbers[1], "purpose": "petition"},
    )
    assert (answer.status_code, answer.json()["reason"]) == (409, "wrong-state")


async def test_what_is_no_signed_word_is_refused(petitions):
    await petitions.begin(1, asked())
    for data in (b"", b"{}", base64.b64encode(b"x")):
        with pytest.raises(RefusedError) as refusal:
            await petitions.signing.say(ESTATE, UUID, data)
        assert refusal.value.reason is Reason.MALFORMED
