"""What the public must not find (涉密项目、支付、供应商), searched in every file of a package and on the terminal."""

import csv
import datetime as dt
import html
import itertools
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pypdfium2
import pytest
from tests.command import change, copied, package, run

from yiheng.facts.disclosure import RULE_ID
from yiheng.pipelines.intake import SHEETS
from yiheng.policy import Policy

SECRET = "demo-p11"
SECRET_NAME, SECRET_CODE = "青鸾医保数据专项核验（虚构涉密）", "XN-2024-11"
SECRET_WORDS = ("青鸾", SECRET_CODE, SECRET)
"""青鸾 stands in every text that belongs to the project: content, costing, targets, contract, payments."""
OPEN = "demo-p01"
"""A project that is not secret, whose evaluation speaks of the secret one."""
LABEL, FUNCTION_CODE = "有关项目", "2101599"
PAPERS = ("budget", "accounts")
AUDIENCES = ("public", "internal")
INNER_COLUMNS = {
    "payments": ("key", "payee", "summary", "approval"),
    "contracts": ("key", "title", "supplier"),
    "assets": ("key", "barcode", "location"),
    "vehicles": ("key", "name"),
    "headcounts": ("key",),
}
"""Columns that name a payment, a firm, a thing or persons."""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The synthetic bureau-year, in which other rows speak of the secret project too."""
    folder = package("demo-2024", tmp_path_factory.mktemp("source"))
    words = f"因{SECRET_NAME}（{SECRET_CODE}）增加。"
    change(folder, "reasons", "text", words, {"kind": "accounts", "subject": "general"})
    change(folder, "reasons", "text", words, {"kind": "budget", "subject": "total"})
    change(folder, "texts", "text", f"承担{SECRET_NAME}等工作。", {"kind": "accounts", "section": "duties"})
    task = next(row["key"] for row in rows(folder, "tasks") if row["project"] == SECRET)
    append(
        folder,
        "objectives",
        {
            "key": "mb-x",
            "unit": "demo-main",
            "year": "2024",
            "level": "task",
            "task": task,
            "text": "青鸾任务的目标",
        },
    )
    for key, project, words in (
        ("zp-x1", SECRET, "青鸾核验"),
        ("zp-x2", OPEN, f"配合{SECRET_NAME}（{SECRET_CODE}）"),
    ):
        evaluate(folder, key, project, words)
    return folder


def append(folder: Path, sheet: str, *added: dict[str, str]) -> None:
    """Rows more of a sheet, which the example may or may not have."""
    found = [*(rows(folder, sheet) if (folder / f"{sheet}.csv").is_file() else []), *added]
    with (folder / f"{sheet}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(column for row in found for column in row)))
        writer.writeheader()
        writer.writerows(found)


def evaluate(folder: Path, key: str, project: str, words: str) -> None:
    """A self-evaluation sheet of the project whose every text holds these words, in place of the one that it has."""
    there = (folder / "evaluations.csv").is_file()
    own = {r["key"] for r in rows(folder, "evaluations") if r["project"] == project} if there else set()
    for sheet, column in (("evaluations", "key"), ("evaluation_rows", "evaluation")):
        if (folder / f"{sheet}.csv").is_file():
            kept = [r for r in rows(folder, sheet) if r[column] not in own]
            (folder / f"{sheet}.csv").unlink()
            append(folder, sheet, *kept)
    of = {"unit": "demo-main", "year": "2024"}
    append(
        folder,
        "evaluations",
        {
            "key": key,
            **of,
            "level": "project",
            "project": project,
            "execution_weight": "10",
            "implementer": f"{words}实施单位",
            "goal": f"{words}目标",
            "outcome": f"{words}情况",
        },
    )
    append(
        folder,
        "evaluation_rows",
        {
            "key": f"{key}-1",
            **of,
            "evaluation": key,
            "order": "1",
            "level1": "产出指标",
            "level2": "数量指标",
            "level3": f"{words}次数",
            "target": "≥10次",
            "actual": "9次",
            "weight": "90",
            "reason": f"{words}原因",
            "evidence_kind": "说明",
            "evidence": f"{words}佐证",
        },
    )


@pytest.fixture(scope="module")
def home(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = copied(tmp_path_factory.mktemp("ledger") / "home")
    run(home, "load", source)
    return home


@pytest.fixture(scope="module")
def packages(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, str]]:
    """For each audience the text of every file of both papers, by path, without blanks."""
    found = {}
    for audience in AUDIENCES:
        out = tmp_path_factory.mktemp(audience)
        run(home, "publish", "--all", "--out", out, *(["--internal"] if audience == "internal" else []))
        found[audience] = {name: "".join(text.split()) for name, text in texts(out)}
    return found


def rows(folder: Path, sheet: str) -> list[dict[str, str]]:
    with (folder / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file below the folder as text; of a zipped document each part, with its marks and without."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        if path.suffix in (".docx", ".xlsx"):
            with zipfile.ZipFile(path) as archive:
                for part in (name for name in archive.namelist() if not name.endswith(".png")):
                    xml = archive.read(part).decode("utf-8")
                    yield f"{name}/{part}", xml + html.unescape(re.sub(r"<[^>]+>", "", xml))
        elif path.suffix == ".pdf":
            document = pypdfium2.PdfDocument(path)
            pages = [page.get_textpage().get_text_range() for page in document]
            yield name, "\n".join([*pages, *document.get_metadata_dict().values()])
        else:
            yield name, path.read_text(encoding="utf-8")


def inner_words(source: Path) -> set[str]:
    """What names a payment, a firm, a thing or persons in the ledger; of keys, what those of one sheet begin with."""
    found = {
        "".join(row[column].split()) if column != "key" else row[column].rpartition("-")[0]
        for sheet, columns in INNER_COLUMNS.items()
        for row in rows(source, sheet)
        for column in columns
        if row[column]
    }
    assert {f"demo-2024-{sheet}" for sheet in INNER_COLUMNS} <= found
    return found - {unit["name"] for unit in rows(source, "units")}


def test_every_kind_of_file_is_searched(packages: Mapping[str, Mapping[str, str]]) -> None:
    for audience, paper in itertools.product(AUDIENCES, PAPERS):
        names = [n for n in packages[audience] if n.startswith(f"demo-2024-{paper}")]
        assert {Path(n.split("/")[1]).suffix for n in names} == {".xlsx", ".docx", ".pdf", ".json", ""}
        assert {Path(n).suffix for n in names} >= {".html", ".js", ".css", ".csv", ".json", ".pdf", ".xml"}
        document = next(
            t
            for n, t in packages[audience].items()
            if n.startswith(f"demo-2024-{paper}") and n.endswith("pdf")
        )
        assert "虚构" in document


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_secret_project_is_in_no_file(
    packages: Mapping[str, Mapping[str, str]], source: Path, audience: str
) -> None:
    belongings = [r for s in SHEETS if (source / f"{s.name}.csv").is_file() for r in rows(source, s.name)]
    own = [r for r in belongings if SECRET in (r.get("key"), r.get("project"))]
    keys = {r["key"] for r in own}
    assert len(keys) > 70
    assert sum("青鸾" in "".join(r.values()) for r in own) > 50
    for name, text in packages[audience].items():
        assert not [word for word in SECRET_WORDS if word in text], name
        assert not [key for key in keys if key in text], name


@pytest.mark.parametrize("audience", AUDIENCES)
def test_its_amount_and_its_code_are_printed(
    packages: Mapping[str, Mapping[str, str]], source: Path, audience: str
) -> None:
    lines = [r for r in rows(source, "budget_lines") if r["project"] == SECRET and r["stage"] == "approved"]
    assert {r["function"] for r in lines} == {FUNCTION_CODE}
    total = sum(float(r["amount"]) for r in lines)
    assert total == 3_142_000
    site = packages[audience][
        f"demo-2024-budget{'' if audience == 'public' else '-internal'}/site/index.html"
    ]
    row = re.search(rf"<tr[^>]*>(?:(?!</tr>).)*{LABEL}(?:(?!</tr>).)*>314<", site)
    assert row is not None
    assert FUNCTION_CODE in site


@pytest.mark.parametrize("audience", AUDIENCES)
def test_other_rows_speak_of_it_by_its_printed_label(
    packages: Mapping[str, Mapping[str, str]], audience: str
) -> None:
    suffix = "" if audience == "public" else "-internal"
    for paper in PAPERS:
        for file in ("disclosure.pdf", "site/index.html"):
            assert f"因{LABEL}（{LABEL}）增加。" in packages[audience][f"demo-2024-{paper}{suffix}/{file}"]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_an_evaluation_speaks_of_it_by_its_printed_label_too(
    packages: Mapping[str, Mapping[str, str]], audience: str
) -> None:
    """The secret project has no sheet in `performance/`, and the other sheets hide what they say of it."""
    folder = f"demo-2024-accounts{'' if audience == 'public' else '-internal'}/performance/"
    found = {
        name.removeprefix(folder): text
        for name, text in packages[audience].items()
        if name.startswith(folder)
    }
    for file in ("evaluation.pdf", "evaluation.docx/word/document.xml", "site/index.html"):
        assert f"配合{LABEL}（{LABEL}）次数" in found[file]
        assert f"配合{LABEL}（{LABEL}）目标" in found[file]
    assert any(f"配合{LABEL}（{LABEL}）原因" in text for name, text in found.items() if ".xlsx/" in name)


def test_no_payment_no_firm_and_no_thing_is_in_a_public_file(
    packages: Mapping[str, Mapping[str, str]], source: Path
) -> None:
    words = inner_words(source)
    assert len(words) > 300
    for name, text in packages["public"].items():
        assert not [word for word in words if word in text], name


def test_inside_every_payment_can_be_found(packages: Mapping[str, Mapping[str, str]], source: Path) -> None:
    site = packages["internal"]["demo-2024-accounts-internal/site/data/sources.js"]
    open_ = [r["key"] for r in rows(source, "payments") if r["project"] != SECRET]
    assert len(open_) > 500
    assert not [key for key in open_ if key not in site]


@pytest.mark.parametrize("kind", PAPERS)
def test_the_terminal_shows_no_more(home: Path, source: Path, kind: str) -> None:
    paper = ("demo", 2024, "--kind", kind)
    told = run(home, "statements", *paper, "--json", "--internal").stdout
    cells = [cell["address"] for table in json.loads(told) for cell in table["cells"]]
    secret = [address for address in cells if "/secret-1," in address]
    cell = secret[0] if secret else "公开03表[合计, 项目支出]"
    assert bool(secret) is (kind == "budget")
    inside = run(home, "explain", *paper[:2], cell, *paper[2:], "--json", "--internal").stdout
    public = [
        run(home, "statements", *paper).stdout,
        run(home, "check", *paper, "--json").stdout,
        run(home, "explain", *paper[:2], cell, *paper[2:]).stdout,
    ]
    for text in (told, inside, *public):
        assert not [word for word in SECRET_WORDS if word in text]
    words = inner_words(source)
    for text in public:
        assert not [word for word in words if word in "".join(text.split())]
    assert "来源（" in public[2]
    assert ("demo-2024-payments-" in inside) is (kind == "accounts")


def test_the_inner_tables_are_tables() -> None:
    """A sheet that is renamed must be renamed in the rule, or it would be published."""
    inner = set(Policy.load().get(RULE_ID, "440300", dt.date(2024, 12, 31)).value["inner_tables"])
    assert inner == {SHEETS[name].title for name in INNER_COLUMNS}
