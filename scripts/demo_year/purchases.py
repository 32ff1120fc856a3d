"""Government procurement (政府采购): what was planned, and the contracts that came of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from demo_year.book import CENTRE, MAIN, YEAR, Book, Line, yuan
from demo_year.draws import after_workdays, draw, per_mille, pick, workdays
from demo_year.plan import Amounts
from demo_year.projects import line
from demo_year.staff import basic

_SIGNED_AFTER = (2, 7)
"""Working days from award to signature; ten are allowed, even where a public holiday is counted as one."""
_SUPPLIERS = {
    "": ("虚构长风信息技术股份有限公司", "虚构海川数据服务股份有限公司", "虚构宏图物业集团有限公司"),
    "sme": ("虚构青松科技有限公司", "虚构远航咨询有限公司", "虚构和源服务有限公司", "虚构云帆网络有限公司"),
    "micro": ("虚构晨光图文制作店", "虚构小满办公用品有限公司"),
}
_PLANNED_SHARE = 920
_OFFERED = (935, 985)
_PAID_SHARE = 930
"""In thousandths: what is planned of a line, what is offered of the plan, what is paid of the line at most."""


@dataclass(frozen=True)
class Purchase:
    """A planned purchase, with its contract where one was awarded."""

    line: Line
    item: str
    size: str
    """"" for large suppliers, sme 中小企业, micro 小微企业."""
    title: str
    month: int = 0
    """The month of the award; 0: planned, not bought."""
    late: int = 0
    """The working days after award on which it was signed, where that was more than the limit."""
    fixed: int = 0
    """The planned amount in fen, where it is not a share of the line."""

    @property
    def kind(self) -> str:
        return "goods" if self.item.startswith("A") else "services"


_PURCHASES = (
    Purchase(line(1, MAIN, "2101505", "30202"), "C99", "micro", "政策宣传品印制", 3),
    Purchase(line(1, MAIN, "2101505", "30227"), "C99", "sme", "融媒体宣传服务", 3),
    Purchase(line(2, MAIN, "2101599", "30203"), "C99", "sme", "医保基金第三方审计服务", 4),
    Purchase(line(2, MAIN, "2101599", "30227"), "C99", "", "医保大数据监管服务", 1),
    Purchase(line(2, CENTRE, "2101506", "30227"), "C99", "sme", "医保智能审核服务", 3),
    Purchase(line(3, MAIN, "2101504", "30207"), "C0399", "sme", "医保专线租用", 1),
    Purchase(line(3, MAIN, "2101504", "30213"), "C99", "", "医保信息系统运行维护", 1),
    Purchase(line(3, MAIN, "2101504", "30227"), "C99", "sme", "医保数据治理服务", 5, late=14),
    Purchase(line(3, MAIN, "2101504", "31002"), "A02010104", "sme", "办公终端采购", 4),
    Purchase(line(3, MAIN, "2101504", "31007"), "A99", "", "数据分析软件采购", 6),
    Purchase(line(3, CENTRE, "2101504", "30213"), "C99", "", "经办系统运行维护", 1),
    Purchase(line(3, CENTRE, "2101504", "30214"), "C0399", "", "政务云资源租用", 1),
    Purchase(line(3, CENTRE, "2101504", "31002"), "A02010104", "sme", "窗口与自助终端采购", 5),
    Purchase(line(4, CENTRE, "2101506", "30209"), "C99", "", "服务大厅物业管理", 1),
    Purchase(line(4, CENTRE, "2101506", "30227"), "C99", "sme", "报销受理与档案整理服务", 3, late=17),
    Purchase(line(4, CENTRE, "2101506", "30299"), "C0399", "sme", "医保咨询热线服务", 3),
    Purchase(line(4, CENTRE, "2101506", "31003"), "A99", "sme", "单据高速扫描设备采购", 6),
    Purchase(line(5, MAIN, "2101505", "30227"), "C99", "sme", "医药价格监测服务", 4),
    Purchase(line(5, CENTRE, "2101506", "30227"), "C99", "", "药品耗材采购平台服务", 1),
    Purchase(line(9, MAIN, "2101599", "30227"), "C99", "", "支付方式改革技术服务", 6),
    Purchase(line(9, CENTRE, "2101506", "30227"), "C99", "sme", "经办标准化服务", 5),
    Purchase(line(10, CENTRE, "2101506", "30226", "other"), "C99", "sme", "驻点社工服务", 3),
    Purchase(line(11, MAIN, "2101599", "30227"), "C99", "", "青鸾核验技术服务", 5),
    Purchase(line(13, CENTRE, "2101506", "30227"), "C99", "sme", "失能等级评估服务", 4),
    Purchase(basic(MAIN, "2101501", "30209"), "C99", "sme", "机关物业管理服务", 1),
    Purchase(basic(CENTRE, "2101501", "30209"), "C99", "", "办公楼物业管理服务", 1),
    Purchase(basic(MAIN, "2101501", "31002"), "A0201060102", "micro", "激光打印机采购", 7, fixed=8_640_000),
    Purchase(basic(CENTRE, "2101501", "31002"), "A020204", "sme", "多功能一体机采购", 7, fixed=24_800_000),
    Purchase(basic(MAIN, "2101501", "31002"), "A02010105", "sme", "便携式计算机", fixed=4_800_000),
    Purchase(basic(CENTRE, "2101501", "31002"), "A0206180203", "sme", "空调机", fixed=3_600_000),
    Purchase(basic(CENTRE, "2101501", "31002"), "A02021101", "micro", "碎纸机", fixed=960_000),
    Purchase(line(3, MAIN, "2101504", "31002"), "A02010202", "sme", "交换设备", fixed=3_200_000),
)


@dataclass(frozen=True)
class Contract:
    """A signed contract: what may be paid under it, to whom, from which day on."""

    key: str
    supplier: str
    amount: int
    signed: dt.date
    title: str


def write_purchases(book: Book, approved: Amounts) -> dict[Line, Contract]:
    """The plan and the contracts; of each line at most one contract is paid."""
    contracts: dict[Line, Contract] = {}
    for purchase in _PURCHASES:
        at, planned = purchase.line, purchase.fixed or _planned(approved[purchase.line])
        key = book.add(
            "procurements", unit=at.unit, year=YEAR, view="joint", project=at.project, function=at.function,
            item=purchase.item, kind=purchase.kind, amount=yuan(planned),
            sme_amount=yuan(planned if purchase.size else 0),
            micro_amount=yuan(planned if purchase.size == "micro" else 0), amount_unit="元",
        )  # fmt: skip
        if purchase.month:
            contracts[at] = _write_contract(book, purchase, planned, key)
    return contracts


def _planned(approved: int) -> int:
    """A share of the line in whole hundreds of 元."""
    return per_mille(approved, _PLANNED_SHARE) // 10_000 * 10_000


def _write_contract(book: Book, purchase: Purchase, planned: int, procurement: str) -> Contract:
    at, title = purchase.line, purchase.title
    awarded = pick(workdays(purchase.month), "award", title)
    signed = after_workdays(awarded, purchase.late or draw(*_SIGNED_AFTER, "signed", title))
    supplier = pick(_SUPPLIERS[purchase.size], "supplier", title)
    amount = per_mille(planned, draw(*_OFFERED, "offer", title))
    key = book.add(
        "contracts", unit=at.unit, year=YEAR, project=at.project, procurement=procurement, kind=purchase.kind,
        title=f"{title}合同（虚构）", supplier=supplier, sme="是" if purchase.size else "否",
        micro="是" if purchase.size == "micro" else "否", amount=yuan(amount), amount_unit="元",
        awarded_on=awarded.isoformat(), signed_on=signed.isoformat(),
    )  # fmt: skip
    return Contract(key, supplier, amount, signed, title)


def payable(contract: Contract, spent: int) -> int:
    """What of a line's spending is paid under its contract."""
    return min(contract.amount, per_mille(spent, _PAID_SHARE))
