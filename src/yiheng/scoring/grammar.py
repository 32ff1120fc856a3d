"""The grammar of printed targets (目标值文法): text → `Target`. What is not certainly typed becomes `Qualitative`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Final

from yiheng.money.numerals import MAX_LENGTH, UNSIGNED
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.lexicon import SCALES, Lexicon, alternatives
from yiheng.scoring.target import (
    PLAIN,
    Approx,
    Boolean,
    Comparison,
    Deadline,
    Direction,
    Each,
    Frequency,
    FromTo,
    NotApplicable,
    Qualitative,
    Quantity,
    Range,
    Rate,
    State,
    Target,
    Tolerance,
    ZeroByText,
)

_BLANKS = re.compile(r"[\s\u3000\u00a0]+")
_DIGITS = str.maketrans("０１２３４５６７８９．％／－﹣−–～＋", "0123456789.%/----~+")
_JOINS = re.compile(r"(?<=[0-9%\u4e00-\u9fff])[~—](?=[-负]?[0-9])")
"""A wave or a long dash stands between the ends of a range, and is no minus where nothing comes before it."""
_SIGN: Final = "[-负]?"
_YEAR: Final = r"(?:19|20)[0-9]{2}"
_BEFORE: Final = r"(?P<before>之前|以前|前)?"
_ACTION: Final = r"(?P<action>[\u4e00-\u9fff]{0,12})"
_MAX_TEXT: Final = 500
_REMEMBERED: Final = 4096
"""Parsed targets kept for the next time."""
_TOO_LONG = re.compile(rf"[0-9,.]{{{MAX_LENGTH + 1}}}")


def squeeze(text: str) -> str:
    """The text without blanks, with half-width digits and signs; Chinese punctuation stays."""
    plain = _BLANKS.sub("", text).translate(_DIGITS)
    return _JOINS.sub("-", plain) if "~" in plain or "—" in plain else plain


def parse(text: str, lexicon: Lexicon, year: int | None = None) -> Target:
    """The typed target of a printed one; `year` is the sheet's, for 年底前.

    Raises `ScoringError` for an empty text, or one too long to be a target.
    """
    plain = squeeze(text)
    if not plain:
        raise ScoringError("指标值是空的，无法判断目标。请填写指标值；确无目标的填“不适用”。")
    if len(plain) > _MAX_TEXT:
        raise ScoringError(f"指标值长 {len(plain)} 字，超过 {_MAX_TEXT} 字，请核对是否填错栏目。")
    return _grammar(_Key(lexicon)).parse(plain, text, year)


Reader = Callable[[re.Match[str], int | None], Target | None]


class Grammar:
    """The parser for one lexicon. Readers are tried in order; the first that takes the whole text decides.

    A form comes with the signs of which it must have at least one.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        scale = alternatives(scale for scale in SCALES if scale)
        # An unknown unit is taken only where no known unit begins, so that 5个社康中心 is not "5 of something".
        unknown = rf"(?!{lexicon.unit_pattern})[\u4e00-\u9fff]{{1,3}}"
        units = rf"(?:{lexicon.unit_pattern}|{unknown})"

        def amount(name: str, sign: str = "") -> str:
            return rf"(?P<{name}n>{sign}{UNSIGNED})(?P<{name}s>{scale})?(?P<{name}u>{units})?"

        # How often, how many for each and what may deviate by a share are never below zero; rates of growth may be.
        count, quantity, low, high = amount("q"), *(amount(name, _SIGN) for name in "qlh")
        op = rf"(?P<op>{lexicon.comparator_pattern})?"
        period = rf"(?P<period>{lexicon.period_pattern})"
        verbs = alternatives(lexicon.directions)
        forms: tuple[tuple[str, str, Reader], ...] = (
            ("年", rf"(?P<year>{_YEAR})年(?:(?P<month>[0-9]{{1,2}})月(?:(?P<day>[0-9]{{1,2}})日)?)?"
                   rf"(?P<end>底|末)?{_BEFORE}{_ACTION}", self._deadline),
            ("年月", rf"(?:年(?P<end>底|末)|(?P<month>1[0-2]|[1-9])月(?:(?P<day>[0-9]{{1,2}})日|(?P<end2>底|末))?)"
                     rf"{_BEFORE}{_ACTION}", self._relative),
            ("/", rf"{op}{count}/{period}", self._rate),
            ("每", rf"每{period}{op}{count}", self._leading_rate),
            ("/", rf"(?P<n>{UNSIGNED})个?{period}/(?P<u>{lexicon.unit_pattern})", self._inverted),
            ("每按", rf"(?P<opening>每|按){period}(?P<action>[\u4e00-\u9fff]{{0,6}})", self._frequency),
            ("≤", rf"{low}≤(?P<subject>[^≤≥<>=0-9]{{1,40}})≤{high}", self._range),
            ("-", rf"{low}-{high}", self._range),
            ("±", rf"{count}[（(]±(?P<percent>{UNSIGNED})%[）)]", self._tolerance),
            ("由从", rf"(?P<opening>由|从){low}(?P<verb>{verbs})(?P<joint>至|到){high}", self._from_to),
            ("", rf"(?P<word>{alternatives(lexicon.approximate)}){quantity}", self._approx),
            ("各", rf"各{op}{count}", self._each),
            ("", rf"{op}{quantity}", self._comparison),
            ("", rf"(?P<subject>[\u4e00-\u9fff]{{2,20}}?)(?P<op>{lexicon.comparator_pattern}){quantity}",
             self._subject),
            ("", rf"(?P<degree>{alternatives(lexicon.degrees)})?(?P<verb>{verbs})", self._direction),
            ("", rf"(?P<degree>{alternatives(lexicon.degrees)})"
                 rf"(?P<verb>{alternatives(lexicon.after_degree)})", self._direction),
            ("为", rf"(?P<subject>[^0-9]*[\u4e00-\u9fff])(?P<joint>为)(?:0|零)(?P<unit>{lexicon.unit_pattern})?",
             self._zero),
        )  # fmt: skip
        self._patterns = [(re.compile(pattern), reader) for _, pattern, reader in forms]
        self._unsigned = [
            both for both, (signs, _, _) in zip(self._patterns, forms, strict=True) if not signs
        ]
        self._signs = frozenset(sign for signs, _, _ in forms for sign in signs)
        self._dated_state = re.compile(rf"(?P<state>{alternatives(lexicon.states)})[（(](?P<inner>.+)[）)]")

        # The same few texts (≥95%, 及时, 12月底前) stand in most sheets.
        self.parse = lru_cache(maxsize=_REMEMBERED)(self._parse)

    def _parse(self, plain: str, printed: str, year: int | None) -> Target:
        """The target of a squeezed text."""
        return _with_text(self._typed(plain, year), printed)

    def _typed(self, plain: str, year: int | None) -> Target:
        lexicon = self.lexicon
        if _TOO_LONG.search(plain):
            return Qualitative(plain)
        if plain in lexicon.not_applicable:
            return NotApplicable(plain)
        if plain in lexicon.booleans:
            return Boolean(lexicon.booleans[plain], plain)
        if plain in lexicon.states:
            return State(plain)
        dated = self._dated_state.fullmatch(plain) if plain[-1] in "）)" else None
        if dated:
            inner = self._typed(dated["inner"], year)
            if isinstance(inner, Deadline) and not inner.state:
                return _deadline(inner, state=dated["state"])
        # Most targets have the sign of no form, and looking for one is quicker than trying them all.
        for pattern, reader in self._unsigned if self._signs.isdisjoint(plain) else self._patterns:
            match = pattern.fullmatch(plain)
            target = reader(match, year) if match else None
            if target is not None:
                return target
        return Qualitative(plain)

    def _deadline(self, match: re.Match[str], year: int | None) -> Target | None:
        return _dated(int(match["year"]), match, match["end"] or "", relative=False)

    def _relative(self, match: re.Match[str], year: int | None) -> Target | None:
        if year is None:
            return None
        return _dated(year, match, match["end"] or match["end2"] or "", relative=True)

    def _rate(self, match: re.Match[str], year: int | None) -> Target | None:
        return Rate(self._operator(match), _quantity(match, "q"), match["period"], self._word(match))

    def _leading_rate(self, match: re.Match[str], year: int | None) -> Target | None:
        word = self._word(match)
        return Rate(self._operator(match), _quantity(match, "q"), match["period"], word, leading=True)

    def _inverted(self, match: re.Match[str], year: int | None) -> Target | None:
        number = _number(match["n"])
        if not number:
            return None
        return Rate(PLAIN, Quantity(number, unit=match["u"]), match["period"], inverted=True)

    def _frequency(self, match: re.Match[str], year: int | None) -> Target | None:
        return Frequency(match["opening"], match["period"], match["action"])

    def _range(self, match: re.Match[str], year: int | None) -> Target | None:
        low, high = _quantity(match, "l"), _quantity(match, "h")
        if not low.scale and not low.unit:
            low = Quantity(low.number, high.scale, high.unit)
        subject = match["subject"] if "subject" in match.re.groupindex else ""
        ordered = low.unit == high.unit and low.value(self.lexicon) <= high.value(self.lexicon)
        return Range(low, high, subject) if ordered else None

    def _tolerance(self, match: re.Match[str], year: int | None) -> Target | None:
        quantity, percent = _quantity(match, "q"), _number(match["percent"])
        return Tolerance(quantity, percent)

    def _from_to(self, match: re.Match[str], year: int | None) -> Target | None:
        start, end = _quantity(match, "l"), _quantity(match, "h")
        verb = match["verb"]
        return FromTo(start, end, verb, self.lexicon.directions[verb], match["opening"], match["joint"])

    def _approx(self, match: re.Match[str], year: int | None) -> Target | None:
        return Approx(_quantity(match, "q"), match["word"])

    def _each(self, match: re.Match[str], year: int | None) -> Target | None:
        return Each(_quantity(match, "q"), self._operator(match))

    def _comparison(self, match: re.Match[str], year: int | None) -> Target | None:
        return Comparison(self._operator(match), _quantity(match, "q"), self._word(match))

    def _subject(self, match: re.Match[str], year: int | None) -> Target | None:
        subject, unfit = match["subject"], self.lexicon.unfit_for_subject
        if not unfit or any(word in subject for word in (*unfit, *self.lexicon.comparators)):
            return None
        return Comparison(self._operator(match), _quantity(match, "q"), self._word(match), subject)

    def _direction(self, match: re.Match[str], year: int | None) -> Target | None:
        verb = match["verb"]
        return Direction(self.lexicon.directions.get(verb, 1), verb, match["degree"] or "")

    def _zero(self, match: re.Match[str], year: int | None) -> Target | None:
        return ZeroByText(match["subject"], match["joint"], match["unit"] or "")

    def _operator(self, match: re.Match[str]) -> str:
        return self.lexicon.comparators[match["op"]] if match["op"] else PLAIN

    def _word(self, match: re.Match[str]) -> str:
        """The comparator as written, where it is not the symbol itself."""
        word = match["op"] or ""
        return "" if self.lexicon.comparators.get(word) == word else word


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("负", "-"))


