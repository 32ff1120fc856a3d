"""Validators of the policy entries that this room reads (政策校验), in the shape of `policy.VALIDATORS`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

from yiheng.money import Rounding
from yiheng.policy import Entry, Policy, Problem
from yiheng.scoring.framework import FRAMEWORK, PartKind
from yiheng.scoring.parts import BAND_OPERATORS
from yiheng.scoring.profiles import BASE_AMOUNTS, PROFILE
from yiheng.scoring.rules import RULE, Absent, Reference, Unlike

Check = Callable[[Entry], Iterator[Problem]]
BASES = ("document", "recovered", "house")
_STEPS = {
    "monitoring": (("bands", "colour"),),
    "allocation": (("by_score", "share"), ("by_execution", "share")),
}
_NEEDS: Mapping[PartKind, tuple[str, ...]] = {
    PartKind.JUDGED: (),
    PartKind.DEDUCT: ("per", "count"),
    PartKind.RATIO: ("numerator", "denominator", "over"),
    PartKind.BANDS: ("bands",),
    PartKind.EXCESS: ("numerator", "denominator", "free", "step", "per"),
    PartKind.CHOICE: ("input", "options"),
    PartKind.PACE: ("quarters", "each", "mean", "cap"),
}


def validate(entry: Entry, policy: Policy) -> list[Problem]:
    """Everything wrong with a scoring entry; an entry with a value of the wrong shape is named once."""
    value = entry.value
    if not isinstance(value, Mapping):
        return [_problem(entry, "", "应是键值对", "请对照自带条目填写")]
    found = [] if value.get("basis") in BASES else [
        _problem(entry, "basis", f"依据类别 {value.get('basis')!r} 不认识", f"请写 {'、'.join(BASES)} 之一")
    ]  # fmt: skip
    try:
        found += _CHECKS[entry.type](entry)
    except (KeyError, TypeError, ValueError, AttributeError, ZeroDivisionError) as error:
        found.append(_problem(entry, "", f"缺项或写法不对（{error}）", "请对照自带条目填写，数字加引号"))
    return found


def _rule(entry: Entry) -> Iterator[Problem]:
    value = entry.value
    weights = Fraction(value["execution"]["weight"]) + sum(
        Fraction(w) for w in value["level_weights"].values()
    )
    if weights != 100:
        yield _problem(
            entry, "level_weights", f"预算执行率和一级指标权重合计 {weights}，应为 100", "请改正权重"
        )
    places = value["execution"]["percent_places"]
    if places is not None and type(places) is not int:
        yield _problem(entry, "execution.percent_places", "应是小数位数，或 null（不先取整）", "例如 0")
    yield from _points(entry)
    for name, kind in (
        ("range_reference", Reference),
        ("near_units", Unlike),
        ("repeated", Unlike),
        ("not_applicable", Absent),
    ):
        options = [str(member.value) for member in kind]
        if value[name] not in options:
            yield _problem(entry, name, f"{value[name]!r} 不认识", f"请写 {'、'.join(options)} 之一")
    yield from _bands(entry, "qualitative", Fraction(1))
    yield from _bands(entry, "grades", Fraction(100))


def _bands(entry: Entry, name: str, top: Fraction) -> Iterator[Problem]:
    rows = entry.value[name]
    ends = [(Fraction(row["from"]), Fraction(row["to"])) for row in rows]
    if not ends:
        return
    joined = all(low == below for (low, _), (_, below) in pairwise(ends))
    if ends[0][1] != top or ends[-1][0] != 0 or not joined or any(low >= high for low, high in ends):
        yield _problem(
            entry, name, f"各档应从 {top} 到 0 首尾相接", "请由高到低排列，上一档的 from 等于下一档的 to"
        )


def _points(entry: Entry) -> Iterator[Problem]:
    points = entry.value["points"]
    if type(points["places"]) is not int or points["places"] < 0:
        yield _problem(entry, "points.places", "应是非负整数", "例如 2")
    if points["mode"] not in Rounding.__members__:
        yield _problem(
            entry,
            "points.mode",
            f"修约方式 {points['mode']!r} 不认识",
            f"可用：{'、'.join(Rounding.__members__)}",
        )


def _framework(entry: Entry) -> Iterator[Problem]:
    value = entry.value
    yield from _points(entry)
    groups = {name: Fraction(weight) for name, weight in value["groups"].items()}
    ids: set[str] = set()
    sums: dict[str, Fraction] = dict.fromkeys(groups, Fraction(0))
    for row in value["criteria"]:
        path = f"criteria.{row['id']}"
        if row["id"] in ids:
            yield _problem(entry, path, "指标编号重复", "每个编号只用一次")
        ids.add(row["id"])
        if row["weight"] is None:
            continue
        weight = Fraction(row["weight"])
        if row["level1"] in sums:
            sums[row["level1"]] += weight
        else:
            yield _problem(
                entry, path, f"一级指标 {row['level1']} 不在 groups 中", "请在 groups 写明它的分值"
            )
        parts = sum((Fraction(part["points"]) for part in row["parts"]), Fraction(0))
        if parts != weight:
            yield _problem(entry, path, f"分项合计 {parts}，分值 {weight}", "请使分项之和等于分值")
        for part in row["parts"]:
            yield from _part(entry, f"{path}.{part['id']}", part)
    for name, total in sums.items():
        if total != groups[name]:
            yield _problem(
                entry, f"groups.{name}", f"指标分值合计 {total}，应为 {groups[name]}", "请改正分值"
            )
    if groups and sum(groups.values()) != 100:
        yield _problem(entry, "groups", f"分值合计 {sum(groups.values())}，应为 100", "请改正分值")


def _part(entry: Entry, path: str, part: Mapping[str, Any]) -> Iterator[Problem]:
    if part["kind"] not in {kind.value for kind in PartKind}:
        yield _problem(
            entry, path, f"计分方式 {part['kind']!r} 不认识", f"可用：{'、'.join(k.value for k in PartKind)}"
        )
        return
    kind = PartKind(part["kind"])
    absent = [name for name in ("text", *_NEEDS[kind]) if name not in part]
    if kind is PartKind.BANDS and "input" not in part and not {"numerator", "denominator"} <= part.keys():
        absent.append("input（或 numerator 和 denominator）")
    if absent:
        yield _problem(entry, path, f"缺少 {'、'.join(absent)}", "请补齐")
        return
    points = Fraction(part["points"])
    if kind is PartKind.RATIO and part["over"] not in ("cap", "zero_criterion"):
        yield _problem(
            entry,
            f"{path}.over",
            f"{part['over']!r} 不认识",
            "请写 cap（封顶）或 zero_criterion（本项不得分）",
        )
    if kind is PartKind.CHOICE and any(Fraction(given) > points for given in part["options"].values()):
        yield _problem(entry, f"{path}.options", "选项得分高于分项分值", "请改正")
    if kind is PartKind.BANDS:
        yield from _steps(entry, path, part["bands"], points)
    if kind is PartKind.PACE:
        quarters = part["quarters"]
        if len(quarters) * Fraction(part["each"]) + Fraction(part["mean"]) != points:
            yield _problem(entry, path, "各季度分值与平均进度分值之和不等于分项分值", "请改正 each 或 mean")
        if any(Fraction(quarter["pace"]) <= 0 for quarter in quarters):
            yield _problem(entry, f"{path}.quarters", "序时进度应大于 0", "请改正 pace")


def _steps(entry: Entry, path: str, bands: Any, points: Fraction) -> Iterator[Problem]:
    if not bands or bands[-1]["op"] != "else":
        yield _problem(entry, f"{path}.bands", "末档应是 else", "请补末档，使每个比率都有得分")
    for band in bands:
        if band["op"] not in BAND_OPERATORS:
            yield _problem(
                entry, f"{path}.bands", f"比较符 {band['op']!r} 不认识", "可用：>=、>、<=、<、else"
            )
        elif band["op"] != "else" and "limit" not in band:
            yield _problem(entry, f"{path}.bands", "缺少 limit", "请写界限")
        if Fraction(band["points"]) > points:
            yield _problem(entry, f"{path}.bands", f"得分 {band['points']} 高于分项分值 {points}", "请改正")


def _profile(entry: Entry) -> Iterator[Problem]:
    value = entry.value
    kind = value["kind"]
    if kind == "honesty":
        if Fraction(value["far_above"]) <= 1:
            yield _problem(entry, "far_above", "应大于 1", "例如 13/10")
        if not 0 < Fraction(value["qualitative_share"]) <= 1:
            yield _problem(entry, "qualitative_share", "应在 0 和 1 之间", "例如 1/2")
        if type(value["sample"]) is not int or value["sample"] < 1:
            yield _problem(entry, "sample", "应是正整数", "例如 30")
        for name in ("claims_of_more", "counted_units", "own_names"):
            if not isinstance(value[name], tuple):
                yield _problem(entry, name, "应是列表", "没有时写 []")
    elif kind == "survey":
        if not set(value["credited"]) <= set(value["options"]):
            yield _problem(entry, "credited", "计入满意的选项不在 options 中", "请改正")
        if value["confidence"] not in value["z"] or any(Fraction(z) <= 0 for z in value["z"].values()):
            yield _problem(entry, "z", "默认置信水平没有对应的正数 z 值", "请补齐")
    elif kind in _STEPS:
        for name, field in _STEPS[kind]:
            lows = [Fraction(row["from"]) for row in value[name]]
            if not lows or lows[-1] != 0 or lows != sorted(set(lows), reverse=True):
                yield _problem(entry, name, "各档应由高到低，末档从 0 起", "请改正 from")
            if any(not row.get(field) for row in value[name]):
                yield _problem(entry, name, f"各档要有 {field}", "请补齐")
        if kind == "monitoring" and not set(value["explain"]) <= {row["colour"] for row in value["bands"]}:
            yield _problem(entry, "explain", "有的颜色不在各档之中", "请写各档的 colour")
        if kind == "allocation" and value["base"] not in BASE_AMOUNTS:
            yield _problem(
                entry, "base", f"基数 {value['base']!r} 不认识", f"请写 {'、'.join(BASE_AMOUNTS)} 之一"
            )
    else:
        yield _problem(entry, "kind", f"{kind!r} 不认识", "请写 honesty、monitoring、survey 或 allocation")


def _lexicon(entry: Entry) -> Iterator[Problem]:
    value = entry.value
    seen: set[str] = set()
    for group in value["dimensions"]:
        for word, factor in group["words"].items():
            if word in seen:
                yield _problem(
                    entry, f"dimensions.{group['name']}", f"单位 {word} 出现两次", "每个单位只属于一个量纲"
                )
            if Fraction(factor) <= 0:
                yield _problem(entry, f"dimensions.{group['name']}", f"单位 {word} 的系数应大于 0", "请改正")
            seen.add(word)
    for row in value["comparators"]:
        if row["symbol"] not in "≥≤><=":
            yield _problem(entry, "comparators", f"比较符 {row['symbol']!r} 不认识", "可用：≥、≤、>、<、=")
    if any(type(often) is not int or often < 1 for often in value["periods"].values()):
        yield _problem(entry, "periods", "每年次数应是正整数", "例如 月: 12")
    for name in ("approximate", "raising", "lowering", "degrees", "states", "negations", "not_applicable"):
        if not isinstance(value[name], tuple) or not all(
            isinstance(word, str) and word for word in value[name]
        ):
            yield _problem(entry, name, "应是文字的列表", "请改正")
    if not all(type(answer) is bool for answer in value["booleans"].values()):
        yield _problem(entry, "booleans", "应为 true 或 false", "例如 是: true")


def _taxonomy(entry: Entry) -> Iterator[Problem]:
    for name, below in entry.value["levels"].items():
        if not isinstance(below, tuple) or not below:
            yield _problem(entry, f"levels.{name}", "没有二级指标", "请补齐")


def _library(entry: Entry) -> Iterator[Problem]:
    seen: set[str] = set()
    for row in entry.value["indicators"]:
        path = f"indicators.{row['id']}"
        if row["id"] in seen:
            yield _problem(entry, path, "指标编号重复", "每个编号只用一次")
        seen.add(row["id"])
        absent = [
            n for n in ("name", "level1", "level2", "definition", "unit", "formula", "data") if not row.get(n)
        ]
        absent += [n for n in ("evidence", "users") if not isinstance(row.get(n), tuple)]
        if absent:
            yield _problem(entry, path, f"缺少 {'、'.join(absent)}", "请补齐")
        if row.get("direction") not in ("up", "down"):
            yield _problem(entry, path, "direction 应为 up（越高越好）或 down（越低越好）", "请补齐")


def _measures(entry: Entry) -> Iterator[Problem]:
    value = entry.value
    if type(value["places"]) is not int or value["places"] < 0:
        yield _problem(entry, "places", "应是非负整数", "例如 2")
    if value["mode"] not in Rounding.__members__:
        yield _problem(
            entry, "mode", f"修约方式 {value['mode']!r} 不认识", f"可用：{'、'.join(Rounding.__members__)}"
        )
    ids = [row["id"] for row in value["measures"]]
    for id in sorted({id for id in ids if ids.count(id) > 1}):
        yield _problem(entry, f"measures.{id}", "取数口径编号重复", "每个编号只用一次")
    for row in value["measures"]:
        if absent := [name for name in ("name", "formula", "scope") if not row.get(name)]:
            yield _problem(entry, f"measures.{row['id']}", f"缺少 {'、'.join(absent)}", "请补齐")


_CHECKS: Mapping[str, Check] = {
    RULE: _rule,
    FRAMEWORK: _framework,
    PROFILE: _profile,
    "score_lexicon": _lexicon,
    "score_taxonomy": _taxonomy,
    "score_library": _library,
    "score_measures": _measures,
}
TYPES = tuple(_CHECKS)
"""Entry types that `validate` reads."""


def _problem(entry: Entry, path: str, reason: str, remedy: str) -> Problem:
    return Problem(entry.file, entry.id, f"value.{path}" if path else "value", reason, remedy)
