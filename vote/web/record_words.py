"""Every text about what became of an election after sealing: changes, disputes, objections, certificate, safeguards.

 * A count stands behind a colon in English, so that one and many read alike.

Not here: the other texts of the pages for everybody (`words.py`).
"""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

_CHANGES: Mapping[str, Text] = {
    "election.noticed": Text("通知业主", "Owners told"),
    "election.prolonged": Text("延期到", "Extended to"),
    "extension.from": Text("{closes}（原定{sealed}）", "{closes} (first set for {sealed})"),
    "extension.none": Text("到时间就结束，不延期。", "Voting ends then; it cannot be extended."),
    "extension.allowed": Text(
        "参加的人不够时可以延期，最多{times}次，最晚到{latest}。延期一定提前写在这里。",
        "If too few take part, voting may be extended, until {latest} at the latest; extensions allowed: {times}. It is "
        "announced here beforehand.",
    ),
    "extension.made": Text(
        "参加的人还不够，所以延期。事先定好最多延{times}次，最晚到{latest}；这是第{made}次。已经投的票照样算。",
        "Too few had taken part, so voting goes on. It was settled beforehand: until {latest} at the latest; extensions "
        "allowed: {times}, made: {made}. Votes already cast still count.",
    ),
    "correction.title": Text("清册更正", "Roll corrected"),
    "correction.note": Text(
        "封册后查出清册有错，全体业主的总数更正了：人数{heads}，面积{area}平方米。投过的票不变，差的部分算作有争议。",
        "The roll was found wrong after it was closed, so the totals of all owners changed: owners {heads}, area {area} m². "
        "Votes stay as they are; the difference counts as contested.",
    ),
    "restored.note": Text(
        "网站{restored}从备份恢复过：{made}以后、恢复以前投的票可能丢了。请用回执查一查。",
        "This site was restored from a backup on {restored}: votes cast between {made} and then may be lost. Look your "
        "receipt up.",
    ),
    "restored.open": Text("查不到的，请再投一次。", "If it is not found, please vote again."),
    "restored.closed": Text("查不到的，请带回执到社区说。", "If it is not found, take it to the community office."),
    "withdrawn.tag": Text("已退出", "withdrew"),
    "withdrawn.note": Text(
        "{names}已退出：名字还在票上，选了也不能当选。",
        "{names} withdrew: still named on the ballot, but cannot be elected.",
    ),
}

