"""What the pages of interests say."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

INTERESTS: Final[Mapping[str, Text]] = {
    "interests.title": Text("利害关系", "Interests"),
    "interests.lead": Text(
        "委员和候选人申报与哪些单位、个人有关系。小区付钱给他们、请他们做事时，写在这里：是谁、什么关系、回避还是说明。",
        "Members and candidates declare to whom they are tied. Where the estate pays or hires those, it stands here: who, which tie, "
        "and whether the member abstains or explains.",
    ),
    "interests.published": Text("已公布的", "Published"),
    "interests.none": Text(
        "没有发现委员与小区的往来单位有关系。", "No member is known to be tied to whom the estate deals with."
    ),
    "interests.holder": Text("谁", "Who"),
    "interests.party": Text("与谁有关系", "Tied to"),
    "interests.credit_code": Text("统一社会信用代码", "Credit code"),
    "interests.relation": Text("什么关系", "Which tie"),
    "interests.where": Text("出现在哪里", "Where"),
    "interests.in-record": Text("这份记录", "this record"),
    "interests.in-book": Text("收支账第{n}笔", "posting {n} in the books"),
    "interests.handling": Text("怎么处理", "What follows"),
    "interests.handling.abstain": Text("回避", "abstains"),
    "interests.handling.explain": Text("作出说明", "explains"),
    "interests.handling.silent": Text("到期没有说明", "said nothing in time"),
    "interests.explanation": Text("说明", "Explanation"),
    "interests.published-on": Text("公布时间", "Published"),
    "interests.check-file": Text("下载核对用的文件", "Download the file for checking"),
    "interests.waiting": Text("要您说明的", "For you to explain"),
    "interests.waiting-lead": Text(
        "您申报的关系与小区的往来单位相符。请选回避或者说明，写好就公布；到{day}没写，照样公布，并注明没有说明。",
        "A tie that you declared meets whom the estate deals with. Abstain or explain, and it is published; without it, it is "
        "published after {day} and says so.",
    ),
    "interests.by-code": Text("信用代码相同", "the same credit code"),
    "interests.by-name": Text("名称相同", "the same name"),
    "interests.by-near": Text("名称相近，街道核对为同一家", "near names, the same as the sub-district found"),
    "interests.abstain": Text("回避：不参加有关事项的讨论和决定", "Abstain: take no part in what concerns it"),
    "interests.explain": Text("说明：写明情况，大家看得到", "Explain: say how it is, for everybody to read"),
    "interests.explanation-hint": Text(
        "最多1000字。不要写别人的姓名、电话、住址。", "At most 1,000 signs. No names, telephones or homes of others."
    ),
    "interests.send": Text("公布", "Publish"),
    "interests.own": Text("您申报的", "What you declared"),
    "interests.own-desk": Text("社区代为登记的", "What the office wrote down"),
    "interests.own-none": Text("还没有申报。", "Nothing is declared yet."),
    "interests.private": Text(
        "只有您看得到。与小区往来单位相符时，先告诉您，再公布。",
        "Only you see it. Where it meets whom the estate deals with, you are told first.",
    ),
    "interests.private-desk": Text("只有社区看得到，不要告诉别人。", "For the office alone; tell nobody."),
    "interests.declare": Text("申报一项关系", "Declare a tie"),
    "interests.form-title": Text("申报利害关系", "Declare an interest"),
    "interests.form-lead": Text(
        "一次申报一家单位或者一个人。内容密封保存，只有与小区往来单位相符时才公布，备注永远不公布。",
        "One firm or person at a time. It is kept sealed and published only where it meets whom the estate deals with; the note "
        "never is.",
    ),
    "interests.seat": Text("申报人是", "Declared by"),
    "interests.seat-member": Text("委员", "a member"),
    "interests.seat-candidate": Text("候选人", "a candidate"),
    "interests.holder-label": Text("申报人姓名", "Name of whoever declares"),
    "interests.subject": Text("对方是", "The other side is"),
    "interests.subject-firm": Text("单位", "a firm"),
    "interests.subject-person": Text("个人", "a person"),
    "interests.party-label": Text("对方名称或姓名", "Its name"),
    "interests.party-hint": Text("照营业执照或者身份证写全。", "In full, as on the licence or identity card."),
    "interests.code-hint": Text(
        "18位，营业执照上有；不知道可以不填。", "18 signs, on the business licence; leave it out if unknown."
    ),
    "interests.note": Text("备注", "Note"),
    "interests.note-hint": Text("例如是哪位亲属。永远不公布。", "Such as which relative. It is never published."),
    "interests.keep": Text("申报", "Declare"),
    "interests.near": Text("名称相近，请核对", "Near names, to be compared"),
    "interests.near-lead": Text(
        "只有街道和县里看得到。核对是不是同一家；是的，本人有期限说明，然后公布。",
        "Seen by sub-district and county alone. Is it the same? If so, the member has days to explain, then it is published.",
    ),
    "interests.near-none": Text("没有要核对的。", "Nothing is to be compared."),
    "interests.same": Text("是同一家", "It is the same"),
    "interests.other": Text("不是同一家", "It is another"),
    "interests.clock": Text("说明期限", "Days to explain"),
    "interests.on-record": Text("有委员与这里的往来单位有关系", "A member is tied to whom this record names"),
    "interests.see": Text("看利害关系", "See interests"),
}
