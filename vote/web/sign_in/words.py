"""Texts of signing in, Chinese first."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

_SIGN_IN: Mapping[str, Text] = {
    "sign-in.title": Text("登录", "Sign in"),
    "sign-in.signed-out": Text("您已经退出，请重新登录", "You are signed out; please sign in again"),
    "sign-in.signed-out-why": Text(
        "隔了太久没有操作，为了安全已经自动退出。刚才填的没有保存，请登录后再填一次。",
        "Nothing was done here for some time, so you were signed out. What you filled in was not kept; please sign in and "
        "fill it in again.",
    ),
    "sign-in.not-allowed": Text("这一页您不能打开", "You cannot open this page"),
    "sign-in.not-allowed-who": Text(
        "{name}，您已经登录，但这一页只给担任下面工作的人看：",
        "{name}, you are signed in, but this page is for those who have one of these tasks here:",
    ),
    "sign-in.not-allowed-next": Text(
        "这件事应该由您来做？请找社区或街道的负责人，让对方给您发一个邀请链接。",
        "Is this your task? Ask whoever is in charge at the community or sub-district office for an invitation link.",
    ),
    "sign-in.to-account": Text("我的工作", "My tasks"),
}

_ROLES: Mapping[str, Text] = {
    "role.staff": Text("工作人员（管这个小区的社区、街道）", "staff in charge of this estate"),
    "role.registrar": Text("制信人", "registrar (makes the letters)"),
    "role.trustee": Text("开箱人", "key-holder (opens the box)"),
    "role.phones": Text("电话登记员", "editor of telephones"),
    "role.desk": Text("窗口核验员", "desk check"),
    "role.organiser": Text("组织者（筹备组、业委会）", "organiser (preparatory group or committee)"),
    "role.community": Text("社区确认人", "community certifier"),
    "role.sub_district": Text("街道签收人", "sub-district recipient"),
}

WORDS: Final[Mapping[str, Text]] = {**_SIGN_IN, **_ROLES}
