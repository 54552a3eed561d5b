"""The notice to the owners, as it hangs on the board: what is decided, who votes, how it is counted, and by when."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

NOTICE: Final[Mapping[str, Text]] = {
    "public.heading": Text("{title} 公告", "Notice: {title}"),
    "public.dear": Text("{estate}全体业主：", "To all owners of {estate}:"),
    "public.what": Text(
        "本小区将召开业主大会，采用网上和纸质书面征求意见的方式表决。",
        "The owners of this estate decide in an assembly that is held in writing, on the web and on paper.",
    ),
    "public.when": Text("投票时间：{opens}至{closes}。", "Voting: from {opens} to {closes}."),
    "public.extended": Text(
        "参加人数或面积不够时，可以延长，最多{times}次，最晚到{latest}；延长在截止前公告。",
        "If too few owners or too little area take part, voting may be extended, at most {times} times and until {latest} at "
        "the latest; an extension is announced before closing.",
    ),
    "public.not-extended": Text("投票不延长。", "Voting is not extended."),
    "public.matters": Text("一、表决事项", "1. What is decided"),
    "public.candidates": Text(
        "候选人（按票面顺序）：{names}。应选{seats}人，最多勾{maximum}人。",
        "Candidates, in the order of the ballot: {names}. Seats: {seats}; tick at most {maximum}.",
    ),
    "public.candidates-spare": Text(
        "候选人（按票面顺序）：{names}。应选{seats}人，候补{spare}人，最多勾{maximum}人。",
        "Candidates, in the order of the ballot: {names}. Seats: {seats}; alternates: {spare}; tick at most {maximum}.",
    ),
    "public.yes-no": Text("同意、反对、弃权，选一项。", "Yes, no or abstain: choose one."),
    "public.depends": Text(
        "第{numbers}题通过，本题结果才生效。", "This takes effect only if question {numbers} passes."
    ),
    "public.needs-general": Text(
        "需要：参与表决的业主人数和专有面积都达到三分之二，其中同意的人数和面积都过半数（{article}）。",
        "Needed: two thirds of the owners and of the area take part, and of these more than half of both say yes ({article}).",
    ),
    "public.needs-special": Text(
        "需要：参与表决的业主人数和专有面积都达到三分之二，其中同意的人数和面积都达到四分之三（{article}）。",
        "Needed: two thirds of the owners and of the area take part, and of these three quarters of both say yes "
        "({article}).",
    ),
    "public.who": Text("二、谁能投，怎么算", "2. Who votes, and how it is counted"),
    "public.electorate": Text(
        "全体业主{heads}人，专有面积{area}平方米，以冻结的业主清册为准。几个人共有一套算一人；一人有几套也算一人，"
        "面积相加。欠费不影响投票。",
        "All owners: {heads}, with {area} m², as in the frozen roll. Several owners of one home count as one; one owner of "
        "several homes counts as one, with the areas added. Debts do not take the vote away.",
    ),
    "public.letter": Text(
        "每位业主会收到一封信，信要送到业主本人手里。可以用手机扫信上的码投，也可以填纸票，或带信到社区投，效力一样，"
        "只算一次。截止前可以再投，以最后一次为准。",
        "Each owner gets a letter, which is handed over in person. Vote with a telephone by the code in the letter, on paper, "
        "or with the letter at the community office: all are worth the same and count once. Until closing one may vote "
        "again; the last ballot counts.",
    ),
    "public.named": Text(
        "本次记名表决，对外只公布总数；单张票只有业主本人要求、处理对这张票的异议或依法调取时才拆开，拆一次记一次。",
        "This vote is named, and only totals are published; a single ballot is opened only if its owner asks, for an objection "
        "against it, or where the law asks for it, and every opening is written down.",
    ),
    "public.secret": Text(
        "本次无记名投票，手机票不逐张打开，只算总数。",
        "This vote is secret: ballots from telephones are never opened one by one, only their total.",
    ),
    "public.deadlines": Text("三、期限", "3. Deadlines"),
    "public.check": Text(
        "投票结束后，公布哪些房屋参加了投票，可以提出异议，核对之后才开票。",
        "After voting the homes that took part are published and may be disputed; the box is opened after the check.",
    ),
    "public.check-days": Text(
        "投票结束后，公布哪些房屋参加了投票，{days}日内（{until}前）可以提出异议，核对之后才开票。",
        "After voting the homes that took part are published and may be disputed for {days} days (before {until}); the box is "
        "opened after the check.",
    ),
    "public.object": Text(
        "初步结果公布后可以书面提出异议，逐条答复。",
        "After the preliminary result one may object in writing, and each objection is answered.",
    ),
    "public.object-days": Text(
        "初步结果公布后{days}日内可以书面提出异议，逐条答复。",
        "Within {days} days of the preliminary result one may object in writing, and each objection is answered.",
    ),
    "public.sue": Text(
        "认为决定侵害自己合法权益的，可以自知道或者应当知道之日起一年内请求人民法院撤销（民法典第280条）。",
        "Whoever is harmed by the decision in their lawful rights may ask the people's court to annul it within a year of the "
        "day on which they knew or should have known (Civil Code art. 280).",
    ),
    "public.data": Text("四、个人信息", "4. Personal data"),
    "public.data-what": Text(
        "业主姓名、房号、面积、手机号只用于这次业主大会的通知、核对身份和计票，由{office}负责处理，保存到规定的期限"
        "届满后销毁。公布的清册只有房号和遮住的姓名，不公布手机号和证件号。查询、更正、删除或者投诉，请找{office}，"
        "电话{phone}。候选人的介绍经本人书面同意后公布，可以随时撤回。",
        "Names, homes, areas and telephones of owners serve only to give notice, to check identities and to count in this "
        "assembly. {office} is responsible for them and destroys them when the prescribed time is over. The published roll "
        "holds homes and masked names, no telephones and no identity numbers. To see, correct or delete them or to "
        "complain, ask {office}, telephone {phone}. What candidates say of themselves is published with their written "
        "consent, which they may withdraw at any time.",
    ),
    "public.ask": Text("五、问谁", "5. Whom to ask"),
    "public.offices": Text(
        "组织：{organiser}。确认程序：{community}，电话{phone}。签收：{sub_district}。任何人打电话要验证码都不要给。",
        "Organiser: {organiser}. Certifies the procedure: {community}, telephone {phone}. Receives: {sub_district}. Give your "
        "code to nobody who telephones.",
    ),
    "public.too-few": Text(
        "说明：本小区人手不够，这次投票有几项本应分开的工作由同一人或同一单位承担，特此写明。",
        "Note: this estate has too few hands, so some duties that belong apart lie with one person or office.",
    ),
    "public.web": Text("网上查看：{address}", "On the web: {address}"),
    "public.papers": Text("草案和候选人介绍：{address}", "Drafts and candidates: {address}"),
    "public.code": Text(
        "核对码（贴出来的和网上的应当一样）：", "Code to compare (here and on the web it is the same):"
    ),
    "public.date": Text("{office}　　　　年　　月　　日", "{office}          (date)"),
    "public.appendix": Text("附：草案和候选人介绍", "Appendix: drafts and candidates"),
    "public.question": Text("第{n}题", "Question {n}"),
    "public.building": Text("{name}幢", "Building {name}"),
}
