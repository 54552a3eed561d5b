"""Writes a certificate in Chinese, as owners and officers read it: every text that stands on the sheet.

 * Plain words; nothing names the machinery but the last part, which is for whoever checks.
 * Beside each figure stands what was needed, in whole owners and square metres, and the article that asks for it.

Follows rulebook §6 (计票汇总表), §9a.1, §9a.10. Not here: how it is set on paper (`certificate.typ`).
"""

from typing import Any

from vote.certificate.content import CERTIFICATE, CORRECTION, LEAST_HEADS, REVOCATION, Certificate, certificate_digest
from vote.certificate.parts import Change, Channel, Keeping, Objection, Question, Remedy
from vote.certificate.question_wording import is_met, needed_view, outcome_zh, question_view, rule_zh, warning_zh
from vote.certificate.spelling import (
    BREAK,
    articles_zh,
    breakable,
    day_zh,
    heads,
    moment_zh,
    percent,
    square_metres,
)
from vote.clock import CHINA
from vote.election.rules import Secrecy
from vote.role import Role

TITLE = "业主大会表决结果证明"
_KIND = {CERTIFICATE: "", CORRECTION: "（更正）", REVOCATION: "（撤销）"}
_CHANNELS = {"online": "手机", "desk": "社区现场", "paper": "纸质票"}
_OUTCOMES = {"upheld": "成立", "answered": "已答复", "reserved": "保留异议"}
_REMEDIES = {"complaint": "投诉", "suit": "起诉"}
_DUTIES = {
    str(Role.REGISTRAR): "制信人",
    str(Role.PHONES): "手机号登记",
    str(Role.DESK): "现场核对",
    str(Role.COMMUNITY): "程序见证",
    str(Role.TRUSTEE): "开箱人",
}
_ROLES = (("组织者", "确认结果"), ("社区", "见证程序"), ("街道", "签收"))
_SECRECY = {
    Secrecy.SECRET: "无记名：票不逐张打开，只打开总数。",
    Secrecy.NAMED: (
        "记名：对外只公布总数。单张票另行封存，只在本人要求、处理对这张票的异议或依法调取时，由社区拆开；"
        "拆一次记一次，并通知本人。"
    ),
}


def sheet_view(certificate: Certificate) -> dict[str, Any]:
    """Return every text of the sheet, by place."""
    election, estate = certificate.election, certificate.estate
    return {
        "title": f"{TITLE}{_KIND[certificate.kind]}",
        "estate": breakable(estate.name),
        "place": breakable(" · ".join(_once(estate.county, estate.sub_district, estate.community))),
        "election": breakable(election.title),
        "number": f"第{certificate.number}号",
        "issued": day_zh(certificate.issued_at.astimezone(CHINA)),
        "demo": "演示：这里的业主和票都是编的，本件没有法律效力。" if certificate.demo else "",
        "notice": _notice(certificate),
        "results": [_result(each) for each in certificate.questions],
        "turnout": _turnout(certificate),
        "questions": [_question(certificate, each) for each in certificate.questions],
        "times": _times(certificate),
        "channels": [_channel(each) for each in certificate.channels],
        "channels_note": _channels_note(certificate),
        "disputes": _disputes(certificate),
        "objections": [_objection(each, number) for number, each in enumerate(certificate.objections, start=1)],
        "objections_note": _objections_note(certificate),
        "care": _care(certificate),
        "remedies": [_remedy(each) for each in certificate.remedies],
        "check": _check(certificate),
        "address": breakable(election.address),
        "signers": [
            {"role": role, "act": act, "name": breakable(name)}
            for (role, act), name in zip(_ROLES, certificate.offices, strict=True)
        ],
    }


def printed_text(view: object) -> str:
    """Return everything that will be printed, without the places where lines may be broken."""
    if isinstance(view, dict):
        return "\n".join(printed_text(each) for each in view.values())
    if isinstance(view, list):
        return "\n".join(printed_text(each) for each in view)
    return view.replace(BREAK, "") if isinstance(view, str) else ""


def _once(*names: str) -> list[str]:
    """Return the names of places from large to small, without the larger ones that a smaller one repeats."""
    return [each for index, each in enumerate(names) if not any(each in other for other in names[index + 1 :])]


def _notice(certificate: Certificate) -> list[str]:
    if certificate.kind == CERTIFICATE:
        return []
    earlier = f"第{certificate.number - 1}号证明（校验码{certificate.replaces}）"
    first = f"本件撤销{earlier}，下面的内容不再有效。"
    if certificate.kind == CORRECTION:
        first = f"本件更正并取代{earlier}，以本件为准。"
    return [breakable(first), *(f"理由：{certificate.reason}".split("\n"))]


