"""A table that a converter or a web page ran into one line, perhaps with text around it → each of its cells on a line.

Only blanks part the cells, and the blanks inside of them part them as well; what is made is read as any other text
with a cell a line is. A line without a caption, or with few figures, is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from yiheng.reading.raw import RawGrid
from yiheng.reading.structure.captions import is_caption_line, label_of, unit_of
from yiheng.reading.structure.words import is_figure
from yiheng.reading.text.lines import TextLine, numbering_joined, width
from yiheng.reading.text.segments import COUNTED
from yiheng.reading.text.separated import is_separated

_FEWEST_FIGURES: Final = 6
_FEWEST_CELLS: Final = 12
_FEWEST_HEADS: Final = 3
_BELOW_CAPTION: Final = 2
"""Lines below a line of a caption that may begin its table."""
_LONGEST: Final = 40
"""Characters of a cell; a longer piece is a sentence."""
_PROSE: Final = re.compile(r"[，。；！？]|,(?!\d)")
_NUMBERED: Final = re.compile(r"^(?:(?:附|附件)?表\d{1,2}(?:-\d{1,2})?|(?:预算|决算)?公开\d{1,2}表?)$")
_OPEN: Final = re.compile(r"[：:]$")


def spread_all(lines: Sequence[TextLine | RawGrid], raws: Sequence[str]) -> list[TextLine | RawGrid]:
    """The lines, those with tables run into them each in its parts; what has separators is left."""
    found: list[TextLine | RawGrid] = []
    captions = 0
    for line in lines:
        if isinstance(line, RawGrid) or is_separated(raws[line.number - 1]):
            found.append(line)
            captions = 0
            continue
        found += spread(line, captions > 0)
        marked = bool(label_of(line.text) or unit_of(line.text)) and is_caption_line(line.text)
        captions = _BELOW_CAPTION if marked else captions - 1
    return found


def spread(line: TextLine, captioned: bool) -> list[TextLine]:
    """The line, or in its place the cells of its tables and what stands around them."""
    pieces = line.text.split()
    if len(pieces) < _FEWEST_CELLS or sum(map(is_figure, pieces)) < _FEWEST_FIGURES:
        return [line]
    runs = list(_runs(_closed(pieces), captioned))
    if not any(tabular for tabular, _ in runs):
        return [line]
    found: list[TextLine] = []
    for tabular, run in runs:
        texts = run if tabular else [" ".join(run)]
        found += numbering_joined(
            [TextLine(line.number, text, 0, True, False, False, width(text), tabular) for text in texts]
        )
    found[0] = found[0]._replace(gap=line.gap, page_start=line.page_start)
    return found


def _closed(pieces: Sequence[str]) -> list[str]:
    """单位： 万元 and 表 6 in one piece."""
    found: list[str] = []
    for piece in pieces:
        open_ = bool(found) and bool(_OPEN.search(found[-1])) and not is_figure(piece)
        if open_ or (found and _NUMBERED.match(found[-1] + piece)):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def _runs(pieces: Sequence[str], captioned: bool) -> Iterator[tuple[bool, list[str]]]:
    """Pieces one after the other that may all be cells, and those between them; whether a table is in them."""
    cells: list[str] = []
    words: list[str] = []
    for n, piece in enumerate(pieces):
        if not _is_sentence(pieces, n):
            cells.append(piece)
            continue
        if _is_table(cells, captioned and not words):
            if words:
                yield False, words
            yield True, cells
            words = []
        else:
            words += cells
        cells = []
        words.append(piece)
    last = _is_table(cells, captioned and not words)
    if last and words:
        yield False, words
    if cells or words:
        yield last, cells if last else [*words, *cells]


def _is_sentence(pieces: Sequence[str], n: int) -> bool:
    piece = pieces[n]
    counted = n > 0 and is_figure(pieces[n - 1]) and bool(COUNTED.match(piece))
    return len(piece) > _LONGEST or counted or bool(_PROSE.search(piece))


def _is_table(cells: Sequence[str], captioned: bool) -> bool:
    """A caption, here or above, and figures behind it; below a caption the names of columns come first."""
    first = next((n for n, cell in enumerate(cells) if is_figure(cell)), 0)
    if captioned and first >= _FEWEST_HEADS:
        return sum(map(is_figure, cells)) >= _FEWEST_FIGURES
    caption = next((n for n, cell in enumerate(cells) if label_of(cell) or unit_of(cell)), len(cells))
    return sum(map(is_figure, cells[caption:])) >= _FEWEST_FIGURES
