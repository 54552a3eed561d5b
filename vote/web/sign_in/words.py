"""Texts of signing in, Chinese first."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text
from vote.web.sign_in.account_words import ACCOUNT

_SIGN_IN: Mapping[str, Text] = {
    "sign-in.title": Text("登录", "Sign in"),
    "sign-in.who": Text(
        "这里给社区、街道和在投票中有工作的人用。", "For community staff and those with a task in a vote."
    ),
    "sign-in.passkey": Text("用指纹、人脸或锁屏密码", "With fingerprint, face or screen lock"),
    "sign-in.passkey-what": Text(
        "就是平时解锁手机或电脑的办法：按一下指纹、看一眼镜头，或者输锁屏密码。不用记密码，指纹和人脸也不会离开您的设备。",
        "The way you unlock your phone or computer: a fingerprint, a look at the camera or the screen lock. There is no "
        "password to remember, and your fingerprint or face never leaves the device.",
    ),
    "sign-in.passkey-button": Text("用指纹、人脸或锁屏密码登录", "Sign in with fingerprint, face or screen lock"),
    "sign-in.no-passkey": Text(
        "这个浏览器用不了指纹和人脸。请换手机自带的浏览器打开（不要在微信里打开），或者用下面的备用码。",
        "This browser cannot ask for fingerprint or face. Open this page in the phone’s own browser (not inside WeChat), or "
        "use a printed code below.",
    ),
    "sign-in.failed": Text(
        "没有成功，请再试一次；还不行，就用下面的备用码。", "This did not work. Try again, or use a printed code below."
    ),
    "sign-in.busy": Text("请看手机或电脑上的提示…", "Look at what your device asks…"),
    "sign-in.provider": Text("用{name}", "With {name}"),
    "sign-in.provider-what": Text(
        "先在“我的账号”里关联过的人可以用。", "For those who have linked it on their account’s page."
    ),
    "sign-in.provider-button": Text("用{name}登录", "Sign in with {name}"),
    "sign-in.provider-link": Text("关联{name}", "Link {name}"),
    "sign-in.provider-unlink": Text("取消关联{name}", "Unlink {name}"),
    "sign-in.code": Text("用打印的备用码", "With a printed code"),
    "sign-in.code-label": Text("备用码", "Code"),
    "sign-in.code-hint": Text(
        "纸上25位的一行，大小写都可以，横线可以不输。每个只能用一次。",
        "One line of 25 characters from your sheet, capitals or not, dashes or not. Each works once.",
    ),
    "sign-in.code-button": Text("用备用码登录", "Sign in with the code"),
    "sign-in.no-account": Text(
        "第一次来？请打开别人发给您的邀请链接。指纹用不了，备用码也没了，请找邀请您的人再发一个。",
        "New here? Open the invitation link that somebody sent you. If neither device nor codes work, ask whoever invited "
        "you for another link.",
    ),
    "sign-in.owners": Text(
        "业主投票不用登录，请扫信上的二维码。", "Owners need no account: scan the code on your letter."
    ),
    "sign-in.signed-out": Text("您已经退出，请重新登录", "You are signed out; please sign in again"),
    "sign-in.signed-out-why": Text(
        "隔了太久没有操作，为了安全已经自动退出。刚才填的没有保存，请登录后再填一次。",
        "Nothing was done here for some time, so you were signed out. What you filled in was not kept; please sign in and "
        "fill it in again.",
    ),
    "sign-in.not-allowed": Text("这一页您不能打开", "You cannot open this page"),
    "sign-in.not-allowed-who": Text(
        "{name}，您已经登录，但这一页只给担任下面工作的人看：",
        "{name}, you are signed in, but this page is for those who have one of these tasks here:",
    ),
    "sign-in.not-allowed-next": Text(
        "这件事应该由您来做？请找社区或街道的负责人，让对方给您发一个邀请链接。",
        "Is this your task? Ask whoever is in charge at the community or sub-district office for an invitation link.",
    ),
    "sign-in.not-allowed-apart": Text(
        "您是工作人员，但您在这次投票里还有一份工作，这两件事不能由一个人做：信和电话要在不同的人手里。请找别的同事来办。",
        "You are staff, but you also have a task in this vote, and one person may not do both: letters and telephones lie in "
        "different hands. Ask a colleague.",
    ),
    "sign-in.to-account": Text("我的工作", "My tasks"),
}

_JOIN: Mapping[str, Text] = {
    "join.title": Text("打开邀请", "Open an invitation"),
    "join.paste": Text("请把收到的邀请链接整个粘贴在这里。", "Paste the whole link that you were sent."),
    "join.word": Text("邀请链接", "Invitation link"),
    "join.word-hint": Text("从微信、短信里长按复制。", "Press it long in your messages to copy it."),
    "join.look": Text("打开", "Open"),
    "join.invited": Text("您收到一个邀请", "You are invited"),
    "join.task": Text("工作", "Task"),
    "join.where": Text("地方", "Where"),
    "join.person": Text("邀请的人", "Who is invited"),
    "join.staff": Text("工作人员：管理下面范围里的小区和投票", "Staff: runs estates and votes in this area"),
    "join.taken": Text(
        "这份工作已经有人领了。是您领的，请在下面登录；不是，请马上告诉给您链接的人。",
        "Somebody has taken this up. If it was you, sign in below; if not, tell whoever sent you the link at once.",
    ),
    "join.as": Text("您现在是{name}。", "You are signed in as {name}."),
    "join.accept": Text("接受这份工作", "Accept"),
    "join.new": Text("我第一次来", "I am new here"),
    "join.name": Text("姓名", "Name"),
    "join.name-hint": Text("写身份证上的姓名。", "As it stands on the identity card."),
    "join.nameless": Text("请先写姓名。", "Write the name first."),
    "join.passkey": Text("用指纹、人脸或锁屏密码开通", "Begin with fingerprint, face or screen lock"),
    "join.no-passkey": Text(
        "这个浏览器用不了指纹和人脸。请换手机自带的浏览器打开这个链接（不要在微信里打开）；实在不行，再点下面的备用码。",
        "This browser cannot ask for fingerprint or face. Open the link in the phone’s own browser (not inside WeChat); only "
        "if that does not work use printed codes.",
    ),
    "join.codes": Text("没有指纹和人脸，只用打印的备用码", "Neither: use printed codes only"),
    "join.old": Text("我以前用过，已经有账号", "I have an account already"),
    "join.by-code": Text("用备用码登录并接受", "Sign in with the code and accept"),
}

_CODES: Mapping[str, Text] = {
    "codes.title": Text("备用码", "Recovery codes"),
    "codes.once": Text(
        "只显示这一次。请现在打印或者抄下来，和身份证放在一起；不要拍照，不要发给别人。",
        "Shown this once. Print or copy them now and keep them with your identity card; take no photo and send them to nobody.",
    ),
    "codes.of": Text(
        "{name}的备用码。换手机、丢手机的时候，用其中一个登录。", "Codes of {name}, for when a phone is lost or new."
    ),
    "codes.how": Text(
        "每个只能用一次，用过请划掉。以前打印的都作废了。谁来要都不给：社区和平台不会问您要。",
        "Each works once; cross it out. Older sheets are void. Give them to nobody: neither the office nor this site asks for them.",
    ),
    "codes.print": Text("打印", "Print"),
    "codes.done": Text("好了", "Done"),
}

_ROLES: Mapping[str, Text] = {
    "role.staff": Text("工作人员（管这个小区的社区、街道）", "staff in charge of this estate"),
    "role.registrar": Text("制信人", "registrar (makes the letters)"),
    "role.trustee": Text("开箱人", "key-holder (opens the box)"),
    "role.phones": Text("电话登记员", "editor of telephones"),
    "role.desk": Text("窗口核验员", "desk check"),
    "role.organiser": Text("组织者（筹备组、业委会）", "organiser (preparatory group or committee)"),
    "role.community": Text("社区确认人", "community certifier"),
    "role.sub_district": Text("街道签收人", "sub-district recipient"),
    "role.committee": Text("业委会成员", "member of the owners’ committee"),
}

WORDS: Final[Mapping[str, Text]] = {**_SIGN_IN, **_JOIN, **_CODES, **_ROLES, **ACCOUNT}
