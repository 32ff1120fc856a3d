"""Sheets from and to plain rows (自评表行), as a package's CSV files and a replay file hold them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from yiheng.money import MoneyError, MoneyUnit, is_number, to_fen
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.sheet import Funds, Judgement, Row, Sheet

PlainRow = Mapping[str, str]

SHEET_FIELDS: Final = (
    "key", "project", "name", "unit", "year", "initial", "budget", "executed", "execution_weight",
    "printed_rate", "printed_points", "printed_total", "place",
)  # fmt: skip
"""Columns of a sheet; money in yuan."""
ROW_FIELDS: Final = (
    "key", "sheet", "order", "level1", "level2", "name", "target", "actual", "weight", "printed_points",
    "judged_points", "judged_reason", "reason", "place",
)  # fmt: skip
"""Columns that every row has; the others of `_ROW_OPTIONAL` may be left out."""
_ROW_OPTIONAL: Final = ("explanation", "evidence", "sample", "previous", "dated", "scorer", "lower_is_better")


def read_sheets(
    sheets: Iterable[PlainRow], rows: Iterable[PlainRow], *, transcribed: bool = False
) -> tuple[Sheet, ...]:
    """The sheets with their rows, in order. Raises `ScoringError` with every problem, one a line, and its place.

    `transcribed` sheets come from a published document: its page counts as evidence and as the judge of scores
    that no rule gives.
    """
    problems: list[str] = []
    grouped: dict[str, list[tuple[int, Row]]] = {}
    heads = list(sheets)
    for raw in rows:
        row = _row(raw, transcribed, problems)
        if row is not None:
            grouped.setdefault(raw["sheet"], []).append((_whole(raw, "order", problems), row))
    known = {raw.get("key", "") for raw in heads}
    problems += [f"指标行的自评表“{key}”不存在，请核对 sheet 列。" for key in grouped if key not in known]
    found = [_sheet(raw, grouped.get(raw.get("key", ""), []), transcribed, problems) for raw in heads]
    if problems:
        raise ScoringError("\n".join(problems))
    return tuple(found)


def plain_sheet(sheet: Sheet) -> dict[str, object]:
    """The sheet as plain data, from which `sheet_of` makes it again."""
    funds = sheet.funds
    return {
        "key": sheet.key,
        "project": sheet.project,
        "name": sheet.name,
        "unit": sheet.unit,
        "year": str(sheet.year),
        "initial": _yuan(funds.initial),
        "budget": _yuan(funds.budget),
        "executed": _yuan(funds.executed),
        "execution_weight": str(sheet.execution_weight),
        "printed_rate": funds.printed_rate,
        "printed_points": funds.printed_points,
        "printed_total": sheet.printed_total,
        "place": sheet.place,
        "transcribed": sheet.transcribed,
        "rows": [_plain_row(row, sheet.key, order) for order, row in enumerate(sheet.rows, 1)],
    }


def sheet_of(plain: Mapping[str, object]) -> Sheet:
    """The sheet of `plain_sheet`. Raises `ScoringError`."""
    rows = plain.get("rows")
    if not isinstance(rows, list):
        raise ScoringError("评分文件缺少 rows（指标行）列表。")
    head = {key: value for key, value in plain.items() if isinstance(value, str)}
    (sheet,) = read_sheets([head], rows, transcribed=plain.get("transcribed") is True)
    return sheet


def _sheet(raw: PlainRow, rows: list[tuple[int, Row]], transcribed: bool, problems: list[str]) -> Sheet:
    funds = Funds(
        _fen(raw, "initial", problems),
        _fen(raw, "budget", problems),
        _fen(raw, "executed", problems),
        raw.get("printed_rate", ""),
        raw.get("printed_points", ""),
    )
    return Sheet(
        raw.get("key", ""),
        raw.get("project", ""),
        raw.get("name", ""),
        raw.get("unit", ""),
        _whole(raw, "year", problems),
        funds,
        tuple(row for _, row in sorted(rows, key=lambda pair: pair[0])),
        _number(raw, "execution_weight", problems) or Decimal(0),
        raw.get("printed_total", ""),
        transcribed,
        raw.get("place", ""),
    )


def _row(raw: PlainRow, transcribed: bool, problems: list[str]) -> Row | None:
    missing = [
        field for field in ("key", "sheet", "name", "target", "weight") if not raw.get(field, "").strip()
    ]
    if missing:
        problems.append(f"指标行 {raw.get('key', '')}：缺少 {'、'.join(missing)}，请补齐。")
        return None
    weight = _number(raw, "weight", problems)
    sample = raw.get("sample", "")
    return Row(
        key=raw["key"],
        level1=raw.get("level1", ""),
        level2=raw.get("level2", ""),
        name=raw["name"],
        target=raw["target"],
        actual=raw.get("actual", ""),
        weight=weight if weight is not None else Decimal(0),
        reason=raw.get("reason", ""),
        explanation=raw.get("explanation", ""),
        evidence=raw.get("evidence", "") or (raw.get("place", "") if transcribed else ""),
        sample=_whole(raw, "sample", problems) if sample else None,
        previous=raw.get("previous", ""),
        dated=_date(raw, "dated", problems),
        judgement=_judgement(raw, transcribed, problems),
        printed_points=raw.get("printed_points", ""),
        lower_is_better={"是": True, "否": False}.get(raw.get("lower_is_better", "")),
        place=raw.get("place", ""),
    )


def _judgement(raw: PlainRow, transcribed: bool, problems: list[str]) -> Judgement | None:
    points = _number(raw, "judged_points", problems)
    if points is None:
        return None
    scorer, reason = raw.get("scorer", ""), raw.get("judged_reason", "")
    evidence = raw.get("evidence", "") or (raw.get("place", "") if transcribed else "")
    absent = [name for name, value in (("理由", reason), ("佐证", evidence)) if not value]
    if not scorer and not transcribed:
        absent.insert(0, "评分人")
    if absent:
        problems.append(f"指标行 {raw['key']}：人工评分缺少{'、'.join(absent)}，请补齐。")
    return Judgement(points, scorer, reason, evidence, transcribed and not scorer)


def _plain_row(row: Row, sheet: str, order: int) -> dict[str, str]:
    judged = row.judgement
    plain = {
        "key": row.key,
        "sheet": sheet,
        "order": str(order),
        "level1": row.level1,
        "level2": row.level2,
        "name": row.name,
        "target": row.target,
        "actual": row.actual,
        "weight": str(row.weight),
        "printed_points": row.printed_points,
        "judged_points": str(judged.points) if judged else "",
        "judged_reason": judged.reason if judged else "",
        "scorer": judged.scorer if judged else "",
        "reason": row.reason,
        "explanation": row.explanation,
        "evidence": row.evidence,
        "sample": "" if row.sample is None else str(row.sample),
        "previous": row.previous,
        "dated": row.dated.isoformat() if row.dated else "",
        "lower_is_better": {True: "是", False: "否", None: ""}[row.lower_is_better],
        "place": row.place,
    }
    return {field: value for field, value in plain.items() if value or field in ROW_FIELDS}


def _where(raw: PlainRow, field: str) -> str:
    return f"{raw.get('key', '')} 的 {field}（值 {raw.get(field, '')!r}）"


def _fen(raw: PlainRow, field: str, problems: list[str]) -> int | None:
    text = raw.get(field, "")
    if not text:
        return None
    try:
        return to_fen(text, MoneyUnit.YUAN)
    except MoneyError as error:
        problems.append(f"{_where(raw, field)}：{error}")
        return None


def _yuan(fen: int | None) -> str:
    return "" if fen is None else f"{Decimal(fen) / 100:.2f}"


def _number(raw: PlainRow, field: str, problems: list[str]) -> Decimal | None:
    text = raw.get(field, "")
    if not text:
        return None
    if not is_number(text) or text.startswith("-"):
        problems.append(f"{_where(raw, field)}：不是数，请填不带单位的非负数。")
        return None
    return Decimal(text.replace(",", ""))


def _whole(raw: PlainRow, field: str, problems: list[str]) -> int:
    text = raw.get(field, "")
    if not text.isascii() or not text.isdigit():
        problems.append(f"{_where(raw, field)}：不是整数，请填整数。")
        return 0
    return int(text)


def _date(raw: PlainRow, field: str, problems: list[str]) -> dt.date | None:
    text = raw.get(field, "")
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        problems.append(f"{_where(raw, field)}：不是日期，请按 2024-12-31 的写法填写。")
        return None
