"""Performance forms in text exports."""

from __future__ import annotations

from tests.reading.pages import exported, shown


class TestForms:
    FORM = (
        "附件 2-1\n项目支出绩效自评表\n项目名称 甲项目 项目金额 100.00\n主管部门 某局 实施单位\n"
        "项目资金（元）\n"
        "年初预算数 全年预算数 全年执行数 分值 执行率 得分\n年度资金总额 100.00 100.00 50.0\n0\n10 50% 5\n"
        "其中：当年财政拨款 100.00 100.00 50.00 — 50% —\n年度总体目标\n预期目标 实际完成情况\n"
        "完成任务。 已完成任务。\n年度绩效指标\n"
        "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改\n进措施\n"
        "产出指标\n数量指标\n"
        "全市现金报销审核\n\n单量\n≥14 万宗 150110 宗 45 45\n"
        "质量指标 规范性 90%≤规范率≤100% 89.51% 45 40 受疫情影\n\n响未开展。\n"
        "总分 100 90 —\n"
    )

    def test_self_evaluation(self) -> None:
        facts, funds, goals, indicators = exported(self.FORM).tables[0].blocks
        assert shown(facts) == [
            ("项目名称", "甲项目"),
            ("项目金额", "100.00"),
            ("主管部门", "某局"),
            ("实施单位", ""),
        ]
        assert shown(funds)[0] == ("年度资金总额", "100.00", "100.00", "50.00", "10", "50%", "5")
        assert goals.rows[0].label == "年度总体目标"
        assert shown(indicators) == [
            ("全市现金报销审核单量", "≥14 万宗", "150110 宗", "45", "45", ""),
            ("规范性", "90%≤规范率≤100%", "89.51%", "45", "40", "受疫情影响未开展。"),
            ("总分", "", "", "100", "90", "—"),
        ]
        assert [row.groups for row in indicators.rows] == [
            ("产出指标", "数量指标"),
            ("产出指标", "质量指标"),
            (),
        ]

    NATIONAL = (
        "项目支出绩效自评表\n（2023年度）\n项目名称 甲项目\n主管部门 某局 实施单位 某中心\n"
        "项目资金（万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分\n"
        "年度资金总额 100.00 100.00 90.00 10 90% 9\n"
        "其中：当年财政拨款 100.00 100.00 90.00 — 90% —\n年度总体目标 预期目标 实际完成情况\n完成任务 已完成\n"
        "绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施\n"
        "产出指标 数量指标 检查家数 ≥20家 25家 50 50\n"
        "满意度指标 服务对象满意度指标 满意度 ≥90% 95% 40 40\n总分 100 99\n"
    )

    def test_national_form_with_the_names_of_parts_beside_their_heads(self) -> None:
        first, second = exported(self.NATIONAL + self.NATIONAL.replace("甲项目", "乙项目")).tables
        assert (first.title, shown(second.blocks[0])[0]) == ("项目支出绩效自评表", ("项目名称", "乙项目"))
        funds = first.blocks[1]
        assert (funds.name, shown(funds)[0]) == (
            "项目资金（万元）",
            ("年度资金总额", "100.00", "100.00", "90.00", "10", "90%", "9"),
        )
        assert shown(first.blocks[-1]) == [
            ("检查家数", "≥20家", "25家", "50", "50", ""),
            ("满意度", "≥90%", "95%", "40", "40", ""),
            ("总分", "", "", "100", "99", ""),
        ]

    def test_targets_of_a_department(self) -> None:
        text = (
            "表 12\n部门整体支出绩效目标表\n2023 年度 单位：万元\n部门名称 某局 主管部门 某局\n"
            "年度主要任务\n任务名称 主要内容\n"
            "预算金额（万元）\n总额 其中：财政拨款 其中：其他资金\n基本支出 用于人员支出 60 60\n"
            "甲项目 用于甲 40 - 40\n金额合计 100 60 40\n"
            "年度绩效指标\n一级指标 二级指标 三级指标 目标值\n产出指标 数量指标\n"
            "发送信息数量 ≥1500 万条\n时效指标 完成时间 2023 年 12 月 31 日前\n"
        )
        _, tasks, indicators = exported(text).tables[0].blocks
        assert shown(tasks) == [
            ("基本支出", "用于人员支出", "60", "60", ""),
            ("甲项目", "用于甲", "40", "-", "40"),
            ("金额合计", "", "100", "60", "40"),
        ]
        assert shown(indicators) == [("发送信息数量", "≥1500 万条"), ("完成时间", "2023 年 12 月 31 日前")]
