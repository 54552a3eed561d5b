"""Keeps the list of what a profile may say: each parameter's name, its kind of value, its heading.

 * Closed: a profile with any other name is refused, and the national profile has all of them that were known when it
   was published.
 * Some have one possible value: quorum and majorities (checked in `reading.py`), abstentions, arrears.

Follows the articles cited by each value in `profiles/`.

Not here: the values (`profiles/`), their spelling (`content.py`).
"""

from collections.abc import Mapping
from typing import NamedTuple

from vote.law.citation import Text
from vote.law.content import (
    Kind,
    always,
    day_of_year,
    every,
    flag,
    never,
    optional,
    period,
    record,
    share,
    whole,
    word,
    words,
)


class Parameter(NamedTuple):
    """One thing that a profile says."""

    kind: Kind
    title: Text
    since: str = ""
    """The first version of profiles that has it; empty where all have."""


_BOTH = record(heads=share, area=share)
_BODIES = ("COUNTY", "SUB_DISTRICT", "COMMUNITY")
_LEADERS = ("SUB_DISTRICT", "COMMUNITY")


def _parameter(kind: Kind, zh: str, en: str) -> Parameter:
    return Parameter(kind, Text(zh, en))


def _later(kind: Kind, zh: str, en: str) -> Parameter:
    return Parameter(kind, Text(zh, en), "2026-11-25")


def _order(kind: Kind, zh: str, en: str) -> Parameter:
    return Parameter(kind, Text(zh, en), "2026-11-26")


_VOTING: Mapping[str, Parameter] = {
    "quorum": _parameter(_BOTH, "参与表决（法定人数）", "Quorum"),
    "majority_ordinary": _parameter(_BOTH, "一般事项", "Ordinary majority"),
    "majority_special": _parameter(_BOTH, "特别事项", "Special majority"),
    "heads_rule": _parameter(
        record(one_unit_one_head=flag, same_owners_merged=flag, developer_merged=flag), "业主人数", "Number of owners"
    ),
    "owner_set_rule": _parameter(word("EXACT_SET", "SHARED_OWNER"), "同一业主的认定", "Same owners"),
    "area_source_order": _parameter(words("REGISTER", "SURVEY", "CONTRACT"), "面积依据的顺序", "Order of area sources"),
    "parking": _parameter(record(counts=flag, rules_may_change=flag), "车位和储藏室", "Parking and storage"),
    "proxy": _parameter(record(written=flag, cap=optional(whole)), "委托代理", "Proxies"),
    "proxy_opinion": _parameter(flag, "代理时委托人本人的意见", "The principal's own opinion with a proxy"),
    "owner_signature": _parameter(flag, "业主本人签字", "Owner's own signature"),
    "ballot_secrecy": _parameter(word("NAMED", "SECRET"), "记名或无记名", "Named or secret"),
    "abstention_participates": _parameter(
        always("an abstaining ballot was handed in and takes part"), "弃权", "Abstentions"
    ),
    "invalid_ballot_participates": _parameter(flag, "废票是否算参与表决", "Invalid ballots as taking part"),
    "unmarked_item": _parameter(word("ABSTAIN", "INVALID"), "未填的事项", "Unmarked item"),
    "overmarked_item": _parameter(word("INVALID"), "多填的事项", "Over-marked item"),
    "silence_clause": _parameter(
        record(default=word("OFF"), permitted=flag, floor=optional(share), may_reach_quorum=flag),
        "未投票视为同意多数意见的约定",
        "Silence clause",
    ),
    "election_threshold": _parameter(word("PER_CANDIDATE"), "当选条件", "Threshold in an election"),
    "election_ranking": _parameter(word("HEADS_THEN_AREA"), "当选排序", "Ranking in an election"),
    "election_tie": _parameter(word("RUN_OFF", "LOT"), "得票相同", "Tie in an election"),
    "alternates": _parameter(
        record(allowed=word("BY_RULES", "IF_CONTESTED", "YES"), most_percent=optional(whole)), "候补委员", "Alternates"
    ),
    "short_committee": _parameter(optional(record(of_seats=share)), "当选人数不足", "Too few elected"),
    "dual_channel": _parameter(
        word("FIRST_CAST", "ELECTRONIC_WINS", "LAST_BEFORE_CLOSE", "DESK_WINS"),
        "纸质和电子并行",
        "Paper and electronic together",
    ),
    "vote_changes": _parameter(optional(whole), "投票后更改次数", "Changes after casting"),
    "e_voting": _parameter(
        record(
            policy=word("UNREGULATED", "ENCOURAGED", "DEFAULT", "CITY_SYSTEM", "CITY_SYSTEM_ONLY"),
            shortest=optional(period),
            longest=optional(period),
        ),
        "电子投票",
        "Electronic voting",
    ),
    "roll_objection_period": _parameter(period, "业主清册异议期", "Objections to the roll"),
    "dispute_period": _parameter(period, "开票前参与情况异议期", "Disputes before counting"),
    "result_objection_period": _parameter(period, "计票结果异议期", "Objections to a result"),
    "ballot_retention": _parameter(period, "任期届满后票据保存", "Keeping of ballots after the term"),
    "arrears_limit_voting": _parameter(never("arrears never limit voting"), "欠费与投票", "Arrears and voting"),
    "arrears_limit_candidacy": _parameter(
        word("NONE", "CONTESTED", "MALICIOUS_IF_IN_RULES"), "欠费与参选", "Arrears and candidacy"
    ),
}

