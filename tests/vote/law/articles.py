"""What each place's articles say, written by hand; marks as in the survey of the texts.

A row is: parameter, value, article, mark. Where a place's own text is silent, the row has the article it is inherited
from.
"""

from typing import Any

TWO_THIRDS = {"heads": ">=2/3", "area": ">=2/3"}
OVER_HALF = {"heads": ">1/2", "area": ">1/2"}
THREE_QUARTERS = {"heads": ">=3/4", "area": ">=3/4"}
COUNTY, STREET, COMMUNITY = "COUNTY", "SUB_DISTRICT", "COMMUNITY"

Row = tuple[str, Any, str, str]

NATION: list[Row] = [
    ("quorum", TWO_THIRDS, "CC 278 ¶2", "S"),
    ("majority_ordinary", OVER_HALF, "CC 278 ¶2", "S"),
    ("majority_special", THREE_QUARTERS, "CC 278 ¶2", "S"),
    (
        "heads_rule",
        {"one_unit_one_head": True, "same_owners_merged": True, "developer_merged": True},
        "SPC 9",
        "S",
    ),
    ("area_source_order", ["REGISTER", "SURVEY", "CONTRACT"], "SPC 8", "S"),
    ("owner_set_rule", "EXACT_SET", "DESIGN 1", "D"),
    ("parking", {"counts": False, "rules_may_change": True}, "MGR 25", "G"),
    ("proxy", {"written": True, "cap": None}, "PMR 12 ¶2", "S"),
    ("abstention_participates", True, "CC 278 ¶2", "D"),
    ("invalid_ballot_participates", False, "DESIGN 3", "D"),
    ("unmarked_item", "ABSTAIN", "DESIGN 4", "D"),
    ("overmarked_item", "INVALID", "DESIGN 5", "D"),
    (
        "silence_clause",
        {"default": "OFF", "permitted": True, "floor": None, "may_reach_quorum": False},
        "MGR 26 ¶2",
        "S*",
    ),
    ("election_threshold", "PER_CANDIDATE", "CC 278 ¶1(3)", "D"),
    ("election_ranking", "HEADS_THEN_AREA", "FIN2015 unnumbered", "2"),
    ("election_tie", "RUN_OFF", "FIN2015 unnumbered", "2"),
    ("alternates", {"allowed": "BY_RULES", "most_percent": None}, "DESIGN 11", "D"),
    ("roll_objection_period", "P7D", "DESIGN 8", "D"),
    ("dispute_period", "P3D", "DESIGN 9", "D"),
    ("result_objection_period", "P7D", "DESIGN 12", "D"),
    ("dual_channel", "DESK_WINS", "DESIGN 6", "D"),
    ("arrears_limit_voting", False, "NPC unnumbered", "2"),
    ("trigger", [{"delivered_area": ">1/2", "years": None}], "MGR 8", "G"),
    ("first_meeting", {"within": "P90D", "extension": None}, "MGR unnumbered", "G"),
    ("interim_petition", {"heads": ">=1/5", "area": None}, "PMR 13", "S"),
    ("revocation_suit", "P1Y", "SPC 12", "S"),
    ("committee_term", {"least_years": None, "most_years": 5}, "MGR 32", "2"),
    ("officers", "P7D", "MGR 32", "2"),
    ("committee_meeting", {"attendance": ">1/2", "decision": ">=1/2"}, "MGR 38", "S*"),
    ("committee_agenda", {"before": "P7D", "recommended": None}, "MGR 39", "S*"),
    ("committee_publication", "P3D", "MGR 39", "S*"),
    ("renewal", {"lead": "P3M", "act": "MEETING"}, "MGR 47", "G"),
    ("filing", {"within": "P30D", "to": [COUNTY, STREET], "answer": None}, "PMR 16", "S"),
    ("caretaker", {"who": COMMUNITY, "when": ["NO_COMMITTEE"]}, "MGR 58", "G"),
    ("fund_publication", "P1Y", "MOH2020 unnumbered", "2"),
    ("seal_publication", None, "DESIGN 11", "D"),
    ("audit_publication", None, "DESIGN 11", "D"),
    ("termination_publication", None, "DESIGN 11", "D"),
    ("takeover_publication", None, "DESIGN 11", "D"),
    ("member_return", "P3D", "MGR 45", "G"),
    ("demanded_meeting", "P7D", "MGR 37", "S*"),
    ("change_filing", "P30D", "MGR 34", "G"),
    ("dismissal_notice", "P60D", "CC 946", "S"),
    ("renewal_alerts", ["P6M", "P5M", "P3M"], "DESIGN 13", "D"),
    ("inquiry_answer", "P15D", "DESIGN 14", "D"),
    ("interest_notice", "P7D", "DESIGN 15", "D"),
    ("spending_decided", ["FUND"], "CC 278 ¶1(5)", "S"),
]

