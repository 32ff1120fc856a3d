"""A made-up budget in the tables and wordings of the national form (not those of Shenzhen), all agreeing."""

from __future__ import annotations

from tests.checks.audit.papers import block, document, table

from yiheng.facts.document import ReadDocument, ReadTable

FUNCTION = [  # code, name, basic, staff, running, project
    ("208", "社会保障和就业支出", "90.15", "90.15", "", ""),
    ("20805", "行政事业单位养老支出", "90.15", "90.15", "", ""),
    ("2080505", "机关事业单位基本养老保险缴费支出", "60.10", "60.10", "", ""),
    ("2080506", "机关事业单位职业年金缴费支出", "30.05", "30.05", "", ""),
    ("210", "卫生健康支出", "325.00", "225.00", "100.00", "200.50"),
    ("21011", "行政事业单位医疗", "25.00", "25.00", "", ""),
    ("2101101", "行政单位医疗", "25.00", "25.00", "", ""),
    ("21015", "医疗保障管理事务", "300.00", "200.00", "100.00", "200.50"),
    ("2101501", "行政运行", "300.00", "200.00", "100.00", ""),
    ("2101502", "一般行政管理事务", "", "", "", "120.50"),
    ("2101505", "医疗保障政策管理", "", "", "", "80.00"),
    ("221", "住房保障支出", "70.25", "70.25", "", ""),
    ("22102", "住房改革支出", "70.25", "70.25", "", ""),
    ("2210201", "住房公积金", "70.25", "70.25", "", ""),
]
FUND = [
    ("229", "其他支出"),
    ("22960", "彩票公益金安排的支出"),
    ("2296013", "用于城乡医疗救助的彩票公益金支出"),
]
ECONOMIC = [
    ("301", "工资福利支出", "385.40", True),
    ("30101", "基本工资", "200.00", True),
    ("30108", "机关事业单位基本养老保险缴费", "60.10", True),
    ("30109", "职业年金缴费", "30.05", True),
    ("30110", "职工基本医疗保险缴费", "25.00", True),
    ("30113", "住房公积金", "70.25", True),
    ("302", "商品和服务支出", "100.00", False),
    ("30201", "办公费", "40.00", False),
    ("30217", "公务接待费", "2.00", False),
    ("30228", "工会经费", "48.00", False),
    ("30231", "公务用车运行维护费", "10.00", False),
]
CLASSES = {"208": "90.15", "210": "525.50", "221": "70.25", "229": "40.00"}
WORDS = [
    "一、一般公共服务支出",
    "二、外交支出",
    "八、社会保障和就业支出",
    "十、卫生健康支出",
    "二十、住房保障支出",
    "二十四、其他支出",
]
CODES = ["", "", "208", "210", "221", "229"]


def added(*texts: str) -> str:
    """The sum of printed figures, as printed."""
    cents = sum(round(float(text.replace(",", "")) * 100) for text in texts if text)
    return f"{cents / 100:,.2f}" if cents else ""


def totals() -> ReadTable:
    income = [
        ("", "一、一般公共预算拨款收入", ["680.90"]),
        ("", "二、政府性基金预算拨款收入", ["40.00"]),
        ("", "三、国有资本经营预算拨款收入", [""]),
        ("", "四、财政专户管理资金收入", [""]),
        ("", "五、其他收入", [""]),
        ("", "本年收入合计", ["720.90"]),
        ("", "上年结转结余", ["5.00"]),
        ("", "收 入 总 计", ["725.90"]),
    ]
    outgo = [("", word, [CLASSES.get(code, "")]) for word, code in zip(WORDS, CODES, strict=True)]
    outgo += [("", "本年支出合计", ["725.90"]), ("", "年终结转结余", [""]), ("", "支 出 总 计", ["725.90"])]
    return table("部门收支总体情况表", block(["预算数"], income, "收入"), block(["预算数"], outgo, "支出"))


def income() -> ReadTable:
    columns = [
        "合计",
        "本年收入/小计",
        "本年收入/一般公共预算",
        "本年收入/政府性基金预算",
        "本年收入/事业收入",
        "上年结转结余/小计",
        "上年结转结余/一般公共预算",
        "上年结转结余/政府性基金预算",
    ]
    figures = ["725.90", "720.90", "680.90", "40.00", "", "5.00", "5.00", ""]
    return table(
        "部门收入总体情况表", block(columns, [("", "合计", figures), ("", "某市医疗保障局", figures)])
    )


def spending() -> ReadTable:
    rows = [("", "合计", ["725.90", "485.40", "240.50", "", "", ""])]
    rows += [
        (c, n, [added(basic, project), basic, project, "", "", ""]) for c, n, basic, _, _, project in FUNCTION
    ]
    rows += [(c, n, ["40.00", "", "40.00", "", "", ""]) for c, n in FUND]
    columns = ["合计", "基本支出", "项目支出", "上缴上级支出", "事业单位经营支出", "对附属单位补助支出"]
    return table("部门支出总体情况表", block(columns, rows))


