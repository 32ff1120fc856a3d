"""Methods of rules on what sentences say of the self-evaluation sheets (自评综述): completion, scores, amounts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.sheets import Form, Line, forms
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.checks.claims import Claims, made, parse_claims
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding, Ground
from yiheng.facts.document import Place, ReadParagraph
from yiheng.money import Interval, MoneyUnit, PrintedKind, format_amount, parse_printed
from yiheng.policy import NATION

_CLAUSE = re.compile(r"[^，。；：！？\n]+")
_SENTENCE = re.compile(r"[^。；！？\n]+")
_ALL = ("全部", "全面", "均")
_YEAR = re.compile(r"(20\d\d)年")
_WHOLE = re.compile(
    r"部门|单位|整体|各项|各个|所有|全部项目|[我本][局中院委馆校会办厅处所站队园部]|^(20\d\d年)?度?(年度)?绩效(目标|指标)"
)
_GOAL = re.compile(r"绩效目标|绩效指标|年度目标|目标任务|项目目标")
_LESS = re.compile(r"基本|大部分|多数|部分|除.{1,20}外|如果|得\d*\.?\d*分|扣\d*\.?\d*分|的得|不得分")
_ONE_PROJECT = re.compile(r"[该本此]项目|项目(支出)?(绩效)?自评综述|项目$")
_MANY = re.compile(r"[各所全]有?部?个?(一级|二级)?项目|\d+个(一级|二级)?项目")
_SCORE = re.compile(r"自评(?:综合)?(?:得分|总分|总得分|分数)[为是达到：:]{0,2}(?P<score>\d{1,3}(?:\.\d+)?)分")
_NAME_ENDS = re.compile(r"(项目|[”」》）)])*(支出|资金)?(绩效|自评|综述|[：:，,。]|$)")
_SUM = re.compile(
    r"(?P<count>\d{1,2})个(?:一级|二级|预算|财政)?项目[，,、]?(?:共|合计|总共)?(?:涉及)(?:财政|预算|项目)?(?:拨款|支出)?资金"
    r"(?:总额|共计|合计|共)?[为是]?(?P<amount>[\d,]+(?:\.\d+)?)(?P<unit>亿元|万元|元)"
)
_COLUMNS = ("全年执行数", "全年预算数", "年初预算数")
_MOST_SHEETS = 12
_LEFT_OUT = 2
"""Most sheets that are taken to be missing from an amount: with more of them, an agreement may be chance."""
_SHOWN = 6


def _sheets(subject: Subject) -> list[Form]:
    return [form for form in forms(subject) if form.scored and form.indicators and not form.whole]


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)


def _bodies(subject: Subject) -> Iterator[ReadParagraph]:
    for part in subject.document.paragraphs:
        if not part.contents:
            yield part


# -- claims of completion (全部完成) -----------------------------------------------------------------------------------


class _Short(NamedTuple):
    """An indicator scored below its weight."""

    form: Form
    line: Line

    @property
    def shown(self) -> str:
        weight, score = self.line.text("分值"), self.line.text("得分")
        return f"{self.form.name}：{self.line.row.shown} 分值 {weight}，得分 {score}"


def completion(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """What is said of all targets (全面实现绩效目标) holds for every indicator of the sheets."""
    sheets = _sheets(subject)
    year = subject.identity.year
    if not sheets or not year:
        return
    entry = subject.policy.find(
        rule.parameters["words"], subject.identity.jurisdiction or NATION, dt.date(year, 12, 31)
    )
    if entry is None:
        return
    said = parse_claims(entry.value["claims"])
    for paragraph in _bodies(subject):
        for clause, word, about in _completions(subject, paragraph, said, sheets):
            place = paragraph.place_at(max(paragraph.text.find(word), 0))
            short = [_Short(form, line) for form in about for line in form.indicators if _below(line)]
            if not short:
                yield found(rule, Outcome.PASS, place, clause)
                continue
            projects = len({id(one.form) for one in short})
            message = f"文字写“{word}”，而 {projects} 个项目的自评表有 {len(short)} 个指标没有得满分"
            yield found(rule, Outcome.FAIL, place, clause, message)._replace(
                printed=word,
                sources=tuple(Ground(one.shown, one.line.place("得分")) for one in short[:_SHOWN]),
                cells=(place,),
            )


def _below(line: Line) -> bool:
    weight, score = line.number("分值"), line.number("得分")
    return weight is not None and score is not None and score < weight


def _completions(
    subject: Subject, paragraph: ReadParagraph, said: Claims, sheets: Sequence[Form]
) -> Iterator[tuple[str, str, Sequence[Form]]]:
    """Clause, word and the sheets that it speaks of; nothing where that is not sure."""
    text = _plain(paragraph.text)
    headings = [_plain(heading) for heading in subject.document.headings_of(paragraph)]
    for sentence in _SENTENCE.finditer(text):
        years = {int(year) for year in _YEAR.findall(sentence[0])}
        if _LESS.search(sentence[0]) or not years <= {subject.identity.year}:
            continue
        for clause in _CLAUSE.finditer(sentence[0]):
            words = [word for word in made(clause[0], said) if word.startswith(_ALL)]
            if not words or not _GOAL.search(clause[0]):
                continue
            before = text[: sentence.start() + clause.end()]
            named = [
                form for form in sheets if any(_plain(form.name) in part for part in (*headings, before))
            ]
            one = any(_ONE_PROJECT.search(part) for part in (*headings, before.removesuffix(clause[0])))
            if len(named) == 1:
                yield clause[0], words[0], named
            elif not named and _WHOLE.search(clause[0]) and (not one or _MANY.search(clause[0])):
                yield clause[0], words[0], sheets


# -- a project's score (自评得分) --------------------------------------------------------------------------------------


def scores(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """The score that a sentence gives a project is the total of the project's sheet."""
    sheets = _sheets(subject)
    for paragraph in _bodies(subject) if sheets else ():
        text = _plain(paragraph.text)
        hits = list(_SCORE.finditer(text))
        form = _named(text[: hits[0].start()], sheets) if len(hits) == 1 else None
        total = form.total.number("得分") if form is not None and form.total else None
        if form is None or form.total is None or total is None:
            continue
        score = hits[0]["score"]
        place = paragraph.place_at(max(paragraph.text.find(score), 0))
        at = f"{form.name}自评得分{score}分"
        if Decimal(score) == total or _rounds_to(total, score):
            yield found(rule, Outcome.PASS, place, at)
        elif not _adds_up(form, total):
            yield found(
                rule, Outcome.COULD_NOT_RUN, place, at, f"{form.shown} 的总分与各项得分不符，不能比较"
            )
        else:
            message = f"{form.shown} 的总分为 {total}"
            yield found(rule, Outcome.FAIL, place, at, message)._replace(
                printed=score,
                computed=form.total.text("得分"),
                difference=str(Decimal(score) - total),
                sources=(Ground(f"{form.shown}[总分] {total}", form.total.place("得分")),),
                cells=(place, form.total.place("得分")),
            )


