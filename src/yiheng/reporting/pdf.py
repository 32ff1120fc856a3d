"""The disclosure document as PDF (公开文本), typeset by Typst from `paper.typ`.

The template is fixed; a paper reaches it as JSON data, never as markup, so that no character of a text can act as
a command. The PDF is tagged (PDF/UA-1), carries title, owner and bookmarks, and depends on nothing but the
paper, the fonts and the version of the program: no clock, no system font.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import typst

from yiheng.facts import Paper
from yiheng.reporting import charts, layout
from yiheng.reporting import gbt9704 as gbt
from yiheng.reporting.document import (
    CONTENTS_DEPTH,
    PICTURE_HEIGHT,
    Document,
    Heading,
    Item,
    Paragraph,
    Picture,
    build,
)
from yiheng.reporting.fonts import FontSet
from yiheng.reporting.grid import Face
from yiheng.reporting.layout import Fitted, TableLayout
from yiheng.reporting.text import breakable

_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed with font `"(.+?)"`')


def write(paper: Paper, path: Path, fonts: FontSet | None = None) -> None:
    """Write the paper to `path`, replacing a file there.

    Warns (UserWarning, in Chinese) where `fonts` names a folder that lacks official typefaces. Raises ValueError
    (in Chinese) where a section names a table that the paper does not have, or where the folder is no folder.
    """
    chosen = fonts or FontSet()
    if chosen.folder is not None and chosen.notice:
        warnings.warn(chosen.notice, stacklevel=2)
    path.write_bytes(render(paper, chosen))


def render(paper: Paper, fonts: FontSet | None = None) -> bytes:
    """The PDF file of a paper as bytes.

    Warns (UserWarning, in Chinese) where a rare character has no glyph in the fonts: the file then shows a blank
    box for it and cannot be called PDF/UA.
    """
    chosen = fonts or FontSet()
    inputs = _inputs(build(paper), chosen)
    try:
        return _compile(inputs, chosen, "ua-1")
    except typst.TypstError as error:
        found = _NO_GLYPH.search(str(error))
        if found is None:
            raise
        warnings.warn(
            f"{paper.title}：字体 {found[2]} 中没有“{found[1]}”的字形，PDF 中该字显示为空框，且不再声明符合 PDF/UA；"
            "请在字体目录中放入包含该字的字体。",
            stacklevel=2,
        )
        return _compile(inputs, chosen, None)


def _compile(inputs: dict[str, str], fonts: FontSet, standard: Literal["ua-1"] | None) -> bytes:
    return typst.compile(
        _template(),
        format="pdf",
        pdf_standards=standard,
        font_paths=fonts.loaded(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )


def entry_pages(document: Document, fonts: FontSet | None = None) -> tuple[int, ...]:
    """Page number of each entry of the table of contents, in order."""
    chosen = fonts or FontSet()
    found = typst.query(
        _template(),
        "<pages>",
        field="value",
        one=True,
        format="json",
        font_paths=chosen.loaded(),
        ignore_system_fonts=True,
        sys_inputs=_inputs(document, chosen),
    )
    return tuple(json.loads(found))


def _template() -> bytes:
    return files("yiheng.reporting").joinpath("paper.typ").read_bytes()


def _inputs(document: Document, fonts: FontSet) -> dict[str, str]:
    data = {
        "title": document.full_title,
        "lines": document.title_lines,
        "owner": document.owner,
        "marks": document.marks,
        "depth": CONTENTS_DEPTH,
        "page": _page(),
        "fonts": _faces(fonts),
        "cell": {"x": layout.PAD_X, "line": layout.LINE, "note": layout.NOTE_SIZE},
        "parts": [
            {"landscape": part.landscape, "items": [_item(item) for item in part.items]}
            for part in document.parts
        ],
    }
    return {"paper": json.dumps(data, ensure_ascii=False)}


def _page() -> Mapping[str, float]:
    """The numbers of GB/T 9704 that the template draws with: millimetres for margins, points for type."""
    return {
        "top": gbt.TOP_MM,
        "bottom": gbt.BOTTOM_MM,
        "inside": gbt.INSIDE_MM,
        "outside": gbt.OUTSIDE_MM,
        "turned-top": gbt.LANDSCAPE_TOP_MM,
        "turned-bottom": gbt.LANDSCAPE_BOTTOM_MM,
        "turned-side": gbt.LANDSCAPE_SIDE_MM,
        "drop": gbt.PAGE_NUMBER_DROP_MM,
        "body": gbt.BODY_SIZE,
        "title": gbt.TITLE_SIZE,
        "part": gbt.PART_SIZE,
        "number": gbt.PAGE_NUMBER_SIZE,
        "contents": gbt.CONTENTS_SIZE,
        "small": gbt.SMALL_SIZE,
        "line": gbt.LINE_PITCH,
        "char": gbt.CHAR_PITCH,
    }


def _faces(fonts: FontSet) -> Mapping[str, str]:
    return {
        "title": fonts.family(gbt.TITLE_FACE),
        "hei": fonts.family(gbt.HEI_FACE),
        "kai": fonts.family(gbt.KAI_FACE),
        "body": fonts.family(gbt.BODY_FACE),
        "song": fonts.family(gbt.SONG_FACE),
    }


def _item(item: Item) -> dict[str, Any]:
    if isinstance(item, Heading):
        return {
            "kind": "heading",
            "text": breakable(item.text, gbt.CHARS - 2),
            "level": item.level,
            "depth": item.depth,
            "break": item.new_page,
        }
    if isinstance(item, Paragraph):
        room = gbt.CHARS * gbt.CHAR_PITCH / (gbt.SMALL_SIZE if item.small else gbt.BODY_SIZE)
        runs = [{"text": breakable(run.text, room - 2), "gap": run.gap} for run in item.runs]
        return {"kind": "paragraph", "runs": runs, "small": item.small}
    if isinstance(item, Picture):
        drawn = charts.on_paper(item.chart)
        return {
            "kind": "picture",
            "svg": drawn.svg,
            "height": min(drawn.height, PICTURE_HEIGHT) * charts.POINTS_A_PIXEL,
            "alt": f"{item.caption}。{charts.description(item.chart)}",
            "caption": breakable(item.caption, gbt.CHARS),
            "note": breakable(item.note, gbt.CHARS),
        }
    return {"kind": "table", "depth": item.depth, "break": item.new_page, **_table(item.layout)}


def _table(table: TableLayout) -> dict[str, Any]:
    return {
        "heading": breakable(table.heading, gbt.CHARS),
        "owner": table.owner,
        "unit": table.unit,
        "notes": [breakable(note, gbt.CHARS) for note in table.notes],
        "size": table.size,
        "pad": table.pad,
        "together": table.together,
        "grids": [_grid(part, table.size) for part in table.parts],
    }


def _grid(part: Fitted, size: float) -> dict[str, Any]:
    """Columns in points; header and body cells as (text, face, colspan, rowspan, indent, strong)."""
    cells: tuple[list[tuple[object, ...]], list[tuple[object, ...]]] = ([], [])
    for r, row in enumerate(part.grid.rows):
        for cell in row:
            room = (part.width_of(cell) - 2 * layout.PAD_X) / size - cell.indent
            text = cell.text if cell.face is Face.FIGURE else breakable(cell.text, room)
            body = r >= part.grid.header_rows
            cells[body].append((text, cell.face.value, cell.colspan, cell.rowspan, cell.indent, cell.strong))
    return {
        "columns": part.widths,
        "head": cells[0],
        "body": cells[1],
        "apart": part.grid.apart,
        "together": part.together,
    }
