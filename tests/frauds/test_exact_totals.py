"""Somebody reads exact totals, to infer single votes of few owners, or of one whose area stands out."""

import json
from dataclasses import replace

from tests.disputed import QUIET, Disputed
from tests.frauds.auditor import fetch, rejected, verified
from tests.simulator import ElectionSimulator
from tests.vote.platform import CHECKS, assert_refused
from tests.vote.verifier.bundles import bundle_of
from tests.vote.verifier.bundles import rejected as rejected_bundle
from vote.verifier.report import Step

LOUD = replace(QUIET, forced=200)
"""Every outcome would give somebody away."""


async def ask(assembly, *, accept):
    key, body = assembly.people.keys["organiser"][0], {"accept_disclosure": accept}
    return await assembly.platform.ask("POST", f"{assembly.api}/check", key=key, json=body)


async def test_a_secret_count_stops_before_any_key_is_used_and_says_how_likely_and_what_to_do(closed):
    closed.at(CHECKS)
    answer = await ask(closed, accept=False)
    assert_refused(answer, 403, "not-allowed", "of 200 simulated outcomes the exact totals tell how somebody voted")
    assert "choose a named vote or a wider scope" in answer.json()["detail"]
    assert await closed.state() == "closed"
    assert_refused(await closed.platform.ask("POST", f"{closed.api}/sum"), 409, "wrong-state", "closed")


async def test_that_somebody_went_on_is_published_with_the_figure(closed, tmp_path):
    closed.at(CHECKS)
    assert (await ask(closed, accept=True)).status_code == 204
    folder = await fetch(closed, tmp_path / "published")
    figure = json.loads((folder / "check.json").read_bytes())["disclosure"]
    assert (figure["accepted"], figure["permyriad"]) == (True, 10000)
    assert "100.00% of outcomes, computed again" in verified(folder, "--disclosure")


async def test_a_figure_that_was_made_smaller_is_computed_again(closed, tmp_path):
    await closed.check()
    folder = await fetch(closed, tmp_path / "published")
    check = json.loads((folder / "check.json").read_bytes())
    check["disclosure"] |= {"forced": 0, "permyriad": 0, "accepted": False}
    (folder / "check.json").write_text(json.dumps(check, separators=(",", ":"), sort_keys=True, ensure_ascii=False))
    assert "not computed again" in verified(folder)
    sentence = rejected(folder, Step.CHECK, "--disclosure")
    assert sentence == "check.json, disclosure forced: it says 0, but 200 was computed"


def test_a_secret_count_over_a_warning_that_nobody_accepted_is_refused():
    loud = ElectionSimulator(disputed=Disputed(figure=LOUD))
    sentence = rejected_bundle(bundle_of(loud), Step.CHECK)
    assert sentence == "check.json, disclosure: the figure is a warning, and nobody accepted it before counting"
