"""Words that forms use to say what a line or column is, and how wrapped text is put together again."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from yiheng.money import PrintedKind, parse_printed

CJK: Final = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…"
_WRAP: Final = re.compile(rf"(?<=[{CJK}])\s*\n\s*|\s*\n\s*(?=[{CJK}])")
_BLANKS: Final = re.compile(r"[^\S\n]{2,}")
_GAP: Final = re.compile(rf"(?<=[{CJK}])[ \t\u3000]+(?=[{CJK}])")

_COUNTED: Final = "|".join(
    ("人", "辆", "台", "套", "个", "次", "户", "家", "张", "人次", "万人", "%", "％", "分", "平方米")
)
UNIT_IN_HEAD: Final = re.compile(rf"[（(](?:单位[:：])?(元|万元|亿元|{_COUNTED})[）)]")
NOT_MONEY: Final = re.compile(
    r"分值|得分|评分|权重|得分率|执行率|占比|比例|比重|增长|增减%|%|％|完成率|幅度|人数|数量|年度$|年份|指标值|目标值|"
    r"完成值|实际值|序号|行次|编码|代码|编号|电话|面积|次数|满意"
)

CODE: Final = re.compile(r"^(?:.*(?:编码|代码|编号)|类|款|项)$")
UNIT_CODE: Final = re.compile(r"^(?:预算)?(?:部门|单位)(?:[（(](?:部门|单位)[）)])?(?:代码|编码|编号)$")
INDEX: Final = re.compile(r"^(?:行次|序号|栏次|行号|编次)$")
LABEL: Final = re.compile(
    r"^(?:项目|科目名称|科目|名称|支出项目|收入项目|支出项目类别|项目名称|任务名称|主要任务|三级指标|指标名称|绩效指标|采购品目|"
    r"品目名称|评价因素|功能分类科目名称|经济分类科目名称|支出功能分类科目名称|支出经济分类科目名称|功能分类科目|经济分类科目|"
    r"支出功能分类科目|支出经济分类科目|科目名称及编码|功能科目名称|经济科目名称|预算科目|问题|资金来源|内容|费用名称)(?:[（(].*[）)])?$"
)
SIDED: Final = re.compile(r"^(?:收入|支出)(?:项目)?(?:[（(].*[）)])?$")
"""Heads of the labels of a side, in tables that print no 项目 below them."""
YEAR: Final = re.compile(r"^(?:年度|年份|预算年度)$")
UNIT: Final = re.compile(
    r"^(?:预算单位|单位|单位名称|部门|部门名称|单位[（(]部门[）)]名称|部门[（(]单位[）)]名称|实施单位|所属单位|部门[（(]单位[）)])$"
)
GROUP: Final = re.compile(r"^(?:一级指标|二级指标|指标类别|指标类型|指标大类|类别|评价指标|分类)$")
SIDE: Final = re.compile(
    r"^(?:年度|年初|当年|本年)?(?:主要任务|总体目标|绩效目标|绩效指标|总体绩效目标|预算资金|任务完成情况|工作任务)(?:完成情况)?(?:[（(]\d{1,3}分[）)])?$|"
    r"^(?:年度|部门)?(?:项目资金|预算执行情况|资金情况|资金投入情况|预算情况|部门预算情况|绩效指标完成情况|项目支出|整体支出)(?:[（(].*[）)])?$"
)
HEAD: Final = re.compile(
    r"^(?:[一二三四]级指标|指标名称|(?:年度|年初)?(?:指标|目标)值|(?:全年|实际|年度)?(?:实际)?(?:完成)(?:值|情况)|"
    r"(?:参考|标准)?分值|权重|(?:自评|评价|实际)?得分|评分|执行率|年初预算数|全年预算数|全年执行数|调整后预算数|预算数|执行数|"
    r"偏差原因分析及(?:改进措施)?|偏差原因.*|未完成原因.*|备注|指标解释|指标说明|参考评分标准|评分标准|评价标准|预期目标|年初设定目标|"
    r"实际完成情况|全年实际完成情况|任务名称|主要内容|预算金额|总额|财政拨款|其他资金|其它资金|其中[:：]?(?:财政拨款|其他资金)|名称|"
    r"评价因素|评价得分|得分率|计量单位|度量单位|指标性质|绩效指标|半年目标值|全年目标值)(?:[（(].*[）)])?$"
)
FIELD: Final = re.compile(
    r"^(?:项目名称|项目编[码号]|项目代码|项目金额|主管部门(?:及代码)?|实施单位|一级预算单位|预算单位|主管处室|实施期限|预算安排方式|"
    r"项目总金额|本年度项目金额|项目类型|项目类别|项目属性|项目期限?|资金用途|项目概况|项目申报依据|项目测算标准|年度目标|长期目标|"
    r"部门名称|部门[（(]单位[）)]名称|单位名称|项目负责人|联系人|联系电话|填报人|立项依据|项目立项依据|总体目标|年度总体目标|实施计划|"
    r"项目起止时间|项目资金来源|预算年度|填报日期|职能概述|单位职能|部门职能)(?:[（(].*[）)])?$"
)
TOTAL: Final = re.compile(r"^(?:合计|总计|小计|金额合计|总分|本年(?:收入|支出)合计|(?:收入|支出)总计)$")


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """Without any blank: how heads and fixed words are compared."""
    return "".join(text.split())


def flowing(text: str) -> str:
    """The words of a cell or label without its wraps, and without blanks that only space out Chinese characters."""
    joined = _WRAP.sub("", _BLANKS.sub("  ", text.strip())).replace("\n", " ")
    return _GAP.sub("", joined) if "  " in joined or _spaced(joined) else joined


def _spaced(text: str) -> bool:
    """Single characters apart, such as 合 计."""
    return " " in text and all(len(part) <= 1 for part in text.split())


def figure_text(text: str) -> str:
    """A figure that its narrow cell broke over two lines, whole; two figures in one cell stay apart."""
    parts = [part.strip() for part in text.strip().split("\n") if part.strip()]
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2 and _one_figure(parts[0], parts[1]):
        return "".join(parts)
    return flowing(text)


def _one_figure(first: str, second: str) -> bool:
    if parse_printed(first + second).kind not in (PrintedKind.NUMBER, PrintedKind.PERCENT):
        return False
    whole, point, decimals = first.partition(".")
    cut_decimals = bool(point) and len(decimals) < 2 and second.rstrip("%").isdigit() and "," not in second
    return cut_decimals or first.endswith((",", ".")) or (second.startswith((",", ".", "%")) and bool(whole))


@lru_cache(maxsize=8192)
def is_figure(text: str) -> bool:
    """Whether a cell shows a number or a percentage."""
    return parse_printed(figure_text(text)).kind in (PrintedKind.NUMBER, PrintedKind.PERCENT)


def is_empty(text: str) -> bool:
    """Blank or a dash."""
    return parse_printed(text.strip()).kind in (PrintedKind.BLANK, PrintedKind.DASH)
