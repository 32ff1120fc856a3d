"""The English catalogue (英文界面): every text of the screens is translated, and the compiled file says the same."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import polib
import pytest
from django.utils.translation import override
from scripts.translations import (
    CATALOGUE,
    FUNCTIONS,
    WEB,
    Unreadable,
    in_python,
    in_script,
    in_template,
    texts,
)

from yiheng.casework.models import CaseState, JobState, PreparationState
from yiheng.casework.models.approvals import Outcome
from yiheng.casework.models.cycle import State
from yiheng.people import passwords
from yiheng.people.models import Right, Role, Work
from yiheng.people.roles import ADMINISTRATION
from yiheng.web.terms import password_rules, term

HAN = re.compile(r"[\u3400-\u9fff]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|<[^>]+>|%%")
BARE = (
    re.compile(r"\{%\s*comment.*?endcomment\s*%\}", re.DOTALL),
    re.compile(r"\{#.*?#\}"),
    re.compile(r"\{%\s*blocktranslate\b.*?endblocktranslate\s*%\}", re.DOTALL),
    re.compile(r"\{%\s*translate\b.*?%\}"),
    re.compile(r"_\(['\"][^)]*\)"),
    re.compile(r'lang="zh-CN">[^<]*<'),  # the language by its own name
    re.compile(r"\{% if .*?%\}"),  # what data are compared with
)
TITLES = {
    "年{{ title }}": "the official name of a paper, as 2024年部门预算",
    "（空）": "a cell as printed",
    "［缺：": "the mark of a gap, as the paper prints it",
}


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


@pytest.fixture(scope="module")
def found() -> dict[str, list[str]]:
    return texts()


def test_the_catalogue_holds_exactly_the_texts_of_the_screens(
    catalogue: polib.POFile, found: dict[str, list[str]]
) -> None:
    """If this fails: `make translations`, then translate what it names."""
    entries = [entry.msgid for entry in catalogue]
    assert len(found) > 1000
    assert sorted(found) == sorted(entries)
    assert len(entries) == len(set(entries))


def test_every_text_is_translated(catalogue: polib.POFile) -> None:
    assert [entry.msgid for entry in catalogue if not entry.msgstr.strip()] == []
    assert [entry.msgid for entry in catalogue if entry.fuzzy or entry.obsolete] == []


def test_a_translation_has_the_placeholders_of_its_text(catalogue: polib.POFile) -> None:
    def marks(text: str) -> Counter[str]:
        return Counter(PLACEHOLDER.findall(text))

    wrong = [entry.msgid for entry in catalogue if marks(entry.msgid) != marks(entry.msgstr)]
    assert wrong == []


def test_a_translation_is_english(catalogue: polib.POFile) -> None:
    left = [e.msgstr for e in catalogue if HAN.search(re.sub(r"“[^”]*”", "", e.msgstr))]
    assert left == [
        "Write it as you are used to, for example ≥2,000家, 不高于15个工作日, 2024年12月底前完成."
    ]


def test_the_compiled_catalogue_says_the_same(catalogue: polib.POFile) -> None:
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    assert {e.msgid: e.msgstr for e in compiled} == {e.msgid: e.msgstr for e in catalogue}


def test_no_text_of_a_template_stands_outside_of_the_catalogue() -> None:
    bare = []
    for path in sorted(WEB.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        for pattern in BARE:
            text = pattern.sub(lambda match: "\n" * match[0].count("\n"), text)
        for title in TITLES:
            text = text.replace(title, "")
        lines = enumerate(text.splitlines(), 1)
        bare += [
            f"{path.relative_to(WEB)}:{number}: {line.strip()}" for number, line in lines if HAN.search(line)
        ]
    assert bare == []


def test_words_of_the_rooms_below_are_translated() -> None:
    choices = (Role, Work, Right, JobState, State, Outcome, PreparationState, CaseState)
    words = [str(label) for each in choices for label in each.labels]
    words += [duty for duties in ADMINISTRATION.values() for duty in duties] + list(passwords.RULES)
    with override("en"):
        assert [word for word in words if HAN.search(term(word))] == []
        assert term(Role.PREPARER.label) == "Preparer" and term("") == term(None) == ""
        assert "not digits only; not a common password; " in str(password_rules("。"))
    with override("zh-hans"):
        assert term(Role.PREPARER.label) == "经办"
        assert str(password_rules("。")) == "；".join(passwords.RULES) + "。"


def test_texts_are_read_from_templates_and_modules(tmp_path: Path) -> None:
    page, module = tmp_path / "page.html", tmp_path / "module.py"
    page.write_text(
        "{% load i18n %}{% translate '甲' %}{% translate \"乙\" as words %}<i title='{{ _(\"丁\") }}'>"
        "{% blocktranslate with n=number %}共 {{ n }} 行，100%{% endblocktranslate %}</i>",
        encoding="utf-8",
    )
    assert list(in_template(page)) == ["甲", "乙", "丁", "共 %(n)s 行，100%%"]
    module.write_text('x = _("戊" "己")\ny = gettext_noop("庚")\nz = gettext(y)\n', encoding="utf-8")
    assert sorted(in_python(module)) == ["庚", "戊己"]


@pytest.mark.parametrize("code", ['_(f"共{n}行")', '_("共" + n)', '_("共{}".format(n))'])
def test_a_text_that_is_put_together_before_it_is_translated_is_refused(tmp_path: Path, code: str) -> None:
    module = tmp_path / "module.py"
    module.write_text(code, encoding="utf-8")
    with pytest.raises(Unreadable, match=r"module\.py:1"):
        list(in_python(module))


def test_every_text_of_a_script_is_asked_for_with_its_translation() -> None:
    """What a script shows goes through `worded`; what it compares with is data."""
    for path in sorted((WEB / "static/web").glob("*.js")):
        code = path.read_text(encoding="utf-8")
        for word in in_script(path):
            for before in re.findall(rf'(.*)"{re.escape(word)}"', code):
                assert re.search(r"worded\(|[!=]==|of \[", before), f"{path.name}: {word}"


def test_a_script_text_with_its_values_in_it_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yiheng.web.script_words.FOLDER", tmp_path)
    script = tmp_path / "some.js"
    script.write_text('// "注"\nsay(worded("共 {n} 行", { n }), `${a ? "甲" : "乙"}。`);\n', encoding="utf-8")
    assert list(in_script(script)) == ["共 {n} 行", "甲", "乙"]
    script = tmp_path / "other.js"
    script.write_text("say(`共 ${n} 行`);\n", encoding="utf-8")
    with pytest.raises(Unreadable, match="worded"):
        list(in_script(script))


def _words(node: ast.AST) -> list[str]:
    """The Chinese words of a value as it stands, not of what is called in it."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) and HAN.search(node.value) else []
    if isinstance(node, ast.Call | ast.Compare):
        return []
    return [word for child in ast.iter_child_nodes(node) for word in _words(child)]


