"""`yiheng survey`: satisfaction from the answers, what a margin needs, and drawing a sample from a frame."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yiheng.cli import judged, support
from yiheng.cli.judged import Examples
from yiheng.cli.reproduce import SHIPPED
from yiheng.cli.support import Json, Kind, UnitArgument, YearArgument

if TYPE_CHECKING:
    from yiheng.pipelines.sampling import Drawn
    from yiheng.pipelines.survey import Measured

COLUMNS = ("对象", "有效问卷", "回收率", "未回收", "综合满意度", "置信区间", "印出", "结论")


def register(app: typer.Typer) -> None:
    """Add the command to the root."""
    support.add(app, "survey", survey)


def survey(
    unit: UnitArgument,
    year: YearArgument,
    confidence: Annotated[
        str, typer.Option("--confidence", metavar="水平", help="置信水平：90%、95% 或 99%。")
    ] = "",
    margin: Annotated[
        str, typer.Option("--margin", metavar="误差", help="想要的允许误差，例如 3%；给出所需的有效样本量。")
    ] = "",
    draw: Annotated[
        Path | None,
        typer.Option(
            "--draw", metavar="名单", help="由抽样框名单（CSV 或 XLSX，一列“编码”）按登记的种子抽取样本。"
        ),
    ] = None,
    of: Annotated[
        str, typer.Option("--of", metavar="调查", help="抽哪一份满意度调查的样本；只有一份时可省略。")
    ] = "",
    out: Annotated[Path | None, typer.Option("--out", help="把抽中的编码写成 CSV 文件。")] = None,
    kind: Kind = "",
    examples: Examples = SHIPPED,
    as_json: Json = False,
) -> None:
    """满意度调查：由答卷计数计算综合满意度、回收率和置信区间，并与印出的比较；也可抽取样本。"""
    from yiheng.pipelines.sampling import draw_sample
    from yiheng.pipelines.survey import measure_all

    if draw is None and (of or out is not None):
        support.fail("--of 和 --out 只与 --draw 一起用。")
    policy = support.policy()
    with judged.refusals():
        read = judged.department_year(unit, year, kind, policy, examples)
        if draw is not None:
            _show_drawn(draw_sample(read, of, draw), out, as_json)
            return
        found = measure_all(read, policy, confidence, _share(margin) if margin else None)
    if as_json:
        support.show({"unit": read.unit.key, "year": year, "surveys": [each.data() for each in found]})
        return
    if not found:
        support.fail(
            f"{read.unit.name} {year} 年没有满意度调查。请在“满意度调查”和“满意度”表填写。",
            support.NO_DATABASE,
        )
    _print_surveys(found)


def _share(text: str) -> Fraction:
    from yiheng.money import is_number

    number = text.strip().removesuffix("%")
    if not is_number(number):
        support.fail(f"--margin 的“{text}”不对，请写成百分比，例如 3%。")
    return Fraction(number.replace(",", "")) / 100


def _print_surveys(found: tuple[Measured, ...]) -> None:
    grid = judged.grid("满意度调查", COLUMNS)
    for each in found:
        shown = each.data()
        silent = shown["silent"]
        grid.add_row(
            shown["group"], str(shown["answers"] or "—"), shown["response_rate"] or "—",
            "—" if silent is None else f"{silent} 份", shown["composite"],
            f"{shown['low']}—{shown['high']}（{shown['confidence']}）", each.printed or "—", each.verdict.label,
        )  # fmt: skip
    support.console.print(grid)
    for each in found:
        for notice in each.notices:
            support.say(f"{each.name}：{notice}")
        if each.needed is not None:
            support.say(
                f"{each.name}：要达到这个允许误差，需要有效问卷 {each.needed.answers} 份，"
                f"发放 {each.needed.issued} 份。"
            )
        if each.warning:
            support.say(f"{each.name}：{each.warning}", "yellow")


def _show_drawn(drawn: Drawn, out: Path | None, as_json: bool) -> None:
    if out is not None:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("次序", "编码"))
        writer.writerows(enumerate(drawn.keys, 1))
        judged.write(out, text.getvalue())
        support.warn(f"已写出样本 {out}")
    if as_json:
        support.show(drawn.data())
        return
    shown = drawn.data()
    how = f"种子“{shown['seed']}”，算法 {shown['algorithm']}" if shown["seed"] else "全面调查"
    support.say(f"{shown['name']}：由 {shown['size']} 个编码中抽取 {shown['sample']} 个（{how}）。")
    support.say(f"名单校验值 {shown['digest']}" + ("，与登记的一致。" if drawn.registered else ""))
    if not drawn.registered:
        support.say("请把校验值填进“抽样框”表的“名单校验值”，以后换了名单才看得出来。", "yellow")
    if out is None:
        support.say("\n".join(shown["keys"]))