def fiscal() -> ReadTable:
    income = [
        ("", "一、本年收入", ["720.90"]),
        ("", "（一）一般公共预算拨款", ["680.90"]),
        ("", "（二）政府性基金预算拨款", ["40.00"]),
        ("", "（三）国有资本经营预算拨款", [""]),
        ("", "二、上年结转", ["5.00"]),
        ("", "（一）一般公共预算拨款", ["5.00"]),
        ("", "（二）政府性基金预算拨款", [""]),
        ("", "收入总计", ["725.90"]),
    ]
    outgo = [("", "一、本年支出", ["725.90", "685.90", "40.00", ""])]
    for word, code in zip(WORDS, CODES, strict=True):
        label = f"（{word.split('、')[0]}）{word.split('、')[1]}"
        amount = CLASSES.get(code, "")
        outgo.append(
            ("", label, [amount, "" if code == "229" else amount, amount if code == "229" else "", ""])
        )
    outgo += [("", "二、结转下年", ["", "", "", ""]), ("", "支出总计", ["725.90", "685.90", "40.00", ""])]
    columns = ["合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"]
    return table("财政拨款收支总体情况表", block(["预算数"], income, "收入"), block(columns, outgo, "支出"))


def general() -> ReadTable:
    rows = [("", "合计", ["685.90", "485.40", "385.40", "100.00", "200.50"])]
    rows += [
        (c, n, [added(basic, project), basic, staff, running, project])
        for c, n, basic, staff, running, project in FUNCTION
    ]
    return table(
        "一般公共预算支出情况表",
        block(["合计", "基本支出/小计", "基本支出/人员经费", "基本支出/公用经费", "项目支出"], rows),
    )


def basic() -> ReadTable:
    rows = [("", "合计", ["485.40", "385.40", "100.00"])]
    rows += [
        (c, n, [amount, amount if staff else "", "" if staff else amount]) for c, n, amount, staff in ECONOMIC
    ]
    return table(
        "一般公共预算基本支出情况表",
        block(
            ["一般公共预算基本支出/合计", "一般公共预算基本支出/人员经费", "一般公共预算基本支出/公用经费"],
            rows,
        ),
    )


def three() -> ReadTable:
    columns = [
        "“三公”经费合计",
        "因公出国（境）费",
        "公务用车购置及运行费/小计",
        "公务用车购置及运行费/公务用车购置费",
        "公务用车购置及运行费/公务用车运行费",
        "公务接待费",
    ]
    return table(
        "一般公共预算“三公”经费支出情况表",
        block(columns, [("", "合计", ["12.00", "", "10.00", "", "10.00", "2.00"])]),
    )


def fund() -> ReadTable:
    rows = [("", "合计", ["40.00", "", "40.00"]), *((c, n, ["40.00", "", "40.00"]) for c, n in FUND)]
    return table("政府性基金预算支出情况表", block(["合计", "基本支出", "项目支出"], rows))


def capital() -> ReadTable:
    rows = [("", "合计", ["", "", ""])]
    note = "注：本部门没有国有资本经营预算支出。"
    return table("国有资本经营预算支出情况表", block(["合计", "基本支出", "项目支出"], rows), notes=[note])


def projects() -> ReadTable:
    columns = ["合计", "本年拨款/一般公共预算", "本年拨款/政府性基金预算", "财政拨款结转结余/一般公共预算"]
    rows = [
        ("", "合计", ["240.50", "195.50", "40.00", "5.00"]),
        ("", "医保基金监管", ["120.50", "120.50", "", ""]),
        ("", "医保政策宣传", ["80.00", "75.00", "", "5.00"]),
        ("", "医疗救助", ["40.00", "", "40.00", ""]),
    ]
    return table("项目支出表", block(columns, rows))


def budget() -> ReadDocument:
    made = (
        totals(),
        income(),
        spending(),
        fiscal(),
        general(),
        basic(),
        three(),
        fund(),
        capital(),
        projects(),
    )
    return document("某市医疗保障局2023年部门预算", *made)


# -- final accounts (部门决算) ---------------------------------------------------------------------------------------


