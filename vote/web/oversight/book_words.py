"""What the pages of the books say; names of accounts stand with the accounts (`vote.oversight.book.accounts`)."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

BOOK: Final[Mapping[str, Text]] = {
    "book.title": Text("收支账本", "Accounts"),
    "book.lead": Text(
        "每一笔都有凭证，记了不能悄悄改；记错了另记一笔冲销。",
        "Each has a voucher. Nothing is changed unseen; what was wrong is taken back by another entry.",
    ),
    "book.none": Text("还没有记过账。", "Nothing has been entered yet."),
    "book.pool.common": Text("公共收益", "Common income"),
    "book.pool.fund": Text("维修资金", "Maintenance fund"),
    "book.year": Text("{year}年", "{year}"),
    "book.opening": Text("期初结余", "Balance before"),
    "book.closing": Text("期末结余", "Balance after"),
    "book.income": Text("收入", "Income"),
    "book.spending": Text("支出", "Spending"),
    "book.item": Text("项目", "Item"),
    "book.yuan": Text("金额（元）", "Yuan"),
    "book.decision": Text("依据的决定", "Decision"),
    "book.months": Text("每月收入和支出", "Income and spending by month"),
    "book.month": Text("月份", "Month"),
    "book.postings": Text("每一笔", "Every entry"),
    "book.voucher": Text("凭证", "Voucher"),
    "book.takes-back": Text("冲销第{number}笔", "Takes back entry {number}"),
    "book.hidden": Text("依法隐去", "Hidden by law"),
    "book.download": Text("下载账本（Beancount格式）", "Download the books (Beancount)"),
}
"""What came in and what was spent."""
