"""Says why a sheet row became what it became: a closed list, each with the words for the clerk and what was done.

* Add to it, never rename: exports and tests depend on the words.
* Nothing personal stands in a reason.
"""

from enum import StrEnum


class Outcome(StrEnum):
    """What became of a row. Co-owner rows and duplicates are changed rows: folded into an earlier one."""

    ACCEPTED = "accepted"
    CHANGED = "changed"
    EXCLUDED = "excluded"
    REJECTED = "rejected"
    IGNORED = "ignored"


class Why(StrEnum):
    """A reason, in English; reports list reasons in this order."""

    AREA_MISSING = "area missing"
    AREA_NOT_NUMBER = "area is not a number"
    AREA_NEGATIVE = "area is negative"
    AREA_ZERO = "area is zero"
    AREA_TOO_FINE = "area has more than two decimals"
    AREA_TOO_LARGE = "area is too large"
    OWNER_MISSING = "owner missing"
    ROOM_MISSING = "room missing"
    BUILDING_MISSING = "building missing"
    PLACE_UNREADABLE = "room is a date"
    PLACE_CONTRADICTS = "building, entrance and room contradict each other"
    PLACE_UNFIT = "building, entrance or room too long or not printable"
    AREA_CONFLICT = "area conflicts with an earlier row"
    STATUS_CONFLICT = "status conflicts with an earlier row"

    PARKING = "parking space"
    STORAGE = "storage room"
    COMMON_PART = "common part"

    DUPLICATE = "duplicate of an earlier row"
    CO_OWNER = "co-owner of an earlier row's unit"
    CO_OWNER_AREA = "co-owner row with another area"
    PLACE_RESPELLED = "place respelled"
    OWNER_RESPELLED = "owner respelled"
    NUMBER_RESPELLED = "identity number respelled"
    AREA_RESPELLED = "area respelled"
    AREA_PASSED_OVER = "register or survey area unusable"
    AREA_FROM_SURVEY = "no register area, survey area taken"
    AREA_FROM_CONTRACT = "no register or survey area, contract area taken"
    DEVELOPER = "unsold or undelivered"

    NUMBER_MISSING = "no identity number, owner told apart by name only"
    NUMBER_UNREADABLE = "identity number damaged or masked"
    NUMBER_CHECK = "check digit of an identity number is wrong"
    NUMBER_REGION = "region of an identity number is unknown"
    NUMBER_FORM = "identity number of no known form"
    COUNT_DIFFERS = "as many names as identity numbers are expected"
    NAMES_DIFFER = "one identity number under two names"
    USAGE_UNKNOWN = "usage not understood"
    USAGE_MIXED = "usage names a home and parking or storage"
    STATUS_UNKNOWN = "status not understood"
    CERTIFICATE_DIFFERS = "co-owner row with another certificate: perhaps another unit"
    ENTRANCE_MISSING = "the same room also stands with an entrance"
    DEVELOPER_ELSEWHERE = "owner of unsold units, but this unit is not marked unsold or undelivered"
    NO_USAGE_COLUMN = "no usage column: parking and storage were told by the room only"
    NO_STATUS_COLUMN = "no status column: no unit was counted for the developer"
    NO_NUMBER_COLUMN = "no identity number column: owners were told apart by name only"

    TITLE = "title"
    HEADER = "header"
    BLANK = "blank"
    TOTAL = "total"
    NOTE = "note"
    COLUMN_NUMBERS = "column numbers"


