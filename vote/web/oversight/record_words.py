"""What the pages of a committee's records say."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

RECORDS: Final[Mapping[str, Text]] = {
    "records.title": Text("业委会公开", "What the committee publishes"),
    "records.lead": Text(
        "业委会的决定、会议记录、合同、收支，公布后不能悄悄改。不用登录就能看。",
        "The committee’s decisions, minutes, contracts and money. Once published they cannot be changed unseen. No sign-in.",
    ),
    "records.all": Text("看全部", "See all"),
    "records.none": Text("还没有公布过记录。", "Nothing has been published yet."),
    "records.none-found": Text(
        "没有找到。换一个词，或者选“全部”再试。", "Nothing found. Try another word, or choose “all”."
    ),
    "records.find": Text("查找", "Search"),
    "records.kind": Text("哪一类", "Kind"),
    "records.year": Text("哪一年", "Year"),
    "records.any": Text("全部", "All"),
    "records.words": Text("找什么词", "Words"),
    "records.words-hint": Text("例如：电梯、停车、审计。", "Such as: lift, parking, audit; in Chinese, as published."),
    "records.found": Text("共{n}份", "{n} in all"),
    "records.newer": Text("上一页", "Newer"),
    "records.older": Text("下一页", "Older"),
    "records.pages": Text("翻页", "Pages"),
    "records.publish": Text("公布一份记录", "Publish a record"),
    "records.choose": Text("公布哪一类？", "What do you publish?"),
    "records.choose-lead": Text(
        "公布后谁都能看，不能删、不能改，只能更正。请先核对。",
        "Everybody sees what is published. It cannot be deleted or changed, only corrected. Check it first.",
    ),
    "records.new": Text("公布：{kind}", "Publish: {kind}"),
    "records.form-lead": Text(
        "公布后谁都能看，不能删、不能改，只能更正。",
        "Everybody sees it. It cannot be deleted or changed, only corrected.",
    ),
    "records.no-names": Text(
        "附件里的业主姓名、房号、电话、身份证号、签名，请先遮住再扫描。",
        "Cover names, homes, telephones, identity numbers and signatures of owners before you scan.",
    ),
    "records.files": Text("附件", "Attachments"),
    "records.files-hint": Text(
        "PDF、图片（PNG、JPG）、表格（XLSX、CSV），最多{n}个，每个不超过{megabytes}兆，合计不超过{total}兆。照片里的拍摄地点会自动去掉。",
        "PDF, pictures (PNG, JPEG), sheets (XLSX, CSV); at most {n}, each up to {megabytes} MB, {total} MB in all. Where a photograph was taken "
        "is left out.",
    ),
    "records.files-again": Text("附件要重新选一次。", "Choose the attachments again."),
    "records.keep": Text("原来的附件照样附上", "Attach what was attached before"),
    "records.send": Text("核对过了，公布", "I checked it: publish"),
    "records.correct": Text("更正", "Correct"),
    "records.correct-title": Text("更正：{kind}", "Correct: {kind}"),
    "records.correct-lead": Text(
        "把整份记录改对再公布。原来的一份还能看到，会注明已更正。",
        "Publish the whole record as it should be. The one before stays readable, and is marked as corrected.",
    ),
    "records.superseded": Text("这份记录已经更正。", "This record was corrected."),
    "records.to-newer": Text("看更正后的", "See the correction"),
    "records.corrects": Text("这是更正后的一份。", "This is a correction."),
    "records.to-older": Text("看更正前的", "See the one before"),
    "records.corrected-tag": Text("更正", "correction"),
    "records.published": Text("公布时间", "Published"),
    "records.hidden": Text("已隐去", "Hidden"),
    "records.hidden-why": Text("依据：{article}。{office}决定，{on}。", "By {article}. Decided by {office}, {on}."),
    "records.file-size": Text("{kind}，大小{n} KB", "{kind}, {n} KB"),
    "records.file-alt": Text("附件图片：{name}", "Picture: {name}"),
    "records.type-pdf": Text("PDF文件", "PDF"),
    "records.type-png": Text("图片", "picture"),
    "records.type-jpg": Text("图片", "picture"),
    "records.type-xlsx": Text("表格", "sheet"),
    "records.type-csv": Text("表格", "sheet"),
    "records.check": Text("怎么知道没有被改过", "How to know that it was not changed"),
    "records.check-how": Text(
        "公布时，这份记录的每一栏都写进了小区的公开记录。以后改一个字，核对时就会查出来，并指出是哪一栏。",
        "When it was published, every field was bound in the estate’s public record. If one sign is changed later, a check finds "
        "it and names the field.",
    ),
    "records.check-file": Text("下载核对用的文件", "Download the file for checking"),
    "records.redact": Text("依法隐去内容", "Hide something by law"),
    "records.redact-lead": Text(
        "只有法律要求时才能隐去，隐去后找不回来。大家会看到隐去了哪一栏、依据和谁决定的。",
        "Only where the law asks for it. It cannot be brought back. Everybody sees which field is hidden, by which law, and who "
        "decided so.",
    ),
    "records.redact-versions": Text(
        "更正前后的每一份都要分别隐去，还有：",
        "What was corrected and its corrections each show their own; hide it there too:",
    ),
    "records.redact-what": Text("隐去哪几栏", "What to hide"),
    "records.redact-article": Text("法律依据", "By which law"),
    "records.redact-office": Text("谁决定的", "Who decided so"),
    "records.redact-sure": Text("我知道隐去后找不回来", "I know that it cannot be brought back"),
    "records.redact-send": Text("隐去", "Hide"),
    "records.nothing-left": Text("这份记录没有可以隐去的内容了。", "Nothing is left to hide in this record."),
    "records.untitled": Text("（标题已隐去）", "(title hidden)"),
    "records.committee": Text("业委会", "committee"),
    "records.open": Text("看已公布的", "What is published"),
}
