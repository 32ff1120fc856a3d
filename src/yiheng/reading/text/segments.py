"""A line of a table in a text export → labels, codes and figures, also where they run into each other."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from yiheng.money import PrintedKind, parse_printed

_GROUPED: Final = r"\d{1,3}(?:,\d{3})+"
_NUMBER: Final = rf"[-−]?(?:{_GROUPED}|\d+)(?:\.\d+)?%?"
_FIGURE: Final = re.compile(rf"(?:{_NUMBER}|[-—–―]{{1,2}})$")
_BEFORE_WORDS: Final = re.compile(
    rf"^([-−]?(?:{_GROUPED}(?:\.\d+)?|\d+\.\d+)%?|\d+(?:\.\d+)?%)(?=[^\d\s.,%)）])"
)
_AFTER_WORDS: Final = re.compile(rf"(?<=[\u4e00-\u9fff）)])([-−]?(?:{_GROUPED}(?:\.\d+)?|\d+\.\d{{2}})%?)$")
_PERCENTS: Final = re.compile(r"(?<=\d%)(?=[-−]?\d)")
_CODE: Final = re.compile(r"(?:\d{3}(?:\d{2}){0,2}|\d{6}|\d{9})$")
_NUMBERED: Final = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])")
COUNTED: Final = re.compile(
    r"^(?:年(?![末初终])|月|日|号|周岁|个(?!人)|名|家(?!庭)|人(?!员)|台|辆|项(?!目)|类|级|次|万|亿|元|户|种|批|期|岁|周|%)"
)
_LONGEST: Final = 200
"""Characters of a token that may be several cells run together."""
_MOST_FIGURES: Final = 60
"""Tokens at the end of a line that are looked at for figures."""
_DECIMALS: Final = re.compile(rf"(?<![\d.,])(?:{_GROUPED}|\d+)\.(\d+)(?!\d|%)")
_YEAR: Final = re.compile(r"(?:19|20)\d\d$")


class Word(NamedTuple):
    """A token of a line: words, a figure, or a code."""

    text: str
    kind: str
    """w, f or c."""


class Segment(NamedTuple):
    """A label with the figures after it."""

    code: str
    label: str
    figures: tuple[str, ...]


def words(text: str, places: int | None, coded: bool) -> list[Word]:
    """The tokens of a line. `places`: decimals of all figures of the table, if one; `coded`: it has codes."""
    pieces = [piece for raw in text.split() for piece in _apart(raw, places)]
    found: list[Word] = []
    for n, piece in enumerate(pieces):
        following = pieces[n + 1] if n + 1 < len(pieces) else ""
        kind = _kind(
            piece, following, coded and not (found and found[0].kind == "c" and len(found) == 1), found
        )
        if found and kind == "w" and found[-1].kind == "w" and not _NUMBERED.match(piece):
            found[-1] = Word(f"{found[-1].text} {piece}", "w")
        elif kind == "w" and found and found[-1].kind == "f" and COUNTED.match(piece):
            number = found.pop().text
            if found and found[-1].kind == "w":
                found[-1] = Word(f"{found[-1].text} {number} {piece}", "w")
            else:
                found.append(Word(f"{number} {piece}", "w"))
        else:
            found.append(Word(piece, kind))
    return found


def _kind(piece: str, following: str, coded: bool, before: list[Word]) -> str:
    if not _FIGURE.match(piece):
        return "w"
    if coded and not before and _is_code_before_figures(piece, following):
        return "c"
    if coded and _CODE.match(piece) and (not _YEAR.match(piece) or not before):
        words_follow = bool(following) and not _FIGURE.match(following)
        if (words_follow and not COUNTED.match(following)) or (not before and not following):
            return "c"
    return "f"


def _is_code_before_figures(piece: str, following: str) -> bool:
    """A code whose label stands on the lines above and below it: whole digits before an amount of another make."""
    if not _CODE.match(piece) or not _FIGURE.match(following):
        return False
    return "." in following or (len(piece) >= 5 and ("," in following or len(following) < len(piece)))


def _apart(raw: str, places: int | None) -> list[str]:
    """A token that runs figures, words and codes together, taken apart where that is certain."""
    if len(raw) > _LONGEST or (_FIGURE.match(raw) and _whole(raw, places)):
        return [raw]
    parts = _PERCENTS.split(raw)
    if len(parts) > 1:
        return [piece for part in parts for piece in _apart(part, places)]
    if places:
        cut = re.match(rf"([-−]?(?:{_GROUPED}|\d+)\.\d{{{places}}})(?=[\d\u4e00-\u9fff])", raw)
        if cut and _is_rest(raw[cut.end() :]):
            return [cut[1], *_apart(raw[cut.end() :], places)]
    front = _BEFORE_WORDS.match(raw)
    if front:
        return [front[1], *_apart(raw[front.end() :], places)]
    back = _AFTER_WORDS.search(raw)
    if back and back.start() > 0:
        return [raw[: back.start()], back[1]]
    return [raw]


def _whole(raw: str, places: int | None) -> bool:
    if not places or "." not in raw or raw.endswith("%"):
        return parse_printed(raw).kind is not PrintedKind.TEXT
    return len(raw.partition(".")[2]) <= places


def _is_rest(rest: str) -> bool:
    return bool(re.match(rf"(?:\d{{3}}(?:\d{{2}}){{0,2}}(?!\d)|{_NUMBER}$|[^\d.,%])", rest))


def segments(line: list[Word]) -> list[Segment]:
    """Labels with the figures after them, from the left."""
    found: list[Segment] = []
    code, label, figures = "", "", list[str]()
    for word in line:
        if word.kind == "f":
            figures.append(word.text)
            continue
        if figures or (word.kind == "c" and (label or code)) or (word.kind == "w" and label):
            found.append(Segment(code, label, tuple(figures)))
            code, label, figures = "", "", []
        if word.kind == "c":
            code = word.text
        else:
            label = word.text
    if code or label or figures:
        found.append(Segment(code, label, tuple(figures)))
    return found


def usual_places(texts: list[str]) -> int | None:
    """Decimals of the figures of a table where most have as many; None where they differ.

    What is longer counts as well when the rest reads as a code or as the next figure, as in 5,269.54302.
    """
    found = [d for text in texts for d in _DECIMALS.findall(text)]
    for places in (2, 1, 4, 3):
        fits = sum(len(d) == places or (len(d) > places and _is_rest(d[places:])) for d in found)
        plain = sum(len(d) == places for d in found)
        if plain and fits * 10 >= len(found) * 8:
            return places
    return None


def figure_count(text: str) -> int:
    """Figures at the end of a line."""
    n = 0
    for piece in reversed([p for raw in text.split()[-_MOST_FIGURES:] for p in _apart(raw, None)]):
        if not _FIGURE.match(piece):
            break
        n += 1
    return n