_ASSEMBLY: Mapping[str, Parameter] = {
    "trigger": _parameter(every(record(delivered_area=optional(share), years=optional(whole))), "成立条件", "Trigger"),
    "applicants": _parameter(
        record(developer_report=optional(period), owners_heads=optional(share), owners_area=optional(share)),
        "谁来申请",
        "Who applies",
    ),
    "group_guidance": _parameter(
        record(review=optional(period), within=optional(period)), "指导组建筹备组", "Guiding the group's formation"
    ),
    "organiser": _parameter(
        record(
            body=word("PREPARATORY_GROUP", "MANAGEMENT_COMMITTEE"),
            least=optional(whole),
            most=optional(whole),
            odd=flag,
            owners=optional(share),
            leader=words(*_LEADERS),
            longest=optional(period),
            members_may_stand=flag,
        ),
        "组织者",
        "Organiser",
    ),
    "group_publication": _parameter(
        record(shown_before=optional(period), within=optional(period)), "公布筹备组名单", "Publication of the group"
    ),
    "group_documents": _parameter(
        optional(record(within=optional(period), source=word("MANAGER", "DEVELOPER"))),
        "移交资料",
        "Documents for the group",
    ),
    "first_meeting": _parameter(
        record(within=optional(period), extension=optional(period)), "首次业主大会期限", "Days to the first meeting"
    ),
    "group_rebuild": _parameter(optional(period), "重新组建筹备组", "Forming a new group"),
    "group_handover": _parameter(optional(period), "筹备组移交", "Hand-over by the group"),
    "meeting_notice": _parameter(
        record(
            before=period,
            interim=optional(period),
            to_owner_in_writing=flag,
            inform_first=words(*_BODIES),
            inform_later=words(*_BODIES),
        ),
        "会议通知",
        "Notice of a meeting",
    ),
    "candidate_display": _parameter(record(before=period, shown=optional(period)), "候选人公示", "Candidates shown"),
    "result_publication": _parameter(optional(period), "公布业主大会决定", "Publication of a result"),
    "interim_petition": _parameter(
        record(heads=optional(share), area=optional(share)), "提议召开临时会议", "Petition for an interim meeting"
    ),
    "representatives": _parameter(
        record(
            body=word("NONE", "REPRESENTATIVES", "OWNER_GROUPS"),
            least=optional(whole),
            art_278=never("no matter of art. 278 is delegated"),
        ),
        "业主代表大会",
        "Representatives' assembly",
    ),
    "revocation_suit": _parameter(period, "撤销之诉", "Suit for revocation"),
}

