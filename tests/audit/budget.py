"""A department's budget (部门预算) in two forms: tables by subject in three columns of codes, tables by unit."""

from __future__ import annotations

from tests.audit.department import NAMES, ZERO, Department, percent
from tests.audit.drafts import Draft, Given, Over

CLASSES = ("208", "210", "221")
INCOME = (
    "二、政府性基金预算拨款收入",
    "三、国有资本经营预算拨款收入",
    "四、财政专户管理资金收入",
    "五、事业收入",
)


def budget(d: Department, label: str = "部门预算公开表{}") -> Draft:
    """All is paid out of the general budget; the unit has one subordinate level of its own code."""
    draft = Draft()

    def show(amount: object) -> str:
        return f"{amount:.2f}" if amount else ""

    def caption(number: int, title: str) -> None:
        draft.say(label.format(number), title, f"部门名称：{d.unit}", "单位：万元")

    def rows(*figures: object) -> list[tuple[Given, ...]]:
        return [(c[:3], c[3:5], c[5:7], n, *map(show, v)) for c, n, v in d.rows(*figures)]  # type: ignore[arg-type]

    draft.heading(f"{d.unit}{d.year}年部门预算", 1)
    draft.heading(f"第二部分 {d.year}年部门预算表")
    total, blank = show(d.general), ("", "")
    caption(1, "收支总表")
    left = [("一、一般公共预算拨款收入", total), *((name, "") for name in INCOME)]
    words = ("八、社会保障和就业支出", "十、卫生健康支出", "二十、住房保障支出")
    right = [(word, show(d.of(code))) for word, code in zip(words, CLASSES, strict=True)]
    draft.table(
        (Over("收入", 2), Over("支出", 2)),
        ("项目", "预算数") * 2,
        *((*left[n], *(right[n] if n < len(right) else blank)) for n in range(len(left))),
        ("本年收入合计", total, "本年支出合计", total),
        ("上年结转结余", "", "年终结转结余", ""),
        ("收入总计", total, "支出总计", total),
    )
    caption(2, "收入总表")
    funds = ("合计", "本年收入小计", "一般公共预算", "政府性基金预算", "事业收入", "上年结转结余")
    filled = (total, total, total, "", "", "")
    draft.table(
        ("部门（单位）代码", "部门（单位）名称", *funds),
        ("", "合计", *filled),
        ("301", d.unit, *filled),
        ("301001", f"　{d.unit}本级", *filled),
    )
    caption(3, "支出总表")
    columns = ("合计", "基本支出", "项目支出", "事业单位经营支出")
    draft.table(
        (Over("科目编码", 3), Over("科目名称", 1, 2), *(Over(c, 1, 2) for c in columns)),
        ("类", "款", "项"),
        ("", "", "", "合计", total, show(d.basic), show(d.project), ""),
        *rows(lambda n: n.whole, lambda n: n.basic, lambda n: n.project, lambda n: ZERO),
    )
    caption(5, "一般公共预算支出表")
    office = d.office
    paid = (
        lambda n: n.whole,
        lambda n: n.basic,
        lambda n: n.basic - (office if n.code == "2101501" else ZERO),
    )
    draft.table(
        (
            Over("科目编码", 3),
            Over("科目名称", 1, 2),
            Over("合计", 1, 2),
            Over("基本支出", 3),
            Over("项目支出", 1, 2),
        ),
        ("类", "款", "项", "小计", "人员经费", "公用经费"),
        ("", "", "", "合计", total, show(d.basic), show(d.people), show(office), show(d.project)),
        *rows(*paid, lambda n: office if n.code == "2101501" else ZERO, lambda n: n.project),
    )
    caption(6, "一般公共预算基本支出表")
    draft.table(
        (Over("经济分类科目", 2), Over(f"{d.year}年基本支出", 3)),
        ("科目编码", "科目名称", "合计", "人员经费", "公用经费"),
        ("", "合计", show(d.basic), show(d.people), show(office)),
        *((c, n, show(v), show(v), "") for c, n, v in d.economic(d.staff)),
        *((c, n, show(v), "", show(v)) for c, n, v in d.economic(d.running)),
    )
    caption(7, "一般公共预算“三公”经费支出表")
    draft.table(
        (
            Over("“三公”经费合计", 1, 2),
            Over("因公出国（境）费", 1, 2),
            Over("公务用车购置及运行费", 3),
            Over("公务接待费", 1, 2),
        ),
        ("小计", "公务用车购置费", "公务用车运行费"),
        ("4.85", "0.00", "3.60", "0.00", "3.60", "1.25"),
    )
    _said(draft, d)
    return draft


def _said(draft: Draft, d: Department) -> None:
    unit, year = d.unit, d.year
    draft.heading(f"第三部分 {year}年部门预算情况说明")
    draft.say(
        f"一、关于{unit}{year}年支出预算情况说明",
        f"{unit}{year}年支出预算{d.general:.2f}万元，其中：基本支出{d.basic:.2f}万元，占{percent(d.basic, d.general)}；"
        f"项目支出{d.project:.2f}万元，占{percent(d.project, d.general)}。",
        f"二、关于{unit}{year}年一般公共预算当年拨款情况说明",
        f"（一）一般公共预算当年拨款规模变化情况。{unit}{year}年一般公共预算当年拨款{d.general:.2f}万元。",
        "（二）一般公共预算当年拨款结构情况。"
        + "；".join(
            f"{NAMES[c].removesuffix('支出')}（类）支出{d.of(c):.2f}万元，占{percent(d.of(c), d.general)}"
            for c in CLASSES
        )
        + "。",
        f"（三）卫生健康支出（类）医疗保障管理事务（款）行政运行（项）{year}年预算数为{d.of('2101501'):.2f}万元。",
        f"三、关于{unit}{year}年“三公”经费预算情况说明",
        f"{unit}{year}年“三公”经费预算数为4.85万元，其中：因公出国（境）费0万元，公务用车购置及运行费3.60万元，公务接待费1.25万元。",
    )
