"""The yardstick: the nine accounts tables as somebody at home in pandas would pivot them, numbers only."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

LEVELS = (3, 5, 7)
FISCAL = ["general", "gov_fund", "state_capital"]
INCOME = {"superior": "上级补助收入", "institution": "事业收入", "other": "其他收入"}
Made = pd.DataFrame | pd.Series


def tables(frame: pd.DataFrame, by: Sequence[str] = ()) -> dict[str, Made]:
    """All nine, by code. `by` names columns that keep department-years apart when there are several."""
    keys = list(by)
    of = dict(iter(frame.groupby("measure", sort=False)))
    spending, revenue, opening = of["spending"], of["revenue"], of["opening_balance"]
    spending = spending.assign(category_class=spending["function"].str[:3])
    general = spending[spending["fund"] == "general"]
    income = revenue.assign(kind=revenue["source"].map(INCOME).fillna("财政拨款收入"))
    return {
        **_totals(spending, income, opening, keys),
        "公开02表": _levels(income, keys, "function", "kind"),
        "公开03表": _levels(spending, keys, "function", "category"),
        **_fiscal(*(p[p["fund"].isin(FISCAL)] for p in (spending, revenue, opening)), keys),
        "公开05表": _levels(general, keys, "function", "category"),
        "公开06表": _levels(general[general["category"] == "basic"], keys, "economic", None, (3, 5)),
        "公开07表预算": _pivot(of["three_public_adjusted"], keys, "item"),
        "公开07表决算": _pivot(of["three_public_spending"], keys, "item"),
        "公开08表": _funds(*(p[p["fund"] == "gov_fund"] for p in (spending, revenue, opening)), keys),
        "公开09表": _levels(spending[spending["fund"] == "state_capital"], keys, "function", "category"),
    }


def _totals(
    spending: pd.DataFrame, income: pd.DataFrame, opening: pd.DataFrame, keys: list[str]
) -> dict[str, Made]:
    """公开01表: income by kind and fund, spending by 类, and what is left at the end of the year."""
    kind = income["kind"].where(income["source"] != "appropriation", income["fund"])
    received = _pivot(income.assign(kind=kind), keys, "kind")
    spent = _pivot(spending, [*keys, "category_class"])
    before = _pivot(opening, keys)
    left = _pivot(income, keys) + before - _pivot(spending, keys)
    return {"公开01表收入": received, "公开01表支出": spent, "公开01表年初": before, "公开01表年末": left}


def _fiscal(
    spending: pd.DataFrame, revenue: pd.DataFrame, opening: pd.DataFrame, keys: list[str]
) -> dict[str, Made]:
    """公开04表: the same of appropriations, by fund."""
    received, before = _pivot(revenue, keys, "fund"), _pivot(opening, keys, "fund")
    spent = _pivot(spending, [*keys, "category_class"], "fund")
    total = _pivot(spending, keys, "fund")
    left = received.add(before, fill_value=0).sub(total, fill_value=0)
    return {
        "公开04表收入": received,
        "公开04表年初": before,
        "公开04表支出": spent,
        "公开04表合计": total,
        "公开04表年末": left,
    }


def _funds(
    spending: pd.DataFrame, revenue: pd.DataFrame, opening: pd.DataFrame, keys: list[str]
) -> pd.DataFrame:
    """公开08表: opening balance, income, spending and closing balance of the government funds, by code."""
    before, received = _levels(opening, keys, "function"), _levels(revenue, keys, "function")
    spent = _levels(spending, keys, "function", "category")
    made = pd.concat([before.rename("年初"), received.rename("收入"), spent], axis=1).fillna(0)
    return made.assign(年末=made["年初"] + made["收入"] - made["合计"])


def _pivot(part: pd.DataFrame, index: Sequence[str], columns: str | None = None) -> Made:
    """Sums by index and column, with a column of totals."""
    if columns is None:
        return part.groupby(list(index))["amount"].sum() if index else part["amount"].sum()
    if not index:
        sums = part.groupby(columns)["amount"].sum()
        return pd.concat([sums, pd.Series({"合计": sums.sum()})])
    made = part.pivot_table(index=list(index), columns=columns, values="amount", aggfunc="sum", fill_value=0)
    return made.assign(合计=made.sum(axis=1))


def _levels(
    part: pd.DataFrame,
    keys: Sequence[str],
    code: str,
    columns: str | None = None,
    levels: Sequence[int] = LEVELS,
) -> Made:
    """A row for each code of each length, and one for the total."""
    grain = _pivot(part, [*keys, code], columns)
    made = [grain.groupby([*keys, grain.index.get_level_values(code).str[:n]]).sum() for n in levels]
    if keys:
        return pd.concat([*made, grain.groupby(list(keys)).sum()])
    total = grain.sum()
    row = pd.Series({"合计": total}) if columns is None else total.to_frame("合计").T
    return pd.concat([*made, row])


def figures(frame: pd.DataFrame) -> dict[str, int]:
    """Figures of every table by cell address, to see that both sides compute the same."""
    made = tables(frame)
    found: dict[str, int] = {}
    columns = {
        "公开02表": {"合计": "本年收入合计", "财政拨款收入": "财政拨款收入"},
        "公开03表": {"合计": "本年支出合计", "project": "项目支出"},
        "公开05表": {"合计": "小计", "basic": "基本支出", "project": "项目支出"},
        "公开08表": {
            "年初": "年初结转和结余",
            "收入": "本年收入",
            "合计": "本年支出/小计",
            "年末": "年末结转和结余",
        },
        "公开09表": {"合计": "合计"},
    }
    for code, named in columns.items():
        for ours, name in named.items():
            found |= {f"{code}[{row}, {name}]": int(fen) for row, fen in made[code][ours].items()}
    found |= {f"公开06表[{row}, 决算数]": int(fen) for row, fen in made["公开06表"].items() if row != "合计"}
    found |= {f"公开01表[支出/{row}, 决算数]": int(fen) for row, fen in made["公开01表支出"].items()}
    found["公开01表[支出/年末结转和结余, 决算数]"] = int(made["公开01表年末"])
    funds = {"general": "一般公共预算财政拨款", "gov_fund": "政府性基金预算财政拨款", "合计": "合计"}
    for fund, name in funds.items():
        found[f"公开04表[支出/年末财政拨款结转和结余, {name}]"] = int(made["公开04表年末"][fund])
        spent = made["公开04表支出"][fund]
        found |= {f"公开04表[支出/{row}, {name}]": int(fen) for row, fen in spent.items()}
    found["公开07表[全部, 决算数/合计]"] = int(made["公开07表决算"]["合计"])
    return found