_COMMITTEE: Mapping[str, Parameter] = {
    "committee_size": _parameter(
        record(
            by_rules=flag,
            least=optional(whole),
            most=optional(whole),
            odd=flag,
            small_least=optional(whole),
            small_units=optional(whole),
            small_area_dm2=optional(whole),
        ),
        "委员人数",
        "Committee size",
    ),
    "committee_term": _parameter(record(least_years=optional(whole), most_years=whole), "任期", "Term"),
    "officers": _parameter(period, "首次委员会会议", "First committee meeting"),
    "committee_meeting": _parameter(
        record(attendance=optional(share), decision=share), "委员会决定", "Committee decision"
    ),
    "committee_agenda": _parameter(
        record(before=period, recommended=optional(period)), "委员会会前公告", "Notice of a committee's agenda"
    ),
    "committee_publication": _parameter(period, "公布委员会决定", "Publication of a committee's decision"),
    "renewal": _parameter(record(lead=period, act=word("MEETING", "REPORT")), "换届", "Renewal"),
    "renewal_freeze": _parameter(flag, "换届期间暂停重大决定", "Decisions rest during renewal"),
    "handover": _parameter(period, "新老委员会移交", "Hand-over to a new committee"),
    "filing": _parameter(record(within=period, to=words(*_BODIES), answer=optional(period)), "备案", "Filing"),
    "filing_documents": _parameter(
        words("MINUTES_AND_DECISIONS", "ASSEMBLY_RULES", "COVENANT", "MEMBERS"), "备案材料", "Documents to file"
    ),
    "caretaker": _parameter(
        record(who=word("COMMUNITY", "MANAGEMENT_COMMITTEE"), when=words("NO_COMMITTEE", "BELOW_HALF")),
        "没有业委会时",
        "Without a committee",
    ),
    "income_publication": _parameter(
        record(
            interval=optional(period),
            shown=optional(period),
            manager_by=optional(day_of_year),
            self_managed_only=flag,
        ),
        "公共收益公示",
        "Publication of income",
    ),
    "audit": _parameter(
        record(
            mandatory=flag,
            triggers=words(
                "RENEWAL",
                "CHAIR_OR_FINANCE_LEAVES",
                "OWNERS_PETITION",
                "REPRESENTATIVES_DECIDE",
                "COVENANT",
                "ASSEMBLY_DECIDES",
                "YEARLY",
            ),
            petition=optional(share),
        ),
        "审计",
        "Audit",
    ),
}

_OVERSIGHT: Mapping[str, Parameter] = {
    "fund_publication": _later(optional(period), "维修资金使用公示", "Publication of the maintenance fund"),
    "seal_publication": _later(optional(period), "印章使用公示", "Publication of the use of seals"),
    "audit_publication": _later(optional(period), "审计结果公布", "Publication of an audit"),
    "termination_publication": _later(optional(period), "公布委员终止职务", "Publication of a member's termination"),
    "takeover_publication": _later(optional(period), "公布承接查验结果", "Publication of a take-over inspection"),
    "member_return": _later(period, "离任委员交还物品", "Return of items by a member who leaves"),
    "demanded_meeting": _later(period, "委员提议后召开会议", "A meeting that members demand"),
    "change_filing": _later(optional(period), "变更备案", "Filing of a change"),
    "dismissal_notice": _later(period, "解聘物业的通知", "Notice of dismissal to the manager"),
    "renewal_alerts": _later(every(period), "换届提前提醒", "Alerts before a renewal"),
    "spending_decided": _later(
        words("FUND", "REPAIRS", "COMMITTEE", "ALLOWANCES", "AUDIT", "DECIDED"),
        "须写明依据哪个决定的支出",
        "Spending that names a decision",
    ),
    "petition_answer": _later(
        record(meeting=optional(period), audit=optional(period)), "收到业主提议后的期限", "Days to act on a petition"
    ),
    "inquiry_answer": _later(period, "答复业主询问", "Answer to an owner's question"),
    "interest_notice": _later(period, "利害关系公布前告知本人", "Notice to a member before an interest is published"),
    "petition_collection": _later(period, "业主联名的征集期限", "Days for collecting signatures"),
}

_ORDER: Mapping[str, Parameter] = {
    "audit_begin": _order(optional(period), "委托审计", "Hiring an auditor"),
    "failed_convening": _order(optional(period), "责令限期召集", "Ordering a meeting that was not convened"),
    "nonrenewal_notice": _order(period, "物业不再续聘的通知", "The manager's notice not to go on"),
    "indefinite_notice": _order(period, "解除不定期物业合同的通知", "Notice to end an indefinite contract"),
    "delivery_notice": _order(optional(period), "交房时告知已有决定", "Telling buyers of decisions at delivery"),
}

PARAMETERS: Mapping[str, Parameter] = {**_VOTING, **_ASSEMBLY, **_COMMITTEE, **_OVERSIGHT, **_ORDER}
"""All of them by name, in the order they are shown."""
