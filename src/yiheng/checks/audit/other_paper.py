"""Methods of rules on what another paper left behind (别的文件遗留): a year, a unit, the number of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from yiheng.checks.audit import other_names, section_years
from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.sheets import forms
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding, Ground
from yiheng.facts.document import Place
from yiheng.facts.known import KnownTable

_YEAR = re.compile(r"(20\d{2})\s*年")
_COMPARES = re.compile(r"比|较|与|上年|对照|变化|变动|增减|执行|调整|完成|结转|以来|规划|—|-|至")
"""Words of headings that rightly name another year."""
_OWN = {
    "accounts": re.compile(r"决算"),
    "budget": re.compile(r"(?<!决)预算"),
    "self_evaluation": re.compile(r"自评"),
    "department_evaluation": re.compile(r"绩效(自评|评价)"),
}
"""What a heading speaks of where it must name the paper's own year."""
_FEWEST = 2
"""Headings that name the paper's year before one that names another is a leftover."""


def heading_years(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """A heading names the year of what stands under it; one on the subject of the paper the paper's year."""
    told = set()
    for slip in section_years.slips(subject.document):
        told.add(slip.heading.place)
        yield _other_year(rule, slip.heading.place, slip.text, slip.said, slip.under, "其下各段")
    year, own = subject.identity.year, _OWN.get(subject.identity.kind)
    if not year or own is None:
        return
    named = []
    for part in subject.document.paragraphs:
        years = {int(y) for y in _YEAR.findall(part.text)}
        heading = (part.level or part.contents) and len(years) == 1
        if heading and own.search(part.text) and not _COMPARES.search(part.text):
            named.append((part, years.pop()))
    right = sum(said == year for _, said in named)
    for part, said in named:
        if said == year:
            yield found(rule, Outcome.PASS, part.place, part.text.strip())
        elif right >= _FEWEST and right * 2 > len(named) and part.place not in told:
            yield _other_year(rule, part.place, part.text.strip(), said, year, "文件")


def _other_year(
    rule: AuditRule, place: Place, heading: str, said: int, right: int, what: str
) -> AuditFinding:
    message = f"标题写的是 {said} 年，{what}为 {right} 年"
    return found(rule, Outcome.FAIL, place, heading, message)._replace(printed=str(said), computed=str(right))


# -- units of another place (别处的单位) ------------------------------------------------------------------------------

_PLACE = r"[一-鿿]{1,8}?(?:省|自治区|自治州|市|县|区|州(?!市)|旗|盟)"
_NAME = re.compile(rf"(?P<place>(?:{_PLACE}){{1,3}})(?P<organ>[一-鿿]{{2,16}})$")
_SAYS = (
    r"(?=20\d{2}\s*年度?(?:的)?(?:本级)?(?:部门|单位|收入|支出|决算|预算|收、?支|财政拨款|“三公”|一般公共预算|政府性基金|机关运行|政府采购)"
    r"|内设|编制人数|在职人员|共有车辆|[（(](?:本级|机关|本部)[)）])"
)
_NUMBER = r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d+[.、．]"
_BEGIN = rf"(?:^|(?<=[。；：:;]))\s*(?:{_NUMBER})?\s*(?:关于)?(?![与和同由经按向对比较到赴据照从在为])"
_LEVELS = (("省", "自治区"), ("市", "州", "盟"), ("县", "区", "旗"))
_RARE = 2
_USUAL = 3


class _Named(NamedTuple):
    """A unit's name in parts."""

    place: str
    organ: str

    @property
    def level(self) -> int:
        return next(i for i, ends in enumerate(_LEVELS) if self.place.endswith(ends))


def other_units(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """Where the paper speaks of itself, it names its own unit and not another office."""
    told = set()
    for slip in other_names.slips(subject.document, subject.identity.unit):
        told.add(slip.name)
        message = f"文件的单位是“{slip.own}”，此处是别的单位"
        yield found(rule, Outcome.FAIL, slip.place, slip.quote, message)._replace(
            printed=slip.name, computed=slip.own
        )
    own = _parts(subject.identity.unit)
    if own is None:
        return
    said = list(_said(subject, own.organ))
    counted = Counter(name for name, *_ in said)
    everywhere = "".join(p.text for p in subject.document.paragraphs)
    owners = sum(t.read.owner.strip() == subject.identity.unit for t in subject.tables)
    usual = everywhere.count(subject.identity.unit) + owners + counted[subject.identity.unit]
    for name, quote, place in said:
        other = _parts(name)
        if name == subject.identity.unit:
            yield found(rule, Outcome.PASS, place, quote)
        elif other is not None and _elsewhere(own, other) and usual >= _USUAL and counted[name] <= _RARE:
            if name in told or everywhere.count(name) > _RARE * counted[name]:
                continue
            message = f"文件的单位是“{subject.identity.unit}”，此处是别处的单位"
            yield found(rule, Outcome.FAIL, place, quote, message)._replace(
                printed=name, computed=subject.identity.unit
            )


def _parts(name: str) -> _Named | None:
    hit = _NAME.match(re.sub(r"\s", "", name))
    return _Named(hit["place"], hit["organ"]) if hit else None


def _elsewhere(own: _Named, other: _Named) -> bool:
    """The same office at the same level of another place; neither lies in the other."""
    within = own.place in other.place or other.place in own.place
    return own.organ == other.organ and own.level == other.level and not within


def _said(subject: Subject, organ: str) -> Iterator[tuple[str, str, Place]]:
    """Units that sentences, captions and forms name as the one that they speak of."""
    pattern = re.compile(rf"{_BEGIN}(?P<name>(?:{_PLACE}){{1,3}}{re.escape(organ)}){_SAYS}")
    for part in subject.document.paragraphs:
        for hit in pattern.finditer(part.text):
            quote = part.text[hit.start("name") : hit.end() + 16]
            yield hit["name"], quote, part.place_at(hit.start("name"))
    for form in forms(subject):
        for field in form.fields.values():
            name = re.sub(r"\s", "", field.cell.text)
            if name.endswith(organ):
                yield name, f"{form.shown}[{field.label}]", field.cell.place


# -- numbers of tables (表号) -----------------------------------------------------------------------------------------


def table_numbers(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """Each number stands above one table only; the tables of several units are numbered anew."""
    first: dict[tuple[str, str], KnownTable] = {}
    labels = Counter(_label(table) for table in subject.tables)
    for table in subject.tables:
        label = _label(table)
        if not label or not table.name or table.continued:
            continue
        before = first.setdefault((label, table.read.owner.strip()), table)
        if before.name == table.name:
            yield found(rule, Outcome.PASS, table.read.place, table.shown)
        elif labels[label] == 2 and sum(count == 2 for count in labels.values()) == 1:
            message = f"“{before.read.title}”已用此表号"
            yield found(rule, Outcome.FAIL, table.read.place, table.shown, message)._replace(
                printed=table.read.label, sources=(Ground(before.shown, before.read.place),)
            )


def _label(table: KnownTable) -> str:
    label = re.sub(r"\s", "", table.read.label)
    return label if re.search(r"\d", label) else ""


METHODS: Mapping[str, Method] = {
    "heading-years": heading_years,
    "other-units": other_units,
    "table-numbers": table_numbers,
}
"""Methods by the name that a rule gives."""
