"""`yiheng evaluate`: self-evaluation sheets and the whole department, judged from the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.table import Table as Grid

from yiheng.cli import judged, support
from yiheng.cli.fonts import licensed_fonts
from yiheng.cli.judged import Examples
from yiheng.cli.papers import finding_text
from yiheng.cli.reproduce import SHIPPED
from yiheng.cli.support import Json, Kind, UnitArgument, YearArgument

if TYPE_CHECKING:
    from yiheng.facts import DepartmentYear
    from yiheng.pipelines.evaluate import Evaluation
    from yiheng.policy import Policy
    from yiheng.scoring.reproduction import Reproduced, SheetReproduction
    from yiheng.scoring.whole import Whole

SCORE_FILE: Final = ".json"


def register(app: typer.Typer) -> None:
    """Add the command to the root."""
    support.add(app, "evaluate", evaluate)
    support.add(app, "replay", replay)


def evaluate(
    unit: UnitArgument,
    year: YearArgument,
    framework: Annotated[
        str,
        typer.Option(
            "--framework",
            metavar="编号",
            help="部门整体评价的指标体系，如 shenzhen-2020；省略时按年度和地区选用。",
        ),
    ] = "",
    kind: Kind = "",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help="以 .json 结尾的，写出评分文件，可用 yiheng replay 复算；"
            "否则是文件夹，在里面写出自评报告和自评表（DOCX、PDF、XLSX、网站）。",
        ),
    ] = None,
    examples: Examples = SHIPPED,
    as_json: Json = False,
) -> None:
    """评价一个部门年度：项目支出绩效自评表逐行打分，部门整体逐项打分，并与印出的分数比较。"""
    from yiheng.pipelines.evaluate import evaluate as run

    policy = support.policy()
    with judged.refusals():
        done = run(judged.department_year(unit, year, kind, policy, examples), policy, framework)
    if out is not None and out.suffix == SCORE_FILE:
        from yiheng.pipelines.scorefile import stamp

        judged.write(out, stamp(done, policy))
        support.warn(f"已写出评分文件 {out}")
    elif out is not None and (done.projects or done.department is not None):
        _write_papers(done.department_year, policy, out, framework)
    if as_json:
        support.show(done.data())
    elif not done.projects and done.department is None:
        support.fail(
            f"{done.department_year.unit.name} {year} 年没有可评价的内容。"
            "请在“自评表”“自评指标”表填写自评表，或用 --framework 指明部门整体评价的指标体系。",
            support.NO_DATABASE,
        )
    else:
        _print(done)


def _write_papers(department_year: DepartmentYear, policy: Policy, out: Path, framework: str) -> None:
    """The report and the sheets in a folder of their own; refused where a check stops them."""
    from yiheng.pipelines.publish import PublicationStopped, publish_evaluation

    try:
        done = publish_evaluation(department_year, policy, out, framework=framework, fonts=licensed_fonts())
    except PublicationStopped as refused:
        for finding in refused.findings:
            support.warn(finding_text(finding))
        support.fail(str(refused), support.FAILED)
    support.warn(f"已写出自评报告和自评表 {done.folder}（{done.files} 个文件）")


def replay(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="由 yiheng evaluate --out 写出的评分文件。")],
    as_json: Json = False,
) -> None:
    """由评分文件里的数据和规则重新打分，与文件逐字节比较；不读台账，也不读现行规则。"""
    from yiheng.pipelines.scorefile import replay_file

    try:
        text = file.read_bytes().decode()
    except UnicodeDecodeError:
        support.fail(f"{file} 不是评分文件：不是 UTF-8 文本。请选择由 yiheng evaluate --out 写出的文件。")
    with judged.refusals():
        done = replay_file(text)
    if as_json:
        support.show(
            {
                "identical": done.identical,
                "scores": [
                    {
                        "name": name,
                        "identical": found.identical,
                        "stamped_version": found.stamped_version,
                        "version": found.version,
                        "differences": list(found.differences),
                    }
                    for name, found in done.scores
                ],
            }
        )
    else:
        for name, found in done.scores:
            support.say(f"{name}：{'一致' if found.identical else '不一致'}")
            for difference in found.differences:
                support.say(f"  {difference}")
        support.say("复算结果与文件逐字节一致。" if done.identical else "复算结果与文件不同。")
    support.exit_unless(done.identical)


def _print(done: Evaluation) -> None:
    if done.projects:
        _print_projects(done.projects)
    if done.department is not None:
        _print_department(done.department)
    for taken in done.actuals:
        if taken.override is not None:
            support.say(f"改写 {taken.name}：{taken.override.text()}")
    for finding in done.findings:
        support.say(f"{finding.severity.label} {finding.place}：{finding.message}。{finding.next_step}")


def _print_projects(projects: tuple[SheetReproduction, ...]) -> None:
    grid = _grid("项目支出绩效自评", "项目", ("计算总分", "印出总分", "分值合计"), "结论")
    for found in projects:
        score = found.score
        grid.add_row(
            score.sheet.name, _text(score.total), score.sheet.printed_total or "—", _plain(score.weights),
            " ".join(filter(None, (found.total.verdict.label if score.sheet.transcribed else "", score.grade))),
        )  # fmt: skip
    support.console.print(grid)
    for rule in {found.score.rule.id: found.score.rule for found in projects}.values():
        support.say(f"评分规则：{rule.title}（{rule.id}），依据{rule.cite}")
    for found in projects:
        tell = _odd if found.score.sheet.transcribed else _own
        for seen in _worth_telling(found):
            support.say(f"  {found.score.sheet.name}／{tell(seen)}")
        if found.total.note and found.score.sheet.transcribed:
            support.say(f"  {found.score.sheet.name}／总分：{found.total.note}")


def _worth_telling(found: SheetReproduction) -> Iterator[Reproduced]:
    """Of a transcribed sheet the rows that do not come out as printed; of a bureau's own those that lost points."""
    score = found.score
    if score.sheet.transcribed:
        yield from (s for s in (found.execution, *found.rows) if s.verdict.value != "equal" or s.given)
        return
    if score.execution.points is None or score.execution.exact != score.execution.weight:
        yield found.execution
    for row, seen in zip(score.rows, found.rows, strict=True):
        if row.shortfall or seen.given or (row.points is None and row.weight):
            yield seen