def _named(text: str, sheets: Sequence[Form]) -> Form | None:
    """The one project that a text names as a whole name, not as part of a longer one."""
    named = []
    for form in sheets:
        name = _plain(form.name)
        at = text.find(name) if len(name) > 1 else -1
        before = re.sub(r"^[（(]?\d{0,2}[）).、．]?[“「《]?", "", text[:at]) if at >= 0 else ""
        if (
            at >= 0
            and (not before or before[-1] in "。；：，“「《")
            and _NAME_ENDS.match(text[at + len(name) :])
        ):
            named.append(form)
    return named[0] if len(named) == 1 else None


def _rounds_to(total: Decimal, printed: str) -> bool:
    """Printed with fewer decimals than the sheet."""
    step = Decimal(1).scaleb(-len(printed.partition(".")[2]))
    return abs(Decimal(printed) - total) <= step / 2 and total % step != 0


def _adds_up(form: Form, total: Decimal) -> bool:
    """Whether the scores of the sheet, execution of the budget included, give its total."""
    values = [line.number("得分") for line in form.indicators]
    execution = next((value for line in form.funds if (value := line.number("得分")) is not None), None)
    added = sum((value for value in values if value is not None), Decimal(0))
    return None not in values and total in (added, added + (execution or 0))


# -- so many projects with so much money (N个项目，涉及资金) -----------------------------------------------------------


