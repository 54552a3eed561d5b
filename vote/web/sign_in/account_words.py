"""Texts of an account's own page and of the list of colleagues, Chinese first."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

_ACCOUNT: Mapping[str, Text] = {
    "account.title": Text("我的账号", "My account"),
    "account.new": Text("最后一步：打印备用码", "One more step: print your codes"),
    "account.new-why": Text(
        "手机丢了、换了，就靠它登录。没有打印，只能请人重新邀请。",
        "They let you in when your phone is lost or new. Without them somebody has to invite you again.",
    ),
    "account.tasks": Text("我的工作", "My tasks"),
    "account.staff": Text("工作人员：{where}", "Staff: {where}"),
    "account.colleagues": Text("工作人员名单和邀请", "Staff and invitations"),
    "account.go": Text("去办", "Open"),
    "account.no-task": Text(
        "现在没有工作。收到新的邀请链接，打开就会出现在这里。",
        "You have no task now. When you open a new invitation link, it appears here.",
    ),
    "account.ways": Text("怎么登录", "Ways to sign in"),
    "account.stale": Text(
        "为了安全，改登录方式、邀请别人之前，请再登录一次。",
        "Before you change how to sign in or invite somebody, please sign in once more.",
    ),
    "account.again": Text("再登录一次", "Sign in again"),
    "account.device": Text("一台设备", "A device"),
    "account.added": Text("{when}添加", "added {when}"),
    "account.used": Text("上次用在{when}", "last used {when}"),
    "account.mark": Text("，", ", "),
    "account.remove": Text("删除", "Remove"),
    "account.no-passkey": Text(
        "还没有指纹、人脸或锁屏密码登录。", "Neither fingerprint, face nor screen lock is set up yet."
    ),
    "account.add": Text("添加这台设备的指纹、人脸或锁屏密码", "Add fingerprint, face or screen lock of this device"),
    "account.add-no": Text("这个浏览器用不了指纹和人脸。", "This browser cannot ask for fingerprint or face."),
    "account.codes-left": Text("还有{n}个没用过。", "{n} are unused."),
    "account.codes-none": Text("一个也没有。请打印一张。", "There are none. Please print a sheet."),
    "account.codes-hint": Text("打印新的，旧的就全部作废。", "New ones make all older ones void."),
    "account.codes-make": Text("打印新的备用码", "Make new codes"),
    "account.devices": Text("登录着的设备", "Signed-in devices"),
    "account.this": Text("（就是这台）", "(this one)"),
    "account.since": Text("{when}登录", "signed in {when}"),
    "account.seen": Text("最近用在{when}", "last used {when}"),
    "account.end": Text("让它退出", "Sign it out"),
    "account.end-others": Text("其他设备全部退出", "Sign all others out"),
    "account.events": Text("用我的名义做过什么", "What was done in my name"),
    "account.events-what": Text(
        "看过谁的资料、改过什么，都记在这里，谁也删不掉。不是您做的，请马上告诉负责人。",
        "Looks at personal data and changes stand here, and nobody can remove them. If it was not you, tell whoever is in "
        "charge at once.",
    ),
    "scope.everything": Text("整个平台", "the whole installation"),
}

_STAFF: Mapping[str, Text] = {
    "staff.revoke": Text("取消权限", "Take the task back"),
    "staff.invite": Text("邀请一位同事", "Invite a colleague"),
    "staff.name-hint": Text("对方的姓名，对方打开链接时会看到。", "The invited person sees it."),
    "staff.scope": Text("管哪里", "Where"),
    "staff.scope-hint": Text("只给需要管的地方，越小越好。", "Only what the task needs; the smaller, the better."),
    "staff.invite-button": Text("生成邀请链接", "Make the link"),
    "staff.link": Text("邀请链接", "Invitation link"),
    "staff.link-for": Text("给{name}，管理：{where}", "For {name}, staff of: {where}"),
    "staff.link-once": Text(
        "只显示这一次，{days}天内有效，只能用一次。请当面让对方扫，或者只发给本人。",
        "Shown this once, good for {days} days and one use. Let the person scan it, or send it to that person only.",
    ),
    "staff.picture": Text("邀请链接的二维码", "QR code of the link"),
}

_EVENTS: Mapping[str, Text] = {
    "event.count": Text("（{n}项）", "({n})"),
    "event.account:signed-in": Text("登录", "Signed in"),
    "event.passkey:added": Text("添加了登录设备", "Added a device to sign in with"),
    "event.passkey:removed": Text("删除了登录设备", "Removed a device to sign in with"),
    "event.recovery:made": Text("打印了备用码", "Made recovery codes"),
    "event.session:ended": Text("让一台设备退出", "Signed a device out"),
    "event.staff:invited": Text("邀请了工作人员", "Invited staff"),
    "event.staff:granted": Text("给了管理权限", "Gave a task"),
    "event.staff:revoked": Text("取消了管理权限", "Took a task back"),
    "event.duty:joined": Text("领了一份投票工作", "Took up a duty in a vote"),
    "event.key:replaced": Text("换了别人的工作钥匙", "Replaced somebody’s task link"),
    "event.key:asked": Text("提出换一个工作链接", "Asked for a new task link"),
    "event.key:agreed": Text("同意换一个工作链接", "Agreed to a new task link"),
    "event.key:kept": Text("叫停了换工作链接", "Stopped a new task link"),
    "event.letters:seen": Text("看了哪些信没送到", "Looked at which letters did not arrive"),
    "event.roll:seen": Text("看了业主清册", "Looked at a roll of owners"),
    "event.roll:imported": Text("导入了业主清册", "Brought a roll of owners"),
    "event.roll:edited": Text("改了业主清册", "Edited a roll of owners"),
    "event.roll:frozen": Text("定稿了业主清册", "Froze a roll of owners"),
    "event.phone:seen": Text("看了业主电话", "Looked at an owner’s telephone"),
    "event.phone:changed": Text("改了业主电话", "Changed an owner’s telephone"),
    "event.owner:seen": Text("看了业主资料", "Looked at an owner’s data"),
    "event.voters:seen": Text("看了谁还没投", "Looked at who has not voted yet"),
    "event.turnout:seen": Text("看了参加情况的准数", "Looked at the exact turnout"),
    "event.owners:reminded": Text("提醒了没投的业主", "Reminded owners who had not voted"),
    "event.delivery:noted": Text("登记了信件送达", "Noted letters as delivered"),
    "event.election:prepared": Text("准备了一次投票", "Prepared a vote"),
    "event.election:sealed": Text("封存了一次投票", "Sealed a vote"),
    "event.election:noticed": Text("登记了通知到位", "Recorded that notice was given"),
    "event.election:annulled": Text("作废了一次投票", "Gave a vote up"),
    "event.candidate:withdrawn": Text("登记了候选人退出", "Recorded that a candidate withdrew"),
    "event.profile:withdrawn": Text("撤下了候选人的介绍", "Took a candidate’s profile down"),
    "event.roll:corrected": Text("登记了清册更正", "Recorded a late correction of the roll"),
    "event.election:extended": Text("延长了投票", "Let voting go on"),
    "event.objection:seen": Text("看了异议", "Read an objection"),
    "event.dispute:seen": Text("看了争议", "Read a dispute"),
    "event.participation:seen": Text("看了谁参加了投票", "Looked at who took part"),
    "event.objection:written": Text("登记了异议", "Wrote down an objection"),
    "event.objection:merged": Text("合并了异议", "Merged an objection"),
    "event.objection:answered": Text("答复了异议", "Answered an objection"),
    "event.dispute:written": Text("登记了争议", "Wrote down a dispute"),
    "event.dispute:settled": Text("处理了争议", "Settled a dispute"),
    "event.ballots:checked": Text("核定了谁参加了投票", "Found who took part"),
    "event.certificate:composed": Text("起草了结果证明", "Composed a certificate"),
    "event.certificate:signed": Text("签了结果证明", "Signed a certificate"),
    "event.office:keys": Text("登记了单位的签章", "Brought an office’s signing keys"),
    "event.letter:printed": Text("打印了信", "Printed a letter"),
    "event.letter:jammed": Text("一封信打坏了，作废", "A print is void: jammed or torn"),
    "event.letter:faint": Text("一封信看不清，作废", "A print is void: not legible"),
    "event.letter:twice": Text("一封信多打了一份，作废", "A print is void: printed twice"),
    "event.letter:renewed": Text("补了信，旧信作废", "A print is void: the letter was made anew"),
    "event.desk:checked": Text("当面核对了业主身份", "Checked an owner’s identity in person"),
}

ACCOUNT: Final[Mapping[str, Text]] = {**_ACCOUNT, **_STAFF, **_EVENTS}