ZHEJIANG: list[Row] = [
    (
        "trigger",
        [{"delivered_area": ">=3/5", "years": None}, {"delivered_area": ">=3/10", "years": 2}],
        "ZJ 8",
        "S",
    ),
    (
        "meeting_notice",
        {
            "before": "P15D",
            "interim": None,
            "to_owner_in_writing": True,
            "inform_first": [COUNTY, STREET, COMMUNITY],
            "inform_later": [COMMUNITY],
        },
        "ZJ 9 ¶4",
        "S",
    ),
    ("proxy", {"written": True, "cap": None}, "ZJ 9 ¶3", "S"),
    ("owner_signature", True, "ZJ 9 ¶2", "S"),
    ("ballot_secrecy", "NAMED", "ZJ 9 ¶2", "D"),
    (
        "silence_clause",
        {"default": "OFF", "permitted": True, "floor": ">1/2", "may_reach_quorum": False},
        "ZJ 10 ¶2",
        "S",
    ),
    ("interim_petition", {"heads": ">=1/5", "area": None}, "ZJ 11 ¶3", "S"),
    (
        "committee_size",
        {
            "by_rules": True,
            "least": None,
            "most": None,
            "odd": False,
            "small_least": None,
            "small_units": None,
            "small_area_dm2": None,
        },
        "ZJ 19",
        "S",
    ),
    ("committee_term", {"least_years": 3, "most_years": 5}, "ZJ 15", "S"),
    ("committee_meeting", {"attendance": ">=1/2", "decision": ">=1/2"}, "ZJ 14", "S"),
    ("committee_agenda", {"before": "P3D", "recommended": "P7D"}, "ZJ 14 ¶2", "S"),
    ("renewal", {"lead": "P2M", "act": "MEETING"}, "ZJ 15 ¶2", "S"),
    ("handover", "P10D", "ZJ 15 ¶3", "S"),
    ("filing", {"within": "P30D", "to": [COUNTY, STREET], "answer": None}, "ZJ 13", "S"),
    ("filing_documents", ["MINUTES_AND_DECISIONS", "ASSEMBLY_RULES", "COVENANT", "MEMBERS"], "ZJ 13", "S"),
    ("change_filing", None, "ZJ 13", "S"),
]

JIAXING: list[Row] = [
    ("applicants", {"developer_report": "P30D", "owners_heads": None, "owners_area": None}, "JX 8", "S"),
    ("group_guidance", {"review": None, "within": "P60D"}, "JX 9", "S"),
    (
        "organiser",
        {
            "body": "PREPARATORY_GROUP",
            "least": None,
            "most": None,
            "odd": True,
            "owners": ">=1/2",
            "leader": [STREET, COMMUNITY],
            "longest": None,
            "members_may_stand": True,
        },
        "JX 10",
        "S",
    ),
    ("group_publication", {"shown_before": None, "within": "P3D"}, "JX 10", "S"),
    ("group_documents", {"within": "P7D", "source": "MANAGER"}, "JX 11", "S"),
    ("first_meeting", {"within": "P90D", "extension": "P60D"}, "JX 13", "S"),
    ("group_rebuild", "P60D", "JX 14 ¶2", "S"),
    ("group_handover", "P10D", "JX 14 ¶1", "S"),
    ("e_voting", {"policy": "ENCOURAGED", "shortest": None, "longest": None}, "JX 6 ¶2", "S"),
    ("representatives", {"body": "REPRESENTATIVES", "least": 50, "art_278": False}, "JX 17", "S"),
    (
        "audit",
        {
            "mandatory": True,
            "triggers": [
                "RENEWAL",
                "CHAIR_OR_FINANCE_LEAVES",
                "OWNERS_PETITION",
                "REPRESENTATIVES_DECIDE",
                "COVENANT",
            ],
            "petition": ">=1/5",
        },
        "JX 21",
        "S",
    ),
    ("caretaker", {"who": COMMUNITY, "when": ["NO_COMMITTEE", "BELOW_HALF"]}, "JX 23", "S"),
    (
        "income_publication",
        {"interval": None, "shown": None, "manager_by": "03-31", "self_managed_only": False},
        "JX 26 ¶2",
        "S",
    ),
    ("arrears_limit_candidacy", "NONE", "JX unnumbered", "S"),
    ("audit_publication", None, "JX 21 ¶3", "S"),
    ("termination_publication", None, "JX 19", "S"),
    ("takeover_publication", "P30D", "JX 25", "S"),
    ("spending_decided", ["FUND", "ALLOWANCES", "DECIDED"], "JX 30", "S"),
]

