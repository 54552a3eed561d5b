"""Texts of an estate's page beside its votes: what one can do now, notices with their periods, the committee."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

ESTATE: Final[Mapping[str, Text]] = {
    "estate.now": Text("现在", "Now"),
    "estate.none-now": Text(
        "现在没有投票。下一次准备好以后会出现在这里，您也会收到一封信。",
        "There is no vote now. The next one appears here once it is prepared, and you will get a letter.",
    ),
    "estate.earlier": Text("以前的投票", "Earlier votes"),
    "estate.periods": Text("公示和期限", "Notices and periods"),
    "estate.committee": Text("业主委员会", "Owners’ committee"),
    "estate.committee-none": Text(
        "还没有登记业主委员会。选出来、备案以后，委员和任期会公布在这里。",
        "No committee is registered yet. Once it is elected and filed, its members and terms appear here.",
    ),
    "vote.how": Text(
        "拿到信了？扫信上的码，或在这里输入编号。", "Got your letter? Scan its code, or type its number here."
    ),
    "vote.go": Text("我要投票", "Vote"),
    "vote.no-letter": Text(
        "没收到信，或者不会用手机？带身份证到社区，当场补信，也可以投纸票。",
        "No letter, or no phone? Bring your identity card to the community office: a new letter or a paper ballot on the spot.",
    ),
    "period.notice": Text("通知业主", "Owners are told"),
    "period.voting": Text("投票", "Voting"),
    "period.checking": Text("公示谁参加了投票，可以提异议", "Who took part is published; disputes can be raised"),
    "period.objecting": Text(
        "公示初步结果，可以提异议", "The preliminary result is published; objections can be raised"
    ),
    "period.certified": Text("结果证明", "Certificate of the result"),
    "period.from-until": Text("{since}起，{until}止", "From {since} until {until}"),
    "period.until": Text("{until}止", "Until {until}"),
    "chart.candidates": Text("每位候选人得到的人数和面积", "Owners and area for each candidate"),
    "chart.heads": Text("人数", "Owners"),
    "chart.area": Text("面积", "Area"),
}
