"""Chinese names for the codes that facts carry (编码的中文名称), as the reader sees them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

# The vocabulary of facts; what measures, views and codes are called is policy data (see `naming`).
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
_PARTICULARS: Final[Mapping[str, str]] = {"project_name": "印发的项目名称", "fact": "台账行"}
"""What a rule or a leaf may name besides dimensions; open data has no columns for them."""
_OFFICIAL_CODE = re.compile(r"[A-Z]?[0-9]+")


@dataclass(frozen=True, slots=True)
class Labels:
    """What to call codes, units and documents. A name that is not known is shown as the code itself."""

    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Names by dimension and code, for example {"function": {"210": "卫生健康支出"}}."""
    units: Mapping[str, str] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)
    dimensions: Mapping[str, str] = field(default_factory=lambda: DIMENSIONS)
    measures: Mapping[str, str] = field(default_factory=dict)
    views: Mapping[str, str] = field(default_factory=dict)

    def with_documents(self, documents: Mapping[str, str]) -> Labels:
        """The same labels, knowing these document titles too."""
        return replace(self, documents={**self.documents, **documents})

    def dimension(self, name: str) -> str:
        return self.dimensions.get(name) or _PARTICULARS.get(name, name)

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
