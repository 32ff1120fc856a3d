"""YAML files → entries and problems. Nothing is raised here: every problem of every file is collected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from .entry import NATION, Entry, Source, freeze
from .errors import Problem

FOLDER = re.compile(r"cn(?:-(\d{2}|\d{4}|\d{6}))?")
ID = re.compile(r"[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9][a-z0-9_-]*)*")
REQUIRED = ("id", "type", "title", "jurisdiction", "valid_from", "source", "value")
FIELDS = frozenset((*REQUIRED, "valid_to", "unit"))
SOURCE_FIELDS = frozenset(Source.__dataclass_fields__)


class _Loader(yaml.CSafeLoader):
    """Safe YAML with the plain scalars of YAML 1.2, so that `0102025`, `on` and `1:30` stay text."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", ["n", "~", ""]),
    ("int", r"-?(?:0|[1-9][0-9]*)", "-0123456789"),
    (
        "float",
        r"-?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|-?[0-9]+[eE][-+]?[0-9]+|-?\.(?:inf|nan)",
        "-.0123456789",
    ),
    ("timestamp", r"\d{4}-\d\d-\d\d", "0123456789"),
    ("merge", r"<<", "<"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first))


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen = set()
    for key_node, _ in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(None, None, "键应是文字", key_node.start_mark)
        if key_node.value in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"键“{key_node.value}”重复", key_node.start_mark
            )
        seen.add(key_node.value)
    loader.flatten_mapping(node)
    return {
        loader.construct_object(key, deep=True): loader.construct_object(value, deep=True)
        for key, value in node.value
    }


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def folder_jurisdiction(folder: str) -> str:
    """The division code (行政区划代码) of a data folder: `cn` 100000, `cn-44` 440000; "" if it is not one."""
    match = FOLDER.fullmatch(folder)
    if match is None:
        return ""
    return (match.group(1) or NATION).ljust(6, "0")


