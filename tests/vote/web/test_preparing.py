"""A clerk sets an election up on pages: what the pages say, keep and refuse."""

from datetime import UTC, datetime

import httpx
import pytest

from crypto.errors import VerificationError
from tests.vote.account.signing_in import anonymous, as_duty, signed_in
from tests.vote.assembly import Assembly, People
from tests.vote.conftest import AREAS, ASKS
from tests.vote.platform import Platform
from tests.vote.verifier.test_published import verify_published
from tests.vote.web.setting_up import (
    COMMITTEE,
    NEW,
    PLACES,
    PROFILE,
    RULES,
    begin,
    fill_in,
    people_fields,
    send,
    set_up,
)
from vote.election.manifest import decode_manifest
from vote.election.models import ElectionOutline
from vote.election.paper import decode_papers, verify_papers
from vote.role import Scope


@pytest.fixture
async def assembly(platform: Platform) -> Assembly:
    found = Assembly(platform, People(AREAS, ASKS))
    await found.import_roll()
    return found


@pytest.fixture
async def clerk(assembly: Assembly) -> httpx.AsyncClient:
    return await signed_in(assembly.platform, Scope(estate="xinyuan"))


@pytest.fixture
async def draft(assembly: Assembly, clerk: httpx.AsyncClient) -> str:
    return await begin(clerk, assembly.people.roll)


async def page(clerk: httpx.AsyncClient, path: str) -> str:
    answer = await clerk.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_without_a_frozen_roll_the_page_says_what_to_do_first(platform: Platform) -> None:
    found = Assembly(platform, People(AREAS, ASKS))
    await found.import_roll(freeze=False)
    clerk = await signed_in(platform)
    assert "还没有冻结的业主清册" in await page(clerk, NEW)
    answer = await clerk.post(NEW, data={"title": "大会", "roll": str(found.people.roll), "profile": PROFILE})
    assert answer.status_code == 409
    assert "请先把清册定稿，再准备投票。" in answer.text
    assert "freeze the roll first" not in answer.text


async def test_a_draft_is_kept_and_can_be_thrown_away(clerk: httpx.AsyncClient, draft: str) -> None:
    await send(clerk, f"{draft}/matters/new", RULES)
    assert "2026年业主大会" in await page(clerk, NEW)
    assert "议事规则" in await page(clerk, f"{draft}/matters")
    await send(clerk, f"{draft}/discard", {})
    assert (await clerk.get(f"{draft}/matters")).status_code == 404


async def test_the_rules_of_the_place_are_offered_and_kept(assembly: Assembly, clerk: httpx.AsyncClient) -> None:
    text = await page(clerk, NEW)
    for words in ("浙江省嘉兴市嘉善县", "浙江省嘉兴市", "全国（默认）", "《浙江省物业管理条例》第9条"):
        assert words in text
    assert "上海市" not in text
    begun = {"title": "大会", "roll": str(assembly.people.roll)}
    assert "请选一套规则" in (await send(clerk, NEW, {**begun, "profile": "cn-sh"}, 422)).text
    path = (await send(clerk, NEW, {**begun, "profile": "cn-zj"})).headers["location"].removesuffix("/matters")
    number = int(path.rpartition("/")[2])
    outlines = assembly.platform.services["outlines"]
    stored = await outlines.get("xinyuan", number)
    assert outlines.profile_of(stored.outline).id == "cn-zj"


