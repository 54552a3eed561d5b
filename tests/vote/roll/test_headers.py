"""Headers: what they mean, where they stand, and how what is missing is named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vote.errors import Reason
from vote.roll.columns import TITLES, Column, match_header
from vote.roll.headers import Header, choose_header
from vote.roll.refusal import SheetRefusedError
from vote.roll.sheet import Merge, Sheet, make_sheet

MEANINGS = {
    Column.SERIAL: "序号 编号 No. 行号",
    Column.BUILDING: "楼幢 幢号 楼号 楼栋 栋号 幢 栋 座 所属楼栋 幢（栋）号 楼幢号* 幢/单元 房屋楼号",
    Column.ENTRANCE: "单元 单元号 梯号 单元/梯号 所属单元 梯",
    Column.ROOM: "室号 房号 室 房间号 门牌号 单元室号 房屋房号 单元/室号 室号/部位",
    Column.PLACE: "坐落 房屋坐落 不动产坐落 楼幢/单元/室号 幢单元室 幢-单元-室 楼栋单元房号 坐落/房号 房屋地址",
    Column.CERTIFICATE: "不动产权证号 权证编号 房产证号 房屋所有权证号 不动产权证号/编号 产权证编号 权证号码",
    Column.OWNER: "权利人 业主姓名 产权人 业主 权利人（业主） 权利人姓名/名称 购房人姓名 权利人及共有人 *权利人 所有权人",
    Column.CO_OWNER: "共有人 其他共有人 共有人姓名",
    Column.SHARING: "共有情况 共有方式 产权形式",
    Column.NUMBER: "证件号码 身份证号 身份证号/统一社会信用代码 产权人身份证号码 业主证件号码 证件号码（身份证） 权利人及共有人身份证号",
    Column.CO_NUMBER: "共有人证件号码 共有人身份证号",
    Column.PHONE: "联系电话 手机号 业主联系电话 联系电话/手机 联系方式",
    Column.REGISTER_AREA: "专有部分建筑面积 专有部分建筑面积(㎡) 登记面积 建筑面积 建筑面积(m2) 建筑面积㎡ 房屋建筑面积 产权面积 专有面积 "
    "专有部分面积 面积（登记） 建筑面积（含公摊） 建筑面积平方米 建筑面积，单位：平方米 不动产权证面积 登记建筑面积",
    Column.SURVEY_AREA: "实测面积 实测建筑面积 测绘面积 建筑面积（实测） 实测建筑面积(㎡) 面积/实测面积",
    Column.CONTRACT_AREA: "合同面积 买卖合同面积 预售合同面积 合同建筑面积 建筑面积（合同） 购房合同面积",
    Column.USAGE: "用途 房屋用途 规划用途 性质 房屋性质 用途/性质",
    Column.STATUS: "状态 房屋状态 销售状态 是否已售 销售/交付状态 销售情况",
    Column.DELIVERY: "交付 交付日期 交房时间 是否交付 交付状态",
    Column.NOTE: "备注 说明",
}
STRANGERS = (
    "套内建筑面积 套内面积 公摊面积 分摊建筑面积 建筑面积（套内） 建筑面积（不含公摊） 土地面积 土地使用权面积 使用面积 车位面积 储藏室面积 阳台建筑面积 "
    "预测建筑面积 计费面积 总建筑面积 面积 面积（㎡） 登记/实测面积 不动产单元号 不动产单元 联系人姓名 代理人 承租人姓名 租户电话 证件类型 土地用途 权利性质 "
    "权利类型 业主性质 入住状态 装修状态 业主意见 业主签字 楼层 所在层 总层数 户型 联系地址 通讯地址 车位号 储藏室 户数 客户编号 姓名/身份证号 "
    "某某花园业主清册 日期"
)


@pytest.mark.parametrize(
    ("header", "column"), [(header, column) for column, headers in MEANINGS.items() for header in headers.split(" ")]
)
def test_a_header_is_understood(header: str, column: Column) -> None:
    assert match_header(header) is column
    assert match_header(f" {header[:1]}\n{header[1:]} ") is column


@pytest.mark.parametrize("header", STRANGERS.split())
def test_a_header_of_something_else_means_nothing(header: str) -> None:
    assert match_header(header) is None


@given(st.text(max_size=20))
@settings(max_examples=150, deadline=None)
def test_any_header_means_one_thing_or_nothing(header: str) -> None:
    column = match_header(header)
    assert column is None or column in TITLES


def sheet(*rows: str, merges: tuple[Merge, ...] = (), name: str = "s", hidden: bool = False) -> Sheet:
    return make_sheet(name, [list[object](row.split("|")) for row in rows], merges, hidden=hidden)


def positions(header: Header) -> dict[str, int]:
    return {column.value: found[0] for column, found in header.columns.items()}


ROLL = ("某某花园业主清册", "序号|楼幢|室号|权利人|建筑面积", "1|1|101|张三|89.37")


def test_the_header_may_stand_below_titles() -> None:
    header = choose_header([sheet(*ROLL)])
    assert (header.first_row, header.last_row) == (1, 1)
    assert positions(header) == {"serial": 0, "building": 1, "room": 2, "owner": 3, "register_area": 4}


def test_the_header_may_stand_far_below_but_not_endlessly() -> None:
    assert choose_header([sheet(*["标题"] * 59, *ROLL[1:])]).last_row == 59
    with pytest.raises(SheetRefusedError, match="no header was found"):
        choose_header([sheet(*["标题"] * 60, *ROLL[1:])])


TWO_LINES = (
    "序号|房屋信息|||权利人信息||面积（㎡）|||租户信息",
    "|幢号|单元|室号|姓名|证件号码|登记|实测|合同|姓名",
    "1|1|1|101|张三|E1|89.37|||李四",
)
UNDERSTOOD = {
    "serial": 0,
    "building": 1,
    "entrance": 2,
    "room": 3,
    "owner": 4,
    "number": 5,
    "register_area": 6,
    "survey_area": 7,
    "contract_area": 8,
}


@pytest.mark.parametrize(
    "merges", [(), (Merge(0, 0, 1, 0), Merge(0, 1, 0, 3), Merge(0, 4, 0, 5), Merge(0, 6, 0, 8), Merge(2, 0, 2, 3))]
)
def test_the_header_may_take_two_lines(merges: tuple[Merge, ...]) -> None:
    header = choose_header([sheet(*TWO_LINES, merges=merges)])
    assert (header.first_row, header.last_row) == (0, 1)
    assert positions(header) == UNDERSTOOD


def test_a_complete_header_above_areas_in_two_lines_is_read_with_them() -> None:
    header = choose_header([sheet("幢号|室号|姓名|面积||", "|||套内|公摊|建筑", "1|101|张三|70|9|79")])
    assert positions(header)["register_area"] == 5


def test_a_line_of_form_marks_below_the_header_is_no_part_of_it() -> None:
    header = choose_header([sheet("幢号|室号|姓名|建筑面积", "必填|必填|必填|必填", "1|101|张三|70")])
    assert (header.first_row, header.last_row) == (0, 0)


def test_a_header_at_the_very_end_is_one_line() -> None:
    assert choose_header([sheet("幢号|室号|姓名|建筑面积")]).last_row == 0


@pytest.mark.parametrize(
    ("header", "named"),
    [
        ("楼幢|单元|权利人|建筑面积", "室号（或坐落）"),
        ("楼幢|室号|电话|建筑面积", "权利人"),
        ("楼幢|室号|权利人|套内建筑面积", "登记面积（或实测面积、合同面积）"),
        ("楼幢|室号|权利人|面积", "登记面积（或实测面积、合同面积）"),
        ("楼幢|室号|电话|套内面积", "权利人、登记面积（或实测面积、合同面积）"),
    ],
)
def test_a_missing_column_is_refused_by_name_and_row(header: str, named: str) -> None:
    with pytest.raises(SheetRefusedError) as refusal:
        choose_header([sheet("标题", header, "1|101|张三|70")])
    assert f"row 2: no column for {named};" in refusal.value.detail
    assert f"第 2 行表头缺少栏目：{named}；" in refusal.value.detail_zh
    assert refusal.value.reason is Reason.MALFORMED


@pytest.mark.parametrize(
    ("header", "both", "title"),
    [
        ("幢号|楼号|室号|权利人|建筑面积", "幢号 and 楼号", "楼幢"),
        ("幢号|室号|业主|产权人|建筑面积", "业主 and 产权人", "权利人"),
        ("幢号|室号|业主|建筑面积|建筑面积", "建筑面积 and 建筑面积", "登记面积"),
    ],
)
def test_two_columns_for_one_thing_are_refused(header: str, both: str, title: str) -> None:
    with pytest.raises(SheetRefusedError, match=f"the columns {both} could both be {title}"):
        choose_header([sheet(header, "1|1|101|张三|70")])


def test_columns_that_may_repeat_do() -> None:
    header = choose_header([sheet("幢号|室号|业主|建筑面积|身份证号|统一社会信用代码|用途|性质", "1|1|1|1|1|1|1|1")])
    assert header.columns[Column.NUMBER] == (4, 5)
    assert header.columns[Column.USAGE] == (6, 7)


def test_a_named_register_area_goes_before_a_bare_one() -> None:
    header = choose_header([sheet("幢号|室号|业主|建筑面积|登记面积", "1|1|1|1|1")])
    assert header.columns[Column.REGISTER_AREA] == (4,)


@pytest.mark.parametrize(
    ("header", "column", "position"),
    [
        ("幢号|门牌号|室号|业主|建筑面积", Column.ROOM, 2),
        ("楼幢名称|幢号|室号|业主|建筑面积", Column.BUILDING, 1),
        ("幢号|门牌号|业主|建筑面积|备注", Column.ROOM, 1),
    ],
)
def test_a_header_that_tells_units_apart_better_goes_first(header: str, column: Column, position: int) -> None:
    assert choose_header([sheet(header, "1|1|1|1|1")]).columns[column] == (position,)


def test_building_and_room_go_before_an_address() -> None:
    assert Column.PLACE not in choose_header([sheet("坐落|幢号|室号|业主|建筑面积", "1|1|1|1|1")]).columns
    assert Column.PLACE in choose_header([sheet("坐落|幢号|业主|建筑面积", "1|1|1|1")]).columns


def test_columns_can_be_mapped_by_hand() -> None:
    header = choose_header(
        [sheet("幢号|房间标识|业主|面积", "1|1|1|1")], mapping={Column.ROOM: "房间标识", Column.REGISTER_AREA: "d"}
    )
    assert positions(header) == {"building": 0, "room": 1, "owner": 2, "register_area": 3}


def test_a_column_mapped_by_hand_wins_over_others() -> None:
    header = choose_header([sheet("幢号|楼号|室号|业主|建筑面积", "1|1|1|1|1")], mapping={Column.BUILDING: "楼号"})
    assert header.columns[Column.BUILDING] == (1,)


@pytest.mark.parametrize("wanted", ["没有的表头", "ZZ"])
def test_a_mapping_to_a_header_that_is_not_there_is_refused(wanted: str) -> None:
    with pytest.raises(SheetRefusedError, match="no header was found"):
        choose_header([sheet(*ROLL)], mapping={Column.ROOM: wanted})


def test_the_only_sheet_with_a_header_is_read() -> None:
    assert choose_header([sheet("请勿修改表头", name="填表说明"), sheet(*ROLL, name="清册")]).sheet.name == "清册"


def test_two_rolls_in_one_file_are_refused_unless_one_is_named() -> None:
    both = [sheet(*ROLL, name="一期"), sheet(*ROLL, name="二期")]
    with pytest.raises(SheetRefusedError, match="the sheets 一期 and 二期 both") as refusal:
        choose_header(both)
    assert refusal.value.reason is Reason.CONFLICT
    assert choose_header(both, "二期").sheet.name == "二期"


def test_a_hidden_sheet_is_read_only_if_named_or_alone() -> None:
    visible, hidden = sheet(*ROLL, name="新"), sheet(*ROLL, name="旧", hidden=True)
    assert choose_header([visible, hidden]).sheet.name == "新"
    assert choose_header([visible, hidden], "旧").sheet.name == "旧"
    assert choose_header([hidden]).sheet.name == "旧"


def test_a_sheet_that_is_not_there_is_refused_by_its_name() -> None:
    with pytest.raises(SheetRefusedError, match="no sheet named '三期'"):
        choose_header([sheet(*ROLL)], "三期")


def test_of_incomplete_headers_the_fullest_is_named() -> None:
    with pytest.raises(SheetRefusedError, match="sheet 乙, row 1: no column for 权利人"):
        choose_header([sheet("楼幢|室号", name="甲"), sheet("楼幢|室号|建筑面积", name="乙"), sheet("", name="丙")])
