"""The projects and the items that each is costed from (项目及测算). All are invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from demo_year.book import CENTRE, DEPARTMENT, MAIN, YEAR, Book, Line, yuan
from yiheng.money import to_fen

SECRET = "demo-p11"
"""The secret project (涉密项目). 青鸾, in everything that must not come out, is what tests look for."""
OWN_FUNDS = "demo-p10"
"""Financed by the centre's own funds (单位资金)."""


@dataclass(frozen=True)
class Project:
    """What is declared of a project beside its costing."""

    key: str
    name: str
    program: str
    project_type: str
    period_type: str
    purpose: str
    overview: str
    objective: str

    @property
    def secret(self) -> bool:
        return self.key == SECRET

    @property
    def recurrent(self) -> bool:
        return self.period_type == _RECURRENT


_DUTY, _SPECIAL, _OTHER = "02", "03", "06"
"""项目类型: 履职类, 专项资金, 其他."""
_RECURRENT, _ONCE = "02", "01"
_INSURANCE, _HEALTH = "09001", "09002"

# 项目名称, 拨款类别, 项目类型, 实施期限, 资金用途, 项目概况, 年度目标; their keys are numbered in this order.
_DECLARED = (
    ("医疗保障政策研究与宣传", "duty", _DUTY, _RECURRENT, _HEALTH,
     "开展政策评估、调研和宣传培训。", "提高参保人对待遇政策的知晓率。"),
    ("医保基金监督管理", "duty", _DUTY, _RECURRENT, _HEALTH,
     "开展飞行检查、第三方审计、智能审核和举报奖励。", "实现定点机构检查全覆盖。"),
    ("医疗保障信息化建设与运行维护", "duty", _DUTY, _RECURRENT, _HEALTH,
     "保障经办系统、专线和终端运行，开展数据治理。", "系统全年可用，数据质量持续改善。"),
    ("医疗保障经办管理", "duty", _DUTY, _RECURRENT, _INSURANCE,
     "保障服务大厅、报销受理、档案整理和咨询热线。", "按时限办结各类经办业务。"),
    ("药品耗材集中采购与价格管理", "duty", _DUTY, _RECURRENT, _HEALTH,
     "开展药品耗材采购服务、价格项目论证和监测。", "集采品种按期落地，价格运行平稳。"),
    ("财政对城乡居民基本医疗保险基金的补助", "special", _SPECIAL, _RECURRENT, _INSURANCE,
     "对城乡居民和在校学生参保给予补助。", "补助资金按时足额到位。"),
    ("城乡医疗救助", "special", _SPECIAL, _RECURRENT, _INSURANCE,
     "对困难群众住院和门诊费用给予救助。", "符合条件的困难群众应救尽救。"),
    ("彩票公益金资助低收入群体参保", "", _SPECIAL, _RECURRENT, _INSURANCE,
     "用彩票公益金资助低收入群体缴纳医疗保险费。", "低收入群体应保尽保。"),
    ("中央财政医疗服务与保障能力提升补助资金", "special", _SPECIAL, _ONCE, _HEALTH,
     "用于支付方式改革、编码贯标、基金监管和经办能力建设。", "完成中央下达的年度任务。"),
    ("医保事务窗口社会化服务", "", _OTHER, _RECURRENT, _INSURANCE,
     "用单位资金购买窗口引导和帮办服务。", "窗口排队时间明显缩短。"),
    ("青鸾医保数据专项核验（虚构涉密）", "duty", _DUTY, _ONCE, _HEALTH,
     "青鸾：按保密要求开展专项数据核验。", "青鸾：完成核验任务并移交结果。"),
    ("预算准备金", "duty", _OTHER, _RECURRENT, _HEALTH,
     "应对年度执行中临时增加的工作。", "临时工作有资金保障。"),
    ("异地就医与长期护理保险经办", "duty", _DUTY, _RECURRENT, _INSURANCE,
     "开展异地就医核查、失能评估和护理服务管理。", "异地就医结算和护理待遇按时支付。"),
    ("突发公共卫生事件医疗保障应急", "duty", _DUTY, _ONCE, _HEALTH,
     "储备应急物资，开展应急演练和救治费用核算。", "应急救治费用及时核拨。"),
    ("医保服务大厅适老化改造", "investment", _OTHER, _ONCE, _HEALTH,
     "改造服务大厅的通道、窗口和休息区。", "年内完成主体改造。"),
)  # fmt: skip
PROJECTS = tuple(Project(f"demo-p{number:02}", *declared) for number, declared in enumerate(_DECLARED, 1))