_DISPUTES: Mapping[str, Text] = {
    "disputes.title": Text("核对谁参加了", "The check of who took part"),
    "disputes.rooms": Text("看哪些房号参加了", "See which homes took part"),
    "disputes.until": Text(
        "有人冒用您的名义投、代投没有您的委托、算了两次、清册不对：{until}前带身份证到社区说。票还没有开，有问题的能取出来。",
        "Somebody voted in your name, an agent had no authority, an owner counts twice, the roll is wrong: come to the "
        "community office with your identity card before {until}. Nothing is counted yet, so a ballot can still be taken "
        "out.",
    ),
    "disputes.now": Text(
        "有人冒用您的名义投、代投没有您的委托、算了两次、清册不对：请马上带身份证到社区说。票还没有开，有问题的能取出来。",
        "Somebody voted in your name, an agent had no authority, an owner counts twice, the roll is wrong: come to the "
        "community office with your identity card now. Nothing is counted yet, so a ballot can still be taken out.",
    ),
    "raised.none-yet": Text("到现在没有人提出异议。", "Nobody has objected so far."),
    "raised.none": Text("没有人提出异议。", "Nobody objected."),
    "dispute.number": Text("第{n}件", "No. {n}"),
    "dispute.impersonation": Text("有人冒用名义投票", "Somebody else voted in an owner’s name"),
    "dispute.double": Text("同一业主算了两次", "One owner counts twice"),
    "dispute.proxy": Text("代投没有授权", "An agent had no authority"),
    "dispute.roll": Text("清册不对", "The roll is wrong"),
    "settled.set-aside": Text("已取出，不算", "taken out, does not count"),
    "settled.kept": Text("票有效，照算", "valid, counts"),
    "settled.contested": Text("查不清，先算，列为有争议", "not settled: counts, marked as contested"),
    "settled.open": Text("正在处理", "being settled"),
    "check.enough": Text(
        "已核对：{heads}、{area}参加，人数、面积都到了三分之二，投票有效。",
        "Checked: {heads} with {area} took part. Both reached two thirds, so the vote is valid.",
    ),
    "check.not-enough": Text(
        "已核对：{heads}、{area}参加，{missing}不到三分之二，这次不能形成决定。这不等于大家反对，也不是谁做错了。票照样开，结果照样公布。",
        "Checked: {heads} with {area} took part. Too few: {missing} did not reach two thirds, so nothing can be decided. "
        "That does not mean that people were against it, and it is nobody’s fault. The count is held and published all "
        "the same.",
    ),
    "check.set-aside": Text(
        "因异议取出、不算的票：{n}张。", "Ballots taken out because of disputes, which do not count: {n}."
    ),
    "check.contested": Text(
        "有争议、先算进去的票：{n}位业主的。会不会改变结果，结果证明上写明。",
        "Owners whose ballots count but are contested: {n}. The certificate says whether they could change the result.",
    ),
    "participants.title": Text("哪些房号参加了", "Which homes took part"),
    "participants.lead": Text(
        "这里有您的房号，就是有人用您家的票投过了。看不到选了什么，也不写姓名和面积。因异议取出的不在里面。",
        "If your home stands here, somebody has voted with its ballot. Nothing shows how; there are no names and no areas. "
        "Those taken out because of disputes are not here.",
    ),
    "participants.missing": Text(
        "您投过了，这里却没有您的房号？请带回执到社区问。",
        "You voted and your home is not here? Take your receipt to the community office.",
    ),
    "participants.count": Text("{building}（{n}位业主）", "{building} (owners: {n})"),
    "participants.others": Text("其他", "Others"),
    "participants.none": Text("没有人参加。", "Nobody took part."),
}

_OBJECTIONS: Mapping[str, Text] = {
    "objections.title": Text("对结果的异议和答复", "Objections to the result, and answers"),
    "objections.until": Text(
        "有疑问请在{until}前写下来，交到社区，一次说一件事。答复公开，不露您的姓名房号。",
        "Write your objection down and hand it in at the community office before {until}, one thing at a time. The answer is "
        "public, without your name and home.",
    ),
    "objections.now": Text(
        "有疑问请写下来，交到社区，一次说一件事；结果证明出来以前都可以。答复公开，不露您的姓名房号。",
        "Write your objection down and hand it in at the community office, one thing at a time, before the certificate is "
        "made. The answer is public, without your name and home.",
    ),
    "objections.over": Text(
        "提异议的时间已过，到{until}为止。每一件都答复了，才出结果证明。",
        "The time for objections is over: it ran until {until}. The certificate follows when every one of them is answered.",
    ),
    "objections.number": Text("第{n}题：", "Question {n}: "),
    "objections.raised": Text("{n}位业主提出", "owners who say so: {n}"),
    "objection.upheld": Text("成立", "upheld"),
    "objection.answered": Text("已答复", "answered"),
    "objection.reserved": Text("这里定不了，记录在案", "cannot be settled here, on record"),
    "objection.open": Text("等答复", "waits for an answer"),
}

