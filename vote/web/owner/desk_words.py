"""Texts of the desk's check of an owner by two people, and of what to bring for an awkward title (rulebook §9a.8)."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

CASES = ("inherited", "spouse", "resettled", "company", "guardian", "agent", "public")
"""Titles that do not stand in the roll as they are, in the order shown."""

DESK: Final[Mapping[str, Text]] = {
    "owner.check-title": Text("当面核对业主", "Check an owner in person"),
    "owner.check-lead": Text(
        "业主收不到验证码的，由两个人当面核对，给一个一次性的码。两个人都要亲眼看到本人和身份证，核对都有记录。",
        "For an owner who gets no code by message, two people check in person and give a code for once. Both must see the person "
        "and the identity card; each check is written down.",
    ),
    "owner.authorities": Text("说有委托书的", "Those with an authority"),
    "owner.authorities-lead": Text(
        "下面这些家，投票时有人说“我有业主签字的委托书”。请看委托书交来了没有；没交来的，请打电话问业主本人。",
        "For these homes somebody said “I have the owner’s signed authority”. See that it was handed in; if not, ask the owner.",
    ),
    "owner.authorities-none": Text("还没有人这样说。", "Nobody has said so."),
    "owner.authorities-helped": Text(
        "另外有{n}家说：业主就在旁边，有人帮忙按。",
        "For {n} more homes it was said that the owner was beside a helper.",
    ),
    "owner.authorities-noted": Text(
        "这一页只给现场核对的人和筹备组看，看一次记一次，不公布。",
        "Only the desk and the preparatory group see this page; each look is written down, and nothing of it is published.",
    ),
    "owner.check-first": Text("第一位", "First person"),
    "owner.check-number": Text("照业主手里的信输入", "As on the letter that the owner brought"),
    "owner.check-say": Text(
        "我看到了本人和身份证，是清册上的业主。", "I saw the person and the card: this is the owner on the roll."
    ),
    "owner.check-first-button": Text("第一位核对", "Checked, first person"),
    "owner.check-second": Text("第二位", "Second person"),
    "owner.check-none": Text("现在没有等第二位核对的业主。", "Nobody waits for the second person."),
    "owner.check-own": Text(
        "您是第一位。请另一位用自己的账号打开这一页，当面再核对一次。",
        "You were the first. Let another person open this page with an account of their own and check again.",
    ),
    "owner.check-second-button": Text("第二位核对，给码", "Checked, second person: show the code"),
    "owner.check-given": Text("请业主现在输入这个码", "Let the owner type this code now"),
    "owner.check-given-note": Text(
        "填在业主手机上【6位验证码】里，10分钟内有效。只显示这一次，不要抄给别人，不要代填。",
        "It goes into “Code of 6 digits” on the owner’s phone and is good for 10 minutes. It is shown this once; copy it for "
        "nobody and do not type it for the owner.",
    ),
    "owner.titles": Text("房产证上的情况特殊", "When the title is not simple"),
    "owner.titles-lead": Text(
        "清册上写的不是您，或者权利还没有登记好？带下面的材料到社区，由两个人核对。没有核对清楚的，票照样投，另外记下来，看会不会影响结果。",
        "The roll does not show you, or the title is not registered yet? Bring these papers to the community office, where two people check "
        "them. What stays unclear is still voted, and noted to see whether it could change the result.",
    ),
    "owner.titles-card": Text("都要带：本人身份证、这封信。", "Always bring your identity card and the letter."),
    "owner.title-inherited": Text("继承的，还没有过户", "Inherited, not registered yet"),
    "owner.proofs-inherited": Text(
        "死亡证明；户口本或亲属关系证明；遗嘱、继承公证书或法院判决（有哪样带哪样）；几个继承人的，写好由谁来投，都签字。",
        "Death certificate; household register or proof of kinship; will, notary’s certificate of inheritance or judgment, whichever there is; "
        "with several heirs, a note signed by all that says who votes.",
    ),
    "owner.title-spouse": Text("夫妻共有，证上只有一个人", "Owned by a couple, one name on the title"),
    "owner.proofs-spouse": Text(
        "结婚证；房产证。算1位业主，投一次；证上没有名字的一方来投，带另一方签字的委托书。",
        "Marriage certificate and title. It counts as one owner with one vote; the one not named brings an authority signed by the other.",
    ),
    "owner.title-resettled": Text("安置房，证还没有办下来", "Resettlement home without a title yet"),
    "owner.proofs-resettled": Text(
        "拆迁安置协议；选房确认单或交房单；征收单位出的证明。",
        "Resettlement agreement; the slip of the chosen or handed-over home; a letter of the authority that resettled you.",
    ),
    "owner.title-company": Text("公司或单位的房子", "A company’s home"),
    "owner.proofs-company": Text(
        "营业执照复印件盖公章；法定代表人身份证明；别人来的，带盖章的委托书，写清投哪几项、怎么投。",
        "Stamped copy of the business licence; proof of the legal representative; whoever else comes brings a stamped authority that says what "
        "to vote on, and how.",
    ),
    "owner.title-guardian": Text("业主是孩子，或者自己办不了事", "The owner is a child or cannot act"),
    "owner.proofs-guardian": Text(
        "户口本或出生证明；成年人的，带法院判决或指定监护人的文件；监护人身份证。",
        "Household register or birth certificate; for adults the judgment or the document that names the guardian; the guardian’s card.",
    ),
    "owner.title-agent": Text("替业主来投", "Voting for an owner"),
    "owner.proofs-agent": Text(
        "业主签字的委托书，写清谁来、投哪几项、怎么投、到哪天；双方身份证（业主的可用复印件）。",
        "An authority signed by the owner that says who comes, for which matters, how to vote, until when; both identity cards (a copy of the "
        "owner’s).",
    ),
    "owner.title-public": Text("公房，或者买了还没有过户", "Public housing, or bought and not registered"),
    "owner.proofs-public": Text(
        "公房：租赁凭证和产权单位的说明。买的：买卖合同、交房单、付款凭证；卖方也在清册上的，请两方一起来。",
        "Public housing: the tenancy document and a note of the owning body. Bought: contract, hand-over slip, proof of payment; if the seller "
        "is on the roll, please come together.",
    ),
}
