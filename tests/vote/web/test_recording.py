"""What is written down of calls of the programming interface."""

from tests.vote.account.signing_in import account_of, as_duty, signed_in
from vote.web.app import ROUTES
from vote.web.recording import RECORDED


def test_every_recorded_call_is_declared_and_not_for_everybody():
    declared = {
        (operation.method, operation.path): operation.role
        for route in ROUTES
        if (operation := getattr(route.endpoint, "operation", None))
    }
    assert {key: role for key, role in declared.items() if key in RECORDED}.keys() == RECORDED.keys()
    assert "public" not in {declared[key] for key in RECORDED}


async def test_a_look_at_personal_data_is_an_event_of_its_estate(sealed):
    clerk = await signed_in(sealed.platform)
    events = sealed.platform.services["events"]
    before = len(await events.of_account(account_of(clerk)))
    assert (await clerk.get(f"/api/rolls/{sealed.people.roll}/objections")).status_code == 200
    (event, *_) = await events.of_account(account_of(clerk))
    assert (event.kind, event.role, event.estate, event.election) == ("objection:seen", "staff", "xinyuan", None)
    assert len(await events.of_account(account_of(clerk))) == before + 1
    editor = await as_duty(sealed, "phones")
    assert (await editor.get(f"{sealed.api}/phones/changes")).status_code == 200
    (event, *_) = await events.of_account(account_of(editor))
    assert (event.kind, event.role, event.election) == ("phone:seen", "phones", sealed.uuid)
    assert event.person


async def test_what_is_refused_is_none(sealed):
    events = sealed.platform.services["events"]
    before = await events.counts(estate="xinyuan")
    await sealed.platform.ask("POST", f"/api/rolls/{sealed.people.roll}/freeze")
    await sealed.platform.ask("GET", f"/api/rolls/{sealed.people.roll}/objections", key="wrong")
    assert await events.counts(estate="xinyuan") == before


async def test_keys_leave_events_too(sealed):
    answer = await sealed.platform.ask("GET", f"{sealed.api}/event-counts", key=None)
    assert answer.json()["counts"]["election:sealed"] == 1
    for other in ("x", "x" * 200, "%00"):
        assert (await sealed.platform.ask("GET", f"/api/elections/{other}/event-counts", key=None)).status_code == 404
    assert (await sealed.platform.services["events"].counts(estate="xinyuan"))["roll:imported"] == 1