def _calls(path: Path) -> list[ast.Call]:
    return [
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    ]


def _name(call: ast.Call) -> str:
    return str(getattr(call.func, "id", getattr(call.func, "attr", "")))


def test_labels_and_messages_are_marked_for_translation() -> None:
    """Labels, help and errors of forms, and what is said above a page after an action."""
    bare = []
    for path in sorted((WEB / "screens").rglob("*.py")):
        for call in _calls(path):
            shown = [k.value for k in call.keywords if k.arg in ("help_text", "error_messages")]
            if "Field" in _name(call):
                shown += [k.value for k in call.keywords if k.arg in ("label", "choices")]
            if ast.unparse(call.func).startswith("messages.") or _name(call) == "add_error":
                shown += call.args[1:]
            bare += [f"{path.name}:{call.lineno}: {word}" for value in shown for word in _words(value)]
    assert bare == []


def test_what_is_stored_is_not_translated() -> None:
    """The title of a job is read by others, in their own language."""
    translated = [
        f"{path.name}:{call.lineno}"
        for path in sorted((WEB / "screens").rglob("*.py"))
        for call in _calls(path)
        if _name(call) == "enqueue"
        for inner in ast.walk(call)
        if isinstance(inner, ast.Call) and _name(inner) in FUNCTIONS
    ]
    assert translated == []