def _result(question: Question) -> dict[str, Any]:
    return {
        "number": str(question.number),
        "text": breakable(question.text),
        "outcome": outcome_zh(question),
        "warning": warning_zh(question),
    }


def _turnout(certificate: Certificate) -> dict[str, Any]:
    cast, electorate = certificate.cast, certificate.electorate
    needed = needed_view(certificate.quorum, electorate.heads, electorate.area_dm2)
    enough = is_met(certificate.quorum, cast, electorate)
    return {
        "electorate": [heads(electorate.heads), square_metres(electorate.area_dm2)],
        "cast": [heads(cast.heads), square_metres(cast.area_dm2)],
        "share": [percent(cast.heads_permyriad), percent(cast.area_permyriad)],
        "needed": needed,
        "rule": rule_zh(certificate.quorum),
        "enough": "参加的够了，表决有效。"
        if enough
        else "参加的不够，没有形成决定。这不等于大家反对，也不是谁做错了。",
    }


def _question(certificate: Certificate, question: Question) -> dict[str, Any]:
    withdrawn = frozenset(
        each.candidate for each in certificate.changes if each.question == question.number and each.candidate
    )
    return question_view(question, certificate.cast, withdrawn)


def _times(certificate: Certificate) -> list[list[str]]:
    times = certificate.times
    rows = [
        ["通知业主", moment_zh(times.noticed_at)],
        ["投票开始", moment_zh(times.opened_at)],
        ["原定结束", moment_zh(times.closes_at)],
    ]
    for number, each in enumerate(certificate.extensions, start=1):
        rows.append([f"第{number}次延期", f"{moment_zh(each.announced_at)}公告，延到{moment_zh(each.closes_at)}"])
    if not certificate.extensions:
        rows.append(["延期", "没有延期"])
    rows += [
        ["票箱封好", moment_zh(times.closed_at)],
        ["核对完毕", f"{moment_zh(times.checked_at)}，先核对谁参加了，再开箱"],
        ["公布初步结果", moment_zh(times.preliminary_at)],
        ["异议截止", moment_zh(times.objections_until)],
    ]
    return rows + [_change(each) for each in certificate.changes]


def _change(change: Change) -> list[str]:
    note = f"（{change.note}）" if change.note else ""
    if change.kind == "withdrawal":
        what = f"第{change.question}题候选人{change.candidate}退出{note}；名字仍印在票上，不能当选"
        return ["候选人退出", breakable(f"{moment_zh(change.at)}，{what}")]
    return ["清册更正", breakable(f"{moment_zh(change.at)}{note}；总数已更正，受影响的面积列为有争议")]


def _channel(channel: Channel) -> list[str]:
    return [
        _CHANNELS[channel.channel],
        "随信发出" if channel.issued is None else heads(channel.issued),
        *map(heads, (channel.returned, channel.superseded, channel.void, channel.set_aside, channel.counted)),
        "不公布" if channel.area_dm2 is None else square_metres(channel.area_dm2),
    ]


def _channels_note(certificate: Certificate) -> str:
    note = f"每户一封信，扫码或填信里的纸票都行，效力一样，只算一次；共{heads(certificate.electorate.heads)}份计票权。"
    if any(each.area_dm2 is None for each in certificate.channels):
        note += f"不到{LEAST_HEADS}人的，为了不让人猜出谁怎么投，面积不单独公布。"
    return note


def _disputes(certificate: Certificate) -> str:
    disputes, contested = certificate.disputes, certificate.contested
    found = (
        f"开箱之前处理了{disputes.raised}件对“谁投了票”的争议：剔除{disputes.set_aside}票，"
        f"认定有效{disputes.kept}票，仍有争议{disputes.contested}票。"
        if disputes.raised
        else "开箱之前没有人对“谁投了票”提出争议。"
    )
    if contested.heads:
        return found + f"有争议的合计{heads(contested.heads)}人、{square_metres(contested.area_dm2)}平方米。"
    return found + "没有仍有争议的票。"


def _objection(objection: Objection, number: int) -> dict[str, Any]:
    about = f"第{objection.question}题：" if objection.question else ""
    return {
        "topic": breakable(f"{number}. {about}{objection.topic}"),
        "state": f"{_OUTCOMES[objection.outcome]}，{heads(objection.raised)}人提出，{day_zh(objection.answered_at.astimezone(CHINA))}答复",
        "answer": [breakable(each) for each in objection.answer.split("\n")],
    }


def _objections_note(certificate: Certificate) -> str:
    until = moment_zh(certificate.times.objections_until)
    if certificate.objections:
        return f"初步结果公布后到{until}，共收到{len(certificate.objections)}项异议（同一件事合并答复，不写姓名房号）："
    return f"初步结果公布后到{until}，没有人提出异议。"


