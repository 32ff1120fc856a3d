"""The header of a table that lost its geometry → its columns, by the words that the statutory forms use.

An export lists the cells of a header level by level, wrapped and sometimes run together. The words say which cell
is a group and which are its parts; what they do not say stays unnamed. Sources of the words: the tables 公开01–09 of
the final accounts (部门决算公开) and those of the department budget (部门预算公开), national and Shenzhen forms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from yiheng.facts.document import Place
from yiheng.reading.raw import RawCell

_YEAR: Final = r"(?:\d{4}年(?:度)?)?"
_FUND: Final = r"(?:(?:财政)?拨款)?(?:收入|支出)?"
_VOCABULARY: Final[tuple[tuple[str, str], ...]] = (
    ("unit", r"预算单位|实施单位|单位名称|部门名称|单位\(部门\)名称|部门\(单位\)名称"),
    (
        "code",
        r"(?:支出)?(?:功能|经济)?(?:分类)?科目(?:编码|代码)|品目编码|(?:部门\(单位\)|单位|部门)(?:代码|编码)",
    ),
    (
        "label",
        r"(?:功能|经济)?(?:分类)?科目名称|支出项目类别|采购品目|项目名称|任务名称|评价因素|所属单位|问题",
    ),
    (
        "head",
        r"项目(?:\([^()]{2,12}\))?|(?:部门预算)?支出(?:功能|经济)分类(?:科目)?|(?:功能|经济)分类科目|科目",
    ),
    ("index", r"行次"),
    ("year", r"年度|年份"),
    ("本年收入合计", r"本年收入合计|收入总计|收入合计"),
    ("本年支出合计", r"本年支出合计|支出总计|支出总额|支出合计"),
    ("总计", rf"{_YEAR}(?:预算)?总计|[“\"]?三公[”\"]?经费(?:财政拨款预算总额|合计|总计|预算总额)?"),
    ("小计", r"小计"),
    ("合计", r"合计"),
    ("本年收入", r"本年收入"),
    ("本年支出", r"本年(?:一般公共预算|政府性基金预算|国有资本经营预算)?(?:财政拨款)?支出"),
    ("基本支出组", rf"(?:本年|{_YEAR})一般公共预算(?:财政拨款)?基本支出|\d{{4}}年(?:度)?基本支出"),
    ("政府采购", rf"{_YEAR}政府采购(?:项目|预算|金额)"),
    ("中小企业", r"其中:面向中小企业(?:政府)?采购(?:项目|金额)?"),
    ("小微企业", r"其中:面向小型、微型企业(?:政府)?采购(?:项目|金额)?"),
    ("政府预算拨款", r"政府预算拨款|财政拨款(?:收入)?"),
    ("一般公共预算", rf"一般公共预算{_FUND}"),
    ("政府性基金", rf"政府性基金(?:预算)?{_FUND}"),
    ("国有资本经营", rf"国有资本经营(?:预算)?{_FUND}"),
    ("拨款明细", r"基本支出拨款|履职类项目拨款|财政专项资金拨款|政府投资项目拨款"),
    ("财政专户", r"财政专户(?:管理)?资金(?:收入)?"),
    ("单位资金", r"单位资金(?:收入)?"),
    ("单位资金明细", r"事业单位经营收入|事业收入|经营收入|上级补助收入|附属单位上缴收入|其他收入"),
    ("上年结转", r"(?:上年|年初)(?:财政拨款)?(?:结余、结转|结转结余|结转和结余|结转|结余)"),
    ("下年结转", r"(?:结转下年|年末(?:财政拨款)?(?:结余、结转|结转结余|结转和结余|结转|结余))"),
    ("支出明细", r"基本支出|项目支出|上缴上级支出|事业单位经营支出|经营支出|对附属单位补助支出"),
    ("经费明细", r"人员经费|公用经费|日常公用经费"),
    ("出国", r"因公出国\(境\)(?:费用?|经费)?"),
    ("用车", r"(?:公务用车|公车)购置(?:及|和)运行(?:维护)?(?:费用?|经费)?"),
    ("用车明细", r"(?:公务用车|公车|车辆)(?:购置|运行(?:维护)?)(?:费用?|经费)?"),
    ("接待", r"公务接待(?:费用?|经费)?"),
    (
        "比较",
        rf"{_YEAR}预算数比{_YEAR}(?:执行|预算|决算)数|(?:与|比)上年(?:预算数|执行数|决算数)?(?:比较|相比|增减)?",
    ),
    ("增减", r"(?:增减|增长)(?:额|率|幅度|%|\(%\)|情况)?"),
    ("满意度", r"非常满意|比较满意|基本满意|不满意|满意|一般|不了解"),
    ("率", r"占比|得分率|比例"),
    ("分", r"(?:评价|自评)?得分|分值"),
    ("数", rf"{_YEAR}(?:全年)?(?:年初)?(?:预算|决算|执行)数(?:\([万亿]?元\))?|金额(?:\([万亿]?元\))?"),
    ("side", r"收入|支出"),
)
_PATTERNS: Final = tuple((kind, re.compile(pattern)) for kind, pattern in _VOCABULARY)
_PARTS: Final[dict[str, tuple[str, ...]]] = {
    "本年收入": (
        "政府预算拨款",
        "一般公共预算",
        "政府性基金",
        "国有资本经营",
        "财政专户",
        "单位资金",
        "单位资金明细",
    ),
    "政府预算拨款": ("一般公共预算", "政府性基金", "国有资本经营"),
    "一般公共预算": ("拨款明细",),
    "单位资金": ("单位资金明细",),
    "比较": ("增减",),
    "上年结转": (),
    "数": ("支出明细", "经费明细"),
    "基本支出组": ("经费明细",),
    "本年支出": ("支出明细",),
    "政府采购": ("中小企业", "小微企业"),
    "用车": ("用车明细",),
    "支出明细": ("经费明细",),
}
"""Which cells a group may hold; the innermost group that is there holds them."""
_SUMS: Final = ("小计", "合计")
_LABELS: Final = ("unit", "code", "label", "head", "index", "year")


_MOST_CELLS: Final = 120


class Column(NamedTuple):
    """A column: what it holds (unit, code, label, index, year or value) and its path of names."""

    kind: str
    path: tuple[str, ...]


@dataclass
class _Cell:
    kind: str
    text: str
    parts: list[_Cell] = field(default_factory=list)


def side_columns(text: str) -> list[list[Column]] | None:
    """The columns of each side that a header names; None where its words do not make a header."""
    cells = _cells(text)
    if cells is None:
        return None
    return _two_sides(cells) or _repeated(cells) or _one_side(cells)


def names_columns(text: str) -> bool:
    """Whether a text is made of words of headers alone."""
    return _cells(text) is not None


def _cells(text: str) -> list[_Cell] | None:
    bare = "".join(text.split()).translate(str.maketrans("（）：﹕", "()::"))
    found: list[tuple[str, str]] = []
    return [_shown(*cell) for cell in found] if bare and _cut_up(bare, 0, found, set()) else None


def _shown(kind: str, text: str) -> _Cell:
    return _Cell(kind, text.replace("(", "（").replace(")", "）"))


def _cut_up(bare: str, at: int, found: list[tuple[str, str]], dead: set[int]) -> bool:
    """Cut the text into words from `at` on, the longest first: 项目支出 is no 项目 unless the rest asks for it."""
    if at == len(bare):
        return True
    if at in dead or len(found) > _MOST_CELLS:
        return False
    matches = {
        (match[0], kind) for kind, pattern in _PATTERNS if (match := pattern.match(bare, at)) and match[0]
    }
    for text, kind in sorted(matches, key=lambda m: (-len(m[0]), m[1])):
        found.append((kind, text))
        if _cut_up(bare, at + len(text), found, dead):
            return True
        found.pop()
    dead.add(at)
    return False


def _two_sides(cells: list[_Cell]) -> list[list[Column]] | None:
    """收入 | 支出, each 项目, perhaps 行次, and its figures."""
    if [cell.kind for cell in cells[:2]] != ["side", "side"]:
        return _sides_as_labels(cells)
    starts = [n for n, cell in enumerate(cells) if cell.kind in ("head", "label")]
    if len(starts) != 2 or starts[0] != 2:
        return None
    sides = []
    for name, part in zip(cells[:2], (cells[2 : starts[1]], cells[starts[1] :]), strict=True):
        columns = _one_side(part)
        if columns is None:
            return None
        sides.append([Column(c.kind, (name.text, *c.path)) for c in columns[0]])
    return sides


def _sides_as_labels(cells: list[_Cell]) -> list[list[Column]] | None:
    """收入 | 预算数 | 支出 | 预算数: the names of the sides head their labels."""
    starts = [n for n, cell in enumerate(cells) if cell.kind == "side"]
    if len(starts) != 2 or starts[0] != 0 or any(cell.kind in _LABELS for cell in cells):
        return None
    found: list[list[Column]] = []
    for name, part in ((cells[0], cells[1 : starts[1]]), (cells[starts[1]], cells[starts[1] + 1 :])):
        side = _one_side(part)
        if side is None or not side[0]:
            return None
        label = Column("label", (name.text, "项目"))
        found.append([label, *(Column(c.kind, (name.text, *c.path)) for c in side[0])])
    return found


def _repeated(cells: list[_Cell]) -> list[list[Column]] | None:
    """The same few columns two or three times side by side; or 预算数 and 决算数 over the same columns."""
    if [cell.kind for cell in cells[:2]] == ["经费明细", "经费明细"]:
        # 人员经费 | 公用经费 over the sides, which their codes tell apart.
        cells = cells[2:]
    kinds = [cell.kind for cell in cells]
    for times in (3, 2):
        size, rest = divmod(len(cells), times)
        if rest == 0 and size > 1 and kinds == kinds[:size] * times and kinds[0] in ("code", "label", "head"):
            first = _one_side(cells[:size])
            return first * times if first is not None else None
    if kinds[:2] != ["数", "数"] or len(set(kinds)) == len(kinds):
        return None
    halves: list[list[_Cell]] = [[], []]
    seen: dict[str, int] = {}
    counts = {text: sum(1 for cell in cells[2:] if cell.text == text) for text in {c.text for c in cells[2:]}}
    if any(n != 2 for n in counts.values()):
        return None
    for cell in cells[2:]:
        halves[seen.get(cell.text, 0)].append(cell)
        seen[cell.text] = 1
    columns: list[Column] = []
    for name, half in zip(cells[:2], halves, strict=True):
        side = _one_side(half)
        if side is None:
            return None
        columns += [Column(c.kind, (name.text, *c.path)) for c in side[0]]
    return [columns]


def _one_side(cells: list[_Cell]) -> list[list[Column]] | None:
    labels = [cell for cell in cells if cell.kind in _LABELS]
    values = [cell for cell in cells if cell.kind not in _LABELS]
    if any(cell.kind == "side" for cell in values) or len([c for c in labels if c.kind == "label"]) > 1:
        return None
    if any(cell.kind == "label" for cell in labels):
        labels = [cell for cell in labels if cell.kind != "head"]
    columns = [Column("label" if cell.kind == "head" else cell.kind, (cell.text,)) for cell in labels]
    for root in _tree(values):
        columns += [Column("value", path) for path in _paths(root)]
    return [columns]


def _tree(values: list[_Cell]) -> list[_Cell]:
    """The cells under the groups that hold them, roots in the order of print."""
    roots: list[_Cell] = []
    parents: dict[int, _Cell | None] = {}
    for n, cell in enumerate(values):
        if cell.kind not in _SUMS:
            parents[n] = _group(values, cell)
    for n, cell in enumerate(values):
        if cell.kind in _SUMS:
            following = next((m for m in range(n + 1, len(values)) if values[m].kind not in _SUMS), None)
            parents[n] = parents[following] if following is not None else None
    _share_out(values, parents)
    for n, cell in enumerate(values):
        parent = parents[n]
        (roots if parent is None else parent.parts).append(cell)
    return roots


def _share_out(values: list[_Cell], parents: dict[int, _Cell | None]) -> None:
    """小计 twice under two groups, 本年收入 and 上年结转结余: each group has the run of cells that its 小计 begins."""
    begins = [n for n, cell in enumerate(values) if cell.kind == "小计"]
    groups = [cell for cell in values if cell.kind in ("本年收入", "上年结转")]
    if len(begins) < 2 or len(begins) != len(groups):
        return
    for group, begin, end in zip(groups, begins, [*begins[1:], len(values)], strict=True):
        own = values[begin:end]
        for n in range(begin, end):
            held = parents[n]
            if not any(held is cell for cell in own):
                parents[n] = group


def _group(values: list[_Cell], cell: _Cell) -> _Cell | None:
    """The innermost group present that may hold the cell."""
    order = list(_PARTS)
    holders = [
        value
        for value in values
        if value is not cell and cell.kind in _PARTS.get(value.kind, ()) and _may_hold(values, value)
    ]
    innermost = max((order.index(value.kind) for value in holders), default=-1)
    equals = [value for value in holders if order.index(value.kind) == innermost]
    # 上年执行数 | 本年预算数: the one that is divided is the budget.
    budgets = [value for value in equals if "预算" in value.text] if len(equals) > 1 else equals
    return (budgets or equals)[0] if equals else None


def _may_hold(values: list[_Cell], group: _Cell) -> bool:
    """基本支出 is a group where 小计 stands right before its parts; else it is a column beside them."""
    if group.kind != "支出明细":
        return True
    first = next((n for n, value in enumerate(values) if value.kind == "经费明细"), 0)
    return group.text == "基本支出" and first > 0 and values[first - 1].kind == "小计"


def _paths(cell: _Cell) -> list[tuple[str, ...]]:
    if not cell.parts:
        return [(cell.text,)]
    return [(cell.text, *path) for part in cell.parts for path in _paths(part)]


def head_rows(sides: list[list[Column]]) -> list[tuple[RawCell | None, ...]]:
    """The header of the sides beside each other, its groups spanning their parts."""
    columns = [column for side in sides for column in side]
    depth = max(len(column.path) for column in columns)
    borders = set()
    at = 0
    for side in sides:
        borders.add(at)
        at += len(side)
    rows: list[tuple[RawCell | None, ...]] = []
    for level in range(depth):
        cells: list[RawCell | None] = []
        for n, column in enumerate(columns):
            if level >= len(column.path) or (
                n and n not in borders and _same_group(columns[n - 1], column, level)
            ):
                cells.append(None)
                continue
            across = 1
            while _goes_on(columns, borders, n + across, level):
                across += 1
            down = depth - level if level == len(column.path) - 1 else 1
            cells.append(RawCell(column.path[level], Place(), down, across))
        rows.append(tuple(cells))
    return rows


def _goes_on(columns: list[Column], borders: set[int], n: int, level: int) -> bool:
    """Whether the cell over the column before `n` reaches over `n` too."""
    return n < len(columns) and n not in borders and _same_group(columns[n - 1], columns[n], level)


def _same_group(first: Column, second: Column, level: int) -> bool:
    """Both stand under one cell at `level`."""
    return (
        min(len(first.path), len(second.path)) > level + 1
        and first.path[: level + 1] == second.path[: level + 1]
    )
