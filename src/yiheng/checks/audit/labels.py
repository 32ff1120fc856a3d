"""Methods of rules on names: subject names and codes, years, units' names (名称、编码、年度、单位的一致)."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding, Ground
from yiheng.facts.known import KnownRow, KnownTable
from yiheng.policy import NATION, Classification, PolicyNotInForce, PolicyUnknown

_CLASSIFICATIONS = {"2": "function", "3": "economic"}
_YEAR = re.compile(r"(20\d{2})\s*年")
_SIGNS = re.compile(r"[\s（）()、，,。：:“”\"·—\-]")
_NUMBER = re.compile(
    r"^\s*([一二三四五六七八九十]{1,3}[、.]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、](?!\d))"
)


def _bare(name: str) -> str:
    return _SIGNS.sub("", _NUMBER.sub("", name))


def _coded(subject: Subject) -> Iterator[tuple[KnownTable, KnownRow]]:
    """Rows that print a code and a name; codes that were only inferred from names say nothing about them.

    A column of serial numbers is no column of codes: most of a table's names must be those of their codes.
    """
    for table in subject.tables:
        if any(block.unit_codes for block in table.read.blocks):
            continue
        printed = {row.code for block in table.read.blocks for row in block.rows}
        rows = [
            row
            for block in table.blocks
            for row in block.rows
            if row.code.isdigit() and len(row.code) in (3, 5, 7) and row.label and row.code in printed
        ]
        known = [
            (row, official)
            for row in rows
            if (official := _official(_classification(subject, row.code), row.code))
        ]
        fitting = sum(
            any(_abbreviates(_bare(row.label), _bare(name)) for name in names) for row, names in known
        )
        if table.name or fitting * 2 > len(known):
            yield from ((table, row) for row in rows)


def code_names(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """Each code with one name throughout the document, and that name the official one where it is known."""
    named: dict[str, dict[str, tuple[KnownTable, KnownRow]]] = defaultdict(dict)
    for table, row in _coded(subject):
        named[row.code].setdefault(_bare(row.label), (table, row))
    for code, names in named.items():
        classification = _classification(subject, code)
        official = _official(classification, code)
        first_table, first = next(iter(names.values()))
        if official is None and len(names) == 1:
            continue
        for bare, (table, row) in names.items():
            wrong = _wrong_name(bare, row, code, official, classification, list(names))
            at = f"{table.shown}[{code} {row.label}]"
            if not wrong:
                yield found(rule, Outcome.PASS, row.place, at)
                continue
            right = next(iter(official or ()), first.label)
            other = "" if row is first else f"；{first_table.shown} 写作“{first.label}”"
            yield found(rule, Outcome.FAIL, row.place, at, f"{wrong}{other}")._replace(
                printed=row.label,
                computed=right,
                sources=(Ground(f"{first_table.shown}：{first.label}", first.place),),
            )


def _wrong_name(
    bare: str,
    row: KnownRow,
    code: str,
    official: tuple[str, ...] | None,
    classification: Classification | None,
    names: list[str],
) -> str:
    """Why a name is wrong; empty where it may stand."""
    if official is not None:
        known = [_bare(name) for name in official]
        if _abbreviates(bare, known[0]):
            return ""
        if any(_abbreviates(bare, name) for name in known[1:]):
            mixed = any(_abbreviates(name, known[0]) for name in names)
            return f"{code} 现用名称为“{official[0]}”，同一编码前后名称不一致" if mixed else ""
        if classification is not None and classification.is_later_name(code, row.label):
            return ""
        former = classification is not None and classification.is_former_name(code, row.label)
        if former:
            return f"{code} 现用名称为“{official[0]}”，此处沿用旧名称"
        if len(names) > 1 and any(_abbreviates(name, k) for name in names for k in known):
            return f"{code} 的官方名称为“{official[0]}”，同一编码前后名称不一致"
        return f"{code} 的官方名称为“{official[0]}”" if _alike(bare, known[0]) else ""
    majority = names[0]
    return f"同一编码 {code} 前后名称不一致" if bare != majority and not _abbreviates(bare, majority) else ""


def _abbreviates(name: str, full: str) -> bool:
    """Equal, or one is the other with words left out (支出, 的, 费用)."""
    if name == full:
        return True
    short, long = sorted((name, full), key=len)
    rest = iter(long)
    return len(short) * 3 >= len(long) * 2 and all(c in rest for c in short)


def _alike(name: str, full: str) -> bool:
    """One or two characters away: a slip of the pen is likelier than another code table."""
    common = sum((Counter(name) & Counter(full)).values())
    return max(len(name), len(full)) - common <= 2 and common >= 2


def _classification(subject: Subject, code: str) -> Classification | None:
    name = _CLASSIFICATIONS.get(code[:1])
    year = subject.identity.year
    if name is None or not year:
        return None
    try:
        return subject.policy.classification(
            name, dt.date(year, 12, 31), subject.identity.jurisdiction or NATION
        )
    except (PolicyNotInForce, PolicyUnknown):
        return None


def _official(classification: Classification | None, code: str) -> tuple[str, ...] | None:
    return classification.names(code) if classification is not None and classification.knows(code) else None


def years(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """Titles, captions and headers of tables name the document's year, or the one before it as its base."""
    year = subject.identity.year
    if not year:
        return
    for table in subject.tables:
        texts = [(table.read.title, table.read.place), *((c, table.read.place) for c in table.read.caption)]
        named = {int(y) for text, _ in texts for y in _YEAR.findall(text)}
        headers = {
            int(y)
            for block in table.blocks
            for c in block.columns
            for part in c.path
            for y in _YEAR.findall(part)
        }
        if named and year not in named and max(named) < year + 2:
            yield _other_year(rule, table, named, year, "标题或表头")
        elif headers and year not in headers and not named:
            yield _other_year(rule, table, headers, year, "栏目")
        elif named or headers:
            yield found(rule, Outcome.PASS, table.read.place, table.shown)


def _other_year(rule: AuditRule, table: KnownTable, named: set[int], year: int, what: str) -> AuditFinding:
    printed = "、".join(map(str, sorted(named)))
    return found(
        rule, Outcome.FAIL, table.read.place, table.shown, f"{what}写的是 {printed} 年，文件为 {year} 年"
    )._replace(printed=printed, computed=str(year))


def owners(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """Tables name one unit, spelt in one way."""
    named = [
        (table, _SIGNS.sub("", table.read.owner)) for table in subject.tables if table.read.owner.strip()
    ]
    counted = Counter(owner for _, owner in named)
    if not counted:
        return
    usual = counted.most_common(1)[0][0]
    for table, owner in named:
        slip = owner != usual and counted[usual] >= 3 and counted[owner] == 1 and _slip(owner, usual)
        if slip:
            yield found(
                rule, Outcome.FAIL, table.read.place, table.shown, f"其他表的单位名称为“{usual}”"
            )._replace(printed=table.read.owner, computed=usual)
        else:
            yield found(rule, Outcome.PASS, table.read.place, table.shown)


def _slip(name: str, usual: str) -> bool:
    """One or two characters away: a slip, not another unit."""
    if abs(len(name) - len(usual)) > 2:
        return False
    common = sum((Counter(name) & Counter(usual)).values())
    return max(len(name), len(usual)) - common <= 2


METHODS: Mapping[str, Method] = {"code-names": code_names, "table-years": years, "table-owners": owners}
"""Methods by the name that a rule gives."""
