"""An auditor who looks at a platform from outside, over HTTP, once its log has grown."""

import asyncio

import httpx

from tests.browser.loopback import on_loopback
from tests.vote.assembly import ESTATE
from tests.vote.platform import Platform
from vote.verifier.estate import verify_estate
from vote.verifier.estate_site import EstateSite
from vote.verifier.report import Report, Verdict


async def grow(platform: Platform) -> None:
    """Let all that waits into the log, and publish it."""
    logs = platform.services["logs"]
    while await logs.sequencer.sequence_due():
        pass
    await logs.publisher.publish_due()


async def audited(platform: Platform) -> Report:
    """Return what an auditor finds at the platform's address."""
    async with on_loopback(platform) as address:

        def look() -> Report:
            with httpx.Client() as client:
                return verify_estate(EstateSite(f"{address}/estates/{ESTATE}", client), processes=1)

        return await asyncio.to_thread(look)


async def trouble(platform: Platform) -> str:
    """Return what an auditor finds to be wrong."""
    report = await audited(platform)
    assert report.verdict is Verdict.REJECTED
    assert report.trouble is not None
    return report.trouble.en
