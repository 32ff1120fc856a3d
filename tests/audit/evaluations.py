"""Self-evaluations (绩效自评) of a made-up bureau (虚构): a report, and a sheet (财预〔2020〕10号) for each project."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from tests.audit.department import D
from tests.audit.drafts import Draft, Given, Over

UNIT, YEAR = "凌川县医疗保障局", 2021
CENTRE = "凌川县医疗保障服务中心"


@dataclass(frozen=True)
class Row:
    """An indicator with its target, actual, weight, score and the reason for a lost point."""

    first: str
    second: str
    name: str
    target: str
    actual: str
    weight: str
    score: str
    reason: str = ""


@dataclass(frozen=True)
class Project:
    """A project: budget at the begin of the year, of the year, and what was spent of it, in 万元."""

    name: str
    unit: str
    first: str
    budget: str
    spent: str
    goal: str
    done: str
    rows: tuple[Row, ...]

    @property
    def rate(self) -> Decimal:
        return D(self.spent) / D(self.budget)

    @property
    def execution(self) -> Decimal:
        return (self.rate * 10).quantize(D("0.01"), ROUND_HALF_UP)

    @property
    def score(self) -> Decimal:
        return self.execution + sum((D(row.score) for row in self.rows), D(0))

    @property
    def percent(self) -> str:
        return f"{(self.rate * 100).quantize(D('0.01'), ROUND_HALF_UP)}%"


def _rows(*rows: tuple[str, ...]) -> tuple[Row, ...]:
    return tuple(Row(*row) for row in rows)


PROJECTS = (
    Project(
        "城乡居民医保政策宣传",
        UNIT,
        "40.00",
        "42.50",
        "41.30",
        "开展政策宣传，提高参保率。",
        "开展宣传活动18场，参保率达到98.60%。",
        _rows(
            ("产出指标", "数量指标", "宣传活动场次", "≥16场", "18场", "20", "20"),
            ("产出指标", "质量指标", "宣传材料合格率", "100%", "100%", "20", "20"),
            ("产出指标", "时效指标", "活动按期完成率", "100%", "100%", "10", "10"),
            ("效益指标", "社会效益指标", "居民参保率", "≥98%", "98.60%", "30", "30"),
            ("满意度指标", "服务对象满意度指标", "参保人满意度", "≥90%", "94.20%", "10", "10"),
        ),
    ),
    Project(
        "医保基金监管专项检查",
        UNIT,
        "65.00",
        "65.00",
        "60.45",
        "检查定点医药机构，维护基金安全。",
        "检查定点医药机构112家，追回资金36.80万元。",
        _rows(
            ("产出指标", "数量指标", "检查定点医药机构数量", "≥110家", "112家", "20", "20"),
            (
                "产出指标",
                "质量指标",
                "检查结果公开率",
                "100%",
                "95%",
                "20",
                "19",
                "部分结果因复核未公开，将加快办理",
            ),
            ("产出指标", "成本指标", "检查成本控制数", "≤65.00万元", "60.45万元", "10", "10"),
            ("效益指标", "社会效益指标", "违规问题整改率", "≥95%", "97%", "30", "30"),
            ("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "92%", "10", "10"),
        ),
    ),
    Project(
        "医保经办服务能力提升",
        CENTRE,
        "120.00",
        "118.00",
        "118.00",
        "改善经办大厅条件，压缩办理时限。",
        "改造经办窗口12个，平均办理时限压缩到3个工作日。",
        _rows(
            ("产出指标", "数量指标", "改造经办窗口数量", "12个", "12个", "25", "25"),
            ("产出指标", "质量指标", "设备验收合格率", "100%", "100%", "25", "25"),
            ("效益指标", "社会效益指标", "群众办事等候时间", "≤15分钟", "12分钟", "30", "30"),
            ("满意度指标", "服务对象满意度指标", "办事群众满意度", "≥95%", "96.10%", "10", "10"),
        ),
    ),
    Project(
        "异地就医直接结算系统维护",
        CENTRE,
        "36.00",
        "36.00",
        "33.84",
        "保障异地就医直接结算系统稳定运行。",
        "系统全年稳定运行，故障均及时处理。",
        _rows(
            ("产出指标", "数量指标", "系统巡检次数", "≥12次", "12次", "20", "20"),
            ("产出指标", "时效指标", "故障处理及时率", "100%", "100%", "30", "30"),
            ("效益指标", "社会效益指标", "异地就医直接结算率", "≥70%", "74.50%", "30", "30"),
            ("满意度指标", "服务对象满意度指标", "使用单位满意度", "≥90%", "93%", "10", "10"),
        ),
    ),
)


def sheet(draft: Draft, project: Project) -> None:
    """项目支出绩效自评表."""
    draft.heading("项目支出绩效自评表", 3)
    draft.say(f"（{YEAR}年度）")
    source = (project.first, project.budget, project.spent)
    rows: list[tuple[Given, ...]] = [
        (Over("项目名称", 2), Over(project.name, 7)),
        (Over("主管部门", 2), Over(UNIT, 3), Over("实施单位", 1), Over(project.unit, 3)),
        (
            Over("项目资金（万元）", 2, 5),
            "",
            "年初预算数",
            "全年预算数",
            "全年执行数",
            "分值",
            "执行率",
            "得分",
        ),
        ("年度资金总额", *source, "10", project.percent, f"{project.execution}"),
        ("其中：当年财政拨款", *source, "—", project.percent, "—"),
        ("上年结转资金", "0.00", "0.00", "0.00", "—", "—", "—"),
        ("其他资金", "0.00", "0.00", "0.00", "—", "—", "—"),
        (Over("年度总体目标", 1, 2), Over("预期目标", 4), Over("实际完成情况", 4)),
        (Over(project.goal, 4), Over(project.done, 4)),
        (
            Over("绩效指标", 1, len(project.rows) + 1),
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
        ),
    ]
    rows += [
        (r.first, r.second, r.name, r.target, r.actual, r.weight, r.score, r.reason) for r in project.rows
    ]
    rows.append((Over("总分", 6), "100", f"{project.score}", ""))
    draft.table(*rows)


def evaluations() -> Draft:
    """The report and the sheets."""
    draft = Draft()
    draft.heading(f"{UNIT}{YEAR}年度绩效自评报告", 1)
    draft.say(
        "目 录",
        "一、部门基本情况",
        "二、自评工作开展情况",
        "三、项目自评结果",
        "四、存在的问题",
        "五、改进措施",
    )
    draft.say("附件 项目支出绩效自评表")
    draft.heading("一、部门基本情况", 3)
    draft.say(
        f"{UNIT}内设办公室、待遇保障股、基金监管股3个股室，下设{CENTRE}1个事业单位。",
        "本部门编制人数42人，其中行政编制15人，事业编制27人。",
    )
    draft.heading("二、自评工作开展情况", 3)
    whole = sum((D(p.budget) for p in PROJECTS), D(0))
    spent = sum((D(p.spent) for p in PROJECTS), D(0))
    rate = (spent / whole * 100).quantize(D("0.01"), ROUND_HALF_UP)
    draft.say(
        f"{YEAR}年，我局组织对4个项目开展绩效自评，随本报告公开4个项目支出绩效自评表，全年预算数合计{whole}万元，"
        f"全年执行数合计{spent}万元，预算执行率{rate}%。",
        "自评工作分为三个步骤：一是制定方案，明确分工；二是单位自评，填报自评表；三是审核汇总，形成报告。",
    )
    draft.heading("三、项目自评结果", 3)
    for n, p in enumerate(PROJECTS, 1):
        draft.say(
            f"（{n}）{p.name}项目绩效自评综述：根据年初设定的绩效目标，该项目自评得分{p.score}分。"
            f"项目全年预算数为{p.budget}万元，执行数为{p.spent}万元，完成预算的{p.percent}。"
            f"项目绩效目标完成情况：{p.done}"
        )
    draft.heading("四、存在的问题", 3)
    draft.say(
        "主要存在两个方面的问题：",
        "1.绩效指标设置不够细化。个别项目的效益指标难以量化，评价标准不够清晰。",
        "2.预算执行不够均衡。部分项目前三个季度支出进度较慢，年末支出较为集中。",
    )
    draft.heading("五、改进措施", 3)
    draft.say("一是提高绩效指标编制质量（包括量化程度和可比性）。二是加强绩效运行监控，每季度通报一次。")
    draft.heading("附件 项目支出绩效自评表", 2)
    for project in PROJECTS:
        sheet(draft, project)
    return draft
