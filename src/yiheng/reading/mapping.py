"""Saved column mappings (列对应): how the export of another system becomes our sheets. YAML or JSON.

    sheets:
      budget_lines:                 # our sheet, by English or Chinese name; a list where several of theirs feed it
        from: 支出明细              # their worksheet or CSV name; default: ours
        skip_rows: 2                # rows above the header
        unit: 万元                  # unit of all their amounts
        columns: {预算单位: unit, 批复数: 金额}
        values: {unit: {"001": szyb}}
        constants: {year: 2024, stage: approved, view: joint}
        key_from: [unit, project, economic]    # where they have no key of their own
        ignore: [序号]              # columns to leave out; "*" for all others
        skip_where: {预算单位: [合计, 小计]}     # rows to leave out

Every value is taken as text, so that codes keep their leading zeros.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from yiheng.facts.sheets import KEY, Sheet, SheetSet, plain_label
from yiheng.money import MoneyError, MoneyUnit
from yiheng.reading.cells import nearest
from yiheng.reading.problems import Problem, Unreadable

FIELDS: Final = (
    "from",
    "skip_rows",
    "unit",
    "columns",
    "values",
    "constants",
    "key_from",
    "ignore",
    "skip_where",
)
SUFFIXES: Final = (".yaml", ".yml", ".json")
KIND: Final = "列对应有误"
ALL_OTHERS: Final = "*"


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """How one of their sheets becomes one of ours. Labels are `plain_label`s, columns our English names."""

    target: str
    source: str
    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    constants: Mapping[str, str]
    key_from: tuple[str, ...]
    ignore: frozenset[str]
    skip_where: Mapping[str, frozenset[str]]
    skip_rows: int
    unit: MoneyUnit | None

    @property
    def supplied(self) -> tuple[str, ...]:
        """Columns that need not stand in the file."""
        return (*self.constants, *((KEY,) if self.key_from else ()))

    def ignores(self, label: str) -> bool:
        """Whether a column that is none of ours is left out."""
        return ALL_OTHERS in self.ignore or plain_label(label) in self.ignore


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """All sheets of one mapping."""

    name: str
    sheets: tuple[SheetMapping, ...]

    def of(self, source: str) -> SheetMapping | None:
        """What to do with their sheet of that name, or None."""
        wanted = plain_label(source)
        return next((sheet for sheet in self.sheets if plain_label(sheet.source) == wanted), None)


def read_mapping(path: Path, sheets: SheetSet) -> tuple[ColumnMapping, list[Problem]]:
    """The mapping in a file and everything that is wrong with it. Raises `Unreadable`."""
    content = _content(path)
    draft = _Draft(path.name, sheets)
    parts = content.get("sheets") if isinstance(content, dict) else None
    if not isinstance(parts, dict) or not parts:
        draft.complain(
            "sheets", "没有“sheets”，或它不是“工作表: 设置”的形式", "请按用户指南写出每个工作表的列对应"
        )
        parts = {}
    found: list[SheetMapping] = []
    for label, part in parts.items():
        sheet = sheets.find(str(label))
        if sheet is None:
            titles = [s.title for s in sheets]
            remedy = nearest(str(label), titles) or f"可用：{'、'.join(titles)}"
            draft.complain(f"sheets.{label}", f"没有“{label}”这个工作表", remedy)
            continue
        members = part if isinstance(part, list) else [part]
        for number, member in enumerate(members):
            place = f"sheets.{label}" + (f"[{number}]" if isinstance(part, list) else "")
            found.append(draft.sheet_mapping(place, sheet, member))
    return ColumnMapping(path.stem, tuple(found)), draft.problems


def _content(path: Path) -> Any:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        if path.suffix == ".json":
            return json.loads(text, parse_int=str, parse_float=str, object_pairs_hook=_unique)
        return yaml.load(text, Loader=_TextLoader)
    except OSError as error:
        raise Unreadable(
            Problem("文件读不出来", path.name, f"列对应文件打不开：{error.strerror}", "请检查文件和权限")
        ) from error
    except UnicodeDecodeError as error:
        raise Unreadable(
            Problem("编码不对", path.name, "列对应文件不是 UTF-8 编码", "请另存为 UTF-8")
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        raise Unreadable(
            Problem(
                KIND, path.name, f"写法有误：{error}".replace("\n", " "), "请改正缩进、引号、括号或重复的键"
            )
        ) from error


class _TextLoader(yaml.CBaseLoader):
    """YAML whose scalars all stay text; a repeated key is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        pairs = [
            (self.construct_object(k, deep=True), self.construct_object(v, deep=True)) for k, v in node.value
        ]
        return _unique(pairs)


def _unique(pairs: Sequence[tuple[Any, Any]]) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for key, value in pairs:
        if str(key) in found:
            raise ValueError(f"键“{key}”重复")
        found[str(key)] = value
    return found


