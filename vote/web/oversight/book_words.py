"""What the pages of the books say; names of accounts stand with the accounts (`vote.oversight.book.accounts`)."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

_SHOWN: Final[Mapping[str, Text]] = {
    "book.title": Text("收支账本", "Accounts"),
    "book.lead": Text(
        "每一笔都有凭证，记了不能悄悄改；记错了另记一笔冲销。",
        "Each has a voucher. Nothing is changed unseen; what was wrong is taken back by another entry.",
    ),
    "book.none": Text("还没有记过账。", "Nothing has been entered yet."),
    "book.pool.common": Text("公共收益", "Common income"),
    "book.pool.fund": Text("维修资金", "Maintenance fund"),
    "book.pools": Text("哪一本账", "Which book"),
    "book.years": Text("哪一年", "Year"),
    "book.year": Text("{year}年", "{year}"),
    "book.opening": Text("期初结余", "Balance before"),
    "book.closing": Text("期末结余", "Balance after"),
    "book.income": Text("收入", "Income"),
    "book.spending": Text("支出", "Spending"),
    "book.item": Text("项目", "Item"),
    "book.yuan": Text("金额（元）", "Yuan"),
    "book.decision": Text("依据的决定", "Decision"),
    "book.months": Text("每月收入和支出", "Income and spending by month"),
    "book.chart": Text(
        "{year}年每月收入和支出的柱形图，最高的一根是{most}元；下面的表格里有同样的数字。",
        "Bars of income and spending by month of {year}, the highest {most} yuan; the table below has the same figures.",
    ),
    "book.chart-scale": Text("最高的一根：{most}元", "The highest bar: {most} yuan"),
    "book.months-table": Text("看每月的数字", "The figures of each month"),
    "book.month": Text("月份", "Month"),
    "book.latest": Text("最近几笔", "The latest entries"),
    "book.every": Text("看这一年的每一笔", "Every entry of this year"),
    "book.entries": Text("每一笔", "Every entry"),
    "book.found": Text("共{n}笔，最近的在前。", "{n} entries, the latest first."),
    "book.pages": Text("翻页", "Pages"),
    "book.newer": Text("较新的", "Newer"),
    "book.older": Text("较早的", "Older"),
    "book.entry": Text("第{number}笔", "Entry {number}"),
    "book.moved": Text("互转{amount}元", "{amount} yuan moved within"),
    "book.on": Text("日期", "Day"),
    "book.amount": Text("金额（元）", "Amount (yuan)"),
    "book.payee": Text("对方", "Other side"),
    "book.credit-code": Text("对方统一社会信用代码", "Credit code of the other side"),
    "book.note": Text("摘要", "Note"),
    "book.accounts": Text("记在哪些账上（元）", "On which accounts (yuan)"),
    "book.voucher": Text("凭证", "Voucher"),
    "book.marks": Text("{n}户核对过这张凭证", "Homes that checked this voucher: {n}"),
    "book.no-marks": Text("还没有人核对过这张凭证", "Nobody has checked this voucher yet"),
    "book.takes-back": Text("冲销第{number}笔", "Takes back entry {number}"),
    "book.taken-back": Text("已被第{number}笔冲销", "Taken back by entry {number}"),
    "book.hidden": Text("依法隐去", "Hidden by law"),
    "book.hidden-why": Text(
        "依据{article}，由{office}决定，{on}起。", "By {article}, decided by {office}, since {on}."
    ),
    "book.notices": Text("公示表", "Notices"),
    "book.notice-pdf": Text("打印（PDF）", "To print (PDF)"),
    "book.notice-xlsx": Text("下载表格，含每一笔（XLSX）", "Spreadsheet with every entry (XLSX)"),
    "book.notice-until": Text("本期还没有结束，数字到{on}为止。", "This time is not over; its figures are until {on}."),
    "book.notice-span": Text("{first}至{last}", "{first} to {last}"),
    "book.notice-counts": Text("本期记账{n}笔，凭证{vouchers}张。", "Entries: {n}. Vouchers: {vouchers}."),
    "book.other-times": Text("别的月份、季度、年份", "Other months, quarters and years"),
    "book.check": Text("自己核对", "Check it yourself"),
    "book.check-how": Text(
        "下面的文件里有每一笔的公开数字和核对用的随机数，可以和公开日志逐笔对照；账本文件可以用Beancount软件检查借贷是否平衡。",
        "These files hold every entry with its salt, to be held against the public log; the Beancount file shows that it balances.",
    ),
    "book.download": Text("下载账本（Beancount格式）", "Download the books (Beancount)"),
    "book.json": Text("每一笔的公开数据（JSON）", "Every entry as data (JSON)"),
}

_ENTERED: Final[Mapping[str, Text]] = {
    "book.enter": Text("记一笔", "Enter something"),
    "book.enter-lead": Text(
        "照凭证填。记下就公开，不能改；记错了可以冲销。",
        "As it stands on the voucher. It is public at once and cannot be changed, but taken back.",
    ),
    "book.no-vouchers": Text(
        "还没有可以用的凭证。请先把发票、收据或流水的照片附在一份记录里公布出来。",
        "There is no voucher yet: publish a record with a scan of the invoice, receipt or statement first.",
    ),
    "book.publish-voucher": Text("公布附有凭证的记录", "Publish a record with its voucher"),
    "book.choose": Text("请选", "Choose"),
    "book.what-for": Text("收入还是支出，是什么", "Income or spending, and what"),
    "book.purse": Text("钱在哪里", "Where the money is"),
    "book.purse-hint": Text("维修资金只有一个账户，不用选。", "The fund has one account only; nothing to choose."),
    "book.amount-typed": Text("金额（元）", "Amount in yuan"),
    "book.amount-hint": Text("例如1,200.50。", "Such as 1,200.50."),
    "book.payee-hint": Text(
        "写单位名称。是个人的，写“个人”，不写姓名。",
        "A firm or office. A person is not named: write that it was a person.",
    ),
    "book.code-hint": Text("18位，发票上有。", "18 signs, as on the invoice."),
    "book.note-hint": Text(
        "一句话写明用途；不写姓名、房号、电话。", "One line: what it was for. No name, home or telephone."
    ),
    "book.voucher-hint": Text("已公布记录的附件。", "An attachment of a published record."),
    "book.decision-hint": Text(
        "补贴、使用维修资金、共同决定的其他支出必须选。",
        "Needed for allowances, use of the fund, and what owners decide together.",
    ),
    "book.none-named": Text("不需要", "None needed"),
    "book.send": Text("记账并公开", "Enter and publish"),
    "book.take-back": Text("记错了，冲销", "It is wrong: take it back"),
    "book.take-back-title": Text("冲销第{number}笔", "Take back entry {number}"),
    "book.take-back-lead": Text(
        "会另记一笔相反的金额，两笔都留着、都公开。正确的请再另记一笔。",
        "Another entry of the opposite amount is made; both stay and are public. Enter the right one anew.",
    ),
    "book.why": Text("为什么冲销", "Why"),
    "book.why-hint": Text(
        "例如：金额看错了。会公开，不写姓名。", "Such as: the amount was misread. It is public: no names."
    ),
    "book.take-back-send": Text("冲销", "Take it back"),
    "book.hide": Text("依法隐去文字", "Hide its words by law"),
    "book.hide-title": Text("隐去第{number}笔的文字", "Hide the words of entry {number}"),
    "book.hide-lead": Text(
        "对方、信用代码、摘要会永远删掉；日期、金额、项目、凭证和决定仍然公开。账本和公开日志会写明隐去了。",
        "Other side, code and note go for ever; day, amount, item, voucher and decision stay public. Books and log say so.",
    ),
    "book.hide-article": Text("依据", "By which law"),
    "book.hide-office": Text("谁决定的", "Who decided so"),
    "book.hide-sure": Text("我知道隐去以后找不回来", "I know that it cannot be brought back"),
    "book.hide-send": Text("隐去", "Hide"),
}

_IMPORTED: Final[Mapping[str, Text]] = {
    "book.bank": Text("导入银行流水", "Bank statement"),
    "book.bank-lead": Text(
        "选银行导出的文件，读出来的先放在这里；逐笔说明是什么、凭证是哪张，确认以后才记进账本。导入过的不会重复。",
        "What the bank’s file says waits here; say what each movement was and which voucher it has, and it is entered. "
        "What was read before is not read again.",
    ),
    "book.bank-file": Text("银行流水文件", "The bank’s file"),
    "book.bank-file-hint": Text(
        "XLSX、XLS或CSV，最多{megabytes}兆。不要改银行的表头。",
        "XLSX, XLS or CSV, at most {megabytes} MB, with the bank’s own header.",
    ),
    "book.bank-account": Text("哪个账户", "Which account"),
    "book.bank-read": Text("读文件", "Read the file"),
    "book.bank-mapping": Text("表头认不出来时填这里", "If the header is not understood"),
    "book.bank-mapping-hint": Text(
        "照抄文件里的表头。认得出的不用填。", "Copy the header from the file; leave out what is understood."
    ),
    "book.bank-taken": Text(
        "新读出{new}笔；{known}笔以前导入过，没有重复。", "New: {new}. Read before, not read again: {known}."
    ),
    "book.bank-entered": Text("记账{n}笔。", "Entered: {n}."),
    "book.bank-waiting": Text("还有{n}笔没有记账", "Movements that wait: {n}"),
    "book.bank-nothing": Text("没有等着记账的流水。", "No movement waits."),
    "book.bank-how": Text(
        "选了“记账”的，要选项目和凭证，写好摘要；对方是个人的不写姓名。",
        "For what you enter choose item and voucher and write a note; a person is not named.",
    ),
    "book.bank-movement": Text("{on}　{amount}元", "{on}, {amount} yuan"),
    "book.bank-said": Text("银行写的：{said}", "The bank wrote: {said}"),
    "book.bank-do": Text("怎么办", "What to do"),
    "book.bank-later": Text("先放着", "Later"),
    "book.bank-enter": Text("记账", "Enter it"),
    "book.bank-aside": Text("不记账", "Leave it out"),
    "book.bank-aside-hint": Text(
        "例如定期存款转存。以后重新导入文件可以再记。",
        "Such as a term deposit renewed. Read the file again to take it up.",
    ),
    "book.bank-same": Text("就是账本里的第{number}笔", "It is entry {number} of the books"),
    "book.bank-confirm": Text("确认这些", "Confirm these"),
    "book.waiting": Text("{n}笔流水等着记账", "Movements that wait to be entered: {n}"),
}

_MARKED: Final[Mapping[str, Text]] = {
    "book.mark": Text("我核对过这张凭证", "I checked this voucher"),
    "book.mark-lead": Text(
        "看过凭证、觉得金额和用途对得上，就留个记号。只公开一共几户核对过，不公开是谁。",
        "If you looked at the voucher and it fits, say so. Only how many homes did is public, never who.",
    ),
    "book.mark-letter": Text("投票信上的编号", "The number on your letter"),
    "book.mark-letter-hint": Text("最近一次投票收到的信。", "The letter of the latest vote."),
    "book.mark-code": Text("短信验证码", "The code from the text message"),
    "book.mark-sent": Text(
        "验证码发到了尾号{tail}的手机，十分钟内有效。",
        "A code went to the phone ending in {tail}; it holds for ten minutes.",
    ),
    "book.mark-get": Text("获取验证码", "Send me a code"),
    "book.mark-send": Text("核对过了", "I checked it"),
    "book.mark-ask": Text("觉得不对？向业委会询问", "Something wrong? Ask the committee"),
    "book.marked": Text("记下了，谢谢。", "Noted, thank you."),
}

BOOK: Final[Mapping[str, Text]] = {**_SHOWN, **_ENTERED, **_IMPORTED, **_MARKED}
"""What came in and was spent."""