def _care(certificate: Certificate) -> list[list[str]]:
    trustees, records = certificate.trustees, certificate.records
    came = "、".join(trustees.names[each - 1] for each in trustees.opened)
    rows = [
        ["怎么保密", _SECRECY[Secrecy(certificate.election.secrecy)]],
        ["能否反推", _disclosure(certificate)],
        ["开箱人", f"{'、'.join(trustees.names)}；要{trustees.threshold}位才能开箱，到场的是{came}。"],
        ["人员分工", _separation(certificate)],
        ["封册之后", f"更正手机号{records.phone_changes}次，补发信{records.reissued_letters}封。"],
        ["保存", "；".join(_keeping(each) for each in certificate.retention) + "。"],
    ]
    return [[name, breakable(text)] for name, text in rows if text != "。"]


def _disclosure(certificate: Certificate) -> str:
    found = certificate.disclosure
    if found is None or not found.simulations:
        return "没有人参加，谈不上反推。"
    text = f"用参加者的面积模拟了{found.simulations}次投票，看能不能从公布的总数推出某一户怎么投："
    if found.permyriad:
        text += f"{'' if found.exact else '至多'}{percent(found.permyriad)}的情形能推出。"
    else:
        text += "没有一次能推出。"
    if found.outliers:
        text += f"有{found.outliers}户面积特别大。"
    return text + ("组织者知道这一点，同意公布。" if found.accepted else "")


def _separation(certificate: Certificate) -> str:
    separation = certificate.separation
    if separation.kept:
        return "关键的事由不同的人分头做，没有一人兼两职；没有一个单位能单独开箱；开箱人里有业主。"
    text = "人手不够，没有完全分开："
    parts = [f"{_DUTIES.get(left, left)}和{_DUTIES.get(right, right)}是同一人" for left, right in separation.overlaps]
    parts += [f"{office}派出的开箱人够单独开箱" for office in separation.offices]
    if not separation.owner_trustee:
        parts.append("开箱人里没有业主")
    return text + "；".join(parts) + "。"


def _keeping(keeping: Keeping) -> str:
    until = day_zh(keeping.until)
    return {
        "trustee-keys": f"开箱人的钥匙在{until}前销毁",
        "letters": f"信件底档在{until}前销毁",
        "evidence": f"表决票、送达凭证和清册保存到{until}",
    }[keeping.what]


def _remedy(remedy: Remedy) -> dict[str, str]:
    until = "没有规定期限，请尽早"
    if remedy.until is not None:
        until = f"到{day_zh(remedy.until)}为止，从本件公布之日算起；后来才知道的，从知道之日算起"
    return {
        "what": _REMEDIES[remedy.kind],
        "to": breakable("、".join(remedy.to)),
        "until": until,
        "rule": f"{remedy.rule}（{articles_zh(remedy.articles)}）",
    }


def _check(certificate: Certificate) -> list[list[str]]:
    evidence, law = certificate.evidence, certificate.law
    rows = [
        ["本件校验码", certificate_digest(certificate)],
        ["选举编号", certificate.election.uuid],
        ["表决方案", evidence.manifest_sha256],
        ["选举指纹", evidence.fingerprint],
        ["选举档案", evidence.archive_sha256],
        ["结果文件", evidence.result_sha256],
        ["清册根", evidence.roll_root],
        ["选民根", evidence.electorate_root],
        ["适用规则", f"{law.title}，{law.profile}@{law.version}，{day_zh(law.on)}的规定"],
        ["规则校验码", law.digest],
        ["排版", certificate.sheet],
    ]
    return [[name, breakable(text)] for name, text in rows]


def summary_zh(certificate: Certificate) -> list[str]:
    """Return what whoever signs has to know, a line each: what it is, who took part, what came of each question."""
    cast, electorate = certificate.cast, certificate.electorate
    lines = [
        f"{TITLE}{_KIND[certificate.kind]} 第{certificate.number}号，{day_zh(certificate.issued_at.astimezone(CHINA))}",
        f"{certificate.estate.name}：{certificate.election.title}",
        *_notice(certificate),
        f"全体{heads(electorate.heads)}人、{square_metres(electorate.area_dm2)}平方米",
        f"参加{heads(cast.heads)}人、{square_metres(cast.area_dm2)}平方米",
        f"占{percent(cast.heads_permyriad)}的人数、{percent(cast.area_permyriad)}的面积",
    ]
    for question in certificate.questions:
        lines.append(f"第{question.number}题 {question.text}")
        lines += [f"→ {each}" for each in (*outcome_zh(question), warning_zh(question)) if each]
        lines += [
            f"  {each.text} {heads(each.votes.heads)}人、{square_metres(each.votes.area_dm2)}平方米"
            for each in question.choices
        ]
    lines.append(_disputes(certificate))
    lines.append(f"异议{len(certificate.objections)}项")
    return [each.replace(BREAK, "") for each in lines]
