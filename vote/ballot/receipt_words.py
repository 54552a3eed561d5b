"""A receipt in words: four of two characters, as 青麦·豪鹰·歌园·顺岛, that stand for the first 64 bits of a tracker.

 * A word is one of 256 first and one of 256 second characters: 16 bits. Among the first ones no two sound alike, tone
   included, and no character is both; so words can be read out, and a wrong one is noticed. No pair is a coarse word.
 * A tracker is the SHA-256 of a ballot, Base64 without padding (SPEC.md §5.2). In an election of a million ballots two
   have the same words with a chance below one in ten million.
 * Whoever reads words out need not say the dots; blanks and the usual marks between words do not matter.

>>> words = receipt_words("LCdSqvDuFRBJAMr/2CmFmpA9r7KLAPBR1d6oZvtZzcE")
>>> words
'前籽·佳桨·蓬瑟·长港'
>>> tracker_prefix(read_words("前籽 佳桨、蓬瑟·长港"))
'LCdSqvDuFR'
"""

import re
from base64 import b64decode, b64encode

from vote.errors import Reason, RefusedError

WORDS = 4
BYTES = 2 * WORDS
PREFIX = BYTES * 8 // 6
"""Characters of a tracker that its words fix."""
FIRST = (
    "青白红湛蓝绿紫金银彤丹朱翠碧苍素彩大小高低长短宽深浅远近新老早晚"
    "春夏秋冬晨西南北中上左右前后内外明亮净洁柔软重薄圆方直弯平正尖细"
    "粗满香甜酸咸鲜嫩浓淡凉热暖温冰晴美好佳妙雅秀丽俊巧灵慧聪智仁义礼"
    "信诚勇强健康安宁和顺吉祥福喜乐欢笑爱善真纯朴勤俭友睦飞跑走行游舞"
    "歌唱读写听看说学问思想耕织种收摘一三四六七八九十百千万全半初再古"
    "常恒盛旺兴隆昌荣华富宝奇特多广阔伟壮雄英豪文工商教育科技术作互助"
    "团协向步开放通达快活泼生动自悠舒适整朗爽敦定稳固密紧松坦匀均曙恩"
    "煦悦昭湿潮润光闪耀辉灿烂火精甘芬蓬茂繁丰足充盈年熟练可亲蔚玄赤橘"
)
SECOND = (
    "竹鹭桥茶山水江河湖海溪泉井池塘湾港岸洲岛峰岭谷坡岩石沙土田园林木"
    "树花草叶枝根果籽苗藤芦莲菊兰梅桃李杏桂柏柳杨槐榆桑棉麻麦稻米豆粟"
    "薯瓜蒜茄椒笋菇藕菱枣梨柿橙柚帘燕鹤鹰鸽虾蟹蛙蝶蝉蚕牛马兔猫鹊豹熊"
    "象鲸云雨雪霜雾虹霞星月日影灯笔墨纸书画琴棋笛箫钟锣伞扇衣袍裙鞋袜"
    "巾镜针线布丝绸席枕被鹿桌椅凳箱筐桶盆碗盘杯瓶勺筷灶窗门墙瓦砖梁柱"
    "鹅阁亭台塔院屋街船帆桨锚车轮鞍锄锯尺秤筝糕饼面饭汤醋油蜜酱村镇店"
    "铺坊集场站馆宫坛坝堤渠穗口滩川野洞崖浪波珠玉珀瓷铜铁钢绳网竿篓笼"
    "笠蓑帜印章札册卷诗曲谣戏弦笙瑟篮蚌蕨榄椰枇杷葡瓢榕楠梧蒿艾蔻姿丘"
)
_BETWEEN = re.compile(r"[\s·・.,，、。\-—]+")


def receipt_words(tracker: str) -> str:
    """Return a tracker's words, with dots between them."""
    digest = b64decode(tracker[: 4 * -(-BYTES // 3)])[:BYTES]
    return "·".join(FIRST[digest[n]] + SECOND[digest[n + 1]] for n in range(0, BYTES, 2))


def read_words(typed: str) -> bytes:
    """Return the eight bytes that typed words stand for.

    Raises:
        RefusedError: they are not four words, or one is not on the lists; the sentence names it.
    """
    joined = _BETWEEN.sub("", typed)
    if len(joined) != BYTES:
        raise RefusedError(
            Reason.MALFORMED,
            f"回执是{WORDS}个词、{BYTES}个字，这里有{len(joined)}个字。请对照回执再输一次。 "
            f"A receipt is {WORDS} words of {BYTES} characters in all, here are {len(joined)}: compare and type it again.",
        )
    digest = bytearray()
    for number in range(WORDS):
        first, second = joined[2 * number], joined[2 * number + 1]
        places = FIRST.find(first), SECOND.find(second)
        if min(places) < 0:
            raise RefusedError(
                Reason.MALFORMED,
                f"第{number + 1}个词“{first}{second}”不是回执用的词。请对照回执再输一次。 "
                f"Word {number + 1} is none of a receipt’s: compare and type it again.",
            )
        digest += bytes(places)
    return bytes(digest)


def tracker_prefix(digest: bytes) -> str:
    """Return the characters with which a tracker of these words begins."""
    return b64encode(digest).decode()[:PREFIX]