def _quantity(match: re.Match[str], name: str) -> Quantity:
    return Quantity(_number(match[f"{name}n"]), match[f"{name}s"] or "", match[f"{name}u"] or "")


def _dated(year: int, match: re.Match[str], end: str, *, relative: bool) -> Deadline | None:
    month, day = int(match["month"] or 0), int(match["day"] or 0)
    try:
        dt.date(year, month or 1, day or 1)
    except ValueError:
        return None
    zero_month = match["month"] == "0" * len(match["month"] or "x")
    if zero_month or (match["day"] and (not day or end)):
        return None
    return Deadline(year, month, day, end, match["before"] or "", match["action"], relative)


def _deadline(date: Deadline, state: str) -> Deadline:
    return Deadline(date.year, date.month, date.day, date.end, date.before, date.action, date.relative, state)


def _with_text(target: Target, printed: str) -> Target:
    object.__setattr__(target, "printed", printed)  # a fresh target that nobody else holds yet
    return target


class _Key:
    """A lexicon as a cache key: by identity, since its mappings do not hash."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.lexicon is self.lexicon

    def __hash__(self) -> int:
        return id(self.lexicon)


@lru_cache(maxsize=8)
def _grammar(key: _Key) -> Grammar:
    return Grammar(key.lexicon)


def unknown_units(target: Target, lexicon: Lexicon) -> Iterable[str]:
    """Units in the target that the lexicon does not know."""
    return dict.fromkeys(q.unit for q in target.quantities if not lexicon.knows(q.unit))
