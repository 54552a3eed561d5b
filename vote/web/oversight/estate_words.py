"""What an estate's page says of its committee in a few lines, and what the pages behind it say."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

SUMMARY: Final[Mapping[str, Text]] = {
    "summary.title": Text("业委会定了什么、花了多少、还欠什么", "What the committee decided, spent and owes"),
    "summary.as-of": Text("截至{day}。每一行都能点开看。", "As of {day}. Every line leads to its page."),
    "summary.decided": Text("最近的决定", "Latest decisions"),
    "summary.decided-year": Text("{year}年公布的决定：{n}份", "Decisions of {year}: {n}"),
    "summary.decided-none": Text("还没有公布过决定。", "No decision was published yet."),
    "summary.pool.common": Text("{year}年公共收益", "Common income in {year}"),
    "summary.pool.fund": Text("{year}年维修资金", "Maintenance fund in {year}"),
    "summary.money": Text(
        "收入{received}元，支出{spent}元，现有{left}元", "{received} yuan in, {spent} yuan out, {left} yuan left"
    ),
    "summary.book": Text("账本", "Books"),
    "summary.book-none": Text("还没有记账。", "Nothing is in the books yet."),
    "summary.duties": Text("应公开的事", "What is owed to owners"),
    "summary.overdue": Text("未见公开记录{n}项", "Without a public record: {n}"),
    "summary.none-overdue": Text("没有过期未公开的", "Nothing is overdue"),
    "summary.waiting": Text("等着公开的{n}项", "To be published: {n}"),
    "summary.next": Text("最近一项最晚{day}", "the next by {day}"),
    "summary.duties-none": Text("社区还没有开始登记。", "The community does not keep them yet."),
    "summary.inquiries": Text("业主的询问", "Owners’ inquiries"),
    "summary.unanswered": Text("等答复的{n}条", "Waiting for an answer: {n}"),
    "summary.late": Text("其中超过答复期限{n}条", "past the day of answering: {n}"),
    "summary.none-unanswered": Text("没有等答复的询问。", "No inquiry waits for an answer."),
    "summary.petitions": Text("业主联名", "Petitions"),
    "summary.collecting": Text("正在征集签名{n}件", "Collecting signatures: {n}"),
    "summary.served": Text("等业委会答复{n}件", "Waiting for the committee’s answer: {n}"),
    "summary.lapsed": Text("到期没有答复{n}件", "Not answered in time: {n}"),
    "summary.none-joint": Text("没有正在进行的联名。", "No petition is under way."),
    "summary.month": Text(
        "{month}月小结，可以转到业主群", "This month ({month}) in short, to pass on to the owners’ group"
    ),
    "search.title": Text("在这个小区里找", "Search this estate"),
    "search.words": Text("找什么", "What to look for"),
    "search.hint": Text(
        "比如：电梯、物业、停车费。几个词用空格隔开，要都有才算。",
        "For example a firm or a lift. Several words, set apart by spaces, must all be there.",
    ),
    "search.go": Text("找", "Search"),
    "search.found": Text("有“{words}”的：{n}条", "With “{words}”: {n}"),
    "search.none": Text("没有找到。", "Nothing was found."),
    "search.none-how": Text(
        "换一个说法，或者少写几个字再试。依法隐去的内容和别人看不到的询问，这里找不到。还是没有，可以直接问业委会。",
        "Try other words, or fewer. What is hidden by law and questions asked unseen are not found here. Otherwise ask the committee.",
    ),
    "search.records": Text("记录", "Records"),
    "search.postings": Text("收支", "Income and spending"),
    "search.inquiries": Text("询问", "Inquiries"),
    "search.petitions": Text("联名", "Petitions"),
    "search.more": Text("这里只列最近{n}条。", "Only the latest {n} are listed here."),
    "search.ask": Text("我要询问", "Ask the committee"),
    "month.title": Text("{year}年{month}月小结", "{year}-{month} in short"),
    "month.lead": Text(
        "复制下面这段话，转到业主群。只有数字，没有姓名和房号。",
        "Copy these words to the owners’ group. They hold numbers only, no name and no home.",
    ),
    "month.running": Text(
        "这个月还没过完，数字截至{day}，以后还会变。",
        "This month is not over: numbers as of {day}, and they will change.",
    ),
    "month.text": Text("可以转发的话", "The words to pass on"),
    "month.plain": Text("只看文字", "As plain text"),
    "month.before": Text("上个月", "The month before"),
    "month.after": Text("下个月", "The month after"),
    "month.numbers": Text("这些数字从哪里来", "Where these numbers come from"),
    "month.numbers-why": Text(
        "决定和记录按公布的日子算，收支按发生的日子算；后来补记的账，会改变以前的月份。",
        "Records count by the day of publication, money by the day of payment; what is entered later changes months before.",
    ),
    "month.records": Text("公布的记录", "Published records"),
}
