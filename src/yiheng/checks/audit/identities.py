"""Identities between tables (表间勾稽), written in policy in canonical names and bound to what was read.

    支出决算表[*类, 合计] = 收入支出决算总表[支出/*类, 金额]

A rule lists expressions; a list in their place holds when one of its members does (places print a total with or
without what is carried over). `when` must hold as printed for the rule to be asked at all; `optional` names tables
that may be absent and then add nothing. What is not surely found is not judged, and the reason is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.relations import Figures, Relation, State, Term
from yiheng.facts.address import Address
from yiheng.facts.algebra import Expression, FactSum, Operand, parse_expression
from yiheng.facts.known import CellKey, KnownTable

NO_ROWS = "没有可比的行"
TOTAL = "合计"
THIS_YEAR, LAST_YEAR = "本年", "上年"
_LENGTHS = {"类": 3, "款": 5, "项": 7}
_SUMMED = frozenset({"合计", "总计", "本年收入合计", "本年支出合计"})


@dataclass(frozen=True)
class Unresolved:
    """Why an expression could not be asked, in Chinese."""

    reason: str


@lru_cache(maxsize=512)
def expression(text: str) -> Expression:
    """A parsed expression. Raises `facts.algebra.ExpressionError`."""
    return parse_expression(text)


def alternatives(parameters: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """The expressions of a rule, each with the alternatives of which one is enough."""
    return [(e,) if isinstance(e, str) else tuple(e) for e in parameters.get("expressions", ())]


_RANKS = {State.HOLDS: 0, State.EMPTY: 1, State.FAILS: 2, State.UNKNOWN: 3}


class Binder:
    """Binds expressions to the cells of the tables of one document."""

    def __init__(self, tables: Sequence[KnownTable], year: int, figures: Figures, document: int = 0) -> None:
        self._tables: dict[str, list[KnownTable]] = {}
        for table in tables:
            if table.name:
                self._tables.setdefault(_plain(table.name), []).append(table)
        self._year = year
        self._figures = figures
        self._document = document

    def relations(self, rule: AuditRule) -> Iterator[Relation | Unresolved]:
        """Every instance of every expression of the rule."""
        optional = frozenset(_plain(name) for name in rule.parameters.get("optional", ()))
        for condition in rule.parameters.get("when", ()):
            asked = list(self._bound(rule, condition, optional))
            if not asked or any(
                isinstance(r, Unresolved) or self._figures.state(r) not in (State.HOLDS, State.EMPTY)
                for r in asked
            ):
                return
        for listed in alternatives(rule.parameters):
            yield from self._either(rule, listed, optional)

    def beside(self, other: Binder, rule: AuditRule, text: str) -> Iterator[Relation | Unresolved]:
        """The left side in this document, the right side in another one."""
        parsed = expression(text)
        optional = frozenset(_plain(name) for name in rule.parameters.get("optional", ()))
        sides: list[list[Term]] = [[], []]
        for side, operands, binder in ((0, parsed.left, self), (1, parsed.right, other)):
            for operand in operands:
                found = binder._terms(operand, "", optional, False)
                if isinstance(found, Unresolved):
                    yield found
                    return
                sides[side] += found
        if all(sides):
            yield Relation(rule, tuple(sides[0]), tuple(sides[1]), parsed.relation.value)

    def _either(
        self, rule: AuditRule, listed: Sequence[str], optional: frozenset[str]
    ) -> Iterator[Relation | Unresolved]:
        """Instances of the alternatives side by side: the one that holds, else all of them as one group."""
        bound = [list(self._bound(rule, text, optional)) for text in listed]
        asked = [[r for r in found if isinstance(r, Relation)] for found in bound]
        if not any(asked):
            yield next(
                (r for found in bound for r in found if isinstance(r, Unresolved)), Unresolved(NO_ROWS)
            )
            return
        by_left: dict[CellKey, list[Relation]] = {}
        for relations in asked:
            for relation in relations:
                by_left.setdefault(relation.left[0].key, []).append(relation)
        for key, relations in by_left.items():
            states = {i: self._figures.state(relation) for i, relation in enumerate(relations)}
            best = min(states, key=lambda i: _RANKS[states[i]])
            if states[best] is not State.FAILS or len(relations) == 1:
                yield relations[best]
                continue
            group = f"{rule.id}/{key}"
            yield from (replace(r, group=group) for i, r in enumerate(relations) if states[i] is State.FAILS)

    def _bound(self, rule: AuditRule, text: str, optional: frozenset[str]) -> Iterator[Relation | Unresolved]:
        parsed = expression(text)
        star = next(
            (o.what for o in parsed.operands if isinstance(o.what, Address) and _starred(o.what)), None
        )
        if star is None:
            yield self._instance(rule, parsed, "", optional)
            return
        table = self._table(star.table)
        if isinstance(table, Unresolved):
            yield table
            return
        for name in self._names(table, star):
            instance = self._instance(rule, parsed, name, optional)
            if isinstance(instance, Relation):
                yield instance

    def _names(self, table: KnownTable, star: Address) -> list[str]:
        """The rows that the star stands for."""
        sort = next(name for name in star.row if name.startswith("*"))[1:]
        side = star.row[0] if len(star.row) > 1 else ""
        rows = [row for block in table.blocks if not side or block.name == side for row in block.rows]
        if sort in ("单位", "项目"):
            found = [row.name for row in rows if row.name and not row.code and row.name not in _SUMMED]
        else:
            found = [row.name for row in rows if row.name.isdigit() and len(row.name) in (3, 5, 7)]
            found = [name for name in found if sort == "科目" or len(name) == _LENGTHS.get(sort, 0)]
        return list(dict.fromkeys(found))

    def _instance(
        self, rule: AuditRule, parsed: Expression, name: str, optional: frozenset[str]
    ) -> Relation | Unresolved:
        sides: list[tuple[Term, ...]] = []
        for operands in (parsed.left, parsed.right):
            terms: list[Term] = []
            for operand in operands:
                found = self._terms(operand, name, optional, bool(rule.parameters.get("sparse")))
                if isinstance(found, Unresolved):
                    return found
                terms += found
            sides.append(tuple(terms))
        if not all(sides):
            return Unresolved(f"{parsed.text}：有一边没有可比的单元格")
        return Relation(
            rule, sides[0], sides[1], parsed.relation.value, f"{self._document}/{rule.id}/{parsed.text}"
        )

    def _terms(
        self, operand: Operand, name: str, optional: frozenset[str], sparse: bool
    ) -> list[Term] | Unresolved:
        address = operand.what
        if isinstance(address, FactSum):
            return Unresolved(f"{address} 不能用于读取的文件")
        table = self._table(address.table)
        if isinstance(table, Unresolved):
            return [] if _plain(address.table) in optional else table
        row = [self._row(name if part.startswith("*") else part) for part in address.row]
        side = row[0] if len(row) > 1 else ""
        column = "/".join(address.column)
        keys = table.find(row[-1], column, side) or table.find(address.row[-1], column, side)
        keys = [key._replace(document=self._document) for key in keys]
        keys = [key for key in keys if not self._all_blank(table, key)] or keys
        if not keys and row == [TOTAL]:
            keys = self._units(table, "/".join(address.column))
            if keys:
                return [Term(operand.sign, key) for key in keys]
        if not keys:
            if _plain(address.table) in optional or (sparse and self._has_column(table, address)):
                return []
            return Unresolved(f"{table.shown} 没有 [{'/'.join(row)}, {'/'.join(address.column)}]")
        if len(keys) > 1 and not self._apart(table, keys):
            return Unresolved(f"{table.shown} 的 [{'/'.join(row)}] 不止一行")
        blank = [key for key in keys if (figure := self._figures[key]) is not None and figure.blank]
        if blank and row[-1] in _SUMMED:
            tops = self._tops(table, keys[0])
            if tops or _plain(address.table) in optional:
                return [Term(operand.sign, key) for key in tops]
            return Unresolved(f"{table.address(blank[0])} 空白")
        return [Term(operand.sign, key) for key in keys]

    def _row(self, name: str) -> str:
        years = {THIS_YEAR: str(self._year), LAST_YEAR: str(self._year - 1)}
        return years.get(name, name)

    def _has_column(self, table: KnownTable, address: Address) -> bool:
        return any("/".join(address.column) in block.by_column for block in table.blocks)

    def _all_blank(self, table: KnownTable, key: CellKey) -> bool:
        return not any(cell.text.strip() for cell in table.blocks[key.block].cells[key.row])

    def _units(self, table: KnownTable, column: str) -> list[CellKey]:
        """The units of a table that prints no 合计, if every code stands under one."""
        found: list[CellKey] = []
        for b, block in enumerate(table.blocks):
            columns = block.by_column.get(column, [])
            heads = list(dict.fromkeys(row.head for row in block.rows if row.code))
            if len(columns) != 1 or not heads or -1 in heads:
                return []
            found += [CellKey(table.index, b, r, columns[0], self._document) for r in heads]
        return found

    def _tops(self, table: KnownTable, total: CellKey) -> list[CellKey]:
        """The outermost codes under a total that prints nothing."""
        rows = table.blocks[total.block].rows
        return [
            total._replace(row=r) for r, row in enumerate(rows) if len(row.code) == 3 and row.code.isdigit()
        ]

    def _apart(self, table: KnownTable, keys: Sequence[CellKey]) -> bool:
        """Rows of one code under different units add up; the same row twice under one unit is not sure."""
        rows = [table.blocks[key.block].rows[key.row] for key in keys]
        heads = [(key.block, row.head) for key, row in zip(keys, rows, strict=True)]
        return all(row.code for row in rows) and len(set(heads)) == len(heads)

    def _table(self, name: str) -> KnownTable | Unresolved:
        found = self._tables.get(_plain(name), [])
        if len(found) > 1:
            return Unresolved(f"{name} 不止一张，不能确定用哪一张")
        return found[0] if found else Unresolved(f"没有找到 {name}")


def _starred(address: Address) -> bool:
    return any(name.startswith("*") for name in address.row)


@lru_cache(maxsize=1024)
def _plain(name: str) -> str:
    return name.replace("（", "(").replace("）", ")").replace(" ", "")
