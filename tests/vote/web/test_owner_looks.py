"""What an owner is told of looks at the owner's data, and what everybody is."""

from datetime import timedelta

from tests.vote.account.signing_in import anonymous, as_duty, signed_in
from tests.vote.platform import assert_refused
from tests.vote.web.test_owner_statement import opened_part
from vote.role import Scope


async def ask(assembly, owner_pass):
    return await assembly.platform.ask("POST", f"{assembly.api}/owner/looks", key=None, json={"owner_pass": owner_pass})


async def looks(assembly, owner):
    given = await opened_part(assembly, owner)
    assembly.platform.clock.now += timedelta(minutes=2)
    return [
        (each["who"]["zh"], each["what"]["zh"]) for each in (await ask(assembly, given["owner_pass"])).json()["looks"]
    ]


async def test_the_owner_of_a_telephone_is_told_who_saw_and_changed_it_and_nobody_else(sealed):
    first, second = await as_duty(sealed, "phones"), await as_duty(sealed, "phones", 2)
    page = f"/work/elections/{sealed.uuid}/phones"
    (home, *_) = (await sealed.platform.services["checks"].homes(sealed.uuid))[1]
    told = {number: await looks(sealed, number) for number in (1, 2)}
    said = {"number": "13900000001", "how": "desk", "home": home}
    assert (await first.post(f"{page}/propose", data=said)).status_code == 303
    assert (await second.get(page)).status_code == 200
    assert await looks(sealed, 2) == told[2]
    assert await looks(sealed, 1) == [("电话登记员", "看了业主电话"), ("电话登记员", "改了业主电话"), *told[1]]


async def test_staff_are_told_by_name_and_lists_by_how_many_stand_on_them(opened):
    clerk = await signed_in(opened.platform, Scope(estate="xinyuan"), name="社区王敏")
    assert (await clerk.get(f"/work/rolls/{opened.people.roll}/phones")).status_code == 200
    assert (await clerk.get(f"/work/rolls/{opened.people.roll}/phones")).status_code == 200
    who, what = (await looks(opened, 1))[0]
    assert who.endswith(" · 社区王敏")
    assert what == "看了业主电话 · 5户的名单，含您家 · 这一天2次"


async def test_who_had_voted_was_on_no_list_of_those_who_had_not(opened):
    given = await opened_part(opened, 1)
    opened.people.parts[1] = int(given["part"])
    await opened.cast(1, [[1, 0, 0], [1, 0, 0, 0]])
    organiser = await as_duty(opened, "organiser")
    opened.platform.clock.now += timedelta(minutes=2)
    assert (await organiser.post(f"/work/elections/{opened.uuid}/waiting")).status_code == 200
    waiting = ("组织者（筹备组、业委会）", "看了谁还没投 · 4户的名单，含您家")
    assert waiting in await looks(opened, 2)
    assert not any("看了谁还没投" in what for _, what in await looks(opened, 1))


async def test_without_the_pass_nobody_is_told(opened):
    given = await opened_part(opened, 3)
    assert_refused(await ask(opened, given["owner_pass"].replace("3.", "4.", 1)), 403, "not-allowed", "再进来一次")


async def test_everybody_reads_how_often_and_when_without_names(opened):
    clerk = await signed_in(opened.platform, Scope(estate="xinyuan"), name="社区王敏")
    await clerk.get(f"/work/rolls/{opened.people.roll}/phones")
    public = anonymous(opened.platform)
    text = (await public.get(f"/elections/{opened.uuid}")).text
    assert "谁动过这次投票" in text
    assert "看了业主电话 · 1次 · 最近" in text
    assert "导入了业主清册 · 1次" in text
    assert "封存了一次投票 · 1次" in text
    assert "王敏" not in text
    assert "Who did what with this vote" in (await public.get(f"/elections/{opened.uuid}?lang=en")).text
