"""The words of sentences (说明用词), read from the policy entry `audit.lexicon` and made into patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from yiheng.facts.claims import Scope, Stage
from yiheng.policy import Entry, Policy, Problem

LEXICON = "audit.lexicon"
TYPE = "claim_lexicon"
LATEST = date(2099, 12, 31)

_NUMBER = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?(?![\d.])|\d+(?:\.\d+)?(?![\d.])"


@dataclass(frozen=True)
class Words:
    """All words, with the patterns made of them."""

    value: Mapping[str, Any]

    def listed(self, name: str) -> tuple[str, ...]:
        """The words of one list."""
        return tuple(self.value[name])

    def any(self, *names: str) -> str:
        """A pattern of any word of the lists, longest first."""
        return alternatives(word for name in names for word in self.value[name])

    @cached_property
    def figure(self) -> re.Pattern[str]:
        """A number with its unit."""
        counts = alternatives(self.value["counts"])
        money = r"(?P<money>亿元|万元|元|[万亿](?=[,，。;、)]|$))"
        money += r"(?P<per>/(?:人|月|年|天|次|户|个)[^\d,，。;:()×✕*=]{0,4})?"
        count = rf"(?P<count>[万亿]?(?:{counts}))(?!以?[元万亿])"
        return re.compile(
            rf"(?<![\d.,\-A-Za-z〔第])(?P<sign>-)?(?P<number>{_NUMBER})(?:{money}|(?P<percent>%)|{count})"
        )

    @cached_property
    def change_end(self) -> re.Pattern[str]:
        """The end of words before a change: (比上年)增加了."""
        verbs = self.any("rise", "fall")
        # 较上年增 …, 同比降 …: one character is a verb only behind a comparison or alone.
        short = r"(?:(?<=[年期度数比算])|(?<![\s\S]))[增减降升]"
        return re.compile(
            rf"(?P<verb>{verbs}|{short})(?:了|额|数|金额|幅度|率|比例)?(?:约|近)?(?:为|是|达|至少|各)?(?::)?$"
        )

    @cached_property
    def noun_end(self) -> re.Pattern[str]:
        """增幅, 降幅 before a percentage."""
        return re.compile(rf"(?P<noun>{self.any('change_noun')})(?:为|是|达|约)?(?::)?$")

    @cached_property
    def against(self) -> re.Pattern[str]:
        """比, 较, 与 … and what is compared with, up to the end."""
        return re.compile(rf"(?P<word>{self.any('against')})(?P<ref>[^,，。;:()]{{0,40}}?)$")

    @cached_property
    def to_end(self) -> re.Pattern[str]:
        """增加到, 缩短为, 调整为 before the figure that something came to."""
        return re.compile(rf"(?:{self.any('rise', 'fall')}|降|增|调整|变更|调)(?:到|至|为)(?:现在的|了)?$")

    @cached_property
    def reason(self) -> re.Pattern[str]:
        return re.compile(self.any("reasons"))

    @cached_property
    def near_before(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self.any('near_before')})(?:了)?$")

    @cached_property
    def near_after(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self.any('near_after')})|[-—~～至]\d")

    @cached_property
    def flat(self) -> re.Pattern[str]:
        return re.compile(self.any("flat"))

    @cached_property
    def share(self) -> re.Pattern[str]:
        """占 … 的 before a percentage; group `whole` is what it is a share of."""
        return re.compile(
            r"(?:占(?P<whole>[^,，。;:]{0,40}?)(?:的)?(?:比例|比重|比)?(?:为|是|达|达到)?|(?:比重|占比|所占比例)(?:为|是|达)?)(?::)?$"
        )

    @cached_property
    def completion(self) -> re.Pattern[str]:
        """完成(年初)预算的, 执行率 before a percentage; group `of` is what was completed."""
        return re.compile(
            r"(?:(?:完成(?:了)?|(?:^|(?<=元))为(?=[年初度全调整]{0,4}预算))(?P<of>[^,，。;:]{0,12}?(?:预算|计划)[^,，。;:]{0,4}?)(?:的)?"
            r"|(?P<rate>预算执行率|执行率|预算完成率|采购执行进度|预算支出进度|执行进度|支出进度|支付进度|支出率))"
            r"(?:为|是|达|达到|约)?(?::)?$"
        )

    @cached_property
    def opener(self) -> re.Pattern[str]:
        by = (
            r"(?:(?:分|按|从)(?!主要|重点)[^,，。;:、\d]{1,8}(?:看|(?:分|情况)(?=:))"
            r"|[^,，。;:、\d]{2,8}(?:结构|级次)情况(?=:))"
        )
        return re.compile(
            rf"(?P<part>主要)?(?:{self.any('open')}|{by})(?P<etc>(?:以下)?(?:几个)?方面|的有|以下)?(?P<colon>:)?"
        )

    @cached_property
    def stages(self) -> tuple[tuple[re.Pattern[str], Stage], ...]:
        return tuple(
            (re.compile(alternatives(words)), Stage[key]) for key, words in self.value["stages"].items()
        )

    @cached_property
    def budget_names(self) -> re.Pattern[str]:
        """一般公共预算, 预算单位: words with 预算 that are of no stage."""
        return re.compile(self.any("budget_names"))

    @cached_property
    def scopes(self) -> tuple[tuple[str, Scope], ...]:
        return tuple((word, Scope[key]) for key, words in self.value["scopes"].items() for word in words)

    @cached_property
    def generic_end(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self.any('generic')})$")

    @cached_property
    def filler_start(self) -> re.Pattern[str]:
        return re.compile(
            rf"^(?:{self.any('fillers')}|[、:“”\"《》\-—.\s]|\d+[.、]|[一二三四五六七八九十]+、)"
        )


def words(policy: Policy, jurisdiction: str, on: date) -> Words:
    """The words in force; for a paper from before the first of them, or after the last, the newest."""
    return read(policy.find(LEXICON, jurisdiction, on) or policy.get(LEXICON, jurisdiction, LATEST))


def validate(entry: Entry, policy: Policy) -> list[Problem]:
    """Validator of the policy entries of type `claim_lexicon`: every list is there and makes a pattern."""
    try:
        found = read(entry)
        for name in vars(Words):
            getattr(found, name) if not name.startswith("_") else None
    except (KeyError, TypeError, AttributeError, re.error) as error:
        reason = f"说明用词表不能使用：缺少或写错 {error}"
        return [Problem(entry.file, entry.id, "value", reason, "请对照自带的 audit.lexicon 改正")]
    return []


@lru_cache(maxsize=8)
def read(entry: Entry) -> Words:
    """The words of one entry, its patterns compiled once."""
    return Words(entry.value)


def alternatives(found: Iterable[str]) -> str:
    """A pattern that matches any of the words, longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(set(found), key=len, reverse=True)) + ")"
