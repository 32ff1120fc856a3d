"""Charts as pixels (图的栅格化), for formats that cannot hold SVG: Typst draws them with the fonts of the program."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

import typst

from yiheng.reporting.fonts import FontSet

PIXELS_PER_INCH: Final = 200
_TEMPLATE: Final = (
    b"#set page(width: auto, height: auto, margin: 0pt)\n"
    b"#for (n, svg) in json(bytes(sys.inputs.charts)).enumerate() {\n"
    b"  if n > 0 { pagebreak() }\n"
    b'  image(bytes(svg), format: "svg")\n'
    b"}\n"
)


def pngs(svgs: Sequence[str]) -> tuple[bytes, ...]:
    """Each SVG as a PNG; the same SVG gives the same bytes. A pixel of the SVG is 0.75 pt."""
    if not svgs:
        return ()
    # Always the open fonts, so that a chart looks the same wherever it is drawn.
    # One page comes as bytes, several as a list.
    drawn: Any = typst.compile(
        _TEMPLATE,
        format="png",
        ppi=PIXELS_PER_INCH,
        font_paths=FontSet().loaded(),
        ignore_system_fonts=True,
        sys_inputs={"charts": json.dumps(list(svgs), ensure_ascii=False)},
    )
    return tuple(drawn) if isinstance(drawn, list) else (drawn,)