_CERTIFICATE: Mapping[str, Text] = {
    "certificate.title": Text("结果证明", "Certificate of the result"),
    "certificate.certificate": Text("第{n}号：证明", "No. {n}: certificate"),
    "certificate.correction": Text("第{n}号：更正", "No. {n}: correction"),
    "certificate.revocation": Text("第{n}号：撤销", "No. {n}: revocation"),
    "certificate.in-force": Text("以这一份为准", "this one counts"),
    "certificate.replaced": Text("不再有效", "no longer valid"),
    "certificate.issued": Text("日期", "Date"),
    "certificate.reason": Text("理由", "Why"),
    "certificate.signed": Text("谁签的字", "Signed by"),
    "signed.organiser": Text("{name}（确认结果）", "{name} (confirms the result)"),
    "signed.community": Text("{name}（确认程序）", "{name} (certifies the procedure)"),
    "signed.sub_district": Text("{name}（签收）", "{name} (acknowledges)"),
    "certificate.pdf": Text("下载证明（PDF，可打印）", "Download (PDF, for printing)"),
    "certificate.json": Text("下载证明（JSON，给程序核对）", "Download (JSON, for programs)"),
    "certificate.revoked": Text(
        "这次结果的证明已经撤销，不再有效。理由写在“结果证明”里。",
        "The certificate of this result was revoked and is no longer valid. Under “Certificate of the result” it says why.",
    ),
    "certificate.corrected": Text(
        "证明更正过，以第{n}号为准。更正了什么，写在“结果证明”里。",
        "The certificate was corrected; number {n} counts. Under “Certificate of the result” it says what was corrected.",
    ),
    "stands.yes": Text(
        "有争议的票不论怎么投，这一题的结果都不变。",
        "However the contested ballots were cast, this outcome is the same.",
    ),
    "stands.no": Text(
        "有争议的票可能改变这一题的结果：应当重新表决。",
        "The contested ballots could change this outcome: this question should be voted again.",
    ),
    "remedy.title": Text("不服怎么办", "If you disagree"),
    "remedy.objection": Text("可以向{to}提异议。", "Object to {to}."),
    "remedy.complaint": Text("可以向{to}投诉。", "Complain to {to}."),
    "remedy.suit": Text("可以向{to}起诉。", "Sue at {to}."),
    "remedy.until": Text(
        "最晚{until}；以后才知道的，从知道那天算起。",
        "Until {until}; whoever learns of it later counts from that day.",
    ),
    "remedy.no-limit": Text("没有规定期限，请尽早。", "There is no time limit; do it soon."),
}

