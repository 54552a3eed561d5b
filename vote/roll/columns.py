"""Decides what a header means: after NFKC, without brackets, split at `/`, the longest name first.

 * A name counts where the header is it or ends with it (所属楼幢 is a 楼幢); one-character names must stand alone.
 * An area is told by the words before 面积: 实测建筑面积 is a survey, 套内建筑面积 none of the three.
 * A header that names two different things, or something else, means nothing: nothing is guessed.

Not here: which line is the header (`vote.roll.headers`).
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache

from vote.roll.refusal import SheetRefusedError
from vote.roll.sheet import compact


class Column(StrEnum):
    """What a column of the roll holds."""

    SERIAL = "serial"
    BUILDING = "building"
    ENTRANCE = "entrance"
    ROOM = "room"
    PLACE = "place"
    CERTIFICATE = "certificate"
    OWNER = "owner"
    CO_OWNER = "co_owner"
    SHARING = "sharing"
    NUMBER = "number"
    CO_NUMBER = "co_number"
    PHONE = "phone"
    REGISTER_AREA = "register_area"
    SURVEY_AREA = "survey_area"
    CONTRACT_AREA = "contract_area"
    USAGE = "usage"
    STATUS = "status"
    DELIVERY = "delivery"
    NOTE = "note"


TITLES: dict[Column, str] = {
    Column.SERIAL: "序号",
    Column.BUILDING: "楼幢",
    Column.ENTRANCE: "单元",
    Column.ROOM: "室号",
    Column.PLACE: "坐落",
    Column.CERTIFICATE: "不动产权证号",
    Column.OWNER: "权利人",
    Column.CO_OWNER: "共有人",
    Column.SHARING: "共有情况",
    Column.NUMBER: "证件号码",
    Column.CO_NUMBER: "共有人证件号码",
    Column.PHONE: "联系电话",
    Column.REGISTER_AREA: "登记面积",
    Column.SURVEY_AREA: "实测面积",
    Column.CONTRACT_AREA: "合同面积",
    Column.USAGE: "用途",
    Column.STATUS: "状态",
    Column.DELIVERY: "交付",
    Column.NOTE: "备注",
}
"""What a refusal calls a column."""

_SPELLINGS: dict[Column, str] = {
    Column.SERIAL: "序号 顺序号 序列号 行号 编号 序列 no",
    Column.BUILDING: "楼幢 幢号 楼号 楼栋 栋号 楼幢号 楼栋号 楼座 座号 楼座号 楼宇 楼宇号 幢名 楼名 楼幢名称 楼栋名称 楼宇名称 "
    "自然幢号 逻辑幢号 楼房号 幢单元 栋单元 楼栋单元 楼幢单元 楼单元 幢 栋 座 楼",
    Column.ENTRANCE: "单元 单元号 梯号 梯 单元名称 门洞 门洞号 门栋 门栋号 楼梯号 梯位",
    Column.ROOM: "室号 房号 室 房间号 房间 户室号 户室 房屋号 房室号 门牌号 门牌 房间号码 室号码 房 房屋室号",
    Column.PLACE: "坐落 座落 房屋坐落 房屋座落 不动产坐落 房屋地址 房产地址 物业地址 地址 房屋位置 房产坐落 房屋坐落位置",
    Column.CERTIFICATE: "权证号 权证编号 权证书号 权证号码 不动产权证号 不动产权证书号 不动产权证编号 不动产证号 不动产权证 不动产权证书 "
    "产权证号 产权证编号 产权证书号 产权证 房产证号 房产证编号 房产证 房屋所有权证号 所有权证号 权属证号 权属证书号 产证号 产证编号 证书号 "
    "证书编号 产权编号 权证",
    Column.OWNER: "权利人 业主姓名 产权人 业主 姓名 所有权人 权利人姓名 权利人名称 业主名称 产权人姓名 产权人名称 所有权人姓名 购房人 "
    "购房人姓名 购房者 买受人 买受人姓名 房主 户主 房屋所有权人 产权所有人 所有人 业主姓名名称",
    Column.CO_OWNER: "共有人 共有权人 共有人姓名 共有权人姓名 其他共有人 其他共有人姓名 共有产权人",
    Column.SHARING: "共有情况 共有方式 产权形式 共有类型 共有形式 共有性质 所有方式 产权方式 共有状态 共有关系",
    Column.NUMBER: "证件号码 证件号 身份证号 身份证号码 身份证 身份证件号 身份证件号码 公民身份号码 身份号码 证件 证件编号 证照号 证照号码 "
    "统一社会信用代码 社会信用代码 信用代码 组织机构代码 营业执照号 护照号 护照号码 证件代码",
    Column.CO_NUMBER: "共有人证件号码 共有人证件号 共有人身份证号 共有人身份证号码 共有人身份证 共有权人证件号码 共有权人证件号 "
    "共有权人身份证号 共有权人身份证号码 其他共有人证件号码 其他共有人身份证号 共有人证件",
    Column.PHONE: "联系电话 手机号 手机 电话 手机号码 电话号码 联系方式 移动电话 联系手机 联系号码",
    Column.USAGE: "用途 性质 房屋用途 房屋性质 规划用途 设计用途 房屋类型 房屋类别 房屋种类 物业类型 物业类别 物业性质 业态 使用性质 房产类型",
    Column.STATUS: "状态 房屋状态 销售状态 销售情况 出售状态 出售情况 销售状况 售房状态 是否出售 是否已售 是否售出 是否销售 交易状态 房屋状况 "
    "房屋现状 房态 销售",
    Column.DELIVERY: "交付 交房 交付状态 交付情况 交付日期 交付时间 是否交付 是否已交付 交房日期 交房时间 交房状态 交房情况 是否交房 "
    "收房日期 收房时间 收房状态 是否收房 收楼日期 接房日期",
    Column.NOTE: "备注 说明 备考",
}

_NAMES: dict[str, Column] = {name: column for column, names in _SPELLINGS.items() for name in names.split()}
_LONGEST_FIRST = sorted(_NAMES, key=len, reverse=True)
_STAND_ALONE = frozenset({"编号", "序列", "no", "销售", "座号"})
"""Names of two characters that end other names as well, such as 客户编号."""

_SECOND_CHOICES = ("门牌号", "门牌", "逻辑幢号", "名称", "楼名", "幢名", "门洞", "门洞号", "梯位")
"""Names that tell units apart less well than others, and often stand beside them."""

_FOREIGN = re.compile(
    "不动产单元|联系人|代理|承租|租户|租客|租赁|经办|填表|紧急|法定代表|法人|配偶|车位|车库|车牌|储藏|储物|土地|用地|宗地|"
    "权利性质|权利类型|业主性质|业主类型|产权性质|单位性质|入住|居住|装修|缴费|欠费|抵押|查封|登记状态|备案|审核|核对|签字|签名|意见|"
    "联系地址|通讯地址|通信地址|邮寄地址|户籍|送达地址|居住地址|原业主|前业主|物业公司|开发商|家庭"
)
"""Words of columns that are none of ours, though a name of ours may stand in them."""

_NOT_EXCLUSIVE = re.compile(
    "套内|公摊|分摊|公用|共用|共有|使用|土地|用地|宗地|占地|阳台|花园|露台|车位|车库|储藏|储物|地下|阁楼|附属|预测|计费|收费|合计|总"
)
_SURVEY = re.compile("实测|测绘|勘测|测量")
_CONTRACT = re.compile("合同|预售|买卖|销售|购房|网签")
_REGISTER = re.compile("专有|登记|产权|证载|不动产|权证|房产证")
_BUILDING_AREA = re.compile("建筑面积|建面|房屋面积|房产面积|面积建筑")
_AREA_KINDS = ((_NOT_EXCLUSIVE, None), (_SURVEY, Column.SURVEY_AREA), (_CONTRACT, Column.CONTRACT_AREA))

_WHOLE_PLACE = re.compile(r"(?:房屋)?(?:楼幢|楼栋|幢|栋|楼|座)号?(?:单元|梯)?号?(?:室|房)号?")
_BRACKETS = re.compile(r"[(\[{〔【<《][^()\[\]{}〔〕【】<>《》]*[)\]}〕】>》]")
_QUALIFIER = re.compile("实测|测绘|合同|预售|买卖|套内|不含公摊|(?<!含)公摊|分摊|预测|登记|产权")
_UNIT = re.compile(r"(?:[,:]?单位:?)?(?:m2|㎡|平方米|平米|平方)$")
_SPLIT = re.compile(r"[/、|\\~—\-及与和]")
_TOGETHER = {
    frozenset({Column.BUILDING, Column.ENTRANCE, Column.ROOM}): Column.PLACE,
    frozenset({Column.BUILDING, Column.ROOM}): Column.PLACE,
    frozenset({Column.BUILDING, Column.ENTRANCE}): Column.BUILDING,
    frozenset({Column.ENTRANCE, Column.ROOM}): Column.ROOM,
    frozenset({Column.PLACE, Column.ROOM}): Column.PLACE,
    frozenset({Column.OWNER, Column.CO_OWNER}): Column.OWNER,
    frozenset({Column.NUMBER, Column.CO_NUMBER}): Column.NUMBER,
    frozenset({Column.OWNER, Column.CO_NUMBER}): Column.NUMBER,
    frozenset({Column.STATUS, Column.DELIVERY}): Column.STATUS,
}
"""What a header means that names several things which are read from one cell."""


def clean_header(text: str) -> str:
    """Return a header without brackets, units, spaces and marks; a word in brackets that tells areas apart moves to the front."""
    header = compact(text).lower()
    kept = "".join(word for inside in _BRACKETS.findall(header) for word in _QUALIFIER.findall(inside))
    header = kept + _BRACKETS.sub("", header)
    return _UNIT.sub("", header.strip("*:.·'\"")).strip("*:,")


@cache
def match_header(text: str) -> Column | None:
    """Return what a header means, or None if it means nothing here or two things at once."""
    header = clean_header(text)
    if _FOREIGN.search(header):
        return None
    if _WHOLE_PLACE.fullmatch(header) and header not in _NAMES:
        return Column.PLACE
    parts = [part for part in _SPLIT.split(header) if part]
    about_area = any(map(_is_area, parts))
    found = {column for column in (_match_area(part) if about_area else _match_name(part) for part in parts) if column}
    if len(found) > 1:
        found.discard(Column.SERIAL)
    return found.pop() if len(found) == 1 else _TOGETHER.get(frozenset(found))


def is_foreign(text: str) -> bool:
    """Whether a header speaks of somebody or something that is not in the roll, such as a tenant."""
    return bool(_FOREIGN.search(clean_header(text)))


def is_second_choice(text: str, column: Column) -> bool:
    """Whether another header for the same column goes before this one: 登记面积 before 建筑面积, 室号 before 门牌号."""
    header = clean_header(text)
    if column is Column.REGISTER_AREA:
        return not _REGISTER.search(header)
    return header.endswith(_SECOND_CHOICES)


def _is_area(part: str) -> bool:
    return "面积" in part or "建面" in part


def _match_area(part: str) -> Column | None:
    for words, column in _AREA_KINDS:
        if words.search(part):
            return column
    if _REGISTER.search(part) or _BUILDING_AREA.search(part):
        return Column.REGISTER_AREA
    return None


def _match_name(part: str) -> Column | None:
    for name in _LONGEST_FIRST:
        if part == name or (len(name) > 1 and name not in _STAND_ALONE and part.endswith(name)):
            return _NAMES[name]
    return None


def read_mapping(pairs: Iterable[str]) -> dict[Column, str]:
    """Read `栏目=表头` pairs; the left side is any spelling of one of our columns, or its English name.

    Raises:
        SheetRefusedError: no such pair, or no such column.
    """
    mapping: dict[Column, str] = {}
    for pair in pairs:
        name, equals, header = pair.partition("=")
        column = Column(name) if name in set(Column) else match_header(name)
        if not equals or not header.strip() or column is None:
            raise SheetRefusedError(
                f"the mapping {pair}: COLUMN=HEADER is expected, COLUMN being one of {', '.join(TITLES.values())}",
                f"对应关系 {pair}：应写作 栏目=表头，栏目为{'、'.join(TITLES.values())}之一",
            )
        mapping[column] = header
    return mapping
