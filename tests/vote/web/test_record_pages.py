"""What became of an election, read on its pages at each stage, in both languages."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.vote.assembly import ESTATE, Assembly, People
from tests.vote.conftest import AREAS, ASKS, YES, Stages
from tests.vote.platform import CLOSES, OPENS, Clock
from tests.vote.web.conftest import certify
from tests.vote.web.markup import Page
from tests.vote.web.story import CHECKED, ISSUED, STORY, UNTIL, at_desk
from tests.vote.web.test_pages import look, look_up
from vote.ballot.models import Ballot
from vote.credential.statement import Destroyed, encode_destroyed
from vote.trustee.destruction import destroy_own, encode_destruction
from vote.trustee.memory import Memory


@pytest.fixture(scope="module")
def _story(_migrated: str, tmp_path_factory: pytest.TempPathFactory) -> Stages:
    return Stages(tmp_path_factory.mktemp("story"), _migrated, People(AREAS, ASKS), "certified", STORY)


@pytest.fixture
async def told(request: pytest.FixtureRequest, _story: Stages, tmp_path: Path, clock: Clock) -> AsyncIterator[Assembly]:
    """The election at the stage that a test names as this fixture's parameter."""
    async with _story.start(request.param, tmp_path, clock) as assembly:
        yield assembly