def _odd(seen: Reproduced) -> str:
    given = "，人工评分" if seen.given else ""
    printed = f"印出 {seen.printed}，" if seen.printed else ""
    return f"{seen.name}：{seen.verdict.label}{given}，{printed}计算 {_text(seen.computed)}。{seen.note}"


def _own(seen: Reproduced) -> str:
    """As `_odd`, of a sheet that no paper has printed."""
    given = "人工评分" if seen.given else "得分"
    return f"{seen.name}：{given} {_text(seen.computed)}。{seen.note}"


def _print_department(found: Whole) -> None:
    framework = found.score.framework
    grid = _grid(f"部门整体：{framework.title}", "指标", ("分值", "得分", "印出"), "依据")
    for row in found.score.criteria:
        basis = dict.fromkeys(item.basis.label for part in row.parts for _, item in part.inputs)
        words = [row.whole.basis.label] if row.whole else [*basis]
        needs = [f"缺少 {'、'.join(map(framework.called, row.needs))}"] if row.needs else []
        weight = "—" if row.criterion.weight is None else _plain(row.criterion.weight)
        grid.add_row(
            row.criterion.name, weight, _text(row.points), found.printed.get(row.criterion.id, "—"),
            "；".join([*words, *needs]),
        )  # fmt: skip
    support.console.print(grid)
    support.say(f"得分 {found.total}，满分 {_plain(found.weight)}（{framework.id}，依据{framework.cite}）")
    if found.printed_total:
        support.say(f"印出总分 {found.printed_total}")
    if found.open:
        names = "、".join(f"{row.criterion.name}（{_weight(row.criterion.weight)}）" for row in found.open)
        support.say(f"未评的指标：{names}", "yellow")


def _weight(weight: Fraction | None) -> str:
    return "分值未定" if weight is None else f"{_plain(weight)} 分"


def _plain(value: Fraction) -> str:
    from yiheng.scoring.rowscore import show

    return show(value)


def _text(value: Any) -> str:
    return "待评" if value is None else str(value)


def _grid(title: str, first: str, numbers: tuple[str, ...], last: str) -> Grid:
    grid = Grid(title=title, title_justify="left")
    grid.add_column(first, overflow="fold")
    for name in numbers:
        grid.add_column(name, justify="right")
    grid.add_column(last, overflow="fold")
    return grid