async def test_each_matter_stands_with_its_number_and_article(clerk: httpx.AsyncClient, draft: str) -> None:
    text = await page(clerk, f"{draft}/matters/new")
    assert "改变共有部分的用途" in text
    assert "同意要四分之三（" in text
    assert "第278条" in text
    await send(clerk, f"{draft}/matters/new", RULES)
    listed = await page(clerk, f"{draft}/matters")
    assert "参加的人数、面积都要到三分之二，其中同意的人数、面积都要过半数。" in listed


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": ""}, "题目要写在一行里"),
        ({"matter": "77"}, "请选一种事项"),
        ({"name-0": "", "name-1": "", "name-2": ""}, "至少写一位候选人"),
        ({"name-1": "甲"}, "两位候选人同名"),
        ({"seats": "0"}, "请写要选几位委员"),
        ({"agrees-work-0": ""}, "没有勾“本人书面同意公布”"),
        ({"work-0": "电话13800138000"}, "不能公布，请删掉"),
    ],
)
async def test_what_does_not_fit_is_shown_again_with_its_sentence(
    clerk: httpx.AsyncClient, draft: str, changes: dict[str, str], words: str
) -> None:
    fields = {name: value for name, value in {**COMMITTEE, **changes}.items() if name != "depends-0"}
    answer = await send(clerk, f"{draft}/matters/new", fields, 422)
    assert words in answer.text
    assert "还没有题目" in await page(clerk, f"{draft}/matters")


async def test_a_question_taken_away_leaves_no_tie_behind(clerk: httpx.AsyncClient, draft: str) -> None:
    await send(clerk, f"{draft}/matters/new", RULES)
    await send(clerk, f"{draft}/matters/new", COMMITTEE)
    assert "第1题" in await page(clerk, f"{draft}/matters/2")
    await send(clerk, f"{draft}/matters/1/drop", {})
    listed = await page(clerk, f"{draft}/matters")
    assert "选举业主委员会委员" in listed
    assert "是否通过" not in listed


async def test_alternatives_say_which_one_stands(clerk: httpx.AsyncClient, draft: str) -> None:
    await send(clerk, f"{draft}/matters/new", RULES)
    await send(clerk, f"{draft}/matters/new", {**RULES, "text": "另一份议事规则", "instead_of": "0"})
    assert "与第1题二选一" in await page(clerk, f"{draft}/review")


async def test_secrecy_follows_the_profile_unless_it_is_changed(clerk: httpx.AsyncClient, draft: str) -> None:
    text = await page(clerk, f"{draft}/secrecy")
    assert "本地默认记名" in text
    assert 'value="named" checked' in text
    await send(clerk, f"{draft}/secrecy", {"secrecy": "open"}, 200)
    await send(clerk, f"{draft}/secrecy", {"secrecy": "secret"})
    assert 'value="secret" checked' in await page(clerk, f"{draft}/secrecy")


async def test_days_come_with_the_laws_and_too_early_ones_are_refused(clerk: httpx.AsyncClient, draft: str) -> None:
    text = await page(clerk, f"{draft}/times")
    assert "2026年12月17日（星期四）" in text, "the first day after 15 full ones"
    answer = await send(clerk, f"{draft}/times", {"opens_on": "2026-12-16", "closes_on": "2026-12-30"}, 422)
    assert "开始得太早" in answer.text
    assert "2026-12-16" in answer.text, "what was typed stays"
    await send(clerk, f"{draft}/times", {"opens_on": "2026-12-24", "closes_on": "2026-12-30", "extensions": "1"}, 422)


async def test_no_time_for_a_retry_is_kept_and_said(clerk: httpx.AsyncClient, draft: str) -> None:
    days = {"opens_on": "2027-01-10", "closes_on": "2027-01-15", "formed_on": "2026-11-03"}
    answer = await send(clerk, f"{draft}/times", days)
    text = await page(clerk, answer.headers["location"])
    assert "来不及再来一次" in text
    assert "2026年12月30日" in text, "the latest day that leaves one: see the table of the plan"
    assert "嘉兴市住宅物业管理条例" in text or "嘉兴" in text


async def test_who_may_not_be_the_same_is_said_before_and_after_sending(clerk: httpx.AsyncClient, draft: str) -> None:
    same = people_fields(**{"person-3": "话务甲"})
    found = (await send(clerk, f"{draft}/people/check", same, 200)).json()
    assert found == {"breaches": ["同一个人既是“电话登记员”又是“制信人”。"]}
    answer = await send(clerk, f"{draft}/people", same, 422)
    assert "有人兼了不能兼的工作" in answer.text
    await send(clerk, f"{draft}/people", {**same, "too_few_staff": "yes"})
    assert "职责没有分开" in await page(clerk, f"{draft}/review")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"person-0": ""}, "请写姓名"),
        ({"office-1": ""}, "请写单位"),
        ({"desk_phone": "打这个"}, "请写社区座机"),
        ({"threshold": "1"}, "一半以上的开箱人"),
        ({"person-1": "业主甲"}, "写了两次同一个人"),
    ],
)
async def test_people_who_will_not_do_are_shown_again(
    clerk: httpx.AsyncClient, draft: str, changes: dict[str, str], words: str
) -> None:
    answer = await send(clerk, f"{draft}/people", people_fields(**changes), 422)
    assert words in answer.text
    assert "社区书记" in answer.text, "what was typed stays"


