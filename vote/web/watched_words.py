"""What pages say of the people outside who look after an estate's record: that they have not looked yet, or what they saw."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

WATCHED: Final[Mapping[str, Text]] = {
    "watched.waiting": Text("记录尚未由旁人核对", "Not yet checked by people outside"),
    "checkpoint.keep": Text(
        "请留着这个码。以后用手机扫一扫，就能核对公开记录有没有被改过。",
        "Keep this code. Whoever scans it later sees whether the public record was changed.",
    ),
    "watched.title": Text("这个小区的记录前后对不上", "This estate’s record contradicts itself"),
    "watched.title-before": Text("以前的一份记录对不上", "An earlier record contradicted itself"),
    "watched.other-root": Text(
        "替大家看着记录的“{who}”手里也有一份{n}条的，有本网站的签名，内容却和这里不一样。就是说，别人看到的和您看到的不是同一份。",
        "{who}, who looks after the record, has one of {n} entries too, signed by this site, and it says other things than "
        "this one. So others were shown something else than you.",
    ),
    "watched.witness-ahead": Text(
        "替大家看着记录的“{who}”手里有{n}条，有本网站的签名，这里却没有那么多：有些记录在这里不见了。",
        "{who}, who looks after the record, has {n} entries signed by this site, and here there are fewer: something is "
        "missing here.",
    ),
    "watched.export-ahead": Text(
        "已经公布过{n}条，有本网站的签名，这里却没有那么多：有些记录在这里不见了。",
        "{n} entries signed by this site were published, and here there are fewer: something is missing here.",
    ),
    "watched.edge": Text("网站里存的记录和它自己签过名的不一样。", "What this site keeps is not what it signed."),
    "watched.since": Text(
        "{since}发现。从那时起，这份记录只能看，不再往里加。请留好您的回执，去社区或街道问清楚。",
        "Found on {since}. Since then this record can only be read, nothing is added. Keep your receipt and ask the "
        "community or the sub-district office.",
    ),
    "watched.evidence": Text("下载证据：{n}条时的签名", "Download the evidence: the signature at {n} entries"),
    "watched.continued": Text("另起了一份记录", "A new record was begun"),
    "watched.continued-why": Text(
        "{since}另起了第{number}份记录，原因：", "Record {number} was begun on {since}. Why: "
    ),
    "watched.continued-before": Text(
        "前一份记录最后有{n}条，还可以看，也还可以核对。",
        "The record before has {n} entries; it can still be read and checked.",
    ),
}
