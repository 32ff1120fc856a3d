"""Commands of performance: indicators and monitor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from yiheng.cli import judged, support
from yiheng.cli.monitoring import monitor
from yiheng.cli.support import Json
from yiheng.policy import NATION

Place = Annotated[
    str, typer.Option("--place", metavar="地区", help="六位行政区划代码，如 440300；默认全国。")
]
Year = Annotated[int, typer.Option("--year", metavar="年度", help="按哪一年的规定；默认今年。")]


def register(app: typer.Typer) -> None:
    """Add the commands to the root."""
    support.add(app, "indicators", indicators)
    support.add(app, "monitor", monitor)


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
