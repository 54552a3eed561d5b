"""Texts of the page 我已依法做了什么, Chinese first."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

LIFE: Final[Mapping[str, Text]] = {
    "finishing.life-title": Text("我已依法做了什么", "What was done, and on which article"),
    "finishing.life-lead": Text(
        "每一步谁做的、什么时候、依据哪一条，都在这里，由系统当时记下，事后改不了。可打印，可下载，有人追究时拿得出来。",
        "Every step with who took it, when, and on which article, recorded at the time and never changed. To print or download.",
    ),
    "finishing.life-nobody": Text(
        "这里没有业主的姓名、房号、电话，也看不出谁怎么投。",
        "No owner’s name, home or telephone number is here, and not how anybody voted.",
    ),
    "finishing.life-print": Text("下载：", "Download:"),
    "finishing.life-csv": Text("表格（CSV）", "Spreadsheet (CSV)"),
    "finishing.life-json": Text("给程序读的（JSON）", "For programs (JSON)"),
    "finishing.life-digests": Text("校验码", "Digests"),
    "finishing.life-itself": Text("系统按时自动", "by itself, at its time"),
    "finishing.life-owner": Text("业主凭信和验证码自己提出", "an owner alone, with letter and code"),
    "finishing.life-head.at": Text("时间", "When"),
    "finishing.life-head.what": Text("做了什么", "What"),
    "finishing.life-head.duty": Text("职责", "Duty"),
    "finishing.life-head.name": Text("登录的名字", "Name as signed in"),
    "finishing.life-head.law": Text("依据", "Law"),
    "finishing.life-head.digests": Text("校验码", "Digests"),
    "finishing.life.other": Text("办了一件事", "Something was done"),
    "finishing.life.roll:frozen": Text("业主清册定稿封存", "The roll of owners was frozen"),
    "finishing.life.election:sealed": Text("表决方案封存", "The plan of the vote was sealed"),
    "finishing.life.election:noticed": Text("通知业主", "Owners were given notice"),
    "finishing.life.election:opened": Text("投票开始", "Voting opened"),
    "finishing.life.election:extended": Text("投票延期", "Voting was extended"),
    "finishing.life.candidate:withdrawn": Text("候选人退出", "A candidate withdrew"),
    "finishing.life.roll:corrected": Text("清册迟来的更正", "A late error of the roll was corrected"),
    "finishing.life.phone:changed": Text(
        "更正一位业主的手机号（两人核对）", "An owner’s telephone was changed, by two people"
    ),
    "finishing.life.letter:reissued": Text("补发一封信，旧信作废", "A letter was made anew; the old one is void"),
    "finishing.life.election:closed": Text("投票截止，票箱封好", "Voting closed, the box was sealed"),
    "finishing.life.dispute:raised": Text(
        "写下第{n}件对“谁投了票”的异议", "Dispute {n} about who voted was written down"
    ),
    "finishing.life.dispute:settled": Text("办结第{n}件异议", "Dispute {n} was settled"),
    "finishing.life.election:checked": Text(
        "核对参加人数，在开票之前", "It was checked who took part, before counting"
    ),
    "finishing.life.tally:summed": Text("所有的票加在一起", "All ballots were added up"),
    "finishing.life.tally:shared": Text("第{n}位开箱人到场交了一份", "Key-holder {n} came and handed in a part"),
    "finishing.life.tally:opened": Text(
        "总数打开，公布初步结果", "The total was opened, the preliminary result published"
    ),
    "finishing.life.objection:raised": Text("写下第{n}件对结果的异议", "Objection {n} to the result was written down"),
    "finishing.life.objection:answered": Text("答复第{n}件异议", "Objection {n} was answered"),
    "finishing.life.objection:merged": Text("合并同一件事的异议", "Objections about one thing were merged"),
    "finishing.life.opening:requested": Text("申请拆开一张记名票", "The opening of one named ballot was requested"),
    "finishing.life.certificate:composed": Text("拟结果证明", "The certificate was composed"),
    "finishing.life.certificate:signed": Text("签署结果证明", "The certificate was signed"),
    "finishing.life.certificate:issued": Text(
        "第{n}号证明签齐、公布", "Certificate {n} had every signature and was published"
    ),
    "finishing.life.election:annulled": Text("投票作废", "The vote was annulled"),
    "finishing.life.trustee:destroyed": Text("第{n}位开箱人销毁钥匙", "Key-holder {n} destroyed the key"),
    "finishing.life.letters:destroyed": Text("制信人销毁信件底档", "The registrars destroyed the sealed letters"),
    "finishing.life.database:restored": Text("网站从备份恢复", "The site was restored from a backup"),
    "finishing.life.participation:seen": Text("看了含面积的参加名单", "Looked at who took part, with areas"),
    "finishing.life.dispute:seen": Text("看了一件异议的原话", "Read what was said in a dispute"),
    "finishing.life.objection:seen": Text("看了一件异议的原话", "Read what was said in an objection"),
    "finishing.life.voters:seen": Text("看了谁还没有投票", "Looked at who had not voted yet"),
    "finishing.life.turnout:seen": Text("看了准确的参加人数", "Looked at the exact turnout"),
    "finishing.life.owners:reminded": Text("提醒还没投票的业主", "Reminded owners who had not voted"),
    "finishing.life.owner:seen": Text("看了业主是谁", "Looked at who an owner is"),
    "finishing.life.roll:seen": Text("看了业主清册", "Looked at the roll"),
    "finishing.life.roll:imported": Text("导入业主清册", "Imported the roll"),
    "finishing.life.roll:edited": Text("修改业主清册", "Edited the roll"),
    "finishing.life.phone:seen": Text("看了业主的电话", "Looked at owners’ telephones"),
    "finishing.life.delivery:noted": Text("登记信件送达", "Noted the delivery of letters"),
    "finishing.life.duty:joined": Text("接受职责", "Took up a duty"),
    "finishing.life.key:replaced": Text("换发一把职责钥匙", "A lost role key was replaced"),
    "finishing.life.key:asked": Text("提出换发一把职责钥匙", "A new role key was asked for"),
    "finishing.life.key:agreed": Text("第二个人同意换发职责钥匙", "A second person agreed to a new role key"),
    "finishing.life.key:kept": Text("叫停换发，职责钥匙不变", "A new role key was stopped; the old one stays"),
    "finishing.life.letters:seen": Text("看了哪些信没送到", "Looked at which letters did not arrive"),
    "finishing.life.office:keys": Text("交上本单位的公开钥匙", "An office handed in its public keys"),
    "finishing.life.desk:checked": Text("当面核对业主身份", "Checked an owner’s identity in person"),
    "finishing.life.dispute:written": Text("写下一件异议", "Wrote a dispute down"),
    "finishing.life.ballots:checked": Text("核对参加人数", "Checked who took part"),
    "finishing.life.objection:written": Text("写下一件异议", "Wrote an objection down"),
    "finishing.life.account:signed-in": Text("登录", "Signed in"),
    "finishing.life.passkey:added": Text("添加登录设备", "Added a device to sign in with"),
    "finishing.life.passkey:removed": Text("删除登录设备", "Removed a device to sign in with"),
    "finishing.life.recovery:made": Text("打印备用码", "Made recovery codes"),
    "finishing.life.session:ended": Text("让一台设备退出", "Signed a device out"),
    "finishing.life.staff:invited": Text("邀请工作人员", "Invited staff"),
    "finishing.life.staff:granted": Text("给了管理权限", "Gave a task"),
    "finishing.life.staff:revoked": Text("取消管理权限", "Took a task back"),
    "finishing.life.letter:printed": Text("打印信", "Printed a letter"),
    "finishing.life.letter:jammed": Text("一封信打坏了，作废", "A print is void: jammed or torn"),
    "finishing.life.letter:faint": Text("一封信看不清，作废", "A print is void: not legible"),
    "finishing.life.letter:twice": Text("一封信多打了一份，作废", "A print is void: printed twice"),
    "finishing.life.letter:renewed": Text("补了信，旧的那份作废", "A print is void: the letter was made anew"),
    "finishing.life.election:prepared": Text("准备投票", "The vote was prepared"),
    "finishing.life.profile:withdrawn": Text("撤下一位候选人的介绍", "A candidate’s profile was taken down"),
}