class _Draft:
    """Reads the parts of a mapping and remembers what is wrong with them."""

    def __init__(self, file: str, sheets: SheetSet) -> None:
        self.file, self.sheets = file, sheets
        self.problems: list[Problem] = []

    def complain(self, place: str, reason: str, remedy: str) -> None:
        self.problems.append(Problem(KIND, self.file, reason, remedy, cell=place))

    def sheet_mapping(self, place: str, sheet: Sheet, part: object) -> SheetMapping:
        settings = self._dict(place, part)
        for name in settings.keys() - set(FIELDS):
            self.complain(
                f"{place}.{name}",
                f"不认识的设置“{name}”",
                nearest(name, list(FIELDS)) or f"可用：{'、'.join(FIELDS)}",
            )
        columns = self._columns(place, sheet, settings)
        constants = {
            name: self._text(f"{place}.constants.{label}", value)
            for label, value in self._dict(f"{place}.constants", settings.get("constants", {})).items()
            if (name := self._column(f"{place}.constants.{label}", sheet, label))
        }
        key_from = self._list(f"{place}.key_from", settings.get("key_from", []))
        for name in set(columns.values()) & set(constants):
            self.complain(f"{place}.constants.{name}", "该列既从文件取值又写了固定值", "请只保留一种")
        return SheetMapping(
            target=sheet.name,
            source=self._text(f"{place}.from", settings.get("from", sheet.title)),
            columns=columns,
            values=self._values(place, sheet, settings),
            constants=constants,
            key_from=tuple(
                filter(None, (self._column(f"{place}.key_from", sheet, name) for name in key_from))
            ),
            ignore=frozenset(
                label if label == ALL_OTHERS else plain_label(label)
                for label in self._list(f"{place}.ignore", settings.get("ignore", []))
            ),
            skip_where={
                plain_label(label): frozenset(
                    map(plain_label, self._list(f"{place}.skip_where.{label}", values))
                )
                for label, values in self._dict(f"{place}.skip_where", settings.get("skip_where", {})).items()
            },
            skip_rows=self._whole(f"{place}.skip_rows", settings.get("skip_rows", "0")),
            unit=self._unit(f"{place}.unit", settings.get("unit")),
        )

    def _columns(self, place: str, sheet: Sheet, settings: dict[str, Any]) -> dict[str, str]:
        columns: dict[str, str] = {}
        for label, ours in self._dict(f"{place}.columns", settings.get("columns", {})).items():
            name = self._column(f"{place}.columns.{label}", sheet, ours)
            if name in columns.values():
                self.complain(
                    f"{place}.columns.{label}", f"有两列都对应到“{sheet.column(name).title}”", "请只保留一列"
                )
            elif name:
                columns[plain_label(label)] = name
        return columns

    def _values(self, place: str, sheet: Sheet, settings: dict[str, Any]) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for label, pairs in self._dict(f"{place}.values", settings.get("values", {})).items():
            name = self._column(f"{place}.values.{label}", sheet, label)
            here = f"{place}.values.{label}"
            texts = {plain_label(k): self._text(f"{here}.{k}", v) for k, v in self._dict(here, pairs).items()}
            if name:
                found[name] = texts
        return found

    def _column(self, place: str, sheet: Sheet, label: object) -> str:
        wanted = plain_label(str(label))
        for column in sheet.columns:
            if wanted in (plain_label(column.name), plain_label(column.title)):
                return column.name
        titles = [column.title for column in sheet.columns]
        self.complain(
            place,
            f"“{sheet.title}”没有“{label}”这一列",
            nearest(str(label), titles) or f"可用：{'、'.join(titles)}",
        )
        return ""

    def _dict(self, place: str, value: object) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        self.complain(place, "应是“名称: 值”的形式", "请按用户指南改正")
        return {}

    def _list(self, place: str, value: object) -> list[str]:
        if isinstance(value, list):
            return [self._text(place, member) for member in value]
        if isinstance(value, str) and value:
            return [value]
        self.complain(place, "应是列表", "请写成 [甲, 乙]")
        return []

    def _text(self, place: str, value: object) -> str:
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, str):
            return value
        self.complain(place, "应是一个值", "请写成文字或数字")
        return ""

    def _whole(self, place: str, value: object) -> int:
        text = self._text(place, value)
        if text.isascii() and text.isdigit():
            return int(text)
        self.complain(place, f"“{text}”不是行数", "请写 0 或正整数")
        return 0

    def _unit(self, place: str, value: object) -> MoneyUnit | None:
        if value is None:
            return None
        try:
            return MoneyUnit.of(self._text(place, value))
        except MoneyError as error:
            self.complain(place, str(error).rstrip("。"), "请写 元、万元 或 亿元")
            return None
