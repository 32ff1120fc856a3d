"""Performance forms run into one line, or with each cell on a line. Made-up figures (虚构)."""

from __future__ import annotations

import pytest

from yiheng.reading.structure import structure
from yiheng.reading.text.reader import raw_text

WORDS = (
    "附件 项目支出绩效自评表 （2022年度） 项目名称 窗口设备更新 主管部门 云溪县医疗保障局 实施单位 云溪县医疗保障局 "
    "项目资金 （万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分 "
    "年度资金总额： 50.125 48.000 36.000 10 75.00% 7.50 其中：财政拨款 50.125 48.000 36.000 其他资金 "
    "年度总体目标 预期目标 实际完成情况 更新设备。 已更新设备20台。 "
    "绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施 "
    "产出指标(70分) 数量指标 更新设备数量 ≥20台 20 50 50 质量指标 验收合格率 100% 100% 10 10 "
    "验收及时性 按期完成 已按期完成 10 10 "
    "满意度指标 服务对象满意度指标 群众满意度 ≥95% 90% 20 18 等候时间偏长。 总分 100 95.50 填表人 张三"
)
ROWS = {
    "年度资金总额：": ["50.125", "48.000", "36.000", "10", "75.00%", "7.50"],
    "其中：财政拨款": ["50.125", "48.000", "36.000", "—", "—", "—"],
    "更新设备数量": ["≥20台", "20", "50", "50", ""],
    "验收及时性": ["按期完成", "已按期完成", "10", "10", ""],
    "群众满意度": ["≥95%", "90%", "20", "18", "等候时间偏长。"],
}


def rows(text: str) -> dict[str, list[str]]:
    document = structure(raw_text("a.txt", text))
    return {
        row.label: [cell.text for cell in cells]
        for table in document.tables
        for block in table.blocks
        for row, cells in zip(block.rows, block.cells, strict=True)
    }


@pytest.mark.parametrize("between", [" ", "\n", "\n\n"])
def test_a_form_is_read_by_its_words(between: str) -> None:
    found = rows(WORDS.replace(" ", between) + "\n")
    assert {label: found[label] for label in ROWS} == ROWS
    assert found["总分"][2:4] == ["100", "95.50"]


def test_a_form_without_points_is_left() -> None:
    assert not rows(WORDS.replace("分值 得分", "得分") + "\n")


def test_a_wrong_point_stays_where_it_is() -> None:
    assert rows(WORDS.replace("50 50 质量", "50 60 质量"))["更新设备数量"] == ["≥20台", "20", "50", "60", ""]


def test_a_sentence_on_a_form_is_none() -> None:
    assert not rows("项目名称和三级指标应当填写完整，年度指标值、实际完成值、分值、得分不得为空。\n")
