"""The page on which a lost link of a sealed election is asked for, agreed to, stopped and shown."""

from datetime import timedelta

from tests.vote.account.signing_in import as_duty, scope_of, signed_in
from tests.vote.assembly import Assembly
from vote.account.models import Grant


async def long_known() -> None:
    """Let every grant be older than the sealing."""
    for row in await Grant.all():
        row.granted_at -= timedelta(days=300)
        await row.save(update_fields=["granted_at"])


async def test_one_asks_another_agrees_and_the_link_is_shown_once(opened: Assembly) -> None:
    scope = await scope_of(opened.platform, "community")
    first = await signed_in(opened.platform, scope)
    second = await signed_in(opened.platform, scope, name="社区乙")
    await long_known()
    page, place = f"/work/elections/{opened.uuid}/links", f"/work/elections/{opened.uuid}/links/trustee/1"
    before = (await first.get(page)).text
    assert "一个人不能换链接" in before
    assert f'action="{place}/ask"' in before
    answer = await first.post(f"{place}/ask")
    assert (answer.status_code, answer.headers["location"]) == (303, page)
    asked = (await first.get(page)).text
    assert "请让另一位同事打开这一页" in asked
    assert f'action="{place}/agree"' not in asked
    assert f'action="{place}/give"' not in asked
    early = await first.post(f"{place}/give")
    assert (early.status_code, "要再有一位同事同意" in early.text) == (409, True)
    theirs = (await second.get(page)).text
    assert "请打电话问本人" in theirs
    assert f'action="{place}/agree"' in theirs
    assert (await second.post(f"{place}/agree")).status_code == 303
    ready = (await first.get(page)).text
    assert "第二个人同意了" in ready
    assert f'action="{place}/stop"' not in ready
    shown = await first.post(f"{place}/give")
    assert shown.status_code == 200
    assert "/join#" in shown.text
    assert shown.headers["cache-control"] == "no-store"
    assert "可以换了" not in (await first.get(page)).text


async def test_everybody_at_work_sees_it_and_can_stop_it(opened: Assembly) -> None:
    clerk = await signed_in(opened.platform, await scope_of(opened.platform, "estate"))
    page, place = f"/work/elections/{opened.uuid}/links", f"/work/elections/{opened.uuid}/links/organiser/1"
    await clerk.post(f"{place}/ask")
    holder, desk = await as_duty(opened, "organiser"), await as_duty(opened, "desk")
    for work in ("/work", page, f"/elections/{opened.uuid}/finish"):
        for who in (clerk, holder, desk):
            assert "有人提出换" in (await who.get(work)).text, work
    agreed = await desk.post(f"{place}/agree")
    assert (agreed.status_code, "封存以后才有" in agreed.text) == (403, True)
    assert (await holder.post(f"{place}/stop")).status_code == 303
    assert "有人提出换" not in (await holder.get("/work")).text


async def test_staff_with_a_task_there_are_told_why_they_cannot_ask(opened: Assembly) -> None:
    keys = [opened.people.keys["desk"][0]]
    both = await signed_in(opened.platform, await scope_of(opened.platform, "estate"), keys=keys)
    page = f"/work/elections/{opened.uuid}/links"
    shown = (await both.get(page)).text
    assert "不能提出换别人的链接" in shown
    assert "/ask" not in shown
    answer = await both.post(f"{page}/organiser/1/ask")
    assert (answer.status_code, "请找没有工作的同事" in answer.text) == (403, True)


async def test_before_sealing_the_link_is_replaced_where_it_is_set_up(sealed: Assembly) -> None:
    await sealed.prepare()
    clerk = await signed_in(sealed.platform)
    answer = await clerk.get(f"/work/elections/{sealed.uuid}/links")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/work/elections/{sealed.uuid}/set-up")
    assert (await clerk.post(f"/work/elections/{sealed.uuid}/links/desk/1/ask")).status_code == 303
    shown = await clerk.post(f"/work/elections/{sealed.uuid}/set-up/duties/desk/1/replace")
    assert (shown.status_code, "/join#" in shown.text) == (200, True)


async def test_letters_that_did_not_arrive_are_no_list_for_the_notice_board(opened: Assembly) -> None:
    clerk = await signed_in(opened.platform, await scope_of(opened.platform, "estate"))
    shown = (await clerk.get(f"/work/elections/{opened.uuid}/deliveries/undelivered")).text
    assert "等于没投票的名单" in shown
    assert "打印张贴" not in shown
    counts = await opened.platform.services["events"].counts(election=opened.uuid)
    assert counts["letters:seen"] == 1
    desk = await as_duty(opened, "desk")
    register = await desk.get(f"/work/elections/{opened.uuid}/deliveries")
    assert (register.status_code, "/deliveries/undelivered" in register.text) == (200, False)


async def test_whoever_edits_telephones_is_told_why_the_letters_are_not_theirs(opened: Assembly) -> None:
    keys = [opened.people.keys["phones"][0]]
    both = await signed_in(opened.platform, await scope_of(opened.platform, "estate"), keys=keys)
    shown = await both.get(f"/work/elections/{opened.uuid}/deliveries")
    assert (shown.status_code, "信和电话要在不同的人手里" in shown.text) == (403, True)
    assert (await both.get(f"/work/elections/{opened.uuid}")).status_code == 200