_SAFEGUARDS: Mapping[str, Text] = {
    "care.title": Text("怎么把关", "How it is kept honest"),
    "separation.kept": Text(
        "关键的事由不同的人做，没有一人兼两职；没有一个单位能单独开箱；开箱人里有业主。",
        "Different people do what matters, nobody does two of these things; no office can open the box alone; one "
        "key-holder at least is an owner.",
    ),
    "separation.broken": Text(
        "人手不够，有些事没有分开：{what}。", "Too few people, so not everything is in different hands: {what}."
    ),
    "separation.overlap": Text("{left}和{right}是同一人", "{left} and {right} are one person"),
    "separation.office": Text("{office}派的人够单独开箱", "{office} sent enough people to open the box alone"),
    "separation.no-owner": Text("开箱人里没有业主", "no key-holder is an owner"),
    "separation.mark": Text("；", "; "),
    "duty.registrar": Text("制信人", "whoever makes the letters"),
    "duty.phones": Text("改手机号的人", "whoever changes telephone numbers"),
    "duty.desk": Text("现场核对身份的人", "whoever checks identities at the desk"),
    "duty.community": Text("确认程序的人", "whoever certifies the procedure"),
    "duty.trustee": Text("开箱人", "a key-holder"),
    "care.phones": Text(
        "封册以后，由两人一起更正的手机号：{n}个。",
        "Telephone numbers changed after the roll was closed, by two people each time: {n}.",
    ),
    "care.letters": Text("补发的信：{n}封，旧信随即作废。", "Letters made anew, the old ones void at once: {n}."),
    "care.opened": Text(
        "要求拆开的记名票：{n}次（本人要求{owner}次，处理异议{objection}次，依法调取{lawful}次）。",
        "Requests to open one named ballot: {n} (by its owner {owner}, for an objection {objection}, demanded by law "
        "{lawful}).",
    ),
    "disclosure.none": Text(
        "能不能从公布的总数推出谁怎么投：按参加者的面积试算了{n}次，没有一次推得出。",
        "Whether the published totals give a choice away: tried {n} times with the areas of those who took part, never.",
    ),
    "disclosure.some": Text(
        "能不能从公布的总数推出谁怎么投：按参加者的面积试算了{n}次，其中{share}推得出某一户怎么投。",
        "Whether the published totals give a choice away: tried {n} times with the areas of those who took part, in {share} "
        "of them somebody’s choice can be worked out.",
    ),
    "disclosure.at-most": Text(
        "能不能从公布的总数推出谁怎么投：按参加者的面积试算了{n}次，其中最多{share}推得出某一户怎么投。",
        "Whether the published totals give a choice away: tried {n} times with the areas of those who took part, in at most "
        "{share} of them somebody’s choice can be worked out.",
    ),
    "disclosure.outliers": Text(
        "面积特别大、最容易被推出的业主：{n}位。",
        "Owners whose area is so large that they are the first to be worked out: {n}.",
    ),
    "disclosure.accepted": Text(
        "组织者事先知道这一点，同意公布。", "The organiser knew this beforehand and agreed to publish."
    ),
    "keys.destroyed": Text(
        "开箱人的钥匙：{size}把，{n}把已销毁（本人声明）。",
        "Keys to the box: {size}; destroyed, as their holders declare: {n}.",
    ),
    "keys.until": Text("应在{until}前销毁。", "To be destroyed by {until}."),
    "keys.too-few": Text("剩下的已经不够开箱。", "Those that are left cannot open the box any more."),
    "letters.destroyed": Text(
        "制信人保存的信件底档已销毁（本人声明）。",
        "The registrars’ copies of the letters are destroyed, as they declare.",
    ),
    "letters.kept": Text(
        "制信人保存的信件底档还没有销毁。", "The registrars’ copies of the letters are not destroyed yet."
    ),
    "contact.title": Text("有事找谁", "Whom to ask"),
    "contact.organiser": Text("组织投票", "Organises the vote"),
    "contact.community": Text("社区", "Community office"),
    "contact.sub_district": Text("街道", "Sub-district"),
    "contact.phone": Text("社区座机", "Community’s telephone"),
    "contact.note": Text(
        "怕是骗子？打这个座机，或到公告栏核对。任何人要您的验证码都不要给。",
        "Afraid of a fraud? Call this number or look at the notice board. Never give a code to anybody.",
    ),
}

_DEEDS: Mapping[str, Text] = {
    "deeds.title": Text("谁动过这次投票", "Who did what with this vote"),
    "deeds.note": Text(
        "看业主资料、改清册、换人、延长，每一次都自动记下，谁也删不掉。这里只有次数和日期，没有姓名和房号。",
        "Every look at owners’ data, change of the roll, change of hands and extension is written down by itself, and nobody "
        "can delete it. Here are numbers and days, without names and homes.",
    ),
    "deeds.open": Text("打开看", "Open the list"),
    "deeds.changes": Text("换人和改动", "Changes of hands and of the vote"),
    "deeds.counts": Text("每件事多少次", "How often"),
    "deeds.times": Text("{n}次", "times: {n}"),
    "deeds.last": Text("最近{when}", "last {when}"),
    "deeds.none": Text("到现在没有人动过。", "Nobody did anything so far."),
    "deeds.yours": Text(
        "谁看过您自己家的资料：投票期间，在投票页收到验证码以后能看；投票结束以后，请问社区。",
        "Who looked at your own data stands on the page for voting, after the code, while voting is open; afterwards ask the "
        "community office.",
    ),
}

RECORD: Final[Mapping[str, Text]] = {**_CHANGES, **_DISPUTES, **_OBJECTIONS, **_CERTIFICATE, **_SAFEGUARDS, **_DEEDS}
