"""Texts that stand around the fields, steps and signs of every page."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

FIELDS: Final[Mapping[str, Text]] = {
    "field.optional": Text("（可不填）", "(may be left empty)"),
    "field.wrong": Text("有几处要改", "Some things need mending"),
    "way.label": Text("第{n}步，共{of}步", "Step {n} of {of}"),
    "lamp.complete": Text("记录完整", "Record complete"),
    "lamp.look": Text("请看", "Please look"),
    "nav.label": Text("我的", "Mine"),
    "nav.today": Text("今天", "Today"),
    "nav.account": Text("账号：{name}", "Account: {name}"),
    "nav.sign-out": Text("退出", "Sign out"),
    "nav.sign-in": Text("工作人员登录", "Staff: sign in"),
}