def amounts(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """The amount of all N projects is that of their N sheets, not of fewer."""
    sheets = _sheets(subject)
    for paragraph in _bodies(subject) if len(sheets) > 1 else ():
        for sentence in _SENTENCE.finditer(_plain(paragraph.text)):
            hits = list(_SUM.finditer(sentence[0]))
            if len(hits) == 1 and "自评" in sentence[0] and int(hits[0]["count"]) == len(sheets):
                place = paragraph.place_at(max(paragraph.text.find(hits[0]["amount"]), 0))
                yield _amount(rule, sheets, hits[0], place)


def _amount(rule: AuditRule, sheets: Sequence[Form], hit: re.Match[str], place: Place) -> AuditFinding:
    printed = f"{hit['amount']}{hit['unit']}"
    unit = MoneyUnit.of(hit["unit"])
    said = parse_printed(hit["amount"], unit)
    columns = {column: made for column in _COLUMNS if len(made := _funds(sheets, column)) == len(sheets)}
    if said.kind is not PrintedKind.NUMBER or not columns or len(sheets) > _MOST_SHEETS:
        return found(rule, Outcome.COULD_NOT_RUN, place, printed, "自评表的资金没有全部读出")
    wanted = said.interval()
    if any(_within(made, wanted) for made in columns.values()):
        return found(rule, Outcome.PASS, place, printed)
    fewer = [
        (column, out)
        for column, made in columns.items()
        for missing in range(1, min(_LEFT_OUT, len(sheets) - 2) + 1)
        for out in combinations(range(len(sheets)), missing)
        if any(made[i].lo for i in out) and _within([m for i, m in enumerate(made) if i not in out], wanted)
    ]
    if len({out for _, out in fewer}) != 1:
        return found(rule, Outcome.COULD_NOT_RUN, place, printed, "与各自评表资金合计的口径不能确定")
    column, out = fewer[0]
    whole = sum((m.lo + m.hi for m in columns[column]), Fraction(0)) / 2
    right = f"{format_amount(int(whole), unit, said.places)}{hit['unit']}"
    names = "、".join(f"“{sheets[i].name}”" for i in out)
    message = (
        f"{hit['count']} 个项目自评表的{column}合计 {right}；{printed} 只是其中 {len(sheets) - len(out)} 个项目的合计，"
        f"不含{names}，个数与金额口径不一致"
    )
    return found(rule, Outcome.FAIL, place, hit[0], message)._replace(
        printed=printed,
        computed=right,
        sources=tuple(Ground(form.shown, form.table.read.place) for form in sheets),
        cells=(place,),
    )


def _funds(sheets: Sequence[Form], column: str) -> list[Interval]:
    """The amount of each sheet's first line of funds (年度资金总额); fewer where one has none or no unit."""
    cells = [
        form.funds[0].cells[column].printed for form in sheets if form.funds and column in form.funds[0].cells
    ]
    return [cell.interval() for cell in cells if cell.kind is PrintedKind.NUMBER and cell.unit is not None]


def _within(parts: Sequence[Interval], wanted: Interval) -> bool:
    low, high = sum((p.lo for p in parts), Fraction(0)), sum((p.hi for p in parts), Fraction(0))
    return low <= wanted.hi and wanted.lo <= high


METHODS: Mapping[str, Method] = {
    "report-completion": completion,
    "report-scores": scores,
    "report-amounts": amounts,
}
"""Methods by the name that a rule gives."""
