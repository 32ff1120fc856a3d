"""The rule of a cell in words (取数规则): what statements write as identifiers, for the reader.

`+spending(+0)[fund=general] @function category=basic` is a sum of measures with year offsets and conditions of their
own, the views that are tried in turn, and the conditions of row and column; `share(…; …)` and `(…) - (…)` join two.
"""

from __future__ import annotations

import re
from typing import Final

from yiheng.reporting.labels import Labels

_MEASURE: Final = re.compile(r"([+-])([a-z_]+)\(([+-]?\d+)\)")
_CONDITION: Final = re.compile(r"\[?\b([a-z_]+)=([^\s\[\]]+)\]?")
_VIEWS: Final = re.compile(r"@([a-z_>]+)")
_RATE: Final = re.compile(r"(growth|share|completion)\((.*); (.*)\)")
_RATES: Final = {
    "growth": "【{}】比【{}】的增长率",
    "share": "【{}】占【{}】的比重",
    "completion": "【{}】完成【{}】的比率",
}
_CHANGE: Final = re.compile(r"\((.*)\) - \((.*)\)")
_YEARS: Final = {0: "本年", -1: "上年"}


def rule_text(rule: str, labels: Labels) -> str:
    """The rule with names in place of identifiers. A part that is not recognised stays as it was written."""
    if rate := _RATE.fullmatch(rule):
        return _RATES[rate[1]].format(rule_text(rate[2], labels), rule_text(rate[3], labels))
    if change := _CHANGE.fullmatch(rule):
        return f"【{rule_text(change[1], labels)}】减【{rule_text(change[2], labels)}】"
    if not (_MEASURE.search(rule) or _VIEWS.search(rule)):
        return rule
    words = _MEASURE.sub(lambda found: _measure(found, labels), rule)
    words = _VIEWS.sub(lambda found: _views(found[1], labels), words)
    words = _CONDITION.sub(lambda found: _condition(found, labels), words)
    return re.sub(r"\s+", " ", words).strip().removeprefix("＋")


def _measure(found: re.Match[str], labels: Labels) -> str:
    sign = "＋" if found[1] == "+" else "－"
    offset = int(found[3])
    year = _YEARS.get(offset, f"{offset:+d} 年")
    return f"{sign}{year}{labels.measure(found[2])}"


def _views(names: str, labels: Labels) -> str:
    """Views in the order in which they are tried."""
    return " · " + "，无则".join(labels.view(name) for name in names.split(">"))


def _condition(found: re.Match[str], labels: Labels) -> str:
    name, codes = found[1], found[2].split("|")
    if name == "unit":
        return f" · 单位：{'、'.join(map(labels.unit, codes))}"
    return f" · {labels.dimension(name)}：{'、'.join(labels.value(name, code) for code in codes)}"
