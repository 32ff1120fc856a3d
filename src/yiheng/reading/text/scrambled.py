"""Headers whose wrapped cells an export printed line by line across the columns, so that no word stays whole.

The characters of such a header are still those of a statutory form. A header counts as a form when it has exactly its
characters, whatever their order; years do not matter.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import product
from typing import Final

from yiheng.reading.text.heading import Column, side_columns

_CODE: Final = "{科目编码|功能分类科目编码|支出功能分类科目编码|科目代码|功能分类科目代码}"
_HEAD: Final = "{项目|}"
_FUNDS: Final = (
    "{一般公共预算财政拨款政府性基金预算财政拨款国有资本经营预算财政拨款|一般公共预算政府性基金预算国有资本经营预算|"
    "一般公共预算拨款政府性基金预算拨款国有资本经营预算拨款}"
)
_CAR: Final = "{公务用车购置及运行费|公务用车购置及运行维护费}"
_RUN: Final = "{公务用车运行费|公务用车运行维护费}"
_ABROAD: Final = "{因公出国（境）费|因公出国（境）费用}"
_FORMS: Final = (
    _HEAD + "本年收入合计财政拨款收入上级补助收入事业收入经营收入附属单位上缴收入其他收入" + _CODE + "科目名称",
    _HEAD + "本年支出合计基本支出项目支出上缴上级支出经营支出对附属单位补助支出" + _CODE + "科目名称",
    _HEAD + "{合计|支出总计}基本支出项目支出上缴上级支出{经营|事业单位经营}支出对附属单位补助支出" + _CODE + "科目名称",
    "收入支出项目{行次|}{金额|决算数|预算数}项目{行次|}{合计|小计}" + _FUNDS,
    _HEAD + "本年支出" + _CODE + "科目名称{小计|合计}基本支出项目支出",
    _HEAD + "年初结转和结余本年收入本年支出年末结转和结余" + _CODE + "科目名称{小计|合计}基本支出项目支出",
    "预算数决算数合计" + _ABROAD + _CAR + "公务接待费合计" + _ABROAD + _CAR + "公务接待费小计公务用车购置费" + _RUN
    + "小计公务用车购置费" + _RUN,
    "{三公经费合计|合计|总计}" + _ABROAD + _CAR + "公务接待费小计公务用车购置费" + _RUN,
    "预算单位{支出总计|收入总计}本年收入上年结余、结转政府预算拨款财政专户管理资金单位资金一般公共预算拨款政府性基金预算拨款"
    "国有资本经营预算拨款事业收入事业单位经营收入上级补助收入附属单位上缴收入其他收入小计基本支出拨款履职类项目拨款财政专项资金拨款"
    "政府投资项目拨款",
    "支出项目类别总计政府预算拨款财政专户管理资金单位资金上年结余、结转小计一般公共预算拨款政府性基金预算拨款国有资本经营预算拨款"
    "事业收入事业单位经营收入上级补助收入附属单位上缴收入其他收入",
)  # fmt: skip
_CHOICE: Final = re.compile(r"\{([^{}]*)\}")


def known_columns(text: str) -> list[list[Column]] | None:
    """The columns of the one form that has exactly the characters of a header; None where there is none."""
    return _by_characters().get(_characters(text))


@lru_cache(maxsize=1)
def _by_characters() -> dict[frozenset[tuple[str, int]], list[list[Column]]]:
    found: dict[frozenset[tuple[str, int]], list[list[Column]]] = {}
    for form in _FORMS:
        for text in _variants(form):
            columns = side_columns(text)
            if columns is not None:
                found.setdefault(_characters(text), columns)
    return found


def _variants(form: str) -> list[str]:
    parts = _CHOICE.split(form)
    choices = [part.split("|") if n % 2 else [part] for n, part in enumerate(parts)]
    return ["".join(chosen) for chosen in product(*choices)]


def _characters(text: str) -> frozenset[tuple[str, int]]:
    bare = re.sub(r"[\d\s“”\"]|(?<=\d)年度?", "", text).replace("(", "（").replace(")", "）")
    return frozenset(Counter(bare).items())
