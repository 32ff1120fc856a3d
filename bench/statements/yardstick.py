"""The yardstick: the nine accounts tables as somebody at home in pandas would pivot them, numbers only."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

LEVELS = (3, 5, 7)
FISCAL = ("general", "gov_fund", "state_capital")
INCOME = {"superior": "上级补助收入", "institution": "事业收入", "other": "其他收入"}


def tables(frame: pd.DataFrame, by: Sequence[str] = ()) -> dict[str, pd.DataFrame | pd.Series]:
    """All nine, by code. `by` names columns that keep department-years apart when there are several."""
    keys = list(by)
    of = {measure: part for measure, part in frame.groupby("measure", sort=False)}
    spending, revenue = of["spending"], of["revenue"]
    opening = of["opening_balance"]
    fiscal_spending, fiscal_revenue = (p[p["fund"].isin(FISCAL)] for p in (spending, revenue))
    general = spending[spending["fund"] == "general"]
    fund_spending = spending[spending["fund"] == "gov_fund"]
    basic = general[general["category"] == "basic"]
    income = revenue.assign(kind=revenue["source"].map(INCOME).fillna("财政拨款收入"))
    return {
        "公开01表收入": _pivot(
            income.assign(kind=income["kind"].where(income["source"] != "appropriation", income["fund"])),
            keys,
            "kind",
        ),
        "公开01表支出": _pivot(spending, [*keys, spending["function"].str[:3]]),
        "公开01表结余": _pivot(opening, keys),
        "公开02表": _levels(income, keys, "function", "kind"),
        "公开03表": _levels(spending, keys, "function", "category"),
        "公开04表收入": _pivot(fiscal_revenue, keys, "fund"),
        "公开04表结余": _pivot(opening, keys, "fund"),
        "公开04表支出": _pivot(fiscal_spending, [*keys, fiscal_spending["function"].str[:3]], "fund"),
        "公开05表": _levels(general, keys, "function", "category"),
        "公开06表": _levels(basic, keys, "economic", None, (3, 5)),
        "公开07表预算": _pivot(of["three_public_adjusted"], keys, "item"),
        "公开07表决算": _pivot(of["three_public_spending"], keys, "item"),
        "公开08表年初": _levels(opening[opening["fund"] == "gov_fund"], keys, "function"),
        "公开08表收入": _levels(revenue[revenue["fund"] == "gov_fund"], keys, "function"),
        "公开08表支出": _levels(fund_spending, keys, "function", "category"),
        "公开09表": _levels(spending[spending["fund"] == "state_capital"], keys, "function", "category"),
    }


def _pivot(
    part: pd.DataFrame, index: Sequence[object], columns: str | None = None
) -> pd.DataFrame | pd.Series:
    """Sums by index and column, with a column of totals."""
    if columns is None:
        return part.groupby(list(index), sort=True)["amount"].sum() if index else part[["amount"]].sum()
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
) -> pd.DataFrame | pd.Series:
    """A row for each code of each length and one for the total."""
    grain = _pivot(part, [*keys, code], columns)
    made = [grain.groupby([*keys, grain.index.get_level_values(code).str[:n]]).sum() for n in levels]
    total = grain.groupby(list(keys)).sum() if keys else grain.sum().to_frame().T if columns else grain.sum()
    return (
        pd.concat([*made, total])
        if isinstance(total, (pd.DataFrame, pd.Series))
        else pd.concat([*made, pd.Series({"合计": total})])
    )


def figures(frame: pd.DataFrame) -> dict[str, int]:
    """Some figures by cell address, to see that both sides compute the same tables."""
    made = tables(frame)
    found: dict[str, int] = {}
    for code, (name, totals) in {
        "公开02表": ("本年收入合计", "合计"),
        "公开03表": ("本年支出合计", "合计"),
    }.items():
        for row, fen in made[code][totals].items():
            found[f"{code}[{row if isinstance(row, str) else '合计'}, {name}]"] = int(fen)
    for row, line in made["公开05表"].iterrows():
        address = row if isinstance(row, str) else "合计"
        found[f"公开05表[{address}, 基本支出]"] = int(line["basic"])
        found[f"公开05表[{address}, 项目支出]"] = int(line["project"])
    for row, fen in made["公开06表"].items():
        if row != "合计":
            found[f"公开06表[{row}, 决算数]"] = int(fen)
    for row, line in made["公开04表支出"].iterrows():
        found[f"公开04表[支出/{row}, 政府性基金预算财政拨款]"] = int(line["gov_fund"])
    for row, line in made["公开08表支出"].iterrows():
        found[f"公开08表[{row if isinstance(row, str) else '合计'}, 本年支出/小计]"] = int(line["合计"])
    for row, line in made["公开09表"].iterrows():
        found[f"公开09表[{row if isinstance(row, str) else '合计'}, 合计]"] = int(line["合计"])
    return found
