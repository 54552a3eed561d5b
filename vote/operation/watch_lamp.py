"""Tells clerks what people outside found in an estate's public log, and when they did not look in time at a closing.

* An alarm is told as long as the log that it is about is the one that grows.
* A closing that nobody saw within five minutes is told until somebody did.
"""

from dataclasses import dataclass

from vote.estate.store import EstateStore
from vote.log.watching import Watching
from vote.operation.health import Trouble


@dataclass(frozen=True, slots=True)
class WatchLamp:
    """What is wrong with logs and their witnesses."""

    watching: Watching
    estates: EstateStore

    async def troubles(self, estates: list[str]) -> list[Trouble]:
        """Return what is wrong in some estates."""
        found = []
        for estate in estates:
            name = (await self.estates.get_estate(estate)).name
            log = await self.watching.rows.find(estate)
            alarms = [each for each in await self.watching.alarms(estate) if log and each.log == log.number]
            if alarms:
                found.append(
                    Trouble(
                        "log-alarm",
                        f"{name}的公开记录对不上，已经停下，只能看：别人手里有这里没有的内容。请看小区页面上的红字，不要再发结果",
                        f"{estate}: the public log is only read, others have what this database has not. Run "
                        f"`vote log witnesses {estate}`, and publish no result before it is cleared up.",
                    )
                )
            if late := await self.watching.late_closings(estate):
                found.append(
                    Trouble(
                        "log-late",
                        f"{name}有{late}次投票结束了，过了五分钟还没有旁人核对：请打电话请他们打开电脑",
                        f"{estate}: {late} closing(s) were not cosigned within five minutes. Ring the witnesses; "
                        f"`vote log witnesses {estate}` says who is away.",
                    )
                )
        return found
