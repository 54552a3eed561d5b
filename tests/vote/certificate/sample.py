"""An election as a certificate tells it: 566 owners, 3 questions, 7 candidates, an extension, two objections."""

from dataclasses import replace
from datetime import UTC, date, datetime

from vote.account.separation import Separation
from vote.certificate.content import Certificate
from vote.certificate.parts import (
    Change,
    Channel,
    Disclosure,
    Disputes,
    Extension,
    Keeping,
    Margin,
    Measures,
    Objection,
    Records,
    Times,
)
from vote.certificate.questions import Weighed
from vote.certificate.rules import Facts, Issue, compose_certificate
from vote.election import packing
from vote.election.ask import election, motion
from vote.election.manifest import Manifest, encode_manifest
from vote.election.terms import Changes, OfficeKeys, Periods, Pools
from vote.election.terms import Extension as AllowedExtension
from vote.law.library import load_profile
from vote.tally.finding import encode_result, find_result

PROFILE = load_profile("cn-zj-jiaxing-jiashan")
CANDIDATES = ("王建国", "李秀英", "欧阳文静", "陈志强", "古丽巴哈尔·买买提", "赵桂兰（8幢）", "赵桂兰（12幢）")
RULES = motion("1", "是否同意《罗星馨苑小区业主大会议事规则（草案）》，自第一届业主委员会备案之日起施行")
COMMITTEE = election("3", "选举罗星馨苑小区第一届业主委员会委员（任期五年）", CANDIDATES, 5, 2, (0,))
FUND = motion("6", "是否同意筹集建筑物及其附属设施的维修资金，用于1至14幢电梯更新")


def office(number: int, *, opens: bool = False) -> OfficeKeys:
    """Return keys that are none, for whatever does not check signatures."""
    return OfficeKeys(str(number) * 64, str(number + 3) * 64, "7" * 64 if opens else None)


MANIFEST = Manifest(
    uuid="DQB53CqA1UtMwz",
    estate={
        "id": "xinyuan",
        "name": "罗星馨苑",
        "community": "魏塘街道罗星社区",
        "sub_district": "魏塘街道",
        "county": "嘉善县",
    },
    title="DEMO 罗星馨苑小区2026年首次业主大会会议",
    demo=True,
    profile={"id": PROFILE.id, "version": PROFILE.version, "digest": PROFILE.digest},
    secrecy="secret",
    credential_parts=2,
    credential_parts_sha256="6" * 64,
    channels=("online", "paper"),
    opens_at="2026-12-01T00:00:00Z",
    closes_at="2026-12-20T10:00:00Z",
    grace_seconds=60,
    periods=Periods(15, 3, 7),
    pools=Pools(),
    electorate=packing.Measures(566, 5_643_210),
    base=1000,
    roll_root="1" * 64,
    electorate_root="2" * 64,
    trustees={
        "size": 3,
        "threshold": 2,
        "names": ["业主代表 沈国良", "罗星社区 徐敏", "魏塘街道 周海燕"],
        "sha256": "3" * 64,
    },
    credentials_sha256="4" * 64,
    promise_key="8" * 64,
    offices={"organiser": office(1), "community": office(2, opens=True), "sub_district": office(3)},
    separation=Separation((("desk", "phones"),), (), owner_trustee=True),
    changes=Changes(AllowedExtension(1, datetime(2026, 12, 27, 10, tzinfo=UTC))),
    questions=(RULES, COMMITTEE, FUND),
)
CAST = (431, 4_287_655)
VOTES = (
    ((368, 3_650_120), (41, 420_035), (22, 217_500)),
    (
        (389, 3_904_410), (352, 3_498_875), (331, 3_289_940), (297, 2_955_120), (263, 2_616_605), (240, 2_391_230),
        (187, 1_850_015), (12, 118_840),
    ),
    ((298, 2_963_330), (97, 965_325), (36, 359_000)),
)  # fmt: skip


def written(manifest: Manifest, votes=VOTES, cast=CAST) -> tuple[bytes, bytes]:
    """Return `manifest.json` and the `result.json` of totals given as (heads, area in dm2)."""
    totals = [[area * manifest.base + heads for heads, area in row] for row in votes]
    return encode_manifest(manifest), encode_result(find_result(manifest, totals, cast[1] * manifest.base + cast[0]))


def moment(day: int, hour: int = 10, month: int = 12, year: int = 2026) -> datetime:
    """Return a moment of December 2026, in UTC."""
    return datetime(year, month, day, hour, tzinfo=UTC)


def margin(check: str, measure: str, spare: int, contested: int, subject: str | None = None) -> Margin:
    """Return how far an outcome is from another one."""
    return Margin(check=check, subject=subject, measure=measure, spare=spare, contested=contested)


