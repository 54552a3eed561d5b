"""What the articles of Beijing and Shenzhen say, written by hand; rows as in `articles.py`."""

from typing import Any

Row = tuple[str, Any, str, str]
TWO_THIRDS = {"heads": ">=2/3", "area": ">=2/3"}
OVER_HALF = {"heads": ">1/2", "area": ">1/2"}
THREE_QUARTERS = {"heads": ">=3/4", "area": ">=3/4"}
COUNTY, STREET, COMMUNITY = "COUNTY", "SUB_DISTRICT", "COMMUNITY"

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
