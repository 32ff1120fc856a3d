"""Claims of completion (全部完成) against the scores: what is said of all must hold for every indicator.

A claim is a word of the register in a free text of the department-year, or in a sheet's own account of what was
reached. It fails where an indicator's points are below its weight, or nobody has scored it yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from yiheng.facts import Block, DepartmentYear, Finding, Outcome, Table
from yiheng.money import is_number

if TYPE_CHECKING:
    from yiheng.checks.register import Check

KEYS: Final = frozenset(
    {"words", "negated", "intended", "followed", "target", "weight", "points", "pending", "account"}
)
_CLAUSE: Final = re.compile(r"[，。；：！？\n]")


@dataclass(frozen=True, slots=True)
class Claims:
    """What counts as a claim, and the columns that it is held against."""

    words: tuple[str, ...]
    negated: tuple[str, ...]
    """Words directly before that turn the claim round (未全部完成)."""
    intended: tuple[str, ...]
    """Words earlier in the clause that make it a plan (力争全部完成)."""
    followed: tuple[str, ...]
    """Words directly behind that make it part of another word (按时完成率)."""
    target: str
    weight: str
    points: str
    """Columns of an indicator block: 年度指标值, 分值, 得分."""
    pending: str
    """What stands for points that nobody has given."""
    account: str
    """Column in which a sheet says itself what was reached (实际完成情况)."""


def parse_claims(value: Mapping[str, Any]) -> Claims:
    """Raises ValueError (in Chinese) where a key is missing or unknown."""
    if set(value) != KEYS:
        raise ValueError(f"claims 的项应为 {'、'.join(sorted(KEYS))}，现有 {'、'.join(sorted(value))}")
    return Claims(
        words=tuple(value["words"]),
        negated=tuple(value["negated"]),
        intended=tuple(value["intended"]),
        followed=tuple(value["followed"]),
        target=value["target"],
        weight=value["weight"],
        points=value["points"],
        pending=value["pending"],
        account=value["account"],
    )


def run_claims(
    check: Check, claims: Claims, department_year: DepartmentYear, tables: Sequence[Table]
) -> Iterator[Finding]:
    """One finding for each claim; not applicable where nothing is claimed or no sheet could contradict it."""
    short = {table.code: tuple(_short(table, claims)) for table in tables if _sheet(table, claims)}
    everywhere = tuple(line for lines in short.values() for line in lines)
    said = [
        *(
            (f"说明文字[{r.get('section')}]", word, everywhere)
            for r in department_year.records_of("text")
            for word in made(r.get("text"), claims)
        ),
        *(
            (place, word, short[table.code])
            for table in tables
            if table.code in short
            for place, text in _accounts(table, claims)
            for word in made(text, claims)
        ),
    ]
    if not said or not short:
        why = "没有这样的说法" if short else "没有自评表可比"
        yield Finding(check.id, check.title, check.severity, Outcome.NOT_APPLICABLE, "说明文字", message=why)
        return
    for place, word, lines in said:
        yield _finding(check, place, word, lines)


def _finding(check: Check, place: str, word: str, lines: Sequence[str]) -> Finding:
    if not lines:
        return Finding(check.id, check.title, check.severity, Outcome.PASS, place, word)
    return Finding(
        check.id, check.title, check.severity, Outcome.FAIL, place, word, f"{len(lines)} 个指标没有得满分",
        message=f"文字写“{word}”，而 {len(lines)} 个指标没有得满分：{'；'.join(lines)}", next_step=check.remedy,
    )  # fmt: skip


def made(text: str, claims: Claims) -> Iterator[str]:
    """The claims that a text makes, in order."""
    for clause in _CLAUSE.split("".join(text.split(" "))):
        for word in claims.words:
            before, found, after = clause.partition(word)
            planned = any(sign in before for sign in claims.intended)
            if (
                found
                and not planned
                and not before.endswith(claims.negated)
                and not after.startswith(claims.followed)
            ):
                yield word


def _sheet(table: Table, claims: Claims) -> bool:
    return any(_columns(block, claims) for block in table.blocks)


def _columns(block: Block, claims: Claims) -> tuple[int, int] | None:
    """Where weight and points stand in a block of indicators."""
    names = [column.path[-1] for column in block.columns]
    if not {claims.target, claims.weight, claims.points} <= set(names):
        return None
    return names.index(claims.weight), names.index(claims.points)


def _short(table: Table, claims: Claims) -> Iterator[str]:
    """The indicators below their weight, and those that wait for points."""
    for block in table.blocks:
        found = _columns(block, claims)
        for row, cells in zip(block.rows, block.cells, strict=True) if found else ():
            weight, points = (cells[column].text for column in found or ())
            if points == claims.pending:
                yield f"{table.code} {row.label} {points}"
            elif is_number(weight) and is_number(points) and Decimal(points) < Decimal(weight):
                yield f"{table.code} {row.label} 分值 {weight}，得分 {points}"


def _accounts(table: Table, claims: Claims) -> Iterator[tuple[str, str]]:
    for ref in table.cells():
        if ref.column.path[-1] == claims.account:
            yield ref.address, ref.cell.text
