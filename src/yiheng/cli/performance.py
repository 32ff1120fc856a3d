"""Commands of performance: indicators, monitor, whatif."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from yiheng.cli import judged, support
from yiheng.cli.judged import Examples
from yiheng.cli.reproduce import SHIPPED
from yiheng.cli.support import Json, Kind, UnitArgument, YearArgument

if TYPE_CHECKING:
    from yiheng.pipelines.monitor import Line, Monitoring
    from yiheng.scoring.whatif import Outlook

NATION: Final = "100000"
Place = Annotated[
    str, typer.Option("--place", metavar="地区", help="六位行政区划代码，如 440300；默认全国。")
]
Year = Annotated[int, typer.Option("--year", metavar="年度", help="按哪一年的规定；默认今年。")]


def register(app: typer.Typer) -> None:
    """Add the commands to the root."""
    support.add(app, "indicators", indicators)
    support.add(app, "monitor", monitor)
    support.add(app, "whatif", whatif)


def indicators(
    words: Annotated[
        str, typer.Argument(metavar="WORDS", help="按名称、释义或公式查找指标库；省略时列出全部。")
    ] = "",
    parse: Annotated[
        str, typer.Option("--parse", metavar="指标值", help="看一个指标值怎样被理解，例如 “≥14万宗”。")
    ] = "",
    framework: Annotated[
        str, typer.Option("--framework", metavar="编号", help="列出一个指标体系的指标、要点和取数项。")
    ] = "",
    measures: Annotated[bool, typer.Option("--measures", help="列出由台账计算的取数口径。")] = False,
    place: Place = NATION,
    year: Year = 0,
    as_json: Json = False,
) -> None:
    """列出绩效指标分类和指标库，或指标体系、取数口径的编号；也可看一个指标值怎样被理解。"""
    from yiheng.pipelines import indicators as listing

    policy = support.policy()
    day = dt.date(year or dt.datetime.now().astimezone().year, 12, 31)
    with judged.refusals():
        if parse:
            found: Mapping[str, Any] = listing.understood(parse, policy, place, day)
        elif framework:
            found = listing.framework_data(framework, policy, place, day)
        elif measures:
            found = listing.measures_data(policy, place, day)
        else:
            found = listing.library_data(words, policy, place, day)
    if as_json:
        support.show(found)
    elif parse:
        for name, text in (("指标值", found["printed"]), ("类型", found["label"]), ("规范写法", found["text"]),
                           ("数值", "、".join(found["values"]) or "—"), ("评分方式", found["judged"])):  # fmt: skip
            support.say(f"{name}：{text}")
        if found["unknown_units"]:
            support.say(f"不认识的单位：{'、'.join(found['unknown_units'])}", "yellow")
    elif framework:
        _print_framework(found)
    elif measures:
        _print_measures(found)
    else:
        _print_library(found)


def _print_framework(found: Mapping[str, Any]) -> None:
    grid = judged.grid(found["title"], ("编号", "指标", "分值", "评分要点", "取数项"))
    for row in found["criteria"]:
        parts = "\n".join(f"{part['id']}：{part['text']}" for part in row["parts"])
        inputs = "\n".join(name for part in row["parts"] for name in part["inputs"])
        grid.add_row(row["id"], row["name"], row["weight"] or "自定", parts, inputs)
    support.console.print(grid)
    support.say(f"依据{found['cite']}")


def _print_measures(found: Mapping[str, Any]) -> None:
    grid = judged.grid(found["title"], ("编号", "名称", "公式", "范围"))
    for row in found["measures"]:
        grid.add_row(row["id"], row["name"], row["formula"], row["scope"])
    support.console.print(grid)
    support.say(f"依据{found['cite']}{'，系统默认' if found['house_default'] else ''}")


def _print_library(found: Mapping[str, Any]) -> None:
    support.say(f"{found['taxonomy']['title']}：")
    for level1, below in found["taxonomy"]["levels"].items():
        support.say(f"  {level1}：{'、'.join(below)}")
    grid = judged.grid("指标库", ("编号", "指标", "类别", "单位", "公式", "数据来源"))
    for row in found["indicators"]:
        grid.add_row(row["id"], row["name"], row["level2"], row["unit"], row["formula"], row["data"])
    support.console.print(grid)
    if not found["indicators"]:
        support.say("指标库里没有符合的指标。")


def monitor(
    unit: UnitArgument,
    year: YearArgument,
    as_of: Annotated[str, typer.Option("--as-of", metavar="日期", help="截至哪一天，例如 2024-07-31。")],
    kind: Kind = "",
    examples: Examples = SHIPPED,
    as_json: Json = False,
) -> None:
    """绩效运行监控：预算执行与时间进度、指标完成与进度曲线，附状态和全年预测。"""
    from yiheng.pipelines.monitor import watch

    try:
        day = dt.date.fromisoformat(as_of)
    except ValueError:
        support.fail(f"--as-of 的日期“{as_of}”不对，请按 2024-07-31 的写法填写。")
    policy = support.policy()
    with judged.refusals(), judged.opened(unit, year, kind, policy, examples) as read:
        found = watch(read, policy, day)
    if as_json:
        support.show(found.data())
    else:
        _print_monitoring(found)


def _print_monitoring(found: Monitoring) -> None:
    for title, lines, first in (
        ("预算执行", found.execution, ("项目", "调整预算", "累计支出")),
        ("绩效指标", found.indicators, ("指标", "指标值", "实际完成值")),
    ):
        if not lines:
            continue
        grid = judged.grid(
            f"{title}（截至 {found.as_of.isoformat()}）", (*first, "完成", "应完成", "状态", "全年预测")
        )
        for line in lines:
            grid.add_row(line.name, line.target, line.actual, *_progress(line))
        support.console.print(grid)
    if any(line.progress for line in (*found.execution, *found.indicators)):
        entry = found.profile.entry
        house = "，系统默认" if entry.value.get("basis") == "house" else ""
        support.say(f"状态划分：{entry.title}（{entry.id}，依据{entry.cite()}{house}）")


def _progress(line: Line) -> tuple[str, str, str, str]:
    from yiheng.pipelines.monitor import percent

    found = line.progress
    if found is None:
        return "—", "—", line.note or "—", "—"
    ends = found.forecast
    value = percent(ends.value) if ends else None
    spread = f"（{percent(ends.low)}—{percent(ends.high)}）" if ends and ends.low is not None else ""
    status = found.status.name if found.status else "未到时点"
    return percent(found.reached) or "—", percent(found.expected) or "—", status, f"{value or '—'}{spread}"


def whatif(
    unit: UnitArgument,
    year: YearArgument,
    changes: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="行=值", help="假设一行的实际完成值：自评指标的键=实际完成值，可多次。"
        ),
    ] = None,
    weights: Annotated[
        list[str] | None, typer.Option("--weight", metavar="行=分值", help="假设一行的分值，可多次。")
    ] = None,
    executed: Annotated[
        list[str] | None,
        typer.Option("--executed", metavar="自评表=元", help="假设全年执行数，单位元，可多次。"),
    ] = None,
    rule: Annotated[str, typer.Option("--rule", metavar="编号", help="改按另一套评分规则。")] = "",
    kind: Kind = "",
    examples: Examples = SHIPPED,
    as_json: Json = False,
) -> None:
    """假设分析：改动实际完成值、分值、执行数或规则，看得分、等级和决定等级的指标；什么都不保存。"""
    from yiheng.pipelines import whatif as pipeline

    policy = support.policy()
    with judged.refusals():
        read = judged.department_year(unit, year, kind, policy, examples)
        found = pipeline.suppose_all(
            read, policy, actuals=_pairs("--set", changes), weights=_pairs("--weight", weights),
            executed=_pairs("--executed", executed), rule=rule,
        )  # fmt: skip
    if as_json:
        support.show({"unit": read.unit.key, "year": year, "sheets": [pipeline.data(each) for each in found]})
        return
    for each in found:
        _print_outlook(each)


def _pairs(option: str, texts: list[str] | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in texts or []:
        key, sign, value = text.partition("=")
        if not sign or not key.strip() or not value.strip():
            support.fail(f"{option} 的“{text}”不对，请写成 键=值。")
        if key.strip() in found:
            support.fail(f"{option} 里“{key.strip()}”写了两次，请只留一次。")
        found[key.strip()] = value.strip()
    return found


def _print_outlook(each: Outlook) -> None:
    from yiheng.pipelines import whatif as pipeline

    shown = pipeline.data(each)
    support.say(f"{shown['name']}：{_score(shown['before'])} → {_score(shown['after'])}")
    for row in shown["changed"]:
        support.say(
            f"  {row['name']}：{_score(row['before'])} → {_score(row['after'])}（{'；'.join(row['steps'])}）"
        )
    if shown["grade"]:
        support.say(
            f"  等级 {shown['grade']}"
            + (f"，距“{shown['next_grade']}”还差 {shown['up']} 分" if shown["up"] else "")
            + (f"，高出本等下限 {shown['margin']} 分" if shown["margin"] else "")
        )
    for row in shown["deciding"]:
        support.say(f"  {row['name']}：{row['how']}")


def _score(value: Any) -> str:
    return "待评" if value is None else f"{value:g}"
