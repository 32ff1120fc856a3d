"""Tables of two columns of words in text exports: recognised where every row surely begins, text otherwise."""

from __future__ import annotations

import pytest
from tests.reading.pages import exported, shown

SENTENCES = (
    "项目情况表\n项目名称 说明\n"
    "城乡居民参保补助 按照当年缴费标准，对困难人员参加城乡居民\n基本医疗保险的个人缴费给予补助。\n"
    "信息系统运维 用于保障 业务系统正常运行。\n- 3 -\n"
    "基金监管 聘请第三方机构开展现场检查。\n"
)
PHRASES = "问题 改进措施\n指标不够细化 修订指标体系\n执行进度偏慢 按月通报进度\n"


def test_rows_of_sentences() -> None:
    found = exported(SENTENCES + "二、其他说明\n没有其他需要说明的事项。\n")
    (table,) = found.tables
    assert [column.path for column in table.blocks[0].columns] == [("说明",)]
    assert shown(table.blocks[0]) == [
        ("城乡居民参保补助", "按照当年缴费标准，对困难人员参加城乡居民基本医疗保险的个人缴费给予补助。"),
        ("信息系统运维", "用于保障 业务系统正常运行。"),
        ("基金监管", "聘请第三方机构开展现场检查。"),
    ]
    assert [paragraph.text for paragraph in found.paragraphs][-2:] == [
        "二、其他说明",
        "没有其他需要说明的事项。",
    ]


def test_rows_of_one_word_each() -> None:
    (table,) = exported(PHRASES + "\n附件：无。\n").tables
    assert shown(table.blocks[0]) == [("指标不够细化", "修订指标体系"), ("执行进度偏慢", "按月通报进度")]


@pytest.mark.parametrize(
    "text",
    [
        # a name that is wrapped, or text that follows: which, nothing says
        SENTENCES + "本部门将继续加强管理。\n",
        "项目名称 说明\n城乡居民基本医疗保险\n参保补助 用于困难人员。\n基金监管 用于检查。\n",
        # words that end without a sentence over several lines
        "项目名称 说明\n参保补助 用于 困难人员\n基金监管 用于 检查\n",
        # one row
        "项目名称 说明\n参保补助 用于困难人员。\n",
        # no heads of a table
        "工作安排 如下\n参保补助 用于困难人员。\n基金监管 用于检查。\n",
        "项目名称 张三\n参保补助 用于困难人员。\n基金监管 用于检查。\n",
    ],
)
def test_what_is_not_sure_stays_text(text: str) -> None:
    assert exported(text).tables == ()
