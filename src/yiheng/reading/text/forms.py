"""Performance forms in text exports (绩效自评表、绩效目标表): fields, funds, tasks, goals and indicators → one grid.

The order of the parts and the words of their heads are those of 财预〔2020〕10号 (项目支出绩效自评表) and of the
target forms of the department budget (整体支出绩效目标表).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from yiheng.facts.document import Place, ReadingProblem
from yiheng.reading.raw import RawCell, RawGrid
from yiheng.reading.structure.headings import number_level
from yiheng.reading.structure.words import SIDE, bare, flowing
from yiheng.reading.text.arbiter import Figures, lay_out
from yiheng.reading.text.indicators import Indicators
from yiheng.reading.text.lines import Style, TextLine
from yiheng.reading.text.phrases import fields
from yiheng.reading.text.segments import segments, words
from yiheng.reading.text.starts import form_begin, stops
from yiheng.reading.text.tables import placed
from yiheng.reading.text.zones import is_page_number

_HEADS: Final = (
    "一级指标", "二级指标", "三级指标", "四级指标", "年度指标值", "全年指标值", "指标值", "年度目标值", "目标值",
    "实际完成值", "全年实际值", "完成值", "分值", "权重", "得分", "自评得分", "偏差原因分析及改进措施", "偏差原因分析",
    "未完成原因分析及改进措施", "指标解释", "备注", "年初预算数", "全年预算数", "全年执行数", "执行率",
    "预期目标", "年初设定目标", "实际完成情况", "全年实际完成情况", "任务名称", "主要内容",
    "预算金额（万元）", "预算金额（元）", "预算金额", "总额", "其中：财政拨款", "其中：其他资金",
    "财政拨款", "其他资金", "其它资金",
)  # fmt: skip
_BY_LENGTH: Final = sorted(_HEADS, key=len, reverse=True)
_MOST_HEAD_LINES: Final = 12
_SIDE_TWO: Final = re.compile(
    r"^(?:年度|项目|年度总体|年度绩效|年度主要)(?:总体|绩效|主要|资金|目标|指标|任务)?$"
)


@dataclass
class Form:
    """A form and where it ends."""

    start: int
    begin: int
    """First line after the caption."""
    end: int
    grid: RawGrid
    problems: list[ReadingProblem] = field(default_factory=list)


@dataclass
class _Draft:
    rows: list[list[RawCell | None]] = field(default_factory=list)
    side: str = ""
    goals: list[TextLine] = field(default_factory=list)
    problems: list[ReadingProblem] = field(default_factory=list)


def form_at(lines: list[TextLine], at: int, style: Style) -> Form | None:
    """The form whose caption begins at `at`; None where there is none."""
    begin = form_begin(lines, at)
    if begin == at:
        return None
    draft = _Draft()
    end = _read(lines, begin, style, draft)
    if len(draft.rows) < 4:
        return None
    width = max(len(row) for row in draft.rows)
    cells = tuple((*row, *[None] * (width - len(row))) for row in draft.rows)
    return Form(at, begin, end, RawGrid(cells, Place(line=lines[begin].number), ruled=False), draft.problems)


def _read(lines: list[TextLine], begin: int, style: Style, draft: _Draft) -> int:
    at = begin
    seen_head = False
    while at < len(lines):
        line = lines[at]
        if is_page_number(line.text):
            at += 1
            continue
        head, after = heads_at(lines, at)
        if "三级指标" in head:
            return _indicators(lines, head, after, style, draft)
        if len(head) >= 3 and ("全年预算数" in head or "任务名称" in head):
            _close_goals(draft)
            at = _amounts(lines, head, after, draft)
            seen_head = True
            continue
        if len(head) == 2 and head[1].endswith("完成情况"):
            at = after
            continue
        if at > begin and stops(lines, at):
            break
        if _is_side(lines, at):
            _close_goals(draft)
            draft.side, at = _side(lines, at)
            continue
        pairs = fields(line.text) if not draft.side or "目标" not in draft.side else []
        if pairs and not seen_head:
            _close_goals(draft)
            draft.rows.append(_cells(line, *(text for pair in pairs for text in pair)))
        elif draft.side or seen_head:
            if number_level(line.text) in (-1, 1, 2):
                break
            draft.goals.append(line)
        else:
            break
        at += 1
    _close_goals(draft)
    return at


def heads_at(lines: list[TextLine], at: int) -> tuple[list[str], int]:
    """The heads that begin with the line at `at`, also over several lines, and the line after them."""
    best: tuple[list[str], int] = ([], at)
    text = ""
    for n in range(at, min(at + _MOST_HEAD_LINES, len(lines))):
        text += bare(lines[n].text).replace("(", "（").replace(")", "）").replace(":", "：")
        found = _split(text)
        if found is not None:
            best = (found, n + 1)
        elif not _may_go_on(text):
            break
    return best


def _split(text: str) -> list[str] | None:
    found: list[str] = []
    while text:
        head = next((h for h in _BY_LENGTH if text.startswith(h)), None)
        if head is None:
            return None
        found.append(head)
        text = text[len(head) :]
    return found


def _may_go_on(text: str) -> bool:
    """Some head begins with what is left over."""
    while text:
        if any(h.startswith(text) for h in _HEADS):
            return True
        head = next((h for h in _BY_LENGTH if text.startswith(h)), None)
        if head is None:
            return False
        text = text[len(head) :]
    return True


def _is_side(lines: list[TextLine], at: int) -> bool:
    text = bare(lines[at].text)
    following = bare(lines[at + 1].text) if at + 1 < len(lines) else ""
    return bool(SIDE.match(text)) or (bool(_SIDE_TWO.match(text)) and bool(SIDE.match(text + following)))


def _side(lines: list[TextLine], at: int) -> tuple[str, int]:
    """Name of the part, and the line after it; a unit in brackets may stand on a line of its own."""
    text = bare(lines[at].text)
    at += 1
    while at < len(lines):
        more = bare(lines[at].text)
        if not (SIDE.match(text + more) and len(more) <= 6):
            break
        text += more
        at += 1
    return text, at


def _close_goals(draft: _Draft) -> None:
    """Words of goals: the export has lost where one cell ends and the next begins, so they stay one."""
    if draft.goals:
        name = draft.side or "年度总体目标"
        text = "".join(line.text for line in draft.goals)
        draft.rows.append(_cells(draft.goals[0], name, flowing(text)))
        draft.goals = []


def _cells(line: TextLine, *texts: str) -> list[RawCell | None]:
    place = Place(line=line.number)
    return [RawCell(text, place) for text in texts]


def _amounts(lines: list[TextLine], head: list[str], at: int, draft: _Draft) -> int:
    """Rows of a label, perhaps words, and amounts, up to the next part."""
    group = next((h for h in head if h.startswith("预算金额")), "")
    columns = [h for h in head if h not in ("任务名称", "主要内容", group)]
    texts = [h for h in head if h in ("任务名称", "主要内容")]
    found: list[tuple[TextLine, list[str], tuple[str, ...]]] = []
    pending: list[TextLine] = []
    waiting: list[str] = []
    while at < len(lines):
        line = lines[at]
        if heads_at(lines, at)[0] or _is_side(lines, at) or stops(lines, at):
            break
        parts = segments(words(line.text, None, False))
        if not parts or len(parts[-1].figures) != len(columns):
            parts = segments(words(line.text, 2, False))
        label = " ".join(part.label for part in parts if part.label)
        figures = parts[-1].figures if parts else ()
        if not figures:
            if found and not waiting and number_level(line.text):
                break
            pending.append(line)
            at += 1
            continue
        if label:
            pending.append(line._replace(text=label))
        waiting += figures
        at += 1
        row = _whole(waiting, len(columns))
        more = at < len(lines) and _only_figures(lines[at].text)
        if more and len(row) < len(columns):
            continue
        found.append((pending[0] if pending else line, _names(pending, len(texts)), tuple(row)))
        pending, waiting = [], []
    _amount_rows(draft, lines, texts, group, columns, found)
    return at - len(pending)


def _only_figures(text: str) -> bool:
    parts = segments(words(text, 2, False))
    return len(parts) == 1 and not parts[0].label and bool(parts[0].figures)


def _whole(figures: list[str], columns: int) -> list[str]:
    """One figure cut by its narrow cell put together, where the number of columns asks for it."""
    if len(figures) <= columns:
        return figures
    for n in range(len(figures) - 1):
        if _is_cut(figures[n], figures[n + 1]):
            return _whole([*figures[:n], figures[n] + figures[n + 1], *figures[n + 2 :]], columns)
    return figures


def _is_cut(first: str, second: str) -> bool:
    """13223551.7 and 1: an amount to the fen whose last digit stands on the next line."""
    decimals = first.partition(".")[2]
    return second.isdigit() and 0 < len(decimals) < 2 and len(decimals + second) == 2


def _names(pending: list[TextLine], count: int) -> list[str]:
    """The label, and where the form has a column of words the words: the label ends where its cell does."""
    if count < 2 or not pending:
        return [flowing("\n".join(line.text for line in pending))]
    first = pending[0].text.split(maxsplit=1)
    if len(first) == 2:
        return [first[0], flowing("\n".join([first[1], *(line.text for line in pending[1:])]))]
    cut = next((n for n, line in enumerate(pending, start=1) if line.marked or _is_cell_end(pending, n)), 1)
    label = "".join(line.text for line in pending[:cut])
    rest = pending[cut:]
    last = label.split(maxsplit=1)
    if len(last) == 2:
        return [last[0], flowing("\n".join([last[1], *(line.text for line in rest)]))]
    return [flowing(label), flowing("\n".join(line.text for line in rest))]


def _is_cell_end(pending: list[TextLine], n: int) -> bool:
    """An export leaves no empty line before a line of another cell."""
    return n < len(pending) and not pending[n].gap


def _amount_rows(
    draft: _Draft,
    lines: list[TextLine],
    texts: list[str],
    group: str,
    columns: list[str],
    found: list[tuple[TextLine, list[str], tuple[str, ...]]],
) -> None:
    place = Place(line=lines[0].number)
    name = [RawCell(draft.side, place, len(found) + 1 + bool(group))] if draft.side and not texts else []
    blank = [] if texts else [RawCell("", place, 1 + bool(group))]
    down = 1 + bool(group)
    head: list[RawCell | None] = [*name, *(RawCell(t, place, down) for t in texts), *blank]
    if group:
        draft.rows.append([*head, RawCell(group, place, 1, len(columns)), *[None] * (len(columns) - 1)])
        draft.rows.append([*[None] * len(head), *(RawCell(c, place) for c in columns)])
    else:
        draft.rows.append([*head, *(RawCell(c, place) for c in columns)])
    paths = [(group, c) if group else (c,) for c in columns]
    total = next((n for n, (_, names, _) in enumerate(found) if names and "合计" in names[0]), -1)
    rows = [
        Figures(bare(names[0]) if names else "", total if n != total else -1, figures)
        for n, (_, names, figures) in enumerate(found)
    ]
    layouts = lay_out([_as_sum(path) for path in paths], rows, _nothing)
    for (line, names, figures), layout in zip(found, layouts, strict=True):
        values = placed(figures, layout, len(columns))
        padded = [*names, *[""] * (max(len(texts), 1) - len(names))]
        where = Place(line=line.number)
        covered: list[RawCell | None] = [None] * len(name)
        draft.rows.append(
            [*covered, *(RawCell(t, where) for t in padded), *(RawCell(v, where) for v in values)]
        )
    draft.side = ""


def _as_sum(path: tuple[str, ...]) -> tuple[str, ...]:
    return (*path[:-1], path[-1].replace("其中：", ""))


def _nothing(row: Figures, value: Decimal, column: int) -> int:
    return 0


def _indicators(lines: list[TextLine], head: list[str], at: int, style: Style, draft: _Draft) -> int:
    _close_goals(draft)
    made = Indicators(head, style)
    end = made.read(lines, at)
    draft.rows += made.rows(draft.side or "年度绩效指标", lines[at - 1])
    draft.problems += [
        ReadingProblem(
            f"绩效指标“{line.text}…”一行的目标值和完成值不能从文本中分开：单元格的文字连在一起，没有留下界线",
            Place(line=line.number),
            "请提供 PDF、DOCX 或 XLSX 原件",
        )
        for line in made.open_rows
    ]
    return end