def accounts() -> ReadDocument:
    """The accounts of the same department: 3.10 of other income is left over, 5.00 was carried over."""
    income = [
        ("", "一、一般公共预算财政拨款收入", ["680.90"]),
        ("", "二、政府性基金预算财政拨款收入", ["40.00"]),
        ("", "三、国有资本经营预算财政拨款收入", [""]),
        ("", "八、其他收入", ["3.10"]),
        ("", "本年收入合计", ["724.00"]),
        ("", "使用非财政拨款结余（含专用结余）", [""]),
        ("", "年初结转和结余", ["5.00"]),
        ("", "总计", ["729.00"]),
    ]
    outgo = [("", word, [CLASSES.get(code, "")]) for word, code in zip(WORDS, CODES, strict=True)]
    outgo += [
        ("", "本年支出合计", ["725.90"]),
        ("", "结余分配", [""]),
        ("", "年末结转和结余", ["3.10"]),
        ("", "总计", ["729.00"]),
    ]
    whole = table(
        "收入支出决算总表", block(["金额"], income, "收入"), block(["金额"], outgo, "支出"), label="公开01表"
    )
    received = ["724.00", "720.90", "", "", "", "", "3.10"]
    earned = [
        ("", "合计", received),
        ("210", "卫生健康支出", received),
        ("21015", "医疗保障管理事务", received),
    ]
    columns = [
        "本年收入合计",
        "财政拨款收入",
        "上级补助收入",
        "事业收入",
        "经营收入",
        "附属单位上缴收入",
        "其他收入",
    ]
    parts = (
        whole,
        table("收入决算表", block(columns, earned), label="公开02表"),
        renamed(spending(), "支出决算表"),
        fiscal_accounts(),
        general_accounts(),
        basic_accounts(),
        three_accounts(),
        fund_accounts(),
    )
    return document("某市医疗保障局2023年度部门决算", *parts)


def renamed(made: ReadTable, title: str) -> ReadTable:
    return table(title, *made.blocks)


def fiscal_accounts() -> ReadTable:
    income = [
        ("", "一、一般公共预算财政拨款", ["680.90"]),
        ("", "二、政府性基金预算财政拨款", ["40.00"]),
        ("", "三、国有资本经营预算财政拨款", [""]),
        ("", "本年收入合计", ["720.90"]),
        ("", "年初财政拨款结转和结余", ["5.00"]),
        ("", "一般公共预算财政拨款", ["5.00"]),
        ("", "政府性基金预算财政拨款", [""]),
        ("", "总计", ["725.90"]),
    ]
    outgo = []
    for word, code in zip(WORDS, CODES, strict=True):
        amount = CLASSES.get(code, "")
        outgo.append(
            ("", word, [amount, "" if code == "229" else amount, amount if code == "229" else "", ""])
        )
    outgo += [
        ("", "本年支出合计", ["725.90", "685.90", "40.00", ""]),
        ("", "年末财政拨款结转和结余", ["", "", "", ""]),
        ("", "总计", ["725.90", "685.90", "40.00", ""]),
    ]
    columns = ["合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"]
    return table(
        "财政拨款收入支出决算总表",
        block(["金额"], income, "收入"),
        block(columns, outgo, "支出"),
        label="公开04表",
    )


def general_accounts() -> ReadTable:
    rows = [("", "合计", ["685.90", "485.40", "200.50"])]
    rows += [(c, n, [added(basic, project), basic, project]) for c, n, basic, _, _, project in FUNCTION]
    return table(
        "一般公共预算财政拨款支出决算表",
        block(["本年支出/小计", "本年支出/基本支出", "本年支出/项目支出"], rows),
    )


def basic_accounts() -> ReadTable:
    staff = [(c, n, [amount]) for c, n, amount, of_staff in ECONOMIC if of_staff]
    running = [(c, n, [amount]) for c, n, amount, of_staff in ECONOMIC if not of_staff]
    staff.append(("", "人员经费合计", ["385.40"]))
    running.append(("", "公用经费合计", ["100.00"]))
    return table(
        "一般公共预算财政拨款基本支出决算明细表", block(["决算数"], staff), block(["决算数"], running)
    )


def three_accounts() -> ReadTable:
    parts = [
        "合计",
        "因公出国（境）费",
        "公务用车购置及运行维护费/小计",
        "公务用车购置及运行维护费/公务用车购置费",
        "公务用车购置及运行维护费/公务用车运行维护费",
        "公务接待费",
    ]
    columns = [f"{stage}/{part}" for stage in ("预算数", "决算数") for part in parts]
    figures = ["15.00", "", "12.00", "", "12.00", "3.00", "12.00", "", "10.00", "", "10.00", "2.00"]
    return table("财政拨款“三公”经费支出决算表", block(columns, [("", "", figures)]))


def fund_accounts() -> ReadTable:
    figures = ["", "40.00", "40.00", "", "40.00", ""]
    rows = [("", "合计", figures), *((c, n, figures) for c, n in FUND)]
    columns = [
        "年初结转和结余",
        "本年收入",
        "本年支出/小计",
        "本年支出/基本支出",
        "本年支出/项目支出",
        "年末结转和结余",
    ]
    return table("政府性基金预算财政拨款收入支出决算表", block(columns, rows))