ZH: dict[Why, str] = {
    Why.ROOM_MISSING: "缺室号",
    Why.BUILDING_MISSING: "缺楼幢",
    Why.PLACE_UNREADABLE: "室号是日期",
    Why.PLACE_CONTRADICTS: "楼幢、单元与室号互相矛盾",
    Why.PLACE_UNFIT: "楼幢、单元或室号过长，或有无法打印的字符",
    Why.OWNER_MISSING: "缺权利人",
    Why.AREA_MISSING: "缺面积",
    Why.AREA_NOT_NUMBER: "面积不是数字",
    Why.AREA_NEGATIVE: "面积为负数",
    Why.AREA_ZERO: "面积为零",
    Why.AREA_TOO_FINE: "面积超过两位小数",
    Why.AREA_TOO_LARGE: "面积过大",
    Why.AREA_CONFLICT: "面积与前面的行不一致",
    Why.STATUS_CONFLICT: "状态与前面的行矛盾",
    Why.PARKING: "车位、车库不计票",
    Why.STORAGE: "储藏间不计票",
    Why.COMMON_PART: "共有部分不计票",
    Why.DUPLICATE: "与前面的行重复",
    Why.CO_OWNER: "前面一行房屋的共有人",
    Why.CO_OWNER_AREA: "共有人行的面积不同",
    Why.PLACE_RESPELLED: "房屋写法已统一",
    Why.OWNER_RESPELLED: "姓名写法已统一",
    Why.NUMBER_RESPELLED: "证件号码写法已统一",
    Why.AREA_RESPELLED: "面积写法已统一",
    Why.AREA_PASSED_OVER: "登记或实测面积不可用",
    Why.AREA_FROM_SURVEY: "无登记面积，用实测面积",
    Why.AREA_FROM_CONTRACT: "无登记和实测面积，用合同面积",
    Why.DEVELOPER: "未售或已售未交付",
    Why.NUMBER_MISSING: "无证件号码，只按姓名区分",
    Why.NUMBER_UNREADABLE: "证件号码已损坏或被遮盖",
    Why.NUMBER_CHECK: "证件号码校验位不符",
    Why.NUMBER_REGION: "证件号码地区码不符",
    Why.NUMBER_FORM: "证件号码不是已知格式",
    Why.COUNT_DIFFERS: "姓名与证件号码个数不同",
    Why.NAMES_DIFFER: "同一证件号码有两个姓名",
    Why.USAGE_UNKNOWN: "看不懂的用途",
    Why.USAGE_MIXED: "用途里既有房屋又有车位或储藏间",
    Why.STATUS_UNKNOWN: "看不懂的状态",
    Why.CERTIFICATE_DIFFERS: "共有人行的权证号不同，可能是另一套房",
    Why.ENTRANCE_MISSING: "同一室号另有带单元的行",
    Why.DEVELOPER_ELSEWHERE: "权利人另有未售房屋，但本行未标未售或未交付",
    Why.NO_USAGE_COLUMN: "没有用途栏，只能按室号识别车位和储藏间",
    Why.NO_STATUS_COLUMN: "没有状态栏，没有房屋计入建设单位",
    Why.NO_NUMBER_COLUMN: "没有证件号码栏，业主只按姓名区分",
    Why.TITLE: "标题",
    Why.HEADER: "表头",
    Why.BLANK: "空行",
    Why.TOTAL: "合计",
    Why.NOTE: "说明",
    Why.COLUMN_NUMBERS: "栏号",
}
"""The same in Chinese."""

DONE: dict[Why, tuple[str, str]] = {
    Why.DUPLICATE: ("left out", "不再计"),
    Why.CO_OWNER: ("owner added to that unit, area counted once", "并入该房屋，面积只计一次"),
    Why.CO_OWNER_AREA: ("the earlier row's area stands", "以前面一行的面积为准"),
    Why.PLACE_RESPELLED: ("read as {place}", "读作{place}"),
    Why.OWNER_RESPELLED: ("spaces and wide letters removed", "去掉空格和全角字符"),
    Why.NUMBER_RESPELLED: ("written in the standard form", "改为标准写法"),
    Why.AREA_RESPELLED: ("read as {area} m2", "读作{area}平方米"),
    Why.AREA_PASSED_OVER: ("the next area taken", "改用下一种面积"),
    Why.AREA_FROM_SURVEY: ("{area} m2 taken", "取{area}平方米"),
    Why.AREA_FROM_CONTRACT: ("{area} m2 taken", "取{area}平方米"),
    Why.DEVELOPER: ("counted for the developer", "计入建设单位"),
}
"""What was done about a change, in English and Chinese; `{place}` and `{area}` stand for the row's own."""
NOT_COUNTED = ("not counted", "不计入")
"""What was done about a rejected or excluded row."""
