"""Bring the English catalogue (英文界面) up to the texts on the screens, and compile it.

Run it after a text was added or changed: `make translations`. It takes new texts into
src/yiheng/web/locale/en/LC_MESSAGES/django.po, drops those that are gone, writes django.mo, and names what still
waits for a translation. It needs no gettext tools; `tests/web/test_translations.py` uses the same reading of the code.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polib
from django.utils.translation.template import templatize

from yiheng.web.script_words import words_of

REPOSITORY: Final = Path(__file__).resolve().parents[1]
WEB: Final = REPOSITORY / "src/yiheng/web"
CATALOGUE: Final = WEB / "locale/en/LC_MESSAGES/django.po"
FUNCTIONS: Final = ("_", "gettext", "gettext_lazy", "gettext_noop")
_STRING: Final = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_CALL: Final = re.compile(rf"\b(?:gettext|_)\(\s*{_STRING}\s*\)")
_VALUES: Final = re.compile(r"\$\{(?:[^{}]|\{[^{}]*\})*\}")
_PUT_TOGETHER: Final = re.compile(r"`[^`\n]*[\u3400-\u9fff][^`\n]*`")
_PLURAL_OR_CONTEXT: Final = re.compile(r"\b(?:ngettext|pgettext|npgettext)\(")


class Unreadable(Exception):
    """A text marked in a way that this catalogue does not hold."""


def in_template(path: Path) -> Iterator[str]:
    """The texts of a template. Plural forms and contexts are refused: no text needs them so far."""
    code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    if _PLURAL_OR_CONTEXT.search(code):
        raise Unreadable(f"{path}: plural forms and contexts are not kept in the catalogue")
    for found in _CALL.finditer(code):
        yield ast.literal_eval(found[1])


def in_python(path: Path) -> Iterator[str]:
    """The texts of a module. A call with anything but plain words is refused: nobody could translate it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in FUNCTIONS:
            continue
        match node.args:
            case [ast.Constant(value=str(text))]:
                yield text
            case [ast.Name() | ast.Attribute()]:
                pass  # words that were marked with gettext_noop where they stand
            case _:
                raise Unreadable(f"{path}:{node.lineno}: the text is put together before it is translated")


def in_script(path: Path) -> Iterator[str]:
    """The texts of a script: all that are Chinese. One put together with its values is refused."""
    yield from words_of(path.name)
    for found in _PUT_TOGETHER.finditer(_VALUES.sub("", path.read_text(encoding="utf-8"))):
        raise Unreadable(f"{path}: write it with worded(): {found[0]}")


def texts(folder: Path = WEB) -> dict[str, list[str]]:
    """Every text of the screens, with the files that it stands in."""
    found: dict[str, list[str]] = {}
    readings = (("*.html", in_template), ("*.py", in_python), ("static/web/*.js", in_script))
    for pattern, reading in readings:
        for path in sorted(folder.rglob(pattern)):
            place = path.relative_to(folder.parent).as_posix()
            for text in reading(path):
                places = found.setdefault(text, [])
                if place not in places:
                    places.append(place)
    return found


def update(catalogue: polib.POFile, wanted: dict[str, list[str]]) -> list[str]:
    """Make the catalogue hold exactly these texts, in their order; give back those without a translation."""
    known = {entry.msgid: entry for entry in catalogue}
    catalogue.clear()
    for text, places in wanted.items():
        entry = known.get(text) or polib.POEntry(msgid=text)
        entry.occurrences = [(place, "") for place in places]
        entry.flags = ["python-format"] if "%(" in text else []
        catalogue.append(entry)
    return [entry.msgid for entry in catalogue if not entry.msgstr]


def main() -> int:
    """Update the catalogue and compile it; 1 while a text waits for its translation."""
    catalogue = polib.pofile(str(CATALOGUE), wrapwidth=0)
    waiting = update(catalogue, texts())
    catalogue.save(str(CATALOGUE))
    catalogue.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
    for text in waiting:
        print(f"no translation: {text}")
    return 1 if waiting else 0


if __name__ == "__main__":
    raise SystemExit(main())
