"""Every text of the page for those who check everything, in Chinese and English.

Not here: the pages for everybody (`words.py`), which say nothing of the machinery.
"""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

ARCHIVE: Final[Mapping[str, Text]] = {
    "archive.title": Text("下载和核对", "Files and how to check"),
    "archive.lead": Text(
        "这一页给想从头核对的人。不用相信我们：用自己的电脑算一遍。",
        "This page is for those who want to check everything. Do not trust us: count again on your own computer.",
    ),
    "archive.files": Text("文件", "Files"),
    "archive.files-note": Text(
        "每个文件下面是它的大小和指纹（SHA-256）。您下载的应当一模一样：在终端里用 sha256sum 算一下。",
        "Below each file stand its size and fingerprint (SHA-256). Yours must be the same: compute it with sha256sum.",
    ),
    "archive.size": Text("{n}字节", "{n} bytes"),
    "archive.later": Text("{when}后可下载", "available after {when}"),
    "archive.when-closed": Text("投票结束", "voting ends"),
    "archive.when-checked": Text("核对参加情况", "the check of who took part"),
    "archive.when-opened": Text("开箱", "the box is opened"),
    "archive.when-certified": Text("三方签字", "three offices have signed"),
    "file.archive": Text(
        "全部选票（加密的）和计票证明，Belenios 格式",
        "All ballots, encrypted, and the proofs of the count, in Belenios’ format",
    ),
    "file.archive-setup": Text(
        "现在只有开票前的设置；核对参加情况以后，同一个文件里会有全部选票",
        "Now the set-up only; after the check of who took part the same file holds all ballots",
    ),
    "file.manifest.json": Text(
        "投票的全部约定：题目、时间、规则、公钥指纹", "Everything agreed on: questions, times, rules, key fingerprints"
    ),
    "file.papers.json": Text(
        "业主投票前看到的草案和候选人介绍", "The drafts and candidates’ profiles that owners could read before voting"
    ),
    "file.roll-public.json": Text(
        "公开的业主清册（姓名遮住，不含面积）", "The public roll, names masked, without areas"
    ),
    "file.parts.json": Text(
        "每把投票钥匙的两个部分（公开的一半）和证明", "The public halves of both parts of every voting key, with proofs"
    ),
    "file.changes.json": Text(
        "依法改动：延期、候选人退出、清册更正",
        "Lawful changes: extension, withdrawn candidates, corrections of the roll",
    ),
    "file.participation.json": Text("参加投票的房号，不含姓名和面积", "Which rooms took part, without names or areas"),
    "file.box.json": Text("票箱里全部选票的编号", "The numbers of all ballots in the box"),
    "file.disputes.json": Text(
        "开票前的异议和处理，不含房号", "Disputes before counting and how they ended, without rooms"
    ),
    "file.set-aside.json": Text("因异议取出、不计入的票", "Ballots that disputes took out before counting"),
    "file.check.json": Text("核对结果：谁都可以重新算", "What the check found, for anybody to compute again"),
    "file.share-proofs.json": Text("开箱人的附加证明", "The key-holders’ extra proofs"),
    "file.result.json": Text("计票结果", "The result of the count"),
    "file.objections.json": Text(
        "对结果的异议和答复，不含姓名房号", "Objections to the result and their answers, without names and rooms"
    ),
    "file.openings.json": Text(
        "要求拆开单张记名票的次数和原因", "How often a single named ballot was to be opened, and why"
    ),
    "file.certificate.json": Text(
        "结果证明，三方签名，给程序核对", "The certificate with three signatures, for programs"
    ),
    "file.certificate.pdf": Text("结果证明，三方签名，给人看", "The certificate with three signatures, for people"),
    "file.retention.json": Text("哪些钥匙和底档已经销毁", "Which keys and copies are destroyed"),
    "archive.our-tool": Text("用我们的程序核对", "Check with our program"),
    "archive.our-tool-note": Text(
        "装好 Shanzhi 后在终端里运行。全部核对无误时，退出码是 0。",
        "With Shanzhi installed, run this in a terminal. It exits with 0 only if everything is right.",
    ),
    "archive.foreign": Text("用别人写的程序核对", "Check with a program that we did not write"),
    "archive.foreign-note": Text(
        "belenios-tool 由 Belenios 项目编写，与我们无关。要 3.1 或更新、4.0 以前的版本。先把 {file} 下载到一个空文件夹 DIR，再运行："
        "前面的 LWT_ASYNC_METHOD=none 不能少，少了有的版本可能漏查选票。",
        "belenios-tool is written by the Belenios project, not by us. Use version 3.1 or later, but before 4.0. Download {file} "
        "into an empty folder DIR, then run this. Do not leave out LWT_ASYNC_METHOD=none: without it some versions may pass "
        "over false ballots.",
    ),
    "archive.foreign-when": Text(
        "开始加票后核对才有意义：在那之前文件里还没有选票。",
        "This makes sense once ballots are added up: before, the file holds no ballots.",
    ),
    "archive.disclosure": Text("总数会不会泄露谁怎么投", "Whether the totals give a choice away"),
    "archive.disclosure-note": Text(
        "开票前按实际参加者的面积模拟投票算出，记在 check.json 里；同样的输入谁算都是同样的数。",
        "Simulated before counting with the areas of those who took part, and kept in check.json; the same input gives the "
        "same figure to everybody.",
    ),
    "archive.fingerprints": Text("指纹", "Fingerprints"),
    "archive.fingerprints-note": Text(
        "同一个文件，谁下载都应是同样的指纹。可以和公告栏、邻居的核对。",
        "Whoever downloads a file must see the same fingerprint. Compare with the notice board or a neighbour.",
    ),
    "print.election": Text("选举（election.json）", "Election (election.json)"),
    "print.manifest": Text("约定（manifest.json，SHA-256）", "Manifest (manifest.json, SHA-256)"),
    "print.trustees": Text("开箱人的公钥（SHA-256）", "Key-holders’ public keys (SHA-256)"),
    "print.credentials": Text("投票凭据（SHA-256）", "Public credentials (SHA-256)"),
    "print.roll": Text("业主清册的根", "Root of the roll"),
    "print.electorate": Text("选民名单的根", "Root of the electorate"),
    "print.profile": Text("规则 {id} {version}（SHA-256）", "Rules {id} {version} (SHA-256)"),
    "print.promise": Text("核对回执用的公钥", "Public key that receipts are checked with"),
    "print.result": Text("计票结果（result.json，SHA-256）", "Result (result.json, SHA-256)"),
}
