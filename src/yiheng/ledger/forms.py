"""A model → the sheet that users fill in for it (表单). Names, titles, kinds and choices come from the model alone.

What the model cannot know, the help and the samples, each app writes beside its own sheets in `intake.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import models

from yiheng.facts.sheets import AMOUNT_UNIT, KEY, PLACES, Choice, Column, Kind, Sheet
from yiheng.facts.workbook import PLACES_COLUMN, UNIT_COLUMN

from .models import SheetModel
from .sheets import NOT_NEGATIVE, QUANTUM, Shape

ORDER: Final = (
    KEY, "code", "name", "unit", "from_unit", "to_unit", "year", "stage", "kind", "date", "date_precision", "as_of",
    "as_of_precision", "level", "measure", "view", "category", "project", "function", "economic", "fund", "source",
    "program", "basic_kind", "order",
)  # fmt: skip
"""Columns that stand first, in this order."""
LAST: Final = (
    "price", "total_amount", "original_value", "value", "uom", "amount", "sme_amount", "micro_amount", AMOUNT_UNIT,
    PLACES, "document", "place", "note",
)  # fmt: skip
"""Columns that stand last, in this order."""
FOUR_DIGITS: Final = (1000, 9999)
_PRECISION: Final = {"date": "date_precision", "as_of": "as_of_precision"}
_LARGEST: Final = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Help:
    """What users are told of a column, and what offers values for it."""

    note: str = ""
    example: str = ""
    catalog: str = ""
    """The classification whose codes and names the column takes."""
    refers: str = ""
    """The journal sheet whose keys the column takes; references to registers are known from the model."""
    choices: tuple[Choice, ...] = ()
    """The values of a column whose values the model leaves open."""
    names_row: bool = False
    text_only: bool = False


def sheet_of(
    model: type[SheetModel],
    note: str,
    helps: Mapping[str, Help],
    samples: tuple[Mapping[str, str], ...] = (),
    identity: tuple[str, ...] = (KEY,),
) -> Sheet:
    """The sheet of a model. ValueError where help is given for a column that the sheet does not have."""
    shape = Shape(model)
    common = {name: help for name, help in COMMON.items() if name in shape.place}
    columns = [_column(shape, field, {**common, **helps}) for field in shape.fields if field.name != QUANTUM]
    if QUANTUM in shape.place:
        columns += [UNIT_COLUMN, PLACES_COLUMN]
    if unknown := set(helps) - {column.name for column in columns}:
        raise ValueError(f"help for columns that {shape.sheet} does not have: {sorted(unknown)}")
    return Sheet(
        shape.sheet,
        shape.title,
        tuple(sorted(columns, key=_position)),
        note,
        identity=identity,
        samples=samples,
    )


def _position(column: Column) -> int:
    if column.name in ORDER:
        return ORDER.index(column.name) - len(ORDER)
    return LAST.index(column.name) + 1 if column.name in LAST else 0


def _column(shape: Shape, field: models.Field[Any, Any], helps: Mapping[str, Help]) -> Column:
    help = helps.get(field.name, Help())
    kind = _kind(field, help)
    bounds = FOUR_DIGITS if field.name == "year" else _bounds(field)
    if kind is Kind.AMOUNT and field.name in NOT_NEGATIVE.get(shape.sheet, ()):
        # Refused while the file is read, where the message can show what was typed.
        bounds = 0, None
    registers = dict(shape.references)
    return Column(
        name=field.name,
        title=shape.label(field.name),
        kind=kind,
        required=field.name in shape.required,
        note=help.note,
        example=help.example,
        choices=help.choices or tuple(Choice(str(value), str(label)) for value, label in field.flatchoices),
        catalog=help.catalog,
        refers=help.refers or registers.get(field.name, ""),
        precision=_PRECISION.get(field.name, ""),
        uom="uom" if field.name == "value" else "",
        minimum=bounds[0],
        maximum=bounds[1],
        decimals=field.decimal_places if isinstance(field, models.DecimalField) else 0,
        text_only=help.text_only,
        names_row=help.names_row,
        aliases=("行号键", "键") if field.name == KEY else (),
    )


def _kind(field: models.Field[Any, Any], help: Help) -> Kind:
    if isinstance(field, models.ForeignKey) or help.refers:
        return Kind.REFERENCE
    if field.choices or help.choices:
        return Kind.ENUM
    if help.catalog:
        return Kind.CODE
    if isinstance(field, models.BigIntegerField):
        return Kind.AMOUNT
    kinds: dict[type[models.Field[Any, Any]], Kind] = {
        models.DateField: Kind.DATE,
        models.BooleanField: Kind.BOOL,
        models.DecimalField: Kind.DECIMAL,
        models.IntegerField: Kind.INT,
    }
    return next((kind for base, kind in kinds.items() if isinstance(field, base)), Kind.TEXT)


def _bounds(field: models.Field[Any, Any]) -> tuple[int | None, int | None]:
    if isinstance(field, models.DecimalField):
        most = int(10 ** (field.max_digits - field.decimal_places)) - 1
        return -most, most
    if isinstance(field, models.IntegerField) and not isinstance(field, models.BigIntegerField):
        return 0, _LARGEST
    return None, None


COMMON: Final[Mapping[str, Help]] = {
    KEY: Help("自定的行号，本表内不重复。改数时保留原键，系统据此找到要更正的行。", "Y2024-001"),
    "unit": Help("“单位”表里的键。", "szybzx"),
    "year": Help("四位年份。", "2024"),
    "stage": Help("这笔数属于哪个编制或执行阶段。", "批复"),
    "view": Help(
        "各维度都已知时选“全维度”；只知道按某一种分类列示的数时选那一种。同一单位、年度、阶段不能混用。",
        "全维度", "view",
    ),
    "category": Help("基本支出、项目支出等。", "基本支出", "category"),
    "project": Help("“项目”表里的键。基本支出空着。", "xm-01"),
    "function": Help("功能分类科目编码（类、款、项）。填最末级，合计级次由系统计算。", "2101501", "function"),
    "economic": Help("部门预算支出经济分类科目编码（类、款）。", "30101", "economic"),
    "fund": Help("一般公共预算、政府性基金预算等。", "一般公共预算", "fund"),
    "source": Help("资金来源。", "政府预算拨款", "source"),
    "program": Help("一般公共预算内的拨款类别。", "基本支出拨款", "program"),
    "basic_kind": Help("人员支出、公用支出等；填了经济分类的由系统判断，可空着。", "人员支出", "basic_kind"),
    "date": Help("业务发生日期。只知道月、季、年的，写 2021-03、2021年一季度、2021 即可。", "2024-03-15"),
    "date_precision": Help("日期知道到哪一级。写了完整日期时默认为日。", "日"),
    "amount": Help("按“金额单位”填写的数字。准确到分；没有的空着，为零的填 0。", "12345.67"),
    "document": Help("“来源文件”表里的键：这行数抄自哪份文件。", "2023-budget"),
    "place": Help("在来源文件里的位置。", "表7 第12行"),
    "order": Help("同类中的先后次序，从 1 起。", "1"),
}  # fmt: skip
