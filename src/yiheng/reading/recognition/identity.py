"""Which document this is (文件识别): kind, unit, year, place and table family, each with the passage that says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from yiheng.facts.audit import Ground, Identity
from yiheng.facts.document import Place, ReadDocument, ReadTable
from yiheng.money import PrintedKind
from yiheng.policy import Policy
from yiheng.reading.recognition import names

_OPENING = 60
"""Paragraphs at the head of a document in which its title is looked for."""
_TITLE_LENGTH = 60
_FIRST = 12
"""Parts of the body that can be its title page."""
_KINDS = (
    (
        "department_evaluation",
        re.compile(r"部门整体(支出)?(预算)?绩效评价报告|整体支出绩效评价报告|部门整体绩效评价"),
    ),
    ("self_evaluation", re.compile(r"绩效自评(报告|表|情况)?|自评报告")),
    (
        "accounts",
        re.compile(
            r"(部门|单位|年度|本级)决算|决算(公开|报告|说明|情况说明|表|批复)|三公.?经费[^。]{0,12}决算|决算[^。]{0,8}三公.?经费"
        ),
    ),
    (
        "budget",
        re.compile(
            r"(部门|单位|年度|本级)预算|预算(公开|报告|草案|编制说明|表|批复)|三公.?经费[^。]{0,12}预算|(?<!公共)预算[^。]{0,8}三公.?经费"
        ),
    ),
)
_TABLE_KINDS = {"accounts": "决算", "budget": "预算", "self_evaluation": "自评"}
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d|[-/.]\d)\s*年?\s*度?")
"""No part of a longer number and no date of publication."""
_DATE = re.compile(r"20\d{2}\s*(?:年\s*\d{1,2}\s*月|[-/.]\d{1,2}[-/.])")
_OWNER = re.compile(r"(?:部门|单位|编制单位|填报单位|部门\(单位\)|预算单位)(?:名称)?(?:\([^)]*\))?[:：](.+)")
_PLACEHOLDER = re.compile(
    r"[XxＸ×✕╳*＊]{2,}(?=\s*(?:年|月|日|万|元|部门|单位|局|%|％|人|辆|个|项|台|市|省|县|区|委|厅))"
    r"|[(（](?:请)?(?:填写|此处填|部门名称|单位名称|公章处|部门全称|单位全称)[^)）]{0,12}[)）]|_{4,}"
)
_FORM_MARKS = 12
"""Placeholders from which a document is a form to be filled in; a paper that forgot a few stays a paper."""
_FORM_DENSITY = 0.04


def recognise(document: ReadDocument, policy: Policy) -> Identity:
    """Kind, unit, year, place and family of a document; what it does not say stays unknown."""
    evidence: list[Ground] = []
    kind = _kind(document, evidence)
    unit = _unit(document, evidence)
    year = _year(document, kind, evidence)
    jurisdiction = _jurisdiction(unit, policy)
    form = _form(document)
    if form is not None:
        evidence.insert(0, form)
        kind = "form"
    family = _family(document, policy, kind, jurisdiction, year)
    return Identity(kind, unit, year, jurisdiction, family, tuple(evidence))


def _titles(document: ReadDocument) -> Iterator[tuple[str, Place]]:
    """Short lines at the head of the document: its first lines, then its headings, then the others."""
    opening = document.paragraphs[:_OPENING]
    short = [p for p in opening if len(p.text) <= _TITLE_LENGTH and not p.text.rstrip().endswith("。")]
    first = [p for p in short if p.level <= 0 and p.index < _FIRST]
    rest = [p for p in short if p not in first]
    for paragraph in (*first, *(p for p in rest if p.level), *(p for p in rest if not p.level)):
        yield paragraph.text, paragraph.place


def _kind(document: ReadDocument, evidence: list[Ground]) -> str:
    votes = Counter({kind: _table_votes(document, word) for kind, word in _TABLE_KINDS.items()})
    for text, place in _titles(document):
        bare = names.spaced_out(text)
        for kind, pattern in _KINDS:
            if pattern.search(bare) and "目录" not in bare:
                if kind in _TABLE_KINDS and votes and votes[kind] == 0 and sum(votes.values()) > 3:
                    continue
                evidence.append(Ground(f"文件种类：“{text.strip()}”", place))
                return kind
    found = votes.most_common(1)[0]
    if found[1]:
        table = next(t for t in document.tables if _TABLE_KINDS[found[0]] in _table_text(t))
        evidence.append(Ground(f"文件种类：“{table.title}”", table.place))
        return found[0]
    return ""


def _table_text(table: ReadTable) -> str:
    columns = (part for block in table.blocks for column in block.columns for part in column.path)
    return names.plain(table.title) + "|".join(map(names.plain, columns))


def _table_votes(document: ReadDocument, word: str) -> int:
    others = ("决算", "自评") if word == "预算" else ()
    texts = [_table_text(table) for table in document.tables]
    return sum(word in text and not any(other in text for other in others) for text in texts)


def _unit(document: ReadDocument, evidence: list[Ground]) -> str:
    owners = Counter(table.owner.strip() for table in document.tables if _is_unit(table.owner))
    if owners:
        owner = owners.most_common(1)[0][0]
        table = next(t for t in document.tables if t.owner.strip() == owner)
        evidence.append(Ground(f"单位：表头“{owner}”", table.place))
        return owner
    for text, place in _titles(document):
        bare = names.spaced_out(text)
        named = _OWNER.match(bare)
        name = named[1] if named else _unit_in_title(bare)
        if _is_unit(name):
            evidence.append(Ground(f"单位：“{text.strip()}”", place))
            return name
    return ""


_ORGAN = re.compile(
    r"([一-鿿（）()]{2,28}?(?:局|委员会|委|厅|办公室|中心|医院|学院|学校|院|馆|处|站|所|总队|支队|大队|政府|协会|联合会|总工会|保障局))"
    r"(?=\s|\(?本级\)?|20\d{2}|关于|部门|单位|整体|年度|$)"
)


def _unit_in_title(bare: str) -> str:
    text = re.sub(r"^[#\s]*(?:附件\d*[:：]?)?(?:第[一二三四五六七八九十]+部分[:：\s]*)?", "", bare)
    found = _ORGAN.search(re.sub(r"20\d{2}年?度?", " ", text).strip())
    name = found[1].strip() if found else ""
    half = len(name) // 2
    return name[:half] if name and name[:half] == name[half:] else name


def _is_unit(name: str) -> bool:
    bare = names.plain(name)
    return 4 <= len(bare) <= 40 and not _PLACEHOLDER.search(name) and not re.search(r"\d{3,}|万元|单位", bare)


def _year(document: ReadDocument, kind: str, evidence: list[Ground]) -> int:
    """The year of the title; of table headers and captions where no title says it."""
    for text, place in _titles(document):
        bare = names.spaced_out(text)
        years = {int(y) for y in _YEAR.findall(bare)}
        if len(years) == 1 and any(pattern.search(bare) for _, pattern in _KINDS):
            evidence.append(Ground(f"年度：“{text.strip()}”", place))
            return years.pop()
    counted: Counter[int] = Counter()
    for table in document.tables:
        texts = [table.title, *table.caption, *(p for b in table.blocks for c in b.columns for p in c.path)]
        counted.update({int(y) for text in texts for y in _YEAR.findall(_DATE.sub("", text))})
    if not counted:
        texts = [p.text for p in document.paragraphs]
        counted.update(
            int(y)
            for text in texts
            for y in re.findall(r"(?<![较比与同于])(?<![较比与同于]\s)(20\d{2})\s*年度(?!结转|结余)", text)
        )
    best = counted.most_common(2)
    if best and (len(best) == 1 or best[0][1] > best[1][1]):
        evidence.append(Ground(f"年度：{best[0][0]} 年在表头或正文中出现 {best[0][1]} 次"))
        return best[0][0]
    return 0


def _jurisdiction(unit: str, policy: Policy) -> str:
    """The division whose official name or short name begins the unit's name, the nearest one."""
    bare = names.plain(unit)
    found = [
        (len(name), entry.value["code"])
        for entry in policy.entries
        if entry.type == "jurisdiction" and entry.value.get("parent")
        for name in (entry.value["name"], entry.value["short_name"])
        if bare.startswith(name) or f"{name}" in bare[:8]
    ]
    return max(found)[1] if found else ""