class Item(NamedTuple):
    """One item of costing (测算项) with the line that its amount stands on."""

    line: Line
    name: str
    quantity: int
    price: str
    """单价 in 元."""
    periods: int

    @property
    def fen(self) -> int:
        return to_fen(self.price) * self.quantity * self.periods


# 项目, 单位, 功能科目, 经济科目, 测算项, 数量, 单价（元）, 期数, 资金来源 (blank: 政府预算拨款)
_ITEMS = (
    (1, MAIN, "2101505", "30202", "待遇政策手册印制", 180_000, "1.86", 1),
    (1, MAIN, "2101505", "30202", "办事指南折页印制", 240_000, "0.35", 1),
    (1, MAIN, "2101505", "30203", "常年法律顾问", 1, "14500.00", 12),
    (1, MAIN, "2101505", "30211", "外出调研差旅", 48, "2860.00", 1),
    (1, MAIN, "2101505", "30215", "政策宣讲会", 6, "18600.00", 1),
    (1, MAIN, "2101505", "30216", "定点机构政策培训", 12, "9850.50", 1),
    (1, MAIN, "2101505", "30226", "评审专家劳务", 160, "800.00", 1),
    (1, MAIN, "2101505", "30227", "待遇政策评估课题", 2, "286000.00", 1),
    (1, MAIN, "2101505", "30227", "融媒体宣传服务", 1, "68500.00", 12),
    (1, MAIN, "2101505", "30299", "宣传物料制作", 1, "46320.75", 4),
    (2, MAIN, "2101599", "30201", "检查办公用品", 1, "3260.40", 12),
    (2, MAIN, "2101599", "30203", "第三方会计审计", 4, "236000.00", 1),
    (2, MAIN, "2101599", "30211", "飞行检查差旅", 120, "2350.00", 1),
    (2, MAIN, "2101599", "30226", "飞行检查专家劳务", 320, "1000.00", 1),
    (2, MAIN, "2101599", "30227", "大数据监管服务", 1, "198600.00", 12),
    (2, MAIN, "2101599", "30299", "举报奖励", 30, "5000.00", 1),
    (2, CENTRE, "2101506", "30202", "稽核文书印制", 12_000, "1.25", 1),
    (2, CENTRE, "2101506", "30211", "稽核差旅", 86, "1280.50", 1),
    (2, CENTRE, "2101506", "30226", "病历评审专家劳务", 5_200, "120.00", 1),
    (2, CENTRE, "2101506", "30227", "智能审核服务", 1, "165400.00", 12),
    (2, CENTRE, "2101506", "30239", "稽核用车租赁", 2, "6800.00", 12),
    (3, MAIN, "2101504", "30207", "专线租用", 6, "8600.00", 12),
    (3, MAIN, "2101504", "30213", "信息系统运行维护", 1, "326500.00", 12),
    (3, MAIN, "2101504", "30213", "等级保护测评与加固", 3, "186000.00", 1),
    (3, MAIN, "2101504", "30213", "系统升级上年合同尾款", 1, "426318.52", 1, "carryover"),
    (3, MAIN, "2101504", "30227", "数据治理服务", 1, "1860000.00", 1),
    (3, MAIN, "2101504", "31002", "办公终端更新", 86, "5680.00", 1),
    (3, MAIN, "2101504", "31007", "数据分析软件", 1, "498000.00", 1),
    (3, MAIN, "2101504", "31022", "国产数据库授权", 4, "67000.00", 1),
    (3, CENTRE, "2101504", "30207", "分中心网络线路", 12, "3280.00", 12),
    (3, CENTRE, "2101504", "30213", "经办系统运行维护", 1, "218900.00", 12),
    (3, CENTRE, "2101504", "30214", "云资源租用", 1, "88600.00", 12),
    (3, CENTRE, "2101504", "31002", "窗口终端", 120, "5280.00", 1),
    (3, CENTRE, "2101504", "31002", "自助服务终端", 30, "26800.00", 1),
    (3, CENTRE, "2101504", "31007", "档案影像软件上年合同尾款", 1, "183406.35", 1, "carryover"),
    (4, CENTRE, "2101506", "30201", "单据与办公耗材", 1, "28640.00", 12),
    (4, CENTRE, "2101506", "30202", "参保手册印制", 260_000, "0.72", 1),
    (4, CENTRE, "2101506", "30206", "服务大厅电费", 10, "6350.00", 12),
    (4, CENTRE, "2101506", "30207", "短信与话务", 1, "58000.00", 12),
    (4, CENTRE, "2101506", "30209", "服务大厅物业管理", 10, "26500.00", 12),
    (4, CENTRE, "2101506", "30213", "服务大厅零星维修", 10, "48600.00", 1),
    (4, CENTRE, "2101506", "30214", "服务大厅租金", 4, "128000.00", 12),
    (4, CENTRE, "2101506", "30226", "零星报销初审劳务", 26, "7850.00", 12),
    (4, CENTRE, "2101506", "30227", "报销受理服务", 1, "486500.00", 12),
    (4, CENTRE, "2101506", "30227", "业务档案整理", 680_000, "2.15", 1),
    (4, CENTRE, "2101506", "30239", "基层网点交通", 10, "2400.00", 12),
    (4, CENTRE, "2101506", "30299", "咨询热线座席", 24, "8900.00", 12),
    (4, CENTRE, "2101506", "30299", "在校学生参保协办费", 1_860_000, "3.50", 1),
    (4, CENTRE, "2101506", "31003", "单据高速扫描专用设备", 2, "386000.00", 1),
    (5, MAIN, "2101505", "30203", "价格项目论证", 30, "12000.00", 1),
    (5, MAIN, "2101505", "30226", "价格评审专家劳务", 260, "1000.00", 1),
    (5, MAIN, "2101505", "30227", "价格监测服务", 1, "86400.00", 12),
    (5, CENTRE, "2101506", "30226", "采购品种遴选专家劳务", 180, "1000.00", 1),
    (5, CENTRE, "2101506", "30227", "药品采购平台服务", 1, "426000.00", 12),
    (5, CENTRE, "2101506", "30227", "耗材阳光交易运行服务", 1, "238000.00", 12),
    (6, CENTRE, "2101202", "31302", "城乡居民参保补助", 682_400, "670.00", 1),
    (6, CENTRE, "2101202", "31302", "在校学生参保补助", 142_600, "670.00", 1),
    (7, CENTRE, "2101301", "30306", "困难群众住院救助", 8_600, "2350.00", 1),
    (7, CENTRE, "2101301", "30306", "困难群众门诊救助", 31_200, "186.50", 1),
    (8, CENTRE, "2296013", "30311", "低收入群体参保缴费", 15_860, "42.80", 12),
    (8, CENTRE, "2296013", "30311", "低收入群体上年补缴", 1, "286540.20", 1, "carryover"),
    (9, MAIN, "2101505", "30203", "支付政策咨询", 3, "98000.00", 1),
    (9, MAIN, "2101599", "30216", "基金监管培训", 6, "36500.00", 1),
    (9, MAIN, "2101599", "30227", "支付方式改革技术服务", 1, "1280000.00", 1),
    (9, CENTRE, "2101504", "30213", "编码贯标", 1, "865000.00", 1),
    (9, CENTRE, "2101506", "30216", "经办业务培训", 12, "8650.00", 1),
    (9, CENTRE, "2101506", "30227", "经办标准化服务", 1, "642000.00", 1),
    (9, CENTRE, "2101506", "30227", "经办标准化上年合同尾款", 1, "198233.46", 1, "carryover"),
    (10, CENTRE, "2101506", "30201", "窗口便民用品", 1, "8260.00", 12, "other"),
    (10, CENTRE, "2101506", "30216", "窗口服务培训", 4, "6500.00", 1, "other"),
    (10, CENTRE, "2101506", "30226", "驻点社工", 16, "6850.00", 12, "other"),
    (10, CENTRE, "2101506", "30299", "帮办代办服务", 1, "15480.00", 12, "other"),
    (11, MAIN, "2101599", "30211", "青鸾核验差旅", 60, "2600.00", 1),
    (11, MAIN, "2101599", "30227", "青鸾核验技术服务", 1, "1980000.00", 1),
    (11, MAIN, "2101599", "30299", "青鸾核验保障", 1, "146000.00", 1),
    (11, MAIN, "2101599", "31007", "青鸾核验软件", 1, "860000.00", 1),
    (12, MAIN, "2101599", "39999", "局本级预算准备金", 1, "800000.00", 1),
    (12, CENTRE, "2101506", "39999", "中心预算准备金", 1, "500000.00", 1),
    (13, CENTRE, "2101506", "30207", "异地就医专线", 2, "4600.00", 12),
    (13, CENTRE, "2101506", "30211", "异地就医核查差旅", 64, "3150.00", 1),
    (13, CENTRE, "2101506", "30226", "护理服务质量评审劳务", 240, "800.00", 1),
    (13, CENTRE, "2101506", "30227", "失能等级评估", 3_200, "450.00", 1),
    (14, MAIN, "2100410", "30218", "应急物资储备", 1, "186000.00", 1),
    (14, MAIN, "2100410", "30226", "救治费用核算专家劳务", 60, "1000.00", 1),
    (14, MAIN, "2100410", "30239", "应急运输", 1, "24800.00", 4),
    (14, MAIN, "2100410", "30299", "应急演练", 2, "68500.00", 1),
    (15, CENTRE, "2101599", "31006", "大厅通道与窗口改造", 2_600, "985.00", 1),
    (15, CENTRE, "2101599", "31099", "休息区与标识", 10, "38600.00", 1),
)