async def test_one_more_key_holder_gets_a_place(clerk: httpx.AsyncClient, draft: str) -> None:
    answer = await send(clerk, f"{draft}/people", {**people_fields(), "more": "yes"}, 200)
    assert answer.text.count('value="trustee"') == 4


async def test_the_figure_is_computed_and_gone_when_a_question_changes(clerk: httpx.AsyncClient, draft: str) -> None:
    await send(clerk, f"{draft}/matters/new", RULES)
    await send(clerk, f"{draft}/privacy", {})
    assert "试算200次" in await page(clerk, f"{draft}/privacy")
    await send(clerk, f"{draft}/matters/1", {**RULES, "text": "改过的题目"})
    assert "题目改过了" in await page(clerk, f"{draft}/privacy")


async def test_nothing_is_prepared_while_something_is_missing(clerk: httpx.AsyncClient, draft: str) -> None:
    text = await page(clerk, f"{draft}/review")
    assert "还缺这些" in text
    assert "生成链接" not in text
    assert (await clerk.post(f"{draft}/review", data={})).status_code == 400


async def test_two_clerks_do_not_overwrite_each_other(assembly: Assembly, clerk: httpx.AsyncClient, draft: str) -> None:
    service = assembly.platform.services["outlines"]
    number = int(draft.rpartition("/")[2])
    seen = await service.get("xinyuan", number)
    await send(clerk, f"{draft}/matters/new", RULES)
    with pytest.raises(Exception, match="meanwhile"):
        await service.change(seen, lambda outline: outline)


async def test_links_are_shown_once_and_a_second_press_changes_nothing(
    assembly: Assembly, clerk: httpx.AsyncClient
) -> None:
    path = await fill_in(clerk, assembly.people.roll)
    answer = await send(clerk, f"{path}/review", {}, 200)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.text.count("<svg") >= len(PLACES)
    again = await clerk.post(f"{path}/review", data={})
    assert again.status_code == 409
    assert "/join#" not in again.text
    assert assembly.platform.count("election") == 1
    assert (await clerk.get(f"{path}/review")).headers["location"].endswith("/set-up")


async def test_from_the_steps_to_an_open_election(platform: Platform) -> None:
    assembly, clerk = await set_up(platform)
    work = f"/work/elections/{assembly.uuid}"
    text = await page(clerk, f"{work}/set-up")
    assert "开箱人做钥匙" in text
    assert "业主甲" in text
    assert "已做好0封信，共要5封" in text
    assert "做钥匙要走4步，已走0步" in text
    assert "去封存" not in text
    refused = await clerk.post(f"{work}/seal", data={})
    assert refused.status_code == 409
    await assembly.make_key()
    await assembly.issue_credentials()
    await assembly.bring_offices()
    assert "都齐了，可以封存" in await page(clerk, f"{work}/set-up")
    assert "念过了，没有错，封存" in await page(clerk, f"{work}/seal")
    await send(clerk, f"{work}/seal", {})
    notice = await page(clerk, f"{work}/notice")
    stored = await platform.services["elections"].get(assembly.uuid)
    assert stored.files.fingerprint in notice
    for words in ("负责处理，保存到规定的期限", "欠费不影响投票", "教师", "第一条 本规则"):
        assert words in notice
    await send(clerk, f"{work}/notice", {})
    assert "已通知，等开始" in await page(clerk, work)
    platform.clock.now = datetime(2026, 12, 24, 0, 0, 1, tzinfo=UTC)
    assert await platform.services["elections"].open_due() == [assembly.uuid]
    assert "正在投票" in await page(await as_duty(assembly, "organiser"), work)


