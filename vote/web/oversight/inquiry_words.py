"""What the pages of inquiries say."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

INQUIRIES: Final[Mapping[str, Text]] = {
    "inquiries.title": Text("业主询问", "Owners’ questions"),
    "inquiries.lead": Text(
        "任何业主都可以问业委会。几天内答复、答没答，都写在这里。",
        "Any owner may ask the committee. By when it answers, and whether it did, stands here.",
    ),
    "inquiries.clock": Text("答复期限", "Days to answer"),
    "inquiries.ask": Text("我要询问", "Ask a question"),
    "inquiries.ask-record": Text("询问这份记录", "Ask about this record"),
    "inquiries.all": Text("看全部", "See all"),
    "inquiries.none": Text("还没有业主询问。", "Nobody has asked yet."),
    "inquiries.none-here": Text("还没有人问过这份记录。", "Nobody has asked about this record yet."),
    "inquiries.about-estate": Text("小区的事", "the estate"),
    "inquiries.about": Text("关于", "About"),
    "inquiries.unseen": Text("不公开的询问", "A question unseen by others"),
    "inquiries.held": Text("正在核对个人信息的询问", "A question being looked at for personal data"),
    "inquiries.raised": Text("提出", "Asked"),
    "inquiries.due": Text("最晚答复", "Answer by"),
    "inquiries.answered": Text("答复", "Answered"),
    "inquiries.standing.waiting": Text("等待答复", "waiting for an answer"),
    "inquiries.standing.overdue": Text("逾期未答复", "overdue, no answer"),
    "inquiries.standing.answered": Text("已答复", "answered"),
    "inquiries.standing.late": Text("逾期后答复", "answered late"),
    "inquiries.days-late": Text("{n}天", "{n} days"),
    "inquiries.one": Text("一条询问", "A question"),
    "inquiries.question": Text("问", "Question"),
    "inquiries.answer": Text("答", "Answer"),
    "inquiries.signed": Text("询问人", "Asked by"),
    "inquiries.signed-unseen": Text("不公开", "unseen"),
    "inquiries.hidden": Text("已隐去", "hidden"),
    "inquiries.hidden-why": Text(
        "隐去依据：{article}。{office}决定，{on}。", "Hidden by {article}. Decided by {office}, {on}."
    ),
    "inquiries.unseen-note": Text(
        "业主选择不公开，只有业委会和社区看得到内容。期限照算，答复公开。",
        "The owner chose to be unseen: only the committee and the office read it. The days run, and the answer is public.",
    ),
    "inquiries.held-note": Text(
        "里面像是有电话、证件号或者房号，核对后公开。期限照算。",
        "It seems to hold a telephone, identity number or home, and is shown once somebody looked. The days run.",
    ),
    "inquiries.no-answer": Text("还没有答复。", "There is no answer yet."),
    "inquiries.overdue-note": Text("到{day}应当答复，没有答复。", "An answer was due by {day}; there is none."),
    "inquiries.tabled": Text(
        "已列入下次业主大会，由业委会当面答复（质询）。",
        "It is on the list of the next assembly, where the committee answers in person.",
    ),
    "inquiries.table": Text("列入下次会议质询", "Put it to the next meeting"),
    "inquiries.table-why": Text(
        "质询由业主大会提出（《浙江省物业管理条例》第17条第2款），这里只列入清单。",
        "Questioning the committee belongs to the assembly (Zhejiang Property Management Regulations art. 17 ¶2); here it is put "
        "on the list.",
    ),
    "inquiries.agenda": Text("下次会议要质询的", "For the next meeting"),
    "inquiries.agenda-lead": Text(
        "列入清单的询问，在下次业主大会上由业委会当面答复。",
        "What stands here is put to the committee in person at the next assembly.",
    ),
    "inquiries.agenda-none": Text("清单上还没有询问。", "Nothing is on the list yet."),
    "inquiries.done": Text("已提出，公开可查", "Asked, for everybody to follow"),
    "inquiries.done-how": Text(
        "最晚{day}答复。到期没答，这里会写“逾期未答复”。请记下这个网址。",
        "An answer is due by {day}. Without one it says “overdue” here. Keep this address.",
    ),
    "inquiries.form-title": Text("询问业委会", "Ask the committee"),
    "inquiries.form-lead": Text(
        "一次问一件事。不要写姓名、房号、电话、证件号。",
        "One thing at a time. Leave out names, homes, telephones, identity numbers.",
    ),
    "inquiries.text": Text("要问什么", "What do you ask?"),
    "inquiries.text-hint": Text("最多{n}字。", "At most {n} signs."),
    "inquiries.manner": Text("怎么问", "How"),
    "inquiries.manner-unseen": Text("不公开", "Unseen by others"),
    "inquiries.manner-unseen-hint": Text(
        "内容只有业委会和社区看得到；是哪一户，只有社区知道。",
        "Only the committee and the office read it; only the office knows which home asked.",
    ),
    "inquiries.manner-named": Text("公开", "By name"),
    "inquiries.manner-named-hint": Text(
        "内容和署名谁都能看。", "Everybody reads the question and what you are called."
    ),
    "inquiries.signature": Text("怎样称呼您", "What to call you"),
    "inquiries.signature-hint": Text(
        "公开询问才填，例如：3幢一位业主。", "Only by name; such as: an owner in building 3."
    ),
    "inquiries.agree": Text("我同意公开这个称呼", "I agree that this is public"),
    "inquiries.home": Text("哪一户在问", "Which home asks"),
    "inquiries.home-hint": Text(
        "先看身份证，再写房号，例如：3幢2单元501室。不会公开。",
        "See the identity card first; write the home as on the roll. It is not published.",
    ),
    "inquiries.letter": Text("信的编号", "Number of your letter"),
    "inquiries.letter-hint": Text(
        "最近一次投票信上的8位编号，用来核对您是业主。没有信，请带身份证到社区办理。",
        "Eight signs on your latest voting letter, to know you as an owner. Without it, come to the community office with your "
        "identity card.",
    ),
    "inquiries.code": Text("验证码", "Code"),
    "inquiries.code-hint": Text(
        "已发到尾号{tail}。没收到，空着再点一次。任何人打电话要验证码都不要给。",
        "Sent to the number ending in {tail}. If none comes, leave this empty and press again. Give it to nobody who calls.",
    ),
    "inquiries.code-again": Text(
        "照最近一条短信输入；要重新发，空着再点一次。",
        "As in the last message; for another, leave this empty and press again.",
    ),
    "inquiries.get-code": Text("获取验证码", "Send me a code"),
    "inquiries.send": Text("提出询问", "Ask"),
    "inquiries.reply": Text("写答复", "Write the answer"),
    "inquiries.reply-lead": Text(
        "答复公开，一经公布不能改。不要写业主的姓名、房号、电话。",
        "The answer is public and cannot be changed. Leave out names, homes and telephones of owners.",
    ),
    "inquiries.reply-text": Text("答复内容", "Answer"),
    "inquiries.looked": Text("里面的号码是单位公开的", "Numbers in it are public ones of an office"),
    "inquiries.reply-send": Text("公布答复", "Publish the answer"),
    "inquiries.look": Text("核对和隐去", "Look at it and hide"),
    "inquiries.hide-title": Text("核对个人信息", "Look for personal data"),
    "inquiries.hide-lead": Text(
        "只能隐去法律要求隐去的，隐去后找不回来。大家会看到隐去了一段、依据和谁决定的。",
        "Only what the law asks for is hidden, for ever. Everybody sees that a piece is hidden, by which law, and who decided so.",
    ),
    "inquiries.hide-what": Text("隐去哪几段", "What to hide"),
    "inquiries.hide-article": Text("法律依据", "By which law"),
    "inquiries.hide-office": Text("谁决定的", "Who decided so"),
    "inquiries.hide-sure": Text("我知道隐去后找不回来", "I know that it cannot be brought back"),
    "inquiries.hide-send": Text("隐去", "Hide"),
    "inquiries.hide-release": Text("隐去以后公开", "Hide and let everybody read the rest"),
    "inquiries.release": Text("没有个人信息，照原样公开", "Nothing personal in it: let everybody read it"),
    "inquiries.nothing-left": Text("没有可以隐去的内容了。", "Nothing is left to hide."),
    "inquiries.asker": Text("看是哪一户", "See which home"),
    "inquiries.asker-title": Text("询问人", "Who asked"),
    "inquiries.asker-lead": Text(
        "只供社区核对。查看已经记下，不要告诉别人。", "For the office alone. This look was written down; tell nobody."
    ),
    "inquiries.back": Text("回到这条询问", "Back to the question"),
    "inquiries.check": Text("怎么知道没有被改过", "How to know that it was not changed"),
    "inquiries.check-how": Text(
        "提出和答复时，每一段都写进了小区的公开记录。以后改一个字，核对时就会查出来。",
        "When it was asked and answered, every piece was bound in the estate’s public record. A check finds any later change.",
    ),
    "inquiries.check-file": Text("下载核对用的文件", "Download the file for checking"),
}