def line(number: int, unit: str, function: str, economic: str, source: str = "appropriation") -> Line:
    """A line of project expenditure; fund and kind of appropriation follow from project and source."""
    project = PROJECTS[number - 1]
    own = source not in ("appropriation", "carryover")
    fund = "none" if own else "gov_fund" if function == "2296013" else "general"
    program = project.program if fund == "general" and source == "appropriation" else ""
    return Line(unit, "project", project.key, function, economic, fund, source, program)


def items() -> Iterator[Item]:
    """All items of costing, project by project."""
    for number, unit, function, economic, name, quantity, price, periods, *source in _ITEMS:
        yield Item(line(number, unit, function, economic, *source), name, quantity, price, periods)


def write_projects(book: Book) -> None:
    """The register of projects and their costing. A recurrent project runs for three years, the others for one."""
    approved: dict[str, int] = {}
    for item in items():
        approved[item.line.project] = approved.get(item.line.project, 0) + item.fen
    for project in PROJECTS:
        years = 3 if project.recurrent else 1
        secrecy = "青鸾：" if project.secret else ""
        book.add(
            "projects", key=project.key, code=f"XN-{YEAR}-{project.key[-2:]}", name=project.name,
            department=DEPARTMENT, year=YEAR, project_type=project.project_type, period_type=project.period_type,
            arrangement="01", purpose=project.purpose, office="14", start=f"{YEAR}-01-01",
            end=f"{YEAR + years - 1}-12-31", total_amount=yuan(approved[project.key] * years), amount_unit="元",
            overview=project.overview, basis=f"{secrecy}示例市医疗保障事业发展规划（虚构）和年度工作安排。",
            objective=project.objective, long_objective=f"{secrecy}形成稳定、规范的长效机制。",
            secret="是" if project.secret else "否",
        )  # fmt: skip
    for item in items():
        book.add(
            "costing", project=item.line.project, unit=item.line.unit, year=YEAR, item=item.name,
            purpose=f"用于{item.name}", quantity=item.quantity, price=item.price, periods=item.periods,
            amount=yuan(item.fen), amount_unit="元",
        )  # fmt: skip
