"""Usage and status words."""

import pytest

from vote.roll.usage import Status, Usage, read_status, read_usage
from vote.roll.why import Why


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("车位", Why.PARKING),
        ("地下车位", Why.PARKING),
        ("机动车库", Why.PARKING),
        ("停车位", Why.PARKING),
        ("住宅车库", Why.PARKING),
        ("人防车位", Why.PARKING),
        ("储藏室", Why.STORAGE),
        ("储藏间", Why.STORAGE),
        ("贮藏室", Why.STORAGE),
        ("杂物间", Why.STORAGE),
        ("地下室", Why.STORAGE),
        ("架空层", Why.COMMON_PART),
        ("物业管理用房", Why.COMMON_PART),
        ("配电房", Why.COMMON_PART),
        ("车位、储藏室", Why.PARKING),
        ("柴间", Why.STORAGE),
        ("地库", Why.PARKING),
    ],
)
def test_parking_storage_and_common_parts_do_not_vote(word: str, why: Why) -> None:
    assert read_usage([word], "101") == Usage(why)


@pytest.mark.parametrize(
    "word", ["住宅", "成套住宅", "商铺", "商业", "商业服务", "非住宅", "办公", "公寓", "别墅", "店面", "安置房"]
)
def test_homes_and_shops_vote(word: str) -> None:
    assert read_usage([word], "101") == Usage(None)


def test_a_home_with_parking_votes_and_is_flagged() -> None:
    assert read_usage(["住宅+车位"], "101") == Usage(None, Why.USAGE_MIXED)
    assert read_usage(["商业（含地下室）"], "101") == Usage(None, Why.USAGE_MIXED)


def test_one_of_two_columns_that_says_parking_is_enough() -> None:
    assert read_usage(["商品房", "车位"], "101") == Usage(Why.PARKING)


def test_without_usage_the_room_tells() -> None:
    assert read_usage([], "车位12") == Usage(Why.PARKING)
    assert read_usage(["-", "其他"], "储藏室3") == Usage(Why.STORAGE)
    assert read_usage([], "地下车库A012") == Usage(Why.PARKING)
    assert read_usage([""], "101") == Usage(None)
    assert read_usage(["住宅"], "车位12") == Usage(None)


def test_a_usage_that_is_not_understood_votes_and_is_flagged() -> None:
    assert read_usage(["阁楼"], "101") == Usage(None, Why.USAGE_UNKNOWN)


@pytest.mark.parametrize(
    "word", ["未售", "未销售", "待售", "未出售", "尚未出售", "未售出", "没卖", "在售", "未 售", "开发商持有", "库存"]
)
def test_unsold_has_many_names(word: str) -> None:
    assert read_status([("状态", word)]) == (Status.UNSOLD, None)


@pytest.mark.parametrize(
    "word",
    [
        "已售未交付",
        "已售（未交付）",
        "未交付",
        "已售，未交房",
        "已售未交",
        "已售待交付",
        "已网签未交付",
        "未办理交付手续",
        "未收房",
        "尚未交房",
        "未领钥匙",
    ],
)
def test_undelivered_has_many_names(word: str) -> None:
    assert read_status([("状态", word)]) == (Status.UNDELIVERED, None)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("已交付", Status.DELIVERED),
        ("已交房", Status.DELIVERED),
        ("已入住", Status.DELIVERED),
        ("已售", Status.SOLD),
        ("已售未办证", Status.SOLD),
        ("已交付未办证", Status.DELIVERED),
        ("出售", Status.SOLD),
    ],
)
def test_sold_and_delivered_are_the_owners(word: str, status: Status) -> None:
    assert read_status([("状态", word)]) == (status, None)
    assert not status.is_developers


@pytest.mark.parametrize(
    "word",
    [
        "空置",
        "未交物业费",
        "抵押",
        "延期交付",
        "未到交付期",
        "未达交付条件",
        "二手待售",
        "已交付待售",
        "挂牌待售",
        "0",
        "1",
    ],
)
def test_a_status_that_is_not_understood_changes_nothing_and_is_flagged(word: str) -> None:
    assert read_status([("状态", word)]) == (Status.UNKNOWN, Why.STATUS_UNKNOWN)


@pytest.mark.parametrize(
    "date", ["2019-08-01", "2019/8/1", "2019年8月1日", "20190801", "2019年8月", "2019-08-01 00:00:00", "43678"]
)
def test_a_date_proves_nothing(date: str) -> None:
    assert read_status([("交付日期", date)]) == (Status.UNKNOWN, None)


def test_yes_and_no_answer_the_header() -> None:
    assert read_status([("是否已售", "否")]) == (Status.UNSOLD, None)
    assert read_status([("是否已售", "是")]) == (Status.SOLD, None)
    assert read_status([("是否交付", "否")]) == (Status.UNDELIVERED, None)
    assert read_status([("是否交付", "√")]) == (Status.DELIVERED, None)
    assert read_status([("是否交付", "0")]) == (Status.UNDELIVERED, None)
    assert read_status([("交付", "未"), ("交付", "no")]) == (Status.UNDELIVERED, None)


def test_yes_to_a_header_that_asks_whether_not_means_no() -> None:
    assert read_status([("是否未交付", "是")]) == (Status.UNDELIVERED, None)
    assert read_status([("未交付", "√")]) == (Status.UNDELIVERED, None)
    assert read_status([("未售", "否")]) == (Status.SOLD, None)


def test_of_two_columns_the_one_that_says_developer_counts() -> None:
    assert read_status([("销售状态", "已售"), ("交付状态", "未交付")]) == (Status.UNDELIVERED, None)
    assert read_status([("销售状态", ""), ("交付状态", "-")]) == (Status.UNKNOWN, None)


def test_which_statuses_contradict_each_other() -> None:
    pairs = [(low, high) for low in Status for high in Status if low < high and low.contradicts(high)]
    assert pairs == [
        (Status.SOLD, Status.UNSOLD),
        (Status.DELIVERED, Status.UNDELIVERED),
        (Status.DELIVERED, Status.UNSOLD),
    ]
    assert Status.UNSOLD.contradicts(Status.SOLD)