def read_folder(root: Traversable, shown: str, overlay: bool) -> tuple[list[Entry], list[Problem]]:
    """All entries below `root`, in the order of folders, files and entries. `shown` stands for root in messages."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for folder in sorted((item for item in root.iterdir() if item.is_dir()), key=lambda item: item.name):
        if folder.name.startswith((".", "__")):
            continue
        code = folder_jurisdiction(folder.name)
        files = list(_yaml_files(folder, f"{shown}/{folder.name}"))
        if not code and files:
            problems.append(
                Problem(
                    f"{shown}/{folder.name}",
                    "",
                    "",
                    f"目录名“{folder.name}”不是辖区目录",
                    "目录请用 cn（全国）、cn-44（省）、cn-4403（市）的形式",
                )
            )
        for file, name in files if code else ():
            read_entries, read_problems = read_file(file, name, code, overlay)
            entries += read_entries
            problems += read_problems
    return entries, problems


def _yaml_files(folder: Traversable, shown: str) -> Iterator[tuple[Traversable, str]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _yaml_files(item, f"{shown}/{item.name}")
        elif item.name.endswith((".yaml", ".yml")):
            yield item, f"{shown}/{item.name}"


def read_file(
    file: Traversable, name: str, jurisdiction: str, overlay: bool
) -> tuple[list[Entry], list[Problem]]:
    """The entries of one file, and what is wrong with it. An entry with a problem is left out."""
    try:
        content = yaml.load(file.read_bytes().decode("utf-8-sig"), Loader=_Loader)
    except UnicodeDecodeError:
        return [], [Problem(name, "", "", "文件不是 UTF-8 编码", "请另存为 UTF-8")]
    except OSError as error:
        return [], [Problem(name, "", "", f"文件读不出来：{error.strerror or error}", "请检查文件和权限")]
    except yaml.YAMLError as error:
        return [], [_syntax_problem(name, error)]
    except ValueError as error:
        return [], [Problem(name, "", "", f"文件中有不成立的值：{error}", "请检查日期等值")]
    if content is None:
        return [], []
    if not isinstance(content, list):
        return [], [Problem(name, "", "", "文件内容应是条目列表", "每个条目以“- id:”开头")]
    entries: list[Entry] = []
    problems: list[Problem] = []
    for number, raw in enumerate(content):
        found = list(_entry_problems(raw, name, f"[{number}]", jurisdiction))
        problems += found
        if not found:
            entries.append(_entry(raw, name, overlay))
    return entries, problems


def _syntax_problem(name: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    place = f"第 {mark.line + 1} 行第 {mark.column + 1} 列" if mark else ""
    return Problem(
        name,
        "",
        place,
        f"YAML 写法有误：{getattr(error, 'problem', None) or error}",
        "请改正该处的缩进、引号或重复的键",
    )


def _entry_problems(raw: object, name: str, place: str, jurisdiction: str) -> Iterator[Problem]:
    if not isinstance(raw, dict):
        yield Problem(name, "", place, "条目应是键值对", "请按“id、type、title……”逐项填写")
        return
    id = raw["id"] if isinstance(raw.get("id"), str) else ""

    def problem(path: str, reason: str, remedy: str) -> Problem:
        return Problem(name, id, f"{place}.{path}", reason, remedy)

    for field in sorted(str(key) for key in raw.keys() - FIELDS):
        yield problem(field, f"不认识的字段“{field}”", f"可用字段：{'、'.join(sorted(FIELDS))}")
    for field in REQUIRED:
        if raw.get(field) in (None, "") and not (field == "value" and raw.get(field) is not None):
            yield problem(field, f"缺少“{field}”", "没有来源和日期的条目不收，请补齐")
    for field in ("id", "type", "title", "unit"):
        if raw.get(field) is not None and not isinstance(raw[field], str):
            yield problem(field, f"应是文字，现为 {raw[field]!r}", "请加引号")
    if id and not ID.fullmatch(id):
        yield problem("id", f"编号“{id}”写法不对", "用小写字母、数字、下划线和短横，以点分段")
    code = raw.get("jurisdiction")
    if code not in (None, "", jurisdiction):
        yield problem(
            "jurisdiction",
            f'辖区 {code!r} 与所在目录的 "{jurisdiction}" 不一致',
            "请改辖区（加引号的六位代码），或把条目移到相应目录",
        )
    yield from _date_problems(raw, problem)
    yield from _source_problems(raw.get("source"), problem)
    for path, reason in _value_problems(raw.get("value"), "value"):
        yield problem(path, reason, '请写成加引号的文字、十进制数或整数，例如 "0.05"')


def _date_problems(raw: dict[str, Any], problem: Any) -> Iterator[Problem]:
    for field in ("valid_from", "valid_to"):
        value = raw.get(field)
        if value not in (None, "") and (not isinstance(value, date) or isinstance(value, datetime)):
            yield problem(field, f"{value!r} 不是日期", "请写成 2020-01-01，不加引号")
            return
    start, end = raw.get("valid_from"), raw.get("valid_to")
    if isinstance(start, date) and isinstance(end, date) and end < start:
        yield problem("valid_to", f"截止日 {end} 早于生效日 {start}", "截止日是最后有效的一天，请改正")


def _source_problems(source: object, problem: Any) -> Iterator[Problem]:
    if source in (None, ""):
        return
    if not isinstance(source, dict):
        yield problem("source", "来源应是键值对", "请写 document、number、article、publisher、note")
        return
    if not source.get("document"):
        yield problem("source.document", "来源没有文件名", "没有来源的条目不收，请写出文件名称")
    for field in sorted(str(key) for key in source.keys() - SOURCE_FIELDS):
        yield problem(
            f"source.{field}", f"不认识的字段“{field}”", f"可用字段：{'、'.join(sorted(SOURCE_FIELDS))}"
        )
    for field, value in source.items():
        if field in SOURCE_FIELDS and value is not None and not isinstance(value, str):
            yield problem(f"source.{field}", f"应是文字，现为 {value!r}", "请加引号")


def _value_problems(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, float):
        yield path, f"{value!r} 是浮点数，会丢失精度"
    elif isinstance(value, dict):
        for key, item in value.items():
            if type(key) not in (str, int):
                yield f"{path}.{key}", f"键 {key!r} 应是文字或整数"
            yield from _value_problems(item, f"{path}.{key}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _value_problems(item, f"{path}[{number}]")


def _entry(raw: dict[str, Any], name: str, overlay: bool) -> Entry:
    source = {field: text for field, text in raw["source"].items() if text is not None}
    return Entry(
        id=raw["id"],
        type=raw["type"],
        title=raw["title"],
        jurisdiction=raw["jurisdiction"],
        valid_from=raw["valid_from"],
        valid_to=raw.get("valid_to"),
        unit=raw.get("unit") or "",
        source=Source(**source),
        value=freeze(raw["value"]),
        file=name,
        overlay=overlay,
    )
