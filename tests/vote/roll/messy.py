"""Makes messy rolls with their truth: first the estate as it is, then the sheet as somebody typed it.

The truth is counted from the estate, never from the sheet, and shares no code with what reads sheets.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

import xlsxwriter
import xlwt

HEADERS = """
serial      序号          编号                  序号
building    楼幢          栋号                  所属楼栋
entrance    单元          梯号                  所属单元
room        室号          房间号                房号
certificate 不动产权证号  房产证编号            不动产权证书号
owner       权利人        产权人                业主姓名
sharing     共有情况      产权形式              共有方式
number      证件号码      身份证号码            身份证号/统一社会信用代码
phone       联系电话      手机                  手机号码
register    专有部分建筑面积(㎡) 建筑面积(m2)   登记建筑面积（平方米）
survey      实测面积      测绘建筑面积(平方米)  实测建筑面积
contract    合同面积      预售合同面积          买卖合同面积㎡
usage       用途          房屋性质              规划用途
status      销售状态      房屋状态              是否已售
delivery    交付日期      交房时间              是否交付
note        备注          说明                  备注
"""
_TABLE = [line.split() for line in HEADERS.strip().splitlines()]
COLUMNS = [column for column, *_ in _TABLE]
STYLES = {
    style: {column: headers[index] for column, *headers in _TABLE}
    for index, style in enumerate(["shelf", "manager", "register"])
}
"""Three ways of heading the same columns."""
WIDE = str.maketrans("0123456789.ABCDX", "０１２３４５６７８９．ＡＢＣＤＸ")
CHINESE = dict(zip("123456789", "一二三四五六七八九", strict=True))


@dataclass
class Person:
    """Somebody, or a firm, with the number that makes it different from all others."""

    name: str
    number: str


@dataclass
class Home:
    """A unit as it is in truth."""

    building: str
    entrance: str
    room: str
    owners: tuple[Person, ...]
    area_dm2: int
    source: str
    status: str


@dataclass
class MessyRoll:
    """A sheet, and what a reader must find in it."""

    header: list[str]
    columns: list[str]
    rows: list[list[object]] = field(default_factory=list)
    truth: dict[str, Any] = field(default_factory=dict)
    titles: int = 0


class Typist:
    """Types an estate into a sheet, each cell in one of the ways people have."""

    def __init__(self, seed: int, style: str = "shelf", *, entrances: bool = True, homes: int = 60) -> None:
        self.random = Random(seed)
        self.names = dict(STYLES[style])
        self.yes_no = self.names["status"].startswith("是否")
        self.entrances = entrances
        self.people = [self._person(index) for index in range(homes)]
        self.developer = Person("某某置业有限公司", self._firm_number())
        self.homes = [self._home(index) for index in range(homes)]

    def roll(self) -> MessyRoll:
        """Type everything."""
        columns = [column for column in COLUMNS if self.entrances or column != "entrance"]
        head, tail = columns[:1], columns[1:]
        self.random.shuffle(tail)
        columns = head + tail
        roll = MessyRoll([self.names[column] for column in columns], columns)
        truth: Counter[str] = Counter()
        lines: list[dict[str, object]] = []
        for home in self.homes:
            typed = self._type_home(home)
            lines.extend(typed)
            truth["co_owner_rows_merged"] += len(typed) - 1
        copies = [dict(line) for line in self.random.sample(lines, 4)]
        for copy in copies:
            copy["owner"] = f" {copy['owner']} " if self.random.random() < 0.5 else copy["owner"]
        truth["duplicate_rows"] = len(copies)
        excluded, excluded_area = self._excluded()
        rejected, reasons = self._rejected()
        truth["excluded_rows"], truth["rejected_rows"] = len(excluded), len(rejected)
        extra = excluded + rejected
        for line in extra:
            lines.insert(self.random.randrange(len(lines) + 1), line)
        lines.extend(copies)
        self._type_sheet(roll, lines)
        roll.truth = {**self._count(), **truth, "excluded_area_dm2": excluded_area, "rejected_reasons": set(reasons)}
        return roll

    def _count(self) -> dict[str, int]:
        """Count what is true of the homes."""
        mine = [home for home in self.homes if not self._is_developers(home)]
        theirs = [home for home in self.homes if self._is_developers(home)]
        sets = Counter(frozenset(person.number for person in home.owners) for home in mine)
        return {
            "units": len(self.homes),
            "entitlements": len(sets) + bool(theirs),
            "area_dm2": sum(home.area_dm2 for home in self.homes),
            "developer_units": len(theirs),
            "developer_area_dm2": sum(home.area_dm2 for home in theirs),
            "owners_with_several_units": sum(count > 1 for count in sets.values()),
            "area_from_survey": sum(home.source == "survey" for home in self.homes),
            "area_from_contract": sum(home.source == "contract" for home in self.homes),
        }

    @staticmethod
    def _is_developers(home: Home) -> bool:
        return home.status in ("unsold", "undelivered")

    def _person(self, index: int) -> Person:
        if index % 11 == 7:
            return Person(f"某某{CHINESE[str(index % 9 + 1)]}商贸有限公司", self._firm_number())
        surname = "张王李赵陈杨黄周吴徐"[index % 10]
        name = surname + "甲乙丙丁戊己庚辛壬癸"[index % 7] + ("某" if index % 3 else "")
        day = self.random.randrange(1, 29)
        digits = f"330421{1940 + index % 60}{index % 12 + 1:02}{day:02}{self.random.randrange(1000):03}"
        weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
        total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
        return Person(name, digits + "10X98765432"[total % 11])

    def _firm_number(self) -> str:
        return "91330421MA" + "".join(self.random.choice("0123456789ABCDEFGH") for _ in range(8))

    def _home(self, index: int) -> Home:
        building, rest = str(index // 20 + 1), index % 20
        entrance = str(rest // 10 + 1) if self.entrances else ""
        owners = [self.people[self.random.randrange(len(self.people))]]
        if self.random.random() < 0.4:
            other = self.random.choice(self.people)
            owners += [other] if other.number != owners[0].number else []
        status = self.random.choices(["delivered", "unsold", "undelivered"], [10, 1, 1])[0]
        if status == "unsold":
            owners = [self.developer]
        source = self.random.choices(["register", "survey", "contract"], [12, 1, 1])[0]
        area = self.random.choice([8937, 10412, 14360, 12000, 7650, self.random.randrange(2000, 130000)])
        return Home(building, entrance, f"{rest % 10 + 1}0{rest // 10 + 1}", tuple(owners), area, source, status)

    def _type_home(self, home: Home) -> list[dict[str, object]]:
        line: dict[str, object] = dict.fromkeys(COLUMNS, "")
        line |= {
            "certificate": f"浙(2020)嘉善县不动产权第{self.random.randrange(10**7):07}号",
            "usage": self.random.choice(["住宅", "商铺", "成套住宅", "办公"]),
            "phone": "199" + str(self.random.randrange(10**8)),
        }
        line |= self._type_status(home.status)
        if home.source == "contract":
            line["survey"] = self.random.choice(["", "-", "无"])
        if home.source != "register":
            line["register"] = self.random.choice(["", "/", "未登记"])
        if len(home.owners) > 1 and self.random.random() < 0.5:
            shared = [(person.name, person.number) for person in home.owners]
        else:
            separator = self.random.choice(["、", "，", ",", "；", ";", "／", "/", " ", "　", "\n"])
            people = home.owners
            shared = [(separator.join(p.name for p in people), separator.join(p.number for p in people))]
        lines = []
        area = self._type_area(home.area_dm2)
        for name, number in shared:
            typed = dict(line) | self._type_place(home)
            typed[home.source] = area
            typed["owner"] = self.random.choice([name, name, f"{name} "])
            typed["number"] = self.random.choice([number, number, number.lower(), number.translate(WIDE)])
            lines.append(typed)
        return lines

    def _type_place(self, home: Home) -> dict[str, object]:
        pick = self.random.choice
        buildings: list[Callable[[str], object]] = [
            lambda b: b + "幢",
            lambda b: b + "#",
            lambda b: b + "号楼",
            lambda b: b + "栋",
            lambda b: b + "座",
            lambda b: "0" + b,
            lambda b: b.translate(WIDE) + "幢",
            lambda b: CHINESE[b] + "幢",
            lambda b: f"第{b}幢",
            float,
        ]
        entrances: list[Callable[[str], object]] = [
            lambda e: e,
            lambda e: e + "单元",
            lambda e: "0" + e,
            lambda e: CHINESE[e] + "单元",
            lambda e: e + "梯",
            float,
        ]
        rooms: list[Callable[[str], object]] = [
            lambda r: r,
            lambda r: r + "室",
            lambda r: f"0{r}",
            lambda r: r.translate(WIDE),
            float,
        ]
        return {
            "building": pick(buildings)(home.building),
            "entrance": pick(entrances)(home.entrance) if home.entrance else "",
            "room": pick(rooms)(home.room),
        }

    def _type_area(self, area_dm2: int) -> object:
        text = f"{area_dm2 // 100}.{area_dm2 % 100:02}"
        return self.random.choice(
            [
                area_dm2 / 100,
                text,
                f" {text}",
                f"{text}㎡",
                f"{text} 平方米",
                f"{text}m2",
                text.translate(WIDE) + "㎡",
                f"{text}00",
                f"{area_dm2 // 100:,}.{area_dm2 % 100:02}",
            ]
        )

    def _type_status(self, status: str) -> dict[str, object]:
        date = self.random.choice(["2019-08-01", "2019/8/1", "2019年8月1日", "20190801", ""])
        pick = self.random.choice
        if self.yes_no:
            return {"status": "否" if status == "unsold" else "是", "delivery": "是" if status == "delivered" else "否"}
        typed: dict[str, dict[str, object]] = {
            "delivered": {"status": pick(["已交付", "已售", "已交房", ""]), "delivery": date},
            "unsold": {"status": pick(["未售", "未销售", "待售", "未出售", "未 售"]), "delivery": ""},
            "undelivered": {
                "status": pick(["已售未交付", "已售（未交付）", "未交付", "已售，未交房"]),
                "delivery": pick(["", "2027年1月"]),
            },
        }
        return typed[status]

    def _excluded(self) -> tuple[list[dict[str, object]], int]:
        lines, total = [], 0
        for index, usage in enumerate(["车位", "地下车位", "车库", "储藏室", "储藏间", "地下室", "杂物间", "自行车库"]):
            person = self.random.choice(self.people)
            area_dm2 = self.random.randrange(500, 3000)
            line: dict[str, object] = dict.fromkeys(COLUMNS, "")
            line |= {"building": "1幢", "room": f"{usage[:2]}{index}", "owner": person.name, "number": person.number}
            line |= {"register": self._type_area(area_dm2), "usage": usage}
            lines.append(line)
            total += area_dm2
        return lines, total

    def _rejected(self) -> tuple[list[dict[str, object]], list[str]]:
        faults: list[tuple[str, object, str]] = [
            ("room", "", "room missing"),
            ("owner", "", "owner missing"),
            ("owner", "/", "owner missing"),
            ("register", "", "area missing"),
            ("register", "见附件", "area is not a number"),
            ("register", -12.5, "area is negative"),
            ("register", "89.375", "area has more than two decimals"),
            ("register", 0.0, "area is zero"),
            ("building", "", "building missing"),
        ]
        lines = []
        for index, (column, value, _) in enumerate(faults):
            person = self.random.choice(self.people)
            line: dict[str, object] = dict.fromkeys(COLUMNS, "")
            line |= {"building": "9幢", "room": f"99{index}", "owner": person.name, "number": person.number}
            line |= {"register": 88.5, "certificate": f"浙(2020)第{index}号", "usage": "住宅", column: value}
            lines.append(line)
        return lines, [reason for _, _, reason in faults]

    def _type_sheet(self, roll: MessyRoll, lines: list[dict[str, object]]) -> None:
        """Titles, header, numbered lines with blank lines and repeated headers between them, total and notes."""
        width = len(roll.columns)
        blank: list[object] = [""] * width
        roll.rows = [["某某花园业主清册", *blank[1:]]]
        if self.random.random() < 0.5:
            roll.rows.append(["制表：物业服务人", "", "日期：2026年9月", *blank[3:]])
        if self.random.random() < 0.5:
            roll.rows.append(list(blank))
        roll.titles = len(roll.rows)
        roll.rows.append(list(roll.header))
        for serial, line in enumerate(lines, 1):
            if self.random.random() < 0.04:
                roll.rows.append(list(blank))
            if serial % 50 == 0:
                roll.rows.append(list(roll.header))
            line["serial"] = serial
            roll.rows.append([line[column] for column in roll.columns])
        total: list[object] = ["合计", *blank[1:]]
        total[roll.columns.index("register")] = 12345.67
        roll.rows += [total, ["注：本表由物业服务人提供。", *blank[1:]], ["审核：", "", "日期：", *blank[3:]]]


def xlsx(
    *sheets: tuple[str, list[list[object]]], merges: dict[str, list[tuple[int, int, int, int]]] | None = None
) -> bytes:
    """Write sheets as xlsx; a merged range takes its text from its first cell."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                if isinstance(value, float | int):
                    sheet.write_number(row, column, value)
                else:
                    sheet.write_string(row, column, str(value))
        for top, left, bottom, right in (merges or {}).get(name, []):
            sheet.merge_range(top, left, bottom, right, rows[top][left])
    book.close()
    return stream.getvalue()


def xls(*sheets: tuple[str, list[list[object]]]) -> bytes:
    """Write sheets as xls."""
    book = xlwt.Workbook(encoding="utf-8")
    for name, rows in sheets:
        sheet = book.add_sheet(name)
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                if value != "":
                    sheet.write(row, column, value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def csv_text(rows: list[list[object]], delimiter: str = ",") -> str:
    """Write rows as csv; whole floats as spreadsheets show them."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    for cells in rows:
        writer.writerow([f"{value:g}" if isinstance(value, float) and value.is_integer() else value for value in cells])
    return stream.getvalue()
