"""`yiheng policy`: show the dated rules, validate them, import an official code table."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table as Grid

from yiheng.cli import chinese, support
from yiheng.cli.support import Json
from yiheng.policy import NATION, Entry, Policy, thaw

app = typer.Typer(
    help="政策数据：科目、表式、审核规则、说明模板、限额，都带日期和来源。",
    cls=chinese.Group,
    no_args_is_help=True,
)


def register(root: typer.Typer) -> None:
    """Add the group to the root."""
    support.add(app, "show", show)
    support.add(app, "validate", validate)
    support.add(app, "import", import_table)
    root.add_typer(app, name="policy")


def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="条目编号；省略时列出全部。")] = "",
    on: Annotated[str, typer.Option("--on", help="生效日期，如 2021-06-30；默认列出各期。")] = "",
    jurisdiction: Annotated[
        str,
        typer.Option("--jurisdiction", help="辖区代码，如 440300；只看该地适用的。默认按台账里的单位。"),
    ] = "",
    type: Annotated[str, typer.Option("--type", help="只列一类，如 check、table_family。")] = "",
    as_json: Json = False,
) -> None:
    """列出政策条目，或显示一条的全部内容与来源。"""
    policy = support.policy()
    chain = policy.jurisdiction(jurisdiction).chain if jurisdiction else ()
    found = [e for e in policy.entries if (not id or e.id == id) and (not chain or e.jurisdiction in chain)]
    if id and (on or not found):
        day = _day(on) if on else dt.date.max
        found = [policy.get(id, jurisdiction or _place_of(policy, id), day)]
    elif not id:
        found = [e for e in found if (not type or e.type == type) and (not on or e.in_force(_day(on)))]
    if as_json:
        support.show([_data(e, full=bool(id)) for e in found])
    elif id:
        for entry in found:
            _print_entry(entry)
    else:
        _print_list(found)
        support.say(f"共 {len(found)} 条；规则哈希 {policy.digest[:16]}")


def validate(as_json: Json = False) -> None:
    """校验全部政策条目：来源、日期、重叠、引用，以及各模块能否解释。"""
    from yiheng.pipelines.rules import problems

    policy = support.policy()
    found = problems(policy)
    if as_json:
        support.show(
            {
                "entries": len(policy.entries),
                "digest": policy.digest,
                "problems": [
                    {"file": p.file, "id": p.id, "path": p.path, "reason": p.reason, "remedy": p.remedy}
                    for p in found
                ],
            }
        )
    else:
        for p in found:
            support.warn(f"{p.file} {p.id} {p.path}：{p.reason}。处理：{p.remedy}")
        support.say(f"校验 {len(policy.entries)} 条，发现 {len(found)} 个问题。")
    support.exit_unless(not found)


def import_table(
    file: Annotated[Path, typer.Argument(help="官方科目表：XLSX 或 CSV，含科目编码、科目名称。")],
    classification: Annotated[
        str, typer.Option("--classification", help="function 功能分类 或 economic 经济分类。")
    ],
    document: Annotated[str, typer.Option("--document", help="来源文件的标题。")],
    year: Annotated[int | None, typer.Option("--year", help="适用年度；表内有年度栏时可省略。")] = None,
    number: Annotated[str, typer.Option("--number", help="文号。")] = "",
    sheet: Annotated[str, typer.Option("--sheet", help="工作表名。")] = "",
    jurisdiction: Annotated[str, typer.Option("--jurisdiction", help="辖区代码；默认全国。")] = NATION,
) -> None:
    """导入当年完整科目表，写入自有政策目录（YIHENG_HOME/policy）。"""
    from django.conf import settings

    from yiheng.policy import Source
    from yiheng.policy.codetable import read_code_table
    from yiheng.policy.grid import CodeTableError
    from yiheng.policy.overlay import write_overlay

    source = Source(document=document, number=number)
    try:
        table = read_code_table(
            file, support.policy(), classification, source, year=year, sheet=sheet, jurisdiction=jurisdiction
        )
    except CodeTableError as refused:
        support.fail(str(refused))
    path = write_overlay(table, Path(settings.YIHENG_HOME) / "policy")
    support.say(f"已写入 {path}")


def _place_of(policy: Policy, id: str) -> str:
    """Where an entry is looked for when the user names no place: where it stands, or where the ledger's units are."""
    stands = tuple(dict.fromkeys(entry.jurisdiction for entry in policy.entries if entry.id == id))
    if len(stands) <= 1:
        return next(iter(stands), NATION)
    ours = _places_of_units()
    if len(ours) == 1:
        return ours[0]
    named = "、".join(f"{code} {policy.jurisdiction(code).name}" for code in stands)
    why = f"台账里的单位分属 {'、'.join(ours)}" if ours else "台账里没有单位可以看出是哪里"
    support.fail(f"政策 {id} 各地不同（{named}），{why}。请用 --jurisdiction 指明辖区。")


def _places_of_units() -> tuple[str, ...]:
    """The division codes of the ledger's units; none where there is no ledger."""
    from yiheng.ledger.reads.units import unit_tree

    if not support.database_ready():
        return ()
    return tuple(sorted({code for code in unit_tree().jurisdictions.values() if code}))


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        support.fail(f"日期“{text}”应写成 2021-06-30 的形式。")


def _data(entry: Entry, *, full: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": entry.id,
        "type": entry.type,
        "title": entry.title,
        "jurisdiction": entry.jurisdiction,
        "valid_from": entry.valid_from,
        "valid_to": entry.valid_to,
        "unit": entry.unit,
        "source": entry.cite(),
        "file": entry.file,
        "own": entry.overlay,
    }
    return found | ({"value": thaw(entry.value)} if full else {})


def _print_list(entries: list[Entry]) -> None:
    grid = Grid()
    for name in ("编号", "类型", "名称", "辖区", "生效", "失效", "来源"):
        grid.add_column(name, overflow="fold")
    for e in entries:
        grid.add_row(
            e.id, e.type, e.title, e.jurisdiction, str(e.valid_from), str(e.valid_to or ""), e.cite()
        )
    support.console.print(grid)


def _print_entry(entry: Entry) -> None:
    import yaml

    support.say(f"{entry.id}  {entry.title}", "bold")
    until = f"至 {entry.valid_to}" if entry.valid_to else "起"
    support.say(f"辖区 {entry.jurisdiction}，{entry.valid_from} {until}；来源：{entry.cite()}")
    text = yaml.safe_dump(thaw(entry.value), allow_unicode=True, sort_keys=False, width=110)
    support.say(text)