HANGZHOU: list[Row] = [
    ("quorum", TWO_THIRDS, "HZ 16", "S"),
    ("majority_ordinary", OVER_HALF, "HZ 16", "S"),
    ("majority_special", THREE_QUARTERS, "HZ 16", "S"),
    (
        "trigger",
        [{"delivered_area": ">=3/5", "years": None}, {"delivered_area": ">=3/10", "years": 2}],
        "HZ 22",
        "S",
    ),
    ("applicants", {"developer_report": "P1M", "owners_heads": None, "owners_area": None}, "HZ 22", "S"),
    (
        "organiser",
        {
            "body": "MANAGEMENT_COMMITTEE",
            "least": 7,
            "most": 11,
            "odd": True,
            "owners": ">=1/2",
            "leader": [],
            "longest": "P2Y",
            "members_may_stand": True,
        },
        "HZ unnumbered",
        "S",
    ),
    ("group_publication", {"shown_before": "P7D", "within": "P3D"}, "HZ unnumbered", "S"),
    (
        "meeting_notice",
        {
            "before": "P15D",
            "interim": "P7D",
            "to_owner_in_writing": True,
            "inform_first": [COUNTY, STREET, COMMUNITY],
            "inform_later": [COMMUNITY],
        },
        "HZ 19",
        "S",
    ),
    ("candidate_display", {"before": "P15D", "shown": "P7D"}, "HZ 26", "S"),
    (
        "committee_size",
        {
            "by_rules": False,
            "least": 5,
            "most": 11,
            "odd": True,
            "small_least": 3,
            "small_units": 100,
            "small_area_dm2": None,
        },
        "HZ 27",
        "S",
    ),
    ("committee_term", {"least_years": 3, "most_years": 5}, "ZJ 15", "S"),
    ("short_committee", {"of_seats": ">1/2"}, "HZ 27", "S"),
    ("alternates", {"allowed": "IF_CONTESTED", "most_percent": None}, "HZ 28", "S"),
    ("committee_meeting", {"attendance": ">1/2", "decision": ">1/2"}, "HZ 29", "S"),
    ("renewal", {"lead": "P3M", "act": "REPORT"}, "HZ 33", "S"),
    ("filing", {"within": "P30D", "to": [STREET], "answer": None}, "HZ 79(1)", "S"),
    ("caretaker", {"who": "MANAGEMENT_COMMITTEE", "when": ["NO_COMMITTEE"]}, "HZ unnumbered", "S"),
    ("e_voting", {"policy": "DEFAULT", "shortest": "P5D", "longest": "P60D"}, "HZ 20", "S"),
    (
        "income_publication",
        {"interval": "P6M", "shown": "P15D", "manager_by": None, "self_managed_only": False},
        "HZ 30",
        "S",
    ),
    ("audit", {"mandatory": True, "triggers": ["RENEWAL"], "petition": None}, "HZ 37", "S"),
    ("arrears_limit_candidacy", "MALICIOUS_IF_IN_RULES", "HZ 25", "S"),
    (
        "silence_clause",
        {"default": "OFF", "permitted": True, "floor": ">1/2", "may_reach_quorum": False},
        "ZJ 10 ¶2",
        "S",
    ),
    ("seal_publication", "P6M", "HZ 30", "S"),
]

SHANGHAI: list[Row] = [
    ("quorum", TWO_THIRDS, "SH 18", "S-old"),
    ("majority_ordinary", OVER_HALF, "SH 18", "S-old"),
    ("majority_special", THREE_QUARTERS, "SH 18", "S-old"),
    (
        "trigger",
        [{"delivered_area": ">=1/2", "years": None}, {"delivered_area": None, "years": 2}],
        "SH 13",
        "S-old",
    ),
    ("applicants", {"developer_report": "P30D", "owners_heads": None, "owners_area": None}, "SH 14", "S-old"),
    ("group_publication", {"shown_before": None, "within": "P7D"}, "SH 15", "S-old"),
    ("first_meeting", {"within": "P90D", "extension": None}, "SH 16", "S-old"),
    (
        "committee_size",
        {
            "by_rules": False,
            "least": 5,
            "most": None,
            "odd": True,
            "small_least": 3,
            "small_units": None,
            "small_area_dm2": 1_000_000,  # 10,000 m2
        },
        "SH 20",
        "S-old",
    ),
    ("committee_term", {"least_years": 3, "most_years": 5}, "SH unnumbered", "S-old"),
    ("committee_meeting", {"attendance": None, "decision": ">1/2"}, "SH unnumbered", "S-old"),
    ("renewal", {"lead": "P5M", "act": "REPORT"}, "SH 28", "S-old"),
    ("renewal_freeze", True, "SH 28", "S-old"),
    ("filing", {"within": "P30D", "to": [STREET], "answer": "P20D"}, "SH 33", "S-old"),
    (
        "income_publication",
        {"interval": "P3M", "shown": None, "manager_by": None, "self_managed_only": False},
        "SH 66",
        "S-old",
    ),
    ("arrears_limit_candidacy", "NONE", "SH2023 unnumbered", "2"),
    (
        "silence_clause",
        {"default": "OFF", "permitted": True, "floor": None, "may_reach_quorum": False},
        "CASE16 unnumbered",
        "2",
    ),
    ("fund_publication", "P6M", "SH 66", "S-old"),
]

