"""A vote that is held here notes itself in the case to which it belongs: its roll, notice, days and result."""

import pytest

from tests.vote.assembly import ESTATE, Assembly

pytestmark = pytest.mark.database

CASES = f"/api/estates/{ESTATE}/cases"


async def test_a_certified_vote_brings_a_formation_to_its_committee(certified: Assembly) -> None:
    platform, election = certified.platform, certified.uuid
    case = (await platform.post(CASES, json={"procedure": "forming", "begun_on": "2026-11-01"}))["case"]
    path = f"{CASES}/{case}"
    for word, day in (("conditions-met", "2026-11-01"), ("requested", "2026-11-02"), ("group-formed", "2026-11-03")):
        await platform.post(f"{path}/happenings", json={"event": word, "on": day})
    before = (await platform.ask("GET", path)).json()
    assert (before["state"], before["elections"]) == ("S03", [])
    await platform.post(f"{path}/elections", json={"election": election})
    again = await platform.ask("POST", f"{path}/elections", json={"election": election})
    assert (again.status_code, "belongs to a case already" in again.json()["detail"]) == (409, True)
    # The roll of this vote was never put up here; who was told of the meeting is known to people only.
    for word, day in (("roll-published", "2026-11-20"), ("bodies-informed", "2026-12-02")):
        await platform.post(f"{path}/happenings", json={"event": word, "on": day})
    after = (await platform.ask("GET", path)).json()
    assert (after["state"], after["turn"]) == ("S10", "COMMITTEE")
    page = (await platform.get(f"/estates/{ESTATE}/cases/{case}")).decode()
    assert "系统已知，不用登记" in page


async def test_a_vote_that_is_not_there_belongs_to_no_case(certified: Assembly) -> None:
    platform = certified.platform
    case = (await platform.post(CASES, json={"procedure": "meeting", "begun_on": "2026-11-01"}))["case"]
    answer = await platform.ask("POST", f"{CASES}/{case}/elections", json={"election": "1" * 14})
    assert answer.status_code == 404
    await platform.post(f"{CASES}/{case}/elections", json={"election": certified.uuid})
    await platform.post(f"{CASES}/{case}/happenings", json={"event": "bodies-informed", "on": "2026-12-02"})
    found = (await platform.ask("GET", f"{CASES}/{case}")).json()
    assert (found["state"], found["over"]) == ("S20", True)
