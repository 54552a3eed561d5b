"""In whose name events are written down."""

import pytest

from tests.vote.account.signing_in import account_of, as_duty, signed_in
from vote.account.events import standing
from vote.role import HeldDuty, Role, Scope, Visitor


def visitor(*roles, grants=()):
    return Visitor(1, "甲", 1, tuple(grants), tuple(HeldDuty("e", role, 1, "") for role in roles))


@pytest.mark.parametrize(
    ("who", "role"),
    [
        (visitor(Role.DESK), Role.DESK),
        (visitor(Role.ORGANISER, Role.PHONES), Role.PHONES),
        (visitor(Role.DESK, grants=[Scope()]), Role.STAFF),
        (visitor(), Role.STAFF),
    ],
)
def test_somebody_signed_in_stands_as_staff_or_by_the_first_duty(who, role):
    assert standing(who) is role


async def test_signing_in_with_a_code_says_as_what(sealed):
    desk = await as_duty(sealed, "desk")
    clerk = await signed_in(sealed.platform, Scope(estate="xinyuan"))
    events, recoveries = sealed.platform.services["events"], sealed.platform.services["recoveries"]
    for browser, role in ((desk, "desk"), (clerk, "staff")):
        code = (await recoveries.make(account_of(browser)))[0]
        answer = await browser.post("/sign-in", data={"code": code})
        assert answer.status_code == 303
        (event, *_) = await events.of_account(account_of(browser))
        assert (event.kind, event.role) == ("account:signed-in", role)