SHENZHEN: list[Row] = [
    ("quorum", TWO_THIRDS, "CC 278 ¶2", "S"),
    (
        "trigger",
        [{"delivered_area": ">=1/2", "years": None}, {"delivered_area": None, "years": 2}],
        "SZ unnumbered",
        "G",
    ),
    ("applicants", {"developer_report": None, "owners_heads": ">=1/5", "owners_area": ">=1/5"}, "SZ 19", "2"),
    (
        "organiser",
        {
            "body": "PREPARATORY_GROUP",
            "least": 7,
            "most": 10,
            "odd": False,
            "owners": None,
            "leader": [STREET],
            "longest": None,
            "members_may_stand": False,
        },
        "SZ 20",
        "2",
    ),
    (
        "committee_size",
        {
            "by_rules": False,
            "least": 5,
            "most": 17,
            "odd": False,
            "small_least": None,
            "small_units": None,
            "small_area_dm2": None,
        },
        "SZ unnumbered",
        "G",
    ),
    ("alternates", {"allowed": "YES", "most_percent": None}, "SZGM unnumbered", "2"),
    ("e_voting", {"policy": "CITY_SYSTEM", "shortest": None, "longest": None}, "SZEV unnumbered", "2"),
    ("dual_channel", "ELECTRONIC_WINS", "SZ2016 unnumbered", "2"),
]

BEIJING: list[Row] = [
    ("quorum", TWO_THIRDS, "CC 278 ¶2", "S"),
    ("trigger", [{"delivered_area": ">=1/2", "years": None}], "BJ 30", "S"),
    ("applicants", {"developer_report": None, "owners_heads": ">=1/20", "owners_area": ">=1/20"}, "BJ 30", "S"),
    ("group_publication", {"shown_before": None, "within": "P7D"}, "BJ 31", "S"),
    ("first_meeting", {"within": "P60D", "extension": None}, "BJ 32", "S"),
    ("result_publication", "P3D", "BJ 37", "S"),
    (
        "committee_size",
        {
            "by_rules": False,
            "least": 5,
            "most": None,
            "odd": True,
            "small_least": 3,
            "small_units": 100,
            "small_area_dm2": None,
        },
        "BJ 39",
        "S",
    ),
    ("alternates", {"allowed": "YES", "most_percent": 100}, "BJ 39", "S"),
    ("committee_term", {"least_years": None, "most_years": 5}, "BJ 41", "S"),
    ("committee_meeting", {"attendance": ">1/2", "decision": ">1/2"}, "BJ 45", "S"),
    ("renewal", {"lead": "P6M", "act": "REPORT"}, "BJ 49", "S"),
    ("filing", {"within": "P30D", "to": [STREET], "answer": "P5WD"}, "BJ 43", "S"),
    ("e_voting", {"policy": "CITY_SYSTEM_ONLY", "shortest": None, "longest": None}, "BJ 35", "S"),
    ("vote_changes", 0, "BJAPP unnumbered", "2"),
    (
        "income_publication",
        {"interval": "P3M", "shown": None, "manager_by": None, "self_managed_only": True},
        "BJ 84",
        "S",
    ),
    ("audit", {"mandatory": False, "triggers": ["ASSEMBLY_DECIDES"], "petition": None}, "BJ 34(8)", "S"),
    ("arrears_limit_candidacy", "NONE", "BJ unnumbered", "S"),
]


OVERRIDDEN_IN_JIASHAN = {name for name, *_ in JIAXING + ZHEJIANG}


def rows() -> list[tuple[str, Row]]:
    places = {
        "cn": NATION,
        "cn-zj": ZHEJIANG,
        "cn-zj-jiaxing": JIAXING,
        "cn-zj-hangzhou": HANGZHOU,
        "cn-sh": SHANGHAI,
        "cn-gd-shenzhen": SHENZHEN,
        "cn-bj": BEIJING,
        "cn-zj-jiaxing-jiashan": [
            *JIAXING,
            *(row for row in ZHEJIANG if row[0] not in {name for name, *_ in JIAXING}),
            *(row for row in NATION if row[0] not in OVERRIDDEN_IN_JIASHAN),
        ],
    }
    return [(place, row) for place, known in places.items() for row in known]
