"""The ledger's sheets (台账工作表) as users fill them in: the help in each header and the sample rows.

Rows that are read become rows of the models through `sheets.Shape`; nothing else is needed on the way.
"""

from __future__ import annotations

from typing import Any, Final

from yiheng.facts.sheets import Sheet

from . import models
from .forms import Help, sheet_of
from .sheets import shapes

UNIT_SAMPLE: Final = {"unit": "jia", "year": "2024"}

SHEETS: Final[tuple[Sheet, ...]] = (
    sheet_of(
        models.Document,
        "数据抄自哪些文件。自己账上的数不需要来源文件。",
        {
            "key": Help("自定的短名，其他表用它引用这份文件。", "2023-budget"),
            "title": Help("文件标题。", "2023年部门预算", names_row=True),
            "publisher": Help("发布单位。"),
            "file": Help("文件名。", "2023-budget.pdf"),
            "sha256": Help("文件的 SHA-256 校验值，64 位十六进制。", text_only=True),
        },
        ({"key": "2024-budget", "title": "甲局2024年部门预算", "publisher": "甲局", "year": "2024"},),
    ),
    sheet_of(
        models.Unit,
        "预算单位及其上下级。",
        {
            "key": Help("自定的短名，其他表用它引用这个单位。", "jia"),
            "code": Help("官方单位编码，保留前导零。没有印出的空着，不要自编。", "0102025", text_only=True),
            "name": Help("单位全称。主管部门与其本级单位可以同名，以键区分。", names_row=True),
            "parent": Help("上级单位的键。最上级空着。"),
            "kind": Help("主管部门或基层单位。", "基层单位"),
            "nature": Help("单位性质。", "行政单位"),
            "jurisdiction": Help("所在地区的六位行政区划代码。", "440300", text_only=True),
        },
        (
            {"key": "ju", "name": "甲局", "kind": "主管部门", "jurisdiction": "440300"},
            {"key": "jia", "name": "甲中心", "parent": "ju", "kind": "基层单位", "jurisdiction": "440300"},
        ),
    ),
    sheet_of(
        models.DepartmentYear,
        "编制哪些单位、哪些年度的预算、决算或绩效。列在这里的，装载时以文件为准：台账里有而文件里没有的行会列为删除，经确认后冲销。",
        {
            "kind": Help("部门预算、部门决算或绩效。", "部门预算"),
            "title": Help("公开文件的标题。"),
            "family": Help("表式编号。空着时按年度选用现行表式。"),
            "approved_on": Help("批复日期。"),
            "published_on": Help("公开日期。"),
            "synthetic": Help("虚构的演示数据填“是”。", "否"),
        },
        ({**UNIT_SAMPLE, "kind": "部门预算", "title": "甲中心2024年部门预算", "synthetic": "否"},),
        identity=("unit", "year", "kind"),
    ),
    sheet_of(
        models.Project,
        "预算项目及其申报信息。",
        {
            "key": Help("自定的短名，其他表用它引用这个项目。", "xm-01"),
            "code": Help("官方项目编码。没有的空着。", text_only=True),
            "name": Help("项目名称。", names_row=True),
            "department": Help("主管单位在“单位”表里的键。", "ju"),
            "year": Help("这份申报信息所属的年度；各年通用的空着。", "2024"),
            "project_type": Help("项目类型。", "02 履职类项目", "project_type"),
            "period_type": Help("实施期限。", "02 经常性项目", "period_type"),
            "arrangement": Help("预算安排方式。", "01 部门预算项目", "arrangement"),
            "purpose": Help("资金用途。", catalog="purpose"),
            "office": Help("财政主管处室。", catalog="office"),
            "total_amount": Help("项目总金额。", "500000"),
            "basis": Help("申报依据。"),
            "objective": Help("年度目标。"),
            "long_objective": Help("长期目标。"),
            "secret": Help("涉密项目填“是”：对外只公布金额和编码。", "否"),
        },
        (
            {
                "key": "xm-01", "name": "信息系统运行维护", "department": "ju", "year": "2024",
                "project_type": "02 履职类项目", "total_amount": "50", "amount_unit": "万元", "secret": "否",
            },
        ),
    ),
    sheet_of(
        models.Costing,
        "项目的测算明细。数量、单价、期数都填时，三者相乘应等于金额。",
        {
            "item": Help("测算项名称。", "机房租用", names_row=True),
            "purpose": Help("用途。"),
            "quantity": Help("数量。", "2"),
            "price": Help("单价，按“金额单位”填写。", "10000"),
            "periods": Help("期数，例如月数。", "12"),
        },
        (
            {
                "key": "cs-1", **UNIT_SAMPLE, "project": "xm-01", "item": "机房租用", "quantity": "2",
                "price": "10000", "periods": "12", "amount": "240000",
            },
        ),
    ),
    sheet_of(
        models.BudgetLine,
        "支出预算明细。",
        {"stage": Help("一上、一下、二上、二下、批复，或文件只印调整后数时的“调整”。", "批复", "stage")},
        (
            {
                "key": "ys-1", **UNIT_SAMPLE, "stage": "批复", "view": "全维度", "category": "基本支出",
                "function": "2101501", "economic": "30101", "fund": "一般公共预算", "source": "政府预算拨款",
                "program": "基本支出拨款", "amount": "1234567.89",
            },
            {
                "key": "ys-2", **UNIT_SAMPLE, "stage": "批复", "view": "全维度", "category": "项目支出",
                "project": "xm-01", "function": "2101504", "economic": "30213", "fund": "一般公共预算",
                "source": "政府预算拨款", "program": "履职类项目拨款", "amount": "50", "amount_unit": "万元",
            },
        ),
    ),
    sheet_of(
        models.Adjustment,
        "年度中的预算调整，逐笔填写；调减填负数。",
        {"reason": Help("调整事由。"), "approval": Help("批准文号。")},
        (
            {
                "key": "tz-1", **UNIT_SAMPLE, "date": "2024-06-30", "date_precision": "日", "view": "全维度",
                "category": "项目支出", "project": "xm-01", "function": "2101504", "economic": "30213",
                "fund": "一般公共预算", "source": "政府预算拨款", "amount": "-20000", "reason": "按实际需要调减",
            },
        ),
    ),
    sheet_of(
        models.Payment,
        "逐笔支付；支出决算由支付汇总。退回填负数。只抄得全年数的，日期精度填“年”。",
        {
            "reason": Help("事由。"),
            "approval": Help("批准文号。"),
            "payee": Help("收款人。不对外公布。"),
            "contract": Help("“合同”表里的键。", refers="contracts"),
            "summary": Help("摘要。"),
        },
        (
            {
                "key": "zf-1", **UNIT_SAMPLE, "date": "2024-03-15", "date_precision": "日", "view": "全维度",
                "category": "项目支出", "project": "xm-01", "function": "2101504", "economic": "30213",
                "fund": "一般公共预算", "source": "政府预算拨款", "amount": "60000", "summary": "第一季度机房租用",
            },
        ),
    ),
    sheet_of(
        models.Revenue,
        "收入预算和收入决算明细。",
        {"stage": Help("预算或决算。", "预算")},
        (
            {
                "key": "sr-1", **UNIT_SAMPLE, "stage": "预算", "view": "全维度", "function": "2101501",
                "fund": "一般公共预算", "source": "政府预算拨款", "amount": "1234567.89",
            },
        ),
    ),
    sheet_of(
        models.Balance,
        "年初结转和结余、使用非财政拨款结余、结余分配、结转下年。",
        {"kind": Help("结转结余的类别。", "年初结转和结余"), "stage": Help("预算或决算。", "决算")},
        ({"key": "jz-1", **UNIT_SAMPLE, "stage": "决算", "kind": "年初结转和结余", "amount": "0"},),
    ),
    sheet_of(
        models.ThreePublic,
        "三公经费。支出预算已按“全维度”填到经济分类款级的，由系统提取，不要再填这张表。",
        {
            "stage": Help("年初预算、调整预算或决算。", "年初预算"),
            "item": Help("三公经费的项目。", "公务接待费", "three_public_item"),
        },
        (
            {
                "key": "sg-1", **UNIT_SAMPLE, "stage": "年初预算", "item": "公务接待费", "amount": "2",
                "amount_unit": "万元",
            },
        ),
    ),
    sheet_of(
        models.Procurement,
        "政府采购预算。",
        {
            "view": Help("按品目列示的选“按品目或分项”，按功能分类列示的选“按功能分类”。", "全维度", "view"),
            "item": Help("采购品目编码。", "A02010104", "procurement"),
            "item_name": Help("品目名称；有编码的可以空着。", names_row=True),
            "kind": Help("货物、工程或服务。", "货物", "procurement_kind"),
            "sme_amount": Help("其中面向中小企业的金额。没有公布的空着。"),
            "micro_amount": Help("其中面向小微企业的金额。没有公布的空着。"),
        },
        (
            {
                "key": "cg-1", **UNIT_SAMPLE, "view": "按品目或分项", "item": "A02010104", "item_name": "台式计算机",
                "kind": "货物", "amount": "46", "amount_unit": "万元",
            },
        ),
    ),
    sheet_of(
        models.Contract,
        "采购合同。中标日和签订日用来核对是否在十个工作日内签订。",
        {
            "procurement": Help("“政府采购”表里的键。", refers="procurements"),
            "kind": Help("货物、工程或服务。", "服务", "procurement_kind"),
            "title": Help("合同名称。", names_row=True),
            "supplier": Help("供应商。不对外公布。"),
            "sme": Help("供应商是否中小企业。不知道的空着。", "是"),
            "micro": Help("供应商是否小微企业。不知道的空着。", "否"),
        },
        (
            {
                "key": "ht-1", **UNIT_SAMPLE, "project": "xm-01", "kind": "服务", "title": "机房租用合同",
                "sme": "是", "amount": "240000", "awarded_on": "2024-01-10", "signed_on": "2024-01-18",
            },
        ),
    ),
    sheet_of(
        models.Transfer,
        "上级专项转移支付。它是其他行的一部分，不重复计入合计。",
        {
            "project_name": Help("与项目表名称不同时，填印出的名称。", names_row=True),
            "level": Help("中央或省。", "中央", "transfer_level"),
        },
        (
            {
                "key": "zy-1", **UNIT_SAMPLE, "level": "中央", "function": "2101550", "amount": "100",
                "amount_unit": "万元",
            },
        ),
    ),
    sheet_of(
        models.Elimination,
        "本部门所属单位之间的往来，汇总时抵销。",
        {
            "from_unit": Help("付出单位的键。", "ju"),
            "to_unit": Help("收到单位的键。", "jia"),
            "reason": Help("事由。"),
        },
    ),
    sheet_of(
        models.Asset,
        "资产卡片。列出一个单位的资产时请列全：同一单位的资产以文件为准。",
        {
            "kind": Help("固定资产、无形资产等。", "固定资产", "asset_kind"),
            "name": Help("资产名称。", names_row=True),
            "original_value": Help("原值，按“金额单位”填写。", "8600"),
            "in_use": Help("是否在用。不知道的空着。", "是"),
            "barcode": Help("资产条码，保留前导零。", text_only=True),
        },
    ),
    sheet_of(
        models.Vehicle,
        "公务用车。列出一个单位的车辆时请列全。",
        {"kind": Help("车辆类别。", "一般公务用车", "vehicle_kind"), "name": Help("名称或型号。", names_row=True)},
    ),
    sheet_of(
        models.Headcount,
        "编制和实有人数，按截至日期填写。",
        {
            "as_of": Help("截至日期。只知道年份的写 2024。", "2024-12-31"),
            "as_of_precision": Help("日期知道到哪一级。", "日"),
            "kind": Help("人员类别。", "行政", "headcount_kind"),
            "establishment": Help("编制数。没有编制的类别空着。", "51"),
            "actual": Help("实有人数。", "48"),
        },
        ({"key": "ry-1", "unit": "jia", "as_of": "2024-12-31", "kind": "行政", "establishment": "51", "actual": "48"},),
    ),
    sheet_of(
        models.Statistic,
        "只从公开文件知道、台账里没有明细的数：上年比较数、资产和车辆总数等。照原样使用，不参与明细的合计。",
        {
            "measure": Help("指标。", "机关运行经费支出", "measure"),
            "item": Help("分项。"),
            "stage": Help("阶段。", catalog="stage"),
            "value": Help("金额按“金额单位”填写；计量单位不是元的填个数。", "128.5"),
            "uom": Help("元、人、辆、台（套）等。", "元"),
        },
        (
            {
                "key": "tj-1", **UNIT_SAMPLE, "measure": "机关运行经费支出", "value": "128.5", "uom": "元",
                "amount_unit": "万元",
            },
        ),
    ),
    sheet_of(
        models.Reason,
        "数字变动的原因，写进情况说明。没有填原因的变动，系统只列为缺失，不会代写。",
        {
            "kind": Help("写进哪一种文件。", "部门决算"),
            "subject": Help("说明模板里的事项编号。"),
            "text": Help("原因，一句话。"),
        },
    ),
    sheet_of(
        models.Text,
        "不由计算得出的说明文字，如部门主要职责。",
        {
            "kind": Help("写进哪一种文件。", "部门预算"),
            "section": Help("说明模板里的段落编号。"),
            "text": Help("文字。"),
        },
    ),
    sheet_of(
        models.AcceptedFinding,
        "核对时发现、经确认接受的问题，每条都要有理由。",
        {
            "kind": Help("哪一种文件的核对。", "部门决算"),
            "rule": Help("规则编号。"),
            "cell": Help("问题所在的单元格；整表的空着。"),
            "reason": Help("接受的理由。"),
        },
    ),
)  # fmt: skip


def keys_in_use(sheet: str) -> frozenset[str]:
    """The keys that the ledger holds of a sheet of any app, as rows of other sheets may name them."""
    model: Any = shapes()[sheet].model
    rows = (
        models.current(model) if issubclass(model, models.JournalRow) else model.objects.filter(active=True)
    )
    return frozenset(rows.values_list("key", flat=True))
