"""Paragraphs made by hand, for tests of sentences without a file reader."""

from __future__ import annotations

import re
from collections.abc import Iterable

from yiheng.facts.document import Place, ReadDocument, ReadParagraph

_MARKS = (
    re.compile(r"^[一二三四五六七八九十]+、"),
    re.compile(r"^[(（][一二三四五六七八九十]+[)）]"),
    re.compile(r"^(?:\d{1,2}[.．](?!\d)|[⒈-⒛])"),
    re.compile(r"^[(（]\d+[)）]"),
)


def document(paragraphs: Iterable[str]) -> ReadDocument:
    """A document of these paragraphs; a short numbered one is a heading of its level."""
    body: list[ReadParagraph] = []
    open_headings: list[tuple[int, int]] = []
    for index, text in enumerate(paragraphs):
        level = next((n for n, mark in enumerate(_MARKS, start=1) if mark.match(text.strip())), 0)
        heading = level if level and len(text) < 40 and not re.search(r"\d万?元", text) else 0
        if heading:
            open_headings = [(lv, at) for lv, at in open_headings if lv < heading]
        section = tuple(at for _, at in open_headings)
        body.append(ReadParagraph(index, text, heading, ((0, Place(line=index + 1)),), section))
        if heading:
            open_headings.append((heading, index))
    return ReadDocument("试读.txt", "text", tuple(body))


def joined(text: str) -> list[str]:
    """Paragraphs of a text whose lines were broken by print: a short line or a number begins a new one."""
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line and not re.fullmatch(r"-? ?\d+ ?-?", line)]
    width = sorted(len(line) for line in lines)[int(len(lines) * 0.8)]
    made: list[str] = []
    ended = True
    for line in lines:
        numbered = any(mark.match(line) for mark in _MARKS)
        if ended or numbered or not made:
            made.append(line)
        else:
            made[-1] += line
        ended = len(line) < width * 0.8 or bool(re.search(r"[。：:]$", line) and len(line) < width - 1)
    return made