async def test_owners_read_drafts_and_candidates_and_these_take_their_consent_back(platform: Platform) -> None:
    assembly, clerk = await set_up(platform)
    papers = f"/elections/{assembly.uuid}/papers"
    assert (await clerk.get(papers)).status_code == 404, "a draft is nobody's business"
    await assembly.make_key()
    await assembly.issue_credentials()
    await assembly.bring_offices()
    await assembly.seal()
    everybody = anonymous(platform)
    text = await page(everybody, papers)
    assert "第一条 本规则" in text
    assert "教师" in text
    assert "之后不能改，谁都可以核对" in text
    assert "撤下介绍" not in text
    assert "papers.json" in await page(everybody, f"/elections/{assembly.uuid}/archive")
    assert (await verify_published(assembly)).facts["papers"] == 2
    assert "撤下介绍" in await page(clerk, papers)
    away = f"/work/elections/{assembly.uuid}/papers/withdraw"
    assert (await everybody.post(away, data={"candidate": "1-0"})).status_code == 401
    assert (await clerk.post(away, data={"candidate": "1-9"})).status_code == 404
    assert (await clerk.post(away, data={"candidate": "甲"})).status_code == 400
    await send(clerk, away, {"candidate": "1-0"})
    text = await page(everybody, papers)
    assert "教师" not in text
    assert "甲" in text
    assert "介绍已撤下" in text
    report = await verify_published(assembly)
    assert any("1 candidates' profiles were taken down" in each.en for each in report.warnings)


async def test_papers_that_are_changed_after_sealing_are_noticed_by_owners_and_verifier(platform: Platform) -> None:
    assembly, _ = await set_up(platform)
    await assembly.make_key()
    await assembly.issue_credentials()
    await assembly.bring_offices()
    await assembly.seal()
    row = await ElectionOutline.get(election_id=assembly.uuid)
    await ElectionOutline.filter(id=row.id).update(body=row.body.replace("第一条", "第二条"))
    text = await page(anonymous(platform), f"/elections/{assembly.uuid}/papers")
    assert text.count("和封存时不一样") == 1
    papers = await assembly.platform.get(f"/elections/{assembly.uuid}/papers.json", key=None)
    manifest = decode_manifest(await assembly.platform.get(f"/elections/{assembly.uuid}/manifest.json", key=None))
    with pytest.raises(VerificationError, match="paper 1: it is not what was sealed"):
        verify_papers(manifest.papers, decode_papers(papers, assembly.uuid))


async def test_a_lost_link_is_replaced_and_the_old_one_opens_nothing(platform: Platform) -> None:
    assembly, clerk = await set_up(platform)
    before = assembly.people.keys["desk"][0]
    path = f"/work/elections/{assembly.uuid}/set-up/duties/desk/1/replace"
    answer = await send(clerk, path, {}, 200)
    assert before not in answer.text
    assert (await clerk.post(path.replace("desk", "mayor"), data={})).status_code == 404
    assert (await clerk.post(path.replace("/1/", "/7/"), data={})).status_code == 404
    assert "窗口甲" in answer.text
    assert answer.text.count("/join#") == 1
    assert "换了新链接" not in answer.text
    events = await platform.services["events"].of_election(assembly.uuid)
    assert [event.kind for event in events][-1] == "key:replaced"


async def test_a_prepared_election_is_given_up_before_sealing(platform: Platform) -> None:
    assembly, clerk = await set_up(platform)
    await send(clerk, f"/work/elections/{assembly.uuid}/set-up/discard", {})
    text = await page(clerk, f"/work/elections/{assembly.uuid}")
    assert "还没封存就不办了" in text


async def test_only_staff_of_the_estate_sets_up(assembly: Assembly, draft: str) -> None:
    stranger = await signed_in(assembly.platform, None)
    for path in (NEW, f"{draft}/matters", f"{draft}/people"):
        assert (await stranger.get(path)).status_code == 403
    assert (await stranger.post(f"{draft}/discard", data={})).status_code == 403