def at(stage: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("told", [stage], indirect=True)


async def page_of(assembly: Assembly, path: str = "", language: str = "zh-CN") -> Page:
    return await look(assembly.platform, f"{assembly.pages}{path}", language)


async def read(assembly: Assembly, *words: str, path: str = "", english: tuple[str, ...] = ()) -> Page:
    """Return a page, in Chinese, on which all these words stand; nothing personal stands on it in any language."""
    page, other = await page_of(assembly, path), await page_of(assembly, path, "en")
    for found, wanted in ((page, words), (other, english)):
        assert [each for each in wanted if each not in found.text] == [], found.text
        assert "说的话不公开" not in found.text
    return page


@at("sealed")
async def test_before_notice_the_page_says_what_may_change_and_whose_hands_everything_is_in(told: Assembly) -> None:
    page = await read(
        told,
        "参加的人不够时可以延期，最多2次，最晚到2027年1月2日（星期六）18:00。延期一定提前写在这里。",
        "人手不够，有些事没有分开：现场核对身份的人和制信人是同一人；桥东社区派的人够单独开箱；开箱人里没有业主。",
        "补发的信：0封",
        "组织投票",
        "社区座机 0573-84012345",
        english=(
            "until Saturday, 2 January 2027, 18:00 at the latest; extensions allowed: 2.",
            "whoever checks identities at the desk and whoever makes the letters are one person; 桥东社区 sent enough",
            "people to open the box alone; no key-holder is an owner.",
        ),
    )
    assert "关键的事由不同的人做" not in page.text
    assert "通知业主" not in page.text
    assert "要求拆开的记名票" not in page.text


async def test_what_is_in_different_hands_and_cannot_be_extended_is_said_too(sealed: Assembly) -> None:
    await read(
        sealed,
        "关键的事由不同的人做，没有一人兼两职；没有一个单位能单独开箱；开箱人里有业主。",
        "到时间就结束，不延期。",
        english=("Different people do what matters", "it cannot be extended"),
    )
    await sealed.notice()
    assert "通知业主 2026年12月1日（星期二）" in (await page_of(sealed)).text


@at("opened")
async def test_a_withdrawn_candidate_and_a_corrected_roll_are_told_while_voting_is_open(told: Assembly) -> None:
    page = await read(
        told,
        "丙 已退出",
        "丙已退出：名字还在票上，选了也不能当选。",
        "清册更正 封册后查出清册有错，全体业主的总数更正了：人数+1，面积-42.52平方米。",
        "全体业主 6人、597.48平方米",
        "由两人一起更正的手机号：1个",
        "补发的信：1封，旧信随即作废。",
        english=(
            "丙 withdrew: still named on the ballot",
            "owners +1, area -42.52 m²",
            "the old ones void at once: 1.",
        ),
    )
    assert "甲 已退出" not in page.text


@at("voted")
async def test_an_extension_names_both_days_and_the_rule_behind_it(told: Assembly) -> None:
    page = await read(
        told,
        "延期到 2026年12月31日（星期四）18:00（原定2026年12月30日（星期三）18:00）",
        "最多延2次，最晚到2027年1月2日（星期六）18:00；这是第1次。已经投的票照样算。",
        "2026年12月31日（星期四）18:00前都可以投",
        english=("Extended to Thursday, 31 December 2026, 18:00 (first set for Wednesday, 30 December 2026, 18:00)",),
    )
    assert "结束 2026年12月30日" not in page.text
    estate = await look(told.platform, f"/estates/{ESTATE}")
    assert "2026年12月31日（星期四）18:00前都可以投" in estate.text
    assert "2026年12月30日" not in estate.text
    assert "2026年12月31日（星期四）18:00结束投票" in (await page_of(told, "/result")).text
    assert "2026年12月31日（星期四）18:00前可以再投" in (await look_up(told, "x")).text
    told.at(CLOSES)
    assert "正在投票" in (await page_of(told)).text
    told.at(UNTIL)
    assert "不再收票" in (await page_of(told)).text


@at("voted")
async def test_what_was_seen_to_be_over_stays_over_though_the_clock_goes_back(told: Assembly) -> None:
    await told.platform.services["elections"].store.end(told.uuid, UNTIL)
    told.at(OPENS)
    assert "不再收票" in (await page_of(told)).text


@at("closed")
async def test_after_closing_everybody_reads_who_took_part_and_what_can_be_disputed(told: Assembly) -> None:
    await read(
        told,
        "有人冒用您的名义投、代投没有您的委托、算了两次、清册不对：2027年1月3日（星期日）24:00前带身份证到社区说。",
        "到现在没有人提出异议。",
        "看哪些房号参加了",
        english=("come to the community office with your identity card before the end of Sunday, 3 January 2027",),
    )
    page = await read(
        told,
        "哪些房号参加了",
        "3幢（4位业主）",
        "3幢2单元101室 3幢2单元201室 3幢2单元301室 3幢2单元501室",
        "2027年1月3日（星期日）24:00前带身份证到社区说",
        path="/participants",
        english=("3幢 (owners: 4)", "Take your receipt to the community office."),
    )
    assert "401室" not in page.text
    assert "平方米" not in page.text


@at("voted")
async def test_before_closing_nobody_reads_who_took_part(told: Assembly) -> None:
    answer = await look(told.platform, f"{told.pages}/participants", status=404)
    assert "没有找到这一页" in answer.text
    assert "看哪些房号参加了" not in (await page_of(told)).text


@at("disputed")
async def test_disputes_stand_with_their_outcome_and_answer(told: Assembly) -> None:
    await at_desk(told, "disputes", kind="roll", raised_by=3, about=4, text="说的话不公开")
    await read(
        told,
        "第1件 有人冒用名义投票 已取出，不算 当面核对过。 不是本人投的。",
        "第2件 代投没有授权 查不清，先算，列为有争议 委托书查不清。",
        "第3件 同一业主算了两次 票有效，照算 两套房两户人家。",
        "第4件 清册不对 正在处理",
        english=("No. 1 Somebody else voted in an owner’s name taken out, does not count", "No. 4 The roll is wrong"),
    )
    told.at(CHECKED)
    page = await read(told, "异议期已过，正在处理提出的异议。处理完才开票。")
    assert "前带身份证到社区说" not in page.text


@at("disputed")
async def test_a_receipt_says_which_ballot_counts_after_a_dispute(told: Assembly) -> None:
    rows = await Ballot.filter(election_id=told.uuid).order_by("id").values_list("tracker", flat=True)
    first, second, replaced = rows[1], rows[-1], rows[0]
    assert "这张票已计入，是第1次投的" in (await look_up(told, first)).text
    taken = await look_up(told, second)
    assert "核对后在开票前取出，不算。" in taken.text
    assert "算的是第1次投的那张。" in taken.text
    assert {"class": "found not", "role": "status"} in taken.attributes("p")
    assert "是第1次投的；后来又投过，算的是第2次投的那张。" in (await look_up(told, replaced)).text
    page = await look(told.platform, f"{told.pages}?tracker={second}", "en")
    assert "Number 1 of the same owner counts instead." in page.text


@at("checked")
async def test_the_check_tells_what_was_found_before_counting(told: Assembly) -> None:
    """Four of six owners, with 560.00 of 597.48 m²."""
    await read(
        told,
        "已核对：4人、560.00平方米参加，人数、面积都到了三分之二，投票有效。",
        "参加人数 66.6% 接近三分之二",
        "参加面积 93.7% 已到三分之二",
        "因异议取出、不算的票：1张。",
        "有争议、先算进去的票：1位业主的。会不会改变结果，结果证明上写明。",
        "按参加者的面积试算了200次",
        english=(
            "Checked: 4 owners with 560.00 m² took part.",
            "Ballots taken out because of disputes, which do not count: 1.",
            "Owners whose ballots count but are contested: 1.",
        ),
    )


async def test_where_too_few_took_part_the_check_says_so_without_blame(opened: Assembly) -> None:
    await opened.cast(1, [YES, [1, 0, 0, 0]])
    await opened.close()
    await opened.check()
    await read(
        opened,
        "已核对：1人、90.00平方米参加，人数和面积不到三分之二，这次不能形成决定。这不等于大家反对，也不是谁做错了。",
        "没有人提出异议。",
        english=("owners and area did not reach two thirds, so nothing can be decided.",),
    )


async def test_nobody_at_all_took_part(opened: Assembly) -> None:
    await opened.close()
    await read(opened, "没有人参加。", path="/participants", english=("Nobody took part.",))
    await opened.check()
    page = await read(opened, "已核对：0人、0.00平方米参加")
    assert "试算" not in page.text


@at("preliminary")
async def test_the_preliminary_result_says_until_when_and_how_to_object(told: Assembly) -> None:
    """Opened on 4 January: from the 5th to the 11th are the seven days."""
    sentence = "有疑问请在2027年1月11日（星期一）24:00前写下来，交到社区，一次说一件事。答复公开，不露您的姓名房号。"
    await read(
        told,
        sentence,
        "都答复了，由三方签字，才是最终结果。",
        "到现在没有人提出异议。",
        "要求拆开的记名票：0次",
        "公布初步结果，答复大家的异议 正在做",
        english=("hand it in at the community office before the end of Monday, 11 January 2027",),
    )
    await read(told, "这是初步结果，不是最终结果", sentence, "丙 已退出", path="/result", english=("丙 withdrew",))
    told.at(ISSUED)
    page = await read(
        told,
        "提异议的时间已过，到2027年1月11日（星期一）24:00为止。每一件都答复了，才出结果证明。",
        "没有人提出异议。",
        "提异议的时间已过。提出的都答复了，由三方签字，才是最终结果。",
    )
    assert "一次说一件事" not in page.text


@at("objected")
async def test_objections_are_merged_by_topic_and_wait_for_their_answers(told: Assembly) -> None:
    await read(
        told,
        "参加人数 等答复 2位业主提出",
        "第2题：选票真伪 等答复 1位业主提出",
        "要求拆开的记名票：3次（本人要求2次，处理异议1次，依法调取0次）。",
        english=("Question 2: 选票真伪 waits for an answer", "Requests to open one named ballot: 3 (by its owner 2"),
    )


@at("certified")
async def test_the_certificate_says_who_signed_and_what_an_owner_can_still_do(told: Assembly) -> None:
    page = await read(
        told,
        "结果已经核对、三方签字确认",
        "第1号：证明 以这一份为准 日期 2027年1月13日（星期三）",
        "（确认结果）",
        "（确认程序）",
        "（签收）",
        "县级住房和城乡建设主管部门投诉。没有规定期限，请尽早。",
        "可以向人民法院起诉。最晚2028年1月13日（星期四）；以后才知道的，从知道那天算起。",
        "参加人数 已答复 2位业主提出 房号都公布了，数一数就是。",
        "第2题：选票真伪 成立 1位业主提出 属实。",
        "开箱人的钥匙：3把，0把已销毁（本人声明）。应在2027年2月12日（星期五）前销毁。",
        "制信人保存的信件底档还没有销毁。应在2027年2月12日（星期五）前销毁。",
        "三方签字，出结果证明 已完成",
        english=("No. 1: certificate this one counts", "Sue at 人民法院. Until Thursday, 13 January 2028"),
    )
    assert "一次说一件事" not in page.text
    downloads = [link["href"] for link in page.attributes("a") if "download" in link]
    assert downloads == [f"{told.pages}/certificates/1.{kind}" for kind in ("pdf", "json")]
    for path in downloads:
        assert await told.platform.get(path, key=None) == await told.platform.get(
            f"{told.pages}/certificate.{path.rpartition('.')[2]}", key=None
        )


@at("certified")
async def test_the_result_says_which_question_contested_ballots_could_turn(told: Assembly) -> None:
    """Owner 5's 200.00 m² are in doubt, and 42.52 m² of the roll."""
    page = await read(told, "投票结果", "结果已经核对、三方签字确认。", path="/result")
    assert "初步结果" not in page.text
    links = {link["href"] for link in page.attributes("a")}
    assert links >= {f"{told.pages}#certificate", f"{told.pages}#objections", f"{told.pages}/archive"}
    assert {"certificate", "objections"} <= {each.get("id") for each in (await page_of(told)).attributes("section")}
    assert "应当重新表决" in page.text


@at("certified")
async def test_what_was_destroyed_is_told_as_its_holders_say(told: Assembly) -> None:
    for trustee in (1, 2):
        word = destroy_own(Memory(told.people.trustees[trustee]), await told.read_archive(), told.rng())
        path, key = f"{told.api}/trustees/{trustee}/destroyed", told.people.trustee_keys[trustee - 1]
        await told.platform.post(path, key=key, content=encode_destruction(word))
    statement = encode_destroyed(Destroyed(told.uuid, "ab" * 32))
    key = told.people.registrar_key
    await told.platform.post(f"{told.api}/registrar/destroyed", key=key, content=statement)
    await read(
        told,
        "开箱人的钥匙：3把，2把已销毁（本人声明）。剩下的已经不够开箱。应在2027年2月12日（星期五）前销毁。",
        "制信人保存的信件底档已销毁（本人声明）。",
        english=("Keys to the box: 3; destroyed, as their holders declare: 2. Those that are left cannot open",),
    )
    await read(told, "openings.json", "retention.json", path="/archive")


@at("certified")
async def test_a_corrected_certificate_is_shown_with_the_one_it_replaces(told: Assembly) -> None:
    await certify(told, kind="correction", reason="社区名称有误。")
    for path in ("", "/result"):
        await read(
            told,
            "证明更正过，以第2号为准。",
            path=path,
            english=("The certificate was corrected; number 2 counts.",),
        )
    page = await read(told, "第2号：更正 以这一份为准", "理由 社区名称有误。", "第1号：证明 不再有效", "结果已确认")
    assert page.text.index("第2号：更正") < page.text.index("第1号：证明")
    assert "证明更正过，以第2号为准。" in (await look(told.platform, f"/estates/{ESTATE}")).text


@at("certified")
async def test_a_revoked_certificate_says_so_on_top_of_every_page(told: Assembly) -> None:
    await certify(told, kind="revocation", reason="冒名的票太多，重新表决。")
    for path in ("", "/result"):
        page = await read(
            told,
            "这次结果的证明已经撤销，不再有效。",
            path=path,
            english=("The certificate of this result was revoked and is no longer valid.",),
        )
        assert "已经核对、三方签字确认" not in page.text
    page = await read(
        told,
        "证明已撤销",
        "这个结果不能作数。接下来怎么办，社区会另行通知。",
        "第2号：撤销 以这一份为准",
        "理由 冒名的票太多，重新表决。",
        "第1号：证明 不再有效",
        "看结果",
        english=("Certificate revoked", "This result does not stand."),
    )
    assert "不服怎么办" not in page.text
    estate = await look(told.platform, f"/estates/{ESTATE}")
    assert "证明已撤销" in estate.text
    assert "结果已确认" not in estate.text
