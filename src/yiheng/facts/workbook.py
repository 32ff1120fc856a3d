"""What every workbook and data package has beside its data sheets: the guide, the sample, the control totals."""

from __future__ import annotations

from typing import Final

from yiheng.facts.sheets import AMOUNT_UNIT, PLACES, Choice, Column, Kind, Sheet

GUIDE_SHEET: Final = "说明"
"""Title and general unit of the workbook, and how to fill it in."""
GUIDE_TITLE: Final = "标题"
GUIDE_UNIT: Final = "金额单位"
SAMPLE_SHEET: Final = "示例"
"""Filled rows to look at; never read."""
CHOICES_SHEET: Final = "选项"
"""The values behind the drop-down lists; never read."""
UNREAD_MARK: Final = "_"
"""A user's own worksheet whose name starts so is left alone."""

UNIT_COLUMN: Final = Column(
    AMOUNT_UNIT,
    "金额单位",
    Kind.ENUM,
    choices=tuple(Choice(label) for label in ("元", "万元", "亿元")),
    note="本行金额的单位。空着时用“说明”里声明的单位，没有声明则为元。",
    example="元",
)
PLACES_COLUMN: Final = Column(
    PLACES,
    "小数位",
    Kind.INT,
    minimum=0,
    note="准确金额请空着。金额只知道印出来的样子（例如万元两位小数）时填印出的小数位数，系统会按四舍五入的区间核对。",
)

CONTROL_TOTALS: Final = Sheet(
    name="control_totals",
    title="控制数",
    note="录入者手里的合计数，用来核对读入是否完整。对不上就整体不收。",
    identity=(),
    columns=(
        Column("sheet", "工作表", required=True, note="要核对的工作表，中文名或英文名。", example="支出预算"),
        Column("measure", "金额列", note="要合计的金额列。空着时为“金额”。", example="金额"),
        Column(
            "filter",
            "筛选条件",
            note="只合计满足条件的行，写成“列=值”，多个条件用分号隔开。空着时合计全部行。",
            example="单位=szyb；编制阶段=批复",
        ),
        Column("total", "控制数", Kind.AMOUNT, note="应有的金额合计。", example="378368"),
        UNIT_COLUMN,
        PLACES_COLUMN,
        Column("rows", "行数", Kind.INT, minimum=0, note="应有的行数。控制数和行数至少填一项。"),
        Column("note", "备注"),
    ),
    samples=(
        {
            "sheet": "支出预算",
            "measure": "金额",
            "filter": "编制阶段=批复",
            "total": "378368",
            "amount_unit": "万元",
        },
    ),
)
