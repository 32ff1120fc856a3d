"""The sheets of performance (绩效工作表): objectives, indicators, tasks, evaluations, surveys and actuals."""

from __future__ import annotations

from typing import Final

from yiheng.facts.sheets import Choice, Sheet
from yiheng.ledger.forms import Help, sheet_of
from yiheng.ledger.intake import UNIT_SAMPLE

from . import models

DEPARTMENT, TASK, PROJECT = Choice("department", "部门"), Choice("task", "任务"), Choice("project", "项目")

_EVIDENCE: Final = {
    "evidence_kind": Help("佐证是文件、链接、查询、人员还是说明。", "文件"),
    "evidence": Help("佐证：文件名、网址、查询名称、经办人或说明。抄自来源文件的，来源页即佐证。"),
}

_WAYS: Final = {
    "measure": Help(
        "由台账计算的，填编号，见 yiheng indicators --measures。", "execution.rate", text_only=True
    ),
    "query": Help("由业务数据测得的，填查询名称。", text_only=True),
}

SHEETS: Final[tuple[Sheet, ...]] = (
    sheet_of(
        models.Objective,
        "部门、任务或项目的绩效目标，照原文填写。",
        {
            "level": Help("部门、任务或项目的目标。", "项目", choices=(DEPARTMENT, TASK, PROJECT)),
            "task": Help("任务的目标填“年度主要任务”表里的键。", refers="tasks"),
            "text": Help("目标原文。"),
        },
        ({"key": "mb-1", **UNIT_SAMPLE, "level": "项目", "project": "xm-01", "text": "保障信息系统稳定运行"},),
    ),
    sheet_of(
        models.Indicator,
        "绩效指标，指标值照原文填写，由系统解析。",
        {
            "level": Help("部门或项目的指标。", "项目", choices=(DEPARTMENT, PROJECT)),
            "level1": Help("一级指标。", "产出指标"),
            "level2": Help("二级指标。", "数量指标"),
            "level3": Help("三级指标。", "系统巡检次数"),
            "target": Help("指标值原文，如 ≥95%、≤5个工作日、2024年12月底前完成。", "≥12次", text_only=True),
            "explanation": Help("指标解释。"),
            "curve": Help("年度内应有的进度，供绩效运行监控使用：均匀、按季节、分阶段或年底一次。", "均匀"),
            "milestones": Help(
                "按季节、分阶段的，写每个日期应达到的比例，用分号隔开。", "03-31 20%; 06-30 45%; 12-31 100%",
                text_only=True,
            ),
            **_WAYS,
        },
        (
            {
                "key": "zb-1", **UNIT_SAMPLE, "level": "项目", "project": "xm-01", "level1": "产出指标",
                "level2": "数量指标", "level3": "系统巡检次数", "target": "≥12次",
            },
        ),
    ),
    sheet_of(
        models.Task,
        "年度主要任务。",
        {
            "name": Help("任务名称。", names_row=True),
            "project": Help("任务对应的项目；基本支出类任务空着。", "xm-01"),
            "category": Help("基本支出类任务填“基本支出”。", "基本支出", "category"),
            "content": Help("主要内容。"),
        },
        ({"key": "rw-1", **UNIT_SAMPLE, "name": "保障系统运行", "project": "xm-01", "content": "巡检和升级"},),
    ),
    sheet_of(
        models.Evaluation,
        "绩效自评表，每个项目一张，部门整体一张。抄自已公开文件的填来源文件，印出的分数照原样填写；自己的自评表分数由系统计算。",
        {
            "level": Help("部门整体或项目。", "项目"),
            "framework": Help("评价体系或自评规则的编号。空着时按年度和地区选用现行的。"),
            "implementer": Help("实施单位。"),
            "goal": Help("年度总体目标的预期目标。"),
            "outcome": Help("年度总体目标的实际完成情况。"),
            "execution_weight": Help("预算执行率的分值。空着时按自评规则。", "10"),
            "printed_rate": Help("原件印出的执行率。", "87%", text_only=True),
            "printed_execution_score": Help("原件印出的执行率得分。", "8.7", text_only=True),
            "printed_total": Help("原件印出的总分。", "98.7", text_only=True),
        },
        ({"key": "zp-1", **UNIT_SAMPLE, "level": "项目", "project": "xm-01", "implementer": "甲中心"},),
    ),
    sheet_of(
        models.EvaluationRow,
        "自评表里的指标。自己的自评表填绩效指标的键，名称、目标和实际完成值由系统取得；抄自原件的逐栏照填。",
        {
            "evaluation": Help("“自评表”里的键。", "zp-1", refers="evaluations"),
            "indicator": Help("“绩效指标”表里的键。抄自原件、没有对应指标的空着。", "zb-1", refers="indicators"),
            "level1": Help("一级指标。", "产出指标"),
            "level2": Help("二级指标。", "数量指标"),
            "level3": Help("三级指标。", "系统巡检次数"),
            "target": Help("年度指标值原文。填了绩效指标的，默认取它的指标值。", "≥12次", text_only=True),
            "actual": Help("实际完成值原文。空着时取“实际完成值”表里最新的一条。", "13次", text_only=True),
            "weight": Help("分值。一张自评表连同预算执行率合计 100 分。", "10"),
            "manual_score": Help("定性指标未达成时由人评分，须写理由并有佐证。", "4"),
            "scorer": Help("人工评分的评分人。"),
            "manual_reason": Help("为什么给这个人工评分。"),
            "previous": Help("上年的实际完成值，用来核对目标是否只照抄上年。", text_only=True),
            "dated": Help("实际完成值说的是哪一天。", "2024-12-31"),
            "lower_is_better": Help("没有比较符的目标是否为上限。空着时成本指标为上限。", "否"),
            "sample": Help("满意度指标的有效样本量。", "388"),
            "explanation": Help("实际完成值远超指标值时的说明。"),
            "printed_score": Help("原件印出的得分，照原样。", "9.48", text_only=True),
            "reason": Help("偏差原因分析及改进措施。得分低于分值时必须写明。"),
            **_EVIDENCE,
        },
        (
            {"key": "zp-1-1", **UNIT_SAMPLE, "evaluation": "zp-1", "indicator": "zb-1", "weight": "15"},
        ),
    ),
    sheet_of(
        models.CriterionScore,
        "部门整体支出绩效评价的逐项得分。能由台账计算的不必填；须由人判断的填人工评分、评分人、理由和佐证。",
        {
            "evaluation": Help("“自评表”里部门整体那一张的键。", "zp-bm", refers="evaluations"),
            "criterion": Help("评价体系里的指标编号，见 yiheng indicators --framework。", "management.procurement"),
            "part": Help("指标分要点评分时，要点的编号。"),
            "manual_score": Help("人工评分。", "3"),
            "ground": Help("填了人工评分的必填：填报、原件印出，或由印出分数推得。", "填报"),
            "scorer": Help("评分人或评分机构。", "甲中心自评工作组"),
            "printed_score": Help("原件印出的得分，照原样。", "1.66", text_only=True),
            "reason": Help("为什么给这个分。"),
            **_EVIDENCE,
        },
    ),
    sheet_of(
        models.CriterionInput,
        "评价需要而台账没有的数。由印出分数推得的，只在这里作标明的推算，不进台账。",
        {
            "evaluation": Help("“自评表”里部门整体那一张的键。", "zp-bm", refers="evaluations"),
            "name": Help("评价体系里取数项的编号。", "execution.q4"),
            "value": Help("数值原文。", "98.93%", text_only=True),
            "ground": Help("填报、原件印出，或由印出分数推得。", "填报"),
            "note": Help("怎样得来；推得的数必须写明推算。"),
            **_EVIDENCE,
        },
    ),
    sheet_of(
        models.Survey,
        "满意度调查：每类对象一份问卷。",
        {
            "name": Help("调查名称。", names_row=True),
            "group": Help("调查对象。", "参保人"),
            "population": Help("抽样总体的人数。", "12000"),
            "issued": Help("发放份数。", "400"),
            "returned": Help("回收的有效份数。", "388"),
            "seed": Help("抽样时使用的随机种子，据此可以重现样本。", text_only=True),
            "target": Help("满意度目标值。", "≥90%", text_only=True),
            "printed_result": Help("原件印出的综合满意度。", "99.18%", text_only=True),
        },
        (
            {
                "key": "dc-1", **UNIT_SAMPLE, "name": "参保人满意度调查", "group": "参保人", "issued": "400",
                "returned": "388",
            },
        ),
    ),
    sheet_of(
        models.SurveyAnswer,
        "满意度调查的答卷计数，每个问题每个选项一行，不记名。",
        {
            "survey": Help("“满意度调查”表里的键。", "dc-1", refers="surveys"),
            "question": Help("问题。", "您对服务窗口是否满意"),
            "option": Help("选项。", "非常满意"),
            "count": Help("选这一项的人数。没有人选的填 0。", "96"),
            "printed_share": Help("原件印出的占比。", "77.08%", text_only=True),
        },
        (
            {
                "key": "dc-1-1", **UNIT_SAMPLE, "survey": "dc-1", "question": "您对服务窗口是否满意",
                "option": "非常满意", "count": "300",
            },
        ),
    ),
    sheet_of(
        models.Actual,
        "绩效指标在某一天的实际完成值。改写系统得出的值，须同时填系统得出的值和理由。",
        {
            "indicator": Help("“绩效指标”表里的键。", "zb-1", refers="indicators"),
            "kind": Help("填报、台账计算或业务查询。", "填报"),
            **_WAYS,
            "value": Help(
                "实际完成值，写法同指标值。台账计算和业务查询的空着；填了就是改写。", "13次", text_only=True
            ),
            "system_value": Help("改写之前系统得出的值。", text_only=True),
            "override_reason": Help("为什么改写。"),
            **_EVIDENCE,
        },
        (
            {
                "key": "wc-1", **UNIT_SAMPLE, "date": "2024-12-31", "indicator": "zb-1", "kind": "填报",
                "value": "13次", "evidence_kind": "文件", "evidence": "巡检记录（2024）",
            },
        ),
    ),
    sheet_of(
        models.Deviation,
        "绩效运行监控发现的偏差：哪个项目或指标，偏差多少，为什么，怎么办，谁负责，什么时候完成。",
        {
            "project": Help("哪个项目的偏差。部门指标或全部支出的空着。", "xm-01"),
            "indicator": Help("“绩效指标”表里的键。说的是预算执行的空着。", "zb-1", refers="indicators"),
            "dated": Help("监控到哪一天。", "2024-08-31"),
            "text": Help("偏差多少。", "应完成 8 次，实际 3 次"),
            "cause": Help("为什么有偏差。", "设备到货晚"),
            "action": Help("采取什么措施。", "四季度加密巡检"),
            "responsible": Help("由谁负责。内部使用，不对外公开。", "信息科"),
            "due": Help("什么时候完成。", "2024-11-30"),
        },
        (
            {
                "key": "pc-1", **UNIT_SAMPLE, "project": "xm-01", "indicator": "zb-1", "dated": "2024-08-31",
                "text": "应完成 8 次，实际 3 次", "cause": "设备到货晚", "action": "四季度加密巡检",
                "responsible": "信息科", "due": "2024-11-30",
            },
        ),
    ),
    sheet_of(
        models.FollowUp,
        "每条偏差的整改进展，一次一行，直到关闭。关闭须有佐证；关闭以后又出现的，再填一行“整改中”。",
        {
            "deviation": Help("“偏差”表里的键。", "pc-1", refers="deviations"),
            "dated": Help("进展说的是哪一天。", "2024-11-28"),
            "state": Help("整改中或已关闭。", "已关闭"),
            "text": Help("做了什么，还差什么。", "已补做 9 次"),
            "responsible": Help("经办人。内部使用，不对外公开。", "信息科"),
            **_EVIDENCE,
        },
        (
            {
                "key": "gz-1", **UNIT_SAMPLE, "deviation": "pc-1", "dated": "2024-11-28", "state": "已关闭",
                "text": "已补做 9 次", "evidence_kind": "文件", "evidence": "巡检记录",
            },
        ),
    ),
    sheet_of(
        models.SurveyFrame,
        "满意度调查的抽样框：每份问卷一行。这里只登记总数、样本量和种子；名单只用不指向个人的编码，不进台账。",
        {
            "survey": Help("“满意度调查”表里的键。", "dc-1", refers="surveys"),
            "group": Help("职工、参保人或定点机构。", "参保人"),
            "method": Help("简单随机抽样，或每一个都问的全面调查。", "简单随机抽样"),
            "size": Help("抽样框里一共有多少个。", "12000"),
            "sample": Help("抽多少个。", "400"),
            "seed": Help("抽样前定好的任意一串字符，据此可以重现样本。全面调查空着。", "2024-cbr", text_only=True),
            "dated": Help("名单是哪一天的。", "2024-10-31"),
            "digest": Help("名单的校验值，抽样时由系统给出。填了的，以后只认这份名单。", text_only=True),
        },
        (
            {
                "key": "cyk-1", **UNIT_SAMPLE, "survey": "dc-1", "group": "参保人", "method": "简单随机抽样",
                "size": "12000", "sample": "400", "seed": "2024-cbr",
            },
        ),
    ),
)  # fmt: skip
