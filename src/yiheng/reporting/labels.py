"""Chinese names for the codes that facts carry (编码的中文名称), as the reader sees them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

DIMENSIONS: Final[Mapping[str, str]] = {
    "function": "功能分类科目",
    "economic": "经济分类科目",
    "category": "支出类别",
    "fund": "预算类型",
    "source": "资金来源",
    "program": "拨款类别",
    "project": "项目",
    "item": "分项",
    "basic_kind": "基本支出类别",
    "stage": "编制阶段",
    "sme": "面向中小企业",
    "micro": "面向小微企业",
    "level": "转移支付级次",
}
VIEWS: Final[Mapping[str, str]] = {
    "joint": "完整明细",
    "function": "按功能分类",
    "economic": "按经济分类",
    "project": "按项目",
    "project_form": "按项目申报表",
    "class": "按类",
    "basic_kind": "按基本支出类别",
    "item": "按分项",
    "total": "合计",
}
MEASURES: Final[Mapping[str, str]] = {
    "budget": "支出预算",
    "budget_revenue": "收入预算",
    "budget_adjusted": "调整预算数",
    "spending": "支出决算",
    "revenue": "收入决算",
    "opening_balance": "年初结转和结余",
    "reserve_use": "使用非财政拨款结余",
    "surplus_allocation": "结余分配",
    "carry_forward": "结转下年",
    "three_public_budget": "“三公”经费预算",
    "three_public_adjusted": "“三公”经费调整预算",
    "three_public_spending": "“三公”经费决算",
    "procurement": "政府采购",
    "procurement_sme": "面向中小企业采购",
    "procurement_micro": "面向小微企业采购",
    "transfer": "上级专项转移支付",
    "project_total": "项目总金额",
    "costing": "项目测算",
    "contract": "合同",
    "operating_cost": "机关运行经费",
    "asset_value": "固定资产原值",
    "asset_in_use": "在用固定资产原值",
    "intangible_value": "无形资产原值",
    "intangible_in_use": "在用无形资产原值",
    "vehicles": "车辆",
    "vehicles_planned": "计划购置车辆",
    "headcount": "实有人数",
    "establishment": "编制数",
    "retired": "退休人数",
}
"""The names of this system's own vocabulary; official code lists and enumerations are handed in."""

_OFFICIAL_CODE = re.compile(r"[A-Z]?[0-9]+")


@dataclass(frozen=True, slots=True)
class Labels:
    """What to call codes, units and documents. A name that is not known is shown as the code itself."""

    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Names by dimension and code, for example {"function": {"210": "卫生健康支出"}}."""
    units: Mapping[str, str] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)
    dimensions: Mapping[str, str] = field(default_factory=lambda: DIMENSIONS)
    measures: Mapping[str, str] = field(default_factory=lambda: MEASURES)
    views: Mapping[str, str] = field(default_factory=lambda: VIEWS)

    def with_documents(self, documents: Mapping[str, str]) -> Labels:
        """The same labels, knowing these document titles too."""
        return replace(self, documents={**self.documents, **documents})

    def dimension(self, name: str) -> str:
        return self.dimensions.get(name, name)

    def measure(self, name: str) -> str:
        return self.measures.get(name, name)

    def view(self, name: str) -> str:
        return self.views.get(name, name)

    def unit(self, key: str) -> str:
        return self.units.get(key, key)

    def document(self, key: str) -> str:
        """The title of a source document (来源文件)."""
        return self.documents.get(key, key)

    def name(self, dimension: str, code: str) -> str:
        """The name alone; empty where it is not known."""
        return self.values.get(dimension, {}).get(code, "")

    def value(self, dimension: str, code: str) -> str:
        """Official codes with their names (210 卫生健康支出), anything else by its name."""
        name = self.name(dimension, code)
        if not name:
            return code
        return f"{code} {name}" if _OFFICIAL_CODE.fullmatch(code) else name
