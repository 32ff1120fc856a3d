"""A large invented paper that shows every shape of page: what the DOCX and PDF tests draw and measure.

All units and figures are invented; totals are sums, so that a reader of the pictures can check them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from yiheng.facts import (
    Block,
    Cell,
    CellKind,
    Column,
    Figure,
    Gap,
    Paper,
    Row,
    Section,
    Sentence,
    Status,
    Table,
)

OWNER = "云海市医疗保障基金管理中心"
HARD = (
    '表内写明 #let x = 1，$a^2$，@ref <b> \\n *粗* _斜_ [链接] "引" `码` ~ = - / 《办法》“试行”（2024）&amp;'
)
"""Characters that mean something to typesetters and XML."""

CLASSES = re.split(
    " ",
    "一般公共服务 外交 国防 公共安全 教育 科学技术 文化旅游体育与传媒 社会保障和就业 卫生健康 节能环保 城乡社区 农林水 "
    "交通运输 资源勘探工业信息等 商业服务业等 金融 援助其他地区 自然资源海洋气象等 住房保障 粮油物资储备 其他",
)
ORDINALS = "一二三四五六七八九十"


def wan(hundredths: int | None) -> str:
    """Hundredths of 万元 as printed; None is blank."""
    return "" if hundredths is None else f"{hundredths // 100:,}.{hundredths % 100:02d}"


def text(words: str) -> Cell:
    return Cell(CellKind.TEXT, words)


def money(hundredths: int | None) -> Cell:
    return Cell(CellKind.MONEY, wan(hundredths), Status.NOTHING if hundredths is None else Status.VALUE)


def columns(*headers: tuple[str, ...] | str, words: int = 0) -> tuple[Column, ...]:
    """Columns by header path; the first `words` of them hold text, the others money in 万元."""
    paths = [header if isinstance(header, tuple) else (header,) for header in headers]
    return tuple(
        Column(path, CellKind.TEXT if n < words else CellKind.MONEY, "" if n < words else "万元")
        for n, path in enumerate(paths)
    )


def row(label: str, code: str = "", level: int = 0, role: str = "") -> Row:
    return Row(((code or label,),), label, code, level, -1, role)


def ordinal(n: int) -> str:
    tens, ones = divmod(n, 10)
    head = "" if not tens else "十" if tens == 1 else ORDINALS[tens - 1] + "十"
    return head + (ORDINALS[ones - 1] if ones else "")


def two_sided() -> Table:
    """收支总表: two sides of 25 rows."""
    income = [
        "一般公共预算财政拨款收入",
        "政府性基金预算财政拨款收入",
        "国有资本经营预算财政拨款收入",
        "上级补助收入",
    ]
    labels = (
        [f"{ordinal(n)}、{name}" for n, name in enumerate(income, 1)] + [""] * 19 + ["本年收入合计", "总计"]
    )
    amounts: list[int | None] = [20110934, 67823, None, None, *[None] * 19, 20178757, 20178757]
    spending = [f"{ordinal(n)}、{name}支出" for n, name in enumerate(CLASSES, 1)]
    spent: list[int | None] = [None] * 21
    spent[4], spent[7], spent[8], spent[18], spent[20] = 1386, 60818, 19999688, 49041, 67824
    sides = []
    for name, first, names, values in (
        ("收入", 1, labels, amounts),
        (
            "支出",
            26,
            [*spending, "本年支出合计", "结余分配", "年末结转和结余", "总计"],
            [*spent, 20178757, None, None, 20178757],
        ),
    ):
        rows = tuple(row(label, role="total" if label[-2:] in ("合计", "总计") else "") for label in names)
        cells = tuple(
            (text(label), text(str(first + n)), money(value))
            for n, (label, value) in enumerate(zip(names, values, strict=True))
        )
        sides.append(Block(name, columns("项目", "行次", "决算数", words=2), rows, cells))
    return Table(
        "公开01表",
        "收入支出决算总表",
        "万元",
        tuple(sides),
        notes=("注：1.本表反映本年度总收支情况。", "2.金额单位转换可能产生尾数差。"),
        owner=OWNER,
    )


TREE = (
    ("205", "教育支出", 0, 1386),
    ("20508", "进修及培训", 1, 1386),
    ("2050803", "培训支出", 2, 1386),
    ("208", "社会保障和就业支出", 0, 60818),
    ("20805", "行政事业单位养老支出", 1, 60818),
    ("2080505", "机关事业单位基本养老保险缴费支出", 2, 41304),
    ("2080506", "机关事业单位职业年金缴费支出", 2, 19514),
    ("210", "卫生健康支出", 0, 19999688),
    ("21011", "行政事业单位医疗", 1, 993200),
    ("21012", "财政对基本医疗保险基金的补助", 1, 18064600),
    ("2101202", "财政对城乡居民基本医疗保险基金的补助", 2, 18064600),
    ("21013", "医疗救助", 1, 47200),
    ("2101301", "城乡医疗救助", 2, 47200),
    ("21015", "医疗保障管理事务", 1, 894688),
    ("2101504", "信息化建设", 2, 48590),
    ("2101506", "医疗保障经办事务", 2, 238133),
    ("2101550", "事业运行", 2, 607965),
    ("221", "住房保障支出", 0, 49041),
    ("22102", "住房改革支出", 1, 49041),
    ("2210201", "住房公积金", 2, 49041),
    ("229", "其他支出", 0, 67824),
    ("22960", "彩票公益金安排的支出", 1, 67824),
    ("2296013", "用于城乡医疗救助的彩票公益金支出", 2, 67824),
)


def tree(code: str, title: str, *headers: str) -> Table:
    """支出决算表: a tree of functional codes, 24 rows with the total."""
    rows = [row("合计", role="total")]
    cells = [(text(""), text("合计"), *(money(20178757 if n == 0 else None) for n in range(len(headers))))]
    for account, name, level, amount in TREE:
        rows.append(row(name, account, level))
        cells.append(
            (text(account), text(name), *(money(amount if n == 0 else None) for n in range(len(headers))))
        )
    block = Block(
        "", columns("功能分类科目编码", "科目名称", *headers, words=2), tuple(rows), tuple(map(tuple, cells))
    )
    return Table(code, title, "万元", (block,), notes=("注：本表反映各项支出情况。",), owner=OWNER)


def wide() -> Table:
    """收入总表: 16 columns under a header of four levels."""
    own, grant = "本年收入", "政府预算拨款"
    headers: list[tuple[str, ...] | str] = ["预算单位", "收入总计"]
    headers += [
        (own, grant, "一般公共预算拨款", name)
        for name in ("小计", "基本支出拨款", "履职类项目拨款", "财政专项资金拨款", "政府投资项目拨款")
    ]
    headers += [
        (own, grant, "政府性基金预算拨款"),
        (own, grant, "国有资本经营预算拨款"),
        (own, "财政专户管理资金"),
    ]
    headers += [
        (own, "单位资金", name)
        for name in ("事业收入", "事业单位经营收入", "上级补助收入", "附属单位上缴收入", "其他收入")
    ]
    headers += ["上年结余、结转"]
    figures = [34472045, 34162945, 692412, 723033, 32747500, 0, 144500, 0, 0, 0, 0, 0, 0, 157300, 7300]
    names = ["云海市医疗保障局", OWNER]
    cells = tuple((text(name), *map(money, figures)) for name in names)
    block = Block("", columns(*headers, words=1), tuple(row(name) for name in names), cells)
    return Table("表2", "收入总表", "万元", (block,), owner=OWNER)


def form() -> Table:
    """部门整体支出绩效目标表: stacked parts with differing columns."""
    facts = [("部门名称", OWNER), ("主管部门", "云海市医疗保障局")]
    tasks = [
        ("基本支出", "主要用于人员、公用及对个人和家庭补助支出等。", 692412, None),
        (
            "医疗保障经办管理",
            "现金报销初审、档案整理、自助设备服务，以及异地就医报销业务的购买服务。" * 2,
            578800,
            None,
        ),
        ("区财政安排项目", "由区财政安排的项目。", None, 157300),
    ]
    aims = ["目标1：确保参保人依法享受待遇。", "目标2：落实医疗保障政策并组织实施，做到应保尽保、应付尽付。"]
    kinds = (("产出指标", "数量指标", 6), ("产出指标", "质量指标", 3), ("效益指标", "社会效益指标", 2))
    indicators = [
        (first, second, f"{second}第{n}项：经办业务按时办结的比例", "≥95%" if n % 2 else "及时（年底前完成）")
        for first, second, count in kinds
        for n in range(1, count + 1)
    ]
    parts = (
        Block(
            "",
            columns("项目", "内容", words=2),
            tuple(row(a) for a, _ in facts),
            tuple((text(a), text(b)) for a, b in facts),
            "部门",
        ),
        Block(
            "",
            columns("任务名称", "主要内容", ("预算金额", "财政拨款"), ("预算金额", "其他资金"), words=2),
            tuple(row(task[0]) for task in tasks),
            tuple((text(a), text(b), money(c), money(d)) for a, b, c, d in tasks),
            "年度主要任务",
        ),
        Block(
            "",
            columns("目标", words=1),
            tuple(row(a) for a in aims),
            tuple((text(a),) for a in aims),
            "年度总体目标",
        ),
        Block(
            "",
            columns("一级指标", "二级指标", "三级指标", "目标值", words=4),
            tuple(row(indicator[2]) for indicator in indicators),
            tuple(tuple(map(text, indicator)) for indicator in indicators),
            "年度绩效指标",
        ),
    )
    return Table("表12", "部门整体支出绩效目标表", "万元", parts, layout="stacked", owner=OWNER)


def small() -> Table:
    """A list of three rows, which stays in the running text."""
    rows = [("信息系统运维", 48590), ("窗口服务外包", 238133), (HARD, 12345)]
    block = Block(
        "",
        columns("项目名称", "预算数", words=1),
        tuple(row(name) for name, _ in rows),
        tuple((text(name), money(amount)) for name, amount in rows),
    )
    return Table("表13", "重点项目预算表", "万元", (block,), owner=OWNER)


def without_figures(code: str, title: str, status: Status, reason: str = "") -> Table:
    """A table that shows why it shows nothing."""
    figures = status is Status.NOTHING
    cells = ((text("合计"), *(Cell(CellKind.MONEY, "0", Status.NOTHING) for _ in range(3))),)
    block = Block(
        "",
        columns("项目", "小计", ("其中", "基本支出"), ("其中", "项目支出"), words=1),
        (row("合计", role="total"),) if figures else (),
        cells if figures else (),
    )
    return Table(code, title, "万元", (block,), status=status, reason=reason, owner=OWNER)


def sentence(ident: str, *spans: str | Figure | Gap) -> Sentence:
    return Sentence(ident, spans)


def figure(printed: str) -> Figure:
    return Figure("figure", f"公开01表[{printed}]", printed, "amount")


def narrative(number: int, paragraphs: int = 4) -> tuple[Sentence, ...]:
    """Paragraphs with figures; the last one lacks its reason."""
    body = "中心按照年初确定的工作目标，继续推进基本医疗保险参保扩面和待遇落实，规范定点医药机构管理，"
    out = [
        sentence(
            f"{number}.{n}",
            f"本年度“{CLASSES[n % 21]}”类支出 ",
            figure(f"{number},{n:03d}.{n * 7 % 100:02d}"),
            " 万元，比上年增加 ",
            figure(f"{n}.{number:02d}%"),
            f"。{body * 2}各项支出均按《预算法》和部门预算管理办法（试行）执行。",
        )
        for n in range(1, paragraphs + 1)
    ]
    gap = Gap("reason", f"公开05表[{number}]", "变动原因", "请在“变动原因”表中补录")
    out.append(sentence(f"{number}.gap", "项目支出比上年减少 ", figure(f"{number * 3}.50"), " 万元。", gap))
    return tuple(out)


def sections(tables: Sequence[Table]) -> tuple[Section, ...]:
    """Nine parts, as budgets have them, with the tables in the second part and one in the running text."""
    statutory = tuple(table.code for table in tables if table.code != "表13")
    return (
        Section("p1", 0, "第一部分　部门概况"),
        Section("p1.1", 1, "一、主要职能", narrative(1, 3)),
        Section("p1.2", 1, "二、机构设置"),
        Section("p1.2.1", 2, "（一）内设机构", (sentence("a", HARD),)),
        Section("p1.2.2", 3, "1.综合部", narrative(2, 1)),
        Section("p1.2.3", 4, "（1）档案室", narrative(3, 1)),
        Section("p2", 0, f"第二部分　{OWNER}2024年度部门决算表", tables=statutory),
        Section("p3", 0, "第三部分　部门决算情况说明"),
        Section("p3.1", 1, "一、收入支出决算总体情况", narrative(4)),
        Section("p3.2", 1, "二、重点项目", narrative(5, 1), ("表13",)),
        *(Section(f"p3.{n}", 1, f"{ordinal(n)}、{CLASSES[n]}支出情况", narrative(n)) for n in range(3, 11)),
        Section("p4", 0, "第四部分　名词解释", narrative(11, 6)),
    )


def all_tables() -> tuple[Table, ...]:
    return (
        two_sided(),
        tree(
            "公开03表",
            "支出决算表",
            "本年支出合计",
            "基本支出",
            "项目支出",
            "上缴上级支出",
            "经营支出",
            "对附属单位补助支出",
        ),
        wide(),
        tree("公开05表", "一般公共预算财政拨款支出决算表", "小计", "基本支出", "项目支出"),
        form(),
        without_figures("公开07表", "政府性基金预算财政拨款收入支出决算表", Status.NOTHING, "本表无发生额。"),
        without_figures("公开08表", "国有资本经营预算支出表", Status.UNAVAILABLE, "本表所需数据尚未录入。"),
        Table(
            "表4",
            "基本支出总表",
            "万元",
            (),
            status=Status.NOT_ATTESTED,
            reason="来源文件没有印出本表。",
            owner=OWNER,
        ),
        small(),
    )


def paper(
    audience: str = "public",
    synthetic: bool = False,
    tables: Iterable[Table] | None = None,
    parts: Iterable[Section] | None = None,
) -> Paper:
    """The whole paper; `tables` and `parts` replace its content."""
    shown = tuple(all_tables() if tables is None else tables)
    return Paper(
        key="sample-2024-accounts",
        title=f"{OWNER}2024年度部门决算",
        owner=OWNER,
        year=2024,
        kind="accounts",
        audience=audience,
        sections=tuple(sections(shown) if parts is None else parts),
        tables=shown,
        findings=(),
        synthetic=synthetic,
        documents={"sample": f"{OWNER}2024年度部门决算（虚构）"},
        notices=("本年度沿用2020年表式。", "金额单位转换可能产生尾数差。"),
        stamp={"rules": "a" * 64, "facts": "0123456789abcdef" * 4, "code": "0.1.0"},
        table_labels={"owner": "部门"},
    )
