"""Keeps the accounts of an estate's books: a closed list, in Beancount's naming, two pools that never mix.

* Common income stands apart from the maintenance fund (单独列账, JX 30): no posting touches both.
* On pages an account is only 收入 or 支出 and what it was for; the names here are for the exported books.
* Names are permanent, as published books have them: add to them, never rename.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from vote.law.citation import Text


class Pool(StrEnum):
    """Whose money it is that is kept apart."""

    COMMON = "common"
    FUND = "fund"


class Side(StrEnum):
    """What an account counts; the words are Beancount's."""

    ASSETS = "Assets"
    INCOME = "Income"
    EXPENSES = "Expenses"
    EQUITY = "Equity"


class Account(StrEnum):
    """Where money is, comes from and goes to."""

    BANK = "Assets:Common:Bank"
    CASH = "Assets:Common:Cash"
    PARKING = "Income:Common:Parking"
    ADVERTISING = "Income:Common:Advertising"
    VENUE = "Income:Common:Venue"
    FACILITIES = "Income:Common:Facilities"
    INTEREST = "Income:Common:Interest"
    OTHER_INCOME = "Income:Common:Other"
    COST = "Expenses:Common:Cost"
    REPAIRS = "Expenses:Common:Repairs"
    COMMITTEE = "Expenses:Common:Committee"
    ALLOWANCES = "Expenses:Common:Allowances"
    AUDIT = "Expenses:Common:Audit"
    DECIDED = "Expenses:Common:Decided"
    TOP_UP = "Expenses:Common:FundTopUp"
    OPENING = "Equity:Common:Opening"
    FUND_BANK = "Assets:Fund:Bank"
    FUND_RAISED = "Income:Fund:Raised"
    FUND_INTEREST = "Income:Fund:Interest"
    FUND = "Expenses:Fund:Used"
    FUND_OPENING = "Equity:Fund:Opening"

    @property
    def side(self) -> Side:
        """What it counts."""
        return Side(self.value.split(":")[0])

    @property
    def pool(self) -> Pool:
        """Whose money."""
        return Pool(self.value.split(":")[1].lower())


LABELS: Final[Mapping[Account, Text]] = {
    Account.BANK: Text("公共收益账户", "Account of common income"),
    Account.CASH: Text("现金", "Cash"),
    Account.PARKING: Text("停车收入", "Parking"),
    Account.ADVERTISING: Text("广告收入", "Advertising"),
    Account.VENUE: Text("场地租金", "Rent of places"),
    Account.FACILITIES: Text("设备设施占用费", "Use of facilities"),
    Account.INTEREST: Text("利息", "Interest"),
    Account.OTHER_INCOME: Text("其他收入", "Other income"),
    Account.COST: Text("经营成本", "Costs of the income"),
    Account.REPAIRS: Text("专项维修", "Repairs"),
    Account.COMMITTEE: Text("业委会经费", "Committee’s expenses"),
    Account.ALLOWANCES: Text("委员补贴", "Members’ allowances"),
    Account.AUDIT: Text("审计费用", "Audit"),
    Account.DECIDED: Text("共同决定的其他事项", "Other things decided together"),
    Account.TOP_UP: Text("补充维修资金", "Put into the maintenance fund"),
    Account.OPENING: Text("建账时的结余", "Balance when the books began"),
    Account.FUND_BANK: Text("维修资金账户", "Account of the maintenance fund"),
    Account.FUND_RAISED: Text("筹集维修资金", "Raised for the fund"),
    Account.FUND_INTEREST: Text("维修资金利息", "Interest of the fund"),
    Account.FUND: Text("使用维修资金", "Used from the fund"),
    Account.FUND_OPENING: Text("建账时的维修资金结余", "Fund when the books began"),
}
"""What pages and statements call an account."""