CONTESTED = (3, 29_850)
TIMES = Times(
    noticed_at=moment(14, month=11),
    opened_at=moment(1, 0),
    closes_at=moment(20),
    closed_at=datetime(2026, 12, 27, 10, 0, 21, tzinfo=UTC),
    checked_at=moment(31, 2),
    preliminary_at=moment(31, 6),
    objections_until=moment(8, 10, month=1, year=2027),
)
FACTS = Facts(
    archive_sha256="a" * 64,
    fingerprint="XVnGfBl4CiKzIHIoJs3yqhCkwGyPjPQW2vOEvZsmbIo",
    address="https://vote.jiashan.example/elections/DQB53CqA1UtMwz",
    sheet="sheet 1",
    offices=("罗星馨苑小区首次业主大会会议筹备组", "嘉善县魏塘街道罗星社区居民委员会", "嘉善县人民政府魏塘街道办事处"),
    times=TIMES,
    extensions=(Extension(announced_at=moment(19, 12), closes_at=moment(27)),),
    changes=(
        Change(kind="withdrawal", question=2, candidate="赵桂兰（12幢）", note="本人书面声明", at=moment(9, 3)),
        Change(kind="correction", question=None, candidate=None, note="5幢一处面积按不动产登记簿更正", at=moment(12, 3)),
    ),
    channels=(
        Channel(
            channel="online", issued=None, returned=439, superseded=48, void=0, set_aside=2, counted=389,
            area_dm2=3_871_440,
        ),
        Channel(
            channel="paper", issued=None, returned=46, superseded=0, void=3, set_aside=1, counted=42, area_dm2=416_215
        ),
    ),
    opened=(1, 3),
    weighed=(
        Weighed(
            (
                margin("quorum", "heads", 54, 3), margin("quorum", "area", 525_515, 29_850),
                margin("approval", "heads", 153, 3), margin("approval", "area", 1_506_293, 29_850),
            ),
            stands=True,
            without_paper=True,
        ),
        Weighed(
            (
                margin("approval", "heads", 48, 3, "陈志强"), margin("approval", "area", 472_778, 29_850, "陈志强"),
                margin("rank", "heads", 34, 3, "陈志强"),
            ),
            stands=True,
            without_paper=True,
        ),
        Weighed(
            (margin("approval", "heads", 26, 3), margin("approval", "area", 252_412, 29_850)),
            stands=True,
            without_paper=False,
        ),
    ),
    contested=Measures(heads=CONTESTED[0], area_dm2=CONTESTED[1]),
    disputes=Disputes(raised=6, set_aside=3, kept=2, contested=1),
    objections=(
        Objection(
            topic="延期投票没有通知到每一户",
            question=None,
            raised=4,
            outcome="answered",
            answer=(
                "延期已写在封存的表决方案里：参加人数不足时可延期一次，不超过7天。12月19日已在各幢公告栏张贴、"
                "逐户发送短信，公告照片和送达记录可到社区查阅。"
            ),
            answered_at=datetime(2027, 1, 6, 2, tzinfo=UTC),
        ),
        Objection(
            topic="候选人赵桂兰（8幢）与另一位同名，怕计错",
            question=2,
            raised=1,
            outcome="reserved",
            answer="选票上两位都注明了幢号，计票时按选项分别相加。\n本人不接受这一答复，异议予以保留，可依法另行主张。",
            answered_at=datetime(2027, 1, 7, 2, tzinfo=UTC),
        ),
    ),
    disclosure=Disclosure(simulations=200, permyriad=0, exact=False, outliers=0, accepted=False),
    records=Records(phone_changes=17, reissued_letters=5),
    retention=(
        Keeping(what="trustee-keys", until=date(2027, 2, 8)),
        Keeping(what="letters", until=date(2027, 1, 15)),
        Keeping(what="evidence", until=date(2037, 1, 9)),
    ),
)  # fmt: skip
ISSUE = Issue(issued_at=moment(9, 2, month=1, year=2027))


def compose(
    manifest: Manifest = MANIFEST, facts: Facts = FACTS, issue: Issue = ISSUE, votes=VOTES, cast=CAST
) -> Certificate:
    """Return the certificate of an election."""
    return compose_certificate(*written(manifest, votes, cast), facts, issue)


def later(**changes: object) -> Certificate:
    """Return a correction of the certificate."""
    first = compose()
    from vote.certificate.content import certificate_digest  # noqa: PLC0415

    issue = replace(ISSUE, kind="correction", number=2, replaces=certificate_digest(first), reason="第2题面积更正")
    return compose(issue=replace(issue, **changes))
