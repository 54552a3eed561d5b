"""Texts about the certificate, how it is signed, and the keys of the offices, Chinese first."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

CERTIFICATE: Final[Mapping[str, Text]] = {
    "finishing.certificate.title": Text("结果证明", "The certificate of the result"),
    "finishing.certificate.early": Text("还没有结果，还不能拟证明。", "There is no result yet to certify."),
    "finishing.certificate.wait": Text(
        "还不能拟证明：对结果的异议收到{until}为止。", "Not yet: objections are taken until {until}."
    ),
    "finishing.certificate.compose": Text("拟结果证明", "Compose the certificate"),
    "finishing.certificate.again": Text("重新拟（还没有人签）", "Compose again (nobody has signed yet)"),
    "finishing.certificate.by-organiser": Text("证明由组织者拟。", "The organiser composes the certificate."),
    "finishing.certificate.figures": Text("证明上的内容", "What it says"),
    "finishing.certificate.preview": Text("看证明原件（PDF）", "See the certificate itself (PDF)"),
    "finishing.certificate.who": Text("谁来签", "Who signs"),
    "finishing.certificate.office": Text("单位", "Office"),
    "finishing.certificate.state": Text("签了没有", "Signed"),
    "finishing.certificate.signed": Text("已签", "yes"),
    "finishing.certificate.outside": Text(
        "三方都签好了。等小区外的人核对过记录，结果就发出来，最多等三天。",
        "All three have signed. The certificate comes out once people outside the estate have checked the record, after "
        "three days at the latest.",
    ),
    "finishing.certificate.now": Text("现在轮到", "its turn"),
    "finishing.certificate.later": Text("还没轮到", "later"),
    "finishing.certificate.complete": Text(
        "三方都签了，证明已经公布。", "All three have signed; the certificate is published."
    ),
    "finishing.certificate.more": Text("更正或撤销", "Correct or revoke"),
    "finishing.certificate.kind": Text("要做什么", "Which"),
    "finishing.certificate.kind.correction": Text("更正：出一份新的，取代前一份", "Correct: a new one takes its place"),
    "finishing.certificate.kind.revocation": Text("撤销：这个结果不能作数", "Revoke: the result does not stand"),
    "finishing.certificate.reason": Text("理由（公开）", "Why (public)"),
    "finishing.certificate.do-more": Text("拟出来，再由三方签", "Compose, then three sign"),
    "finishing.sign.title": Text("以“{name}”的名义签字", "Sign as {name}"),
    "finishing.sign.lead": Text(
        "先把上面的内容和证明原件看一遍。再选本单位的钥匙文件，输口令，按“签字”。钥匙只在这台电脑上用，不会传出去。",
        "Read the above and the certificate first. Then choose your office’s key file, type its passphrase, and sign. "
        "The key is used on this computer only and never leaves it.",
    ),
    "finishing.sign.sheet": Text("要签的文件（PDF），存下来看", "Save the document to be signed (PDF) and read it"),
    "finishing.sign.file": Text("本单位的钥匙文件", "Your office’s key file"),
    "finishing.sign.passphrase": Text("口令", "Passphrase"),
    "finishing.sign.passphrase-hint": Text("用命令做的钥匙没有口令，不用填", "Key files made by the command have none"),
    "finishing.sign.agree": Text("内容我看过了，同意签字", "I have read it and agree to sign"),
    "finishing.sign.button": Text("签字", "Sign"),
    "finishing.sign.no-script": Text(
        "签字要用浏览器里的程序，请打开脚本；或用命令签。", "Signing needs scripts; or use the command."
    ),
    "finishing.sign.reading": Text("正在核对证明和公布的结果…", "Comparing the certificate with what is published…"),
    "finishing.sign.same": Text(
        "这台电脑核对过了：证明上的每一个数，和公布的结果、方案、档案都一致。",
        "This computer compared them: every figure of the certificate is that of the published result, plan and archive.",
    ),
    "finishing.sign.no-file": Text("请先选本单位的钥匙文件。", "Choose your office’s key file first."),
    "finishing.sign.no-passphrase": Text(
        "这个钥匙文件有口令，请输入。", "This key file has a passphrase; please type it."
    ),
    "finishing.sign.not-a-key-file": Text("这个文件不是钥匙文件，请再选。", "This is no key file; choose another."),
    "finishing.sign.wrong-passphrase": Text(
        "口令不对，打不开钥匙文件。没有签字。", "The passphrase does not open the key file. Nothing was signed."
    ),
    "finishing.sign.other-office": Text(
        "这是别的单位的钥匙，现在轮到的不是它。没有签字。", "This is another office’s key. Nothing was signed."
    ),
    "finishing.sign.other-keys": Text(
        "这把钥匙不是封存方案时交来的那一把，签了也不算。没有签字，请找原来的钥匙文件。",
        "This is not the key that was sealed with the vote. Nothing was signed; find the right key file.",
    ),
    "finishing.sign.differs": Text(
        "证明和公布的结果对不上，没有签字。请不要签，告诉管网站的人：{what}。",
        "The certificate and the published result differ ({what}). Nothing was signed. Do not sign; tell whoever runs this site.",
    ),
    "finishing.sign.prepared": Text(
        "要签的文件不对，没有签字。请刷新再试。",
        "What was to be signed is not right. Nothing was signed; load the page again.",
    ),
    "finishing.sign.signing": Text("正在签字…", "Signing…"),
    "finishing.sign.sending": Text("正在交上去…", "Handing in…"),
    "finishing.sign.done": Text("签好了。下一方可以签了。", "Signed. It is the next office’s turn."),
    "finishing.sign.done-all": Text(
        "签好了，三方都签齐了，证明已经公布。", "Signed. All three have signed; the certificate is published."
    ),
    "finishing.sign.refused": Text(
        "没有收下，请刷新看看是不是别人刚签过。", "It was not taken; load the page again and see who has signed."
    ),
    "finishing.sign.signed-out": Text(
        "登录过期了，没有交上去。请刷新这一页，重新登录再签。",
        "You were signed out; nothing was handed in. Load the page again, sign in, and sign.",
    ),
    "finishing.sign.offline": Text(
        "网断了，没有交上去。连上网再按一次“签字”。", "No connection; nothing was handed in. Try again."
    ),
    "finishing.sign.unsupported": Text(
        "这个浏览器太旧，签不了，请换一个新的，或用命令签。",
        "This browser is too old to sign; use a newer one or the command.",
    ),
}

KEYS: Final[Mapping[str, Text]] = {
    "finishing.keys.title": Text("生成本单位的钥匙", "Make your office’s keys"),
    "finishing.keys.lead": Text(
        "签结果证明要用本单位自己的钥匙。钥匙在这台电脑上生成，存成一个文件，不会传到网上；交上去的只有公开的那一半。",
        "The certificate is signed with your office’s own keys. They are made on this computer and saved as a file; only the "
        "public half is handed in.",
    ),
    "finishing.keys.loss": Text(
        "钥匙文件丢了，或者忘了口令，谁也补不回来，这次的证明就签不了。请存两份，分开放。",
        "If the file or the passphrase is lost, nobody can replace it and this certificate cannot be signed. Keep two copies apart.",
    ),
    "finishing.keys.closed": Text(
        "方案已经封存，钥匙不能再换。", "The vote is sealed; keys cannot be changed any more."
    ),
    "finishing.keys.brought": Text(
        "已交钥匙：{name}。再交一次会换掉前一把。", "Keys are here for {name}. Handing in again replaces them."
    ),
    "finishing.keys.office": Text("哪一方", "Which office"),
    "finishing.keys.office.organiser": Text("组织者（确认结果）", "organiser (confirms the result)"),
    "finishing.keys.office.community": Text("社区（确认程序）", "community (certifies the procedure)"),
    "finishing.keys.office.sub_district": Text("街道（签收）", "sub-district (acknowledges)"),
    "finishing.keys.name-label": Text(
        "单位全称（印在证明上）", "The office’s full name, as printed on the certificate"
    ),
    "finishing.keys.name-hint": Text("例：某某社区居民委员会", "As on the office’s seal"),
    "finishing.keys.passphrase": Text("给钥匙文件定一个口令", "A passphrase for the key file"),
    "finishing.keys.passphrase-hint": Text(
        "至少8个字，几个不相干的词最好。签字时要用。", "At least 8 characters; some unrelated words are best."
    ),
    "finishing.keys.again": Text("再输一遍口令", "The passphrase again"),
    "finishing.keys.button": Text("生成钥匙，存到这台电脑", "Make the keys and save them here"),
    "finishing.keys.save-again": Text("再存一份钥匙文件", "Save the key file once more"),
    "finishing.keys.hand-in": Text("文件存好了，交上公开的一半", "The file is safe: hand in the public half"),
    "finishing.keys.request": Text(
        "证书请求（要持牌机构发证书时用）", "A request for a licensed authority’s certificate"
    ),
    "finishing.keys.no-script": Text(
        "生成钥匙要用浏览器里的程序，请打开脚本；或用命令做。", "Making keys needs scripts; or use the command."
    ),
    "finishing.keys.making": Text("正在生成，要几秒钟…", "Making them takes some seconds…"),
    "finishing.keys.made": Text(
        "生成好了。请看看下载的文件在不在，再存一份到别处，然后交上公开的一半。",
        "Done. See that the file was saved, keep a second copy elsewhere, then hand in the public half.",
    ),
    "finishing.keys.handing": Text("正在交…", "Handing in…"),
    "finishing.keys.handed": Text("交好了。钥匙文件和口令请分开保管。", "Handed in. Keep file and passphrase apart."),
    "finishing.keys.refused": Text("没有收下：方案可能已经封存。", "It was not taken: the vote may be sealed already."),
    "finishing.keys.signed-out": Text(
        "登录过期了，没有交上去。先别关这一页：在另一个标签页重新登录，再按一次。",
        "You were signed out; nothing was handed in. Leave this page open, sign in in another tab, and try again.",
    ),
    "finishing.keys.offline": Text("网断了，没有交上去，请再按一次。", "No connection; try again."),
    "finishing.keys.name": Text("单位名称要写成一行，最多64个字。", "The name is one line of at most 64 characters."),
    "finishing.keys.short": Text("口令至少8个字。", "The passphrase has at least 8 characters."),
    "finishing.keys.differ": Text("两遍口令不一样。", "The two passphrases differ."),
    "finishing.keys.unsupported": Text(
        "这个浏览器太旧，做不了，请换一个新的，或用命令做。", "This browser is too old; use a newer one or the command."
    ),
}