def _form(document: ReadDocument) -> Ground | None:
    """The passage that shows a form to be filled in, None for a paper."""
    paragraphs = document.paragraphs
    marks = [(p, found) for p in paragraphs for found in _PLACEHOLDER.findall(p.text)]
    cells = [cell for table in document.tables for *_, cell in table.cells()]
    in_cells = [cell for cell in cells if _PLACEHOLDER.search(cell.text)]
    written = sum(len(p.text) for p in paragraphs)
    numbers = sum(c.printed.kind is PrintedKind.NUMBER and bool(c.printed.value) for c in cells)
    if (
        len(marks) + len(in_cells) >= _FORM_MARKS
        and len(marks) > written * _FORM_DENSITY / 100
        and numbers < 20
    ):
        place = marks[0][0].place if marks else in_cells[0].place
        return Ground(f"空白表样：占位符 {len(marks) + len(in_cells)} 处", place)
    if len(document.tables) >= 2 and len(cells) >= 40 and numbers == 0 and _is_empty(cells, paragraphs):
        return Ground("空白表样：表内没有数据", document.tables[0].place)
    return None


def _is_empty(cells: Sequence[object], paragraphs: Sequence[object]) -> bool:
    """A set of tables without any text that explains why they are empty."""
    return len(paragraphs) < len(cells) and not any(
        "无" in getattr(p, "text", "") and len(getattr(p, "text", "")) < 80 for p in paragraphs
    )


def _family(document: ReadDocument, policy: Policy, kind: str, jurisdiction: str, year: int) -> str:
    """The table family in policy that the printed titles fit; empty where none does."""
    if not (jurisdiction and year) or kind not in ("budget", "accounts"):
        return ""
    chain = policy.jurisdiction(jurisdiction).chain
    printed = {names.title(t.title, t.owner) for t in document.tables if t.title}
    for entry in sorted(policy.entries, key=lambda e: e.valid_from, reverse=True):
        if entry.type != "table_family" or entry.value.get("kind") != kind or entry.jurisdiction not in chain:
            continue
        if entry.valid_from.year > year:
            continue
        titles = {names.title(t["title"]) for t in entry.value["tables"]}
        if titles and len(titles & printed) * 10 >= len(titles) * 6:
            return str(entry.value.get("name", entry.id))
    return ""
