"""Units, staff and basic expenditure (单位、人员、基本支出)."""

from __future__ import annotations

from collections.abc import Iterator

from demo_year.book import CENTRE, DEPARTMENT, MAIN, YEAR, Book, Line
from demo_year.draws import draw

DEPARTMENT_NAME = "示例市医疗保障局（虚构）"
CENTRE_NAME = "示例市医疗保障基金中心（虚构）"

# 功能科目, 经济科目, 局本级年初预算（万元）, 中心年初预算（万元）; 0 means that the unit has no such line.
_BASIC = (
    ("2101501", "30101", 452, 1180),
    ("2101501", "30102", 905, 2010),
    ("2101501", "30103", 486, 1105),
    ("2101501", "30106", 44, 118),
    ("2101501", "30112", 9, 24),
    ("2101501", "30114", 6, 15),
    ("2101501", "30199", 58, 236),
    ("2080505", "30108", 272, 640),
    ("2080506", "30109", 136, 320),
    ("2101101", "30110", 92, 228),
    ("2101103", "30111", 46, 110),
    ("2210201", "30113", 318, 742),
    ("2210203", "30102", 152, 388),
    ("2080501", "30301", 0, 22),
    ("2080501", "30302", 112, 150),
    ("2080501", "30304", 0, 12),
    ("2080501", "30305", 4, 6),
    ("2101199", "30307", 18, 31),
    ("2101501", "30309", 2, 3),
    ("2101501", "30399", 5, 11),
    ("2101501", "30201", 42, 96),
    ("2101501", "30202", 12, 28),
    ("2101501", "30203", 6, 0),
    ("2101501", "30205", 3, 9),
    ("2101501", "30206", 21, 68),
    ("2101501", "30207", 15, 44),
    ("2101501", "30209", 66, 172),
    ("2101501", "30211", 38, 46),
    ("2101501", "30213", 18, 52),
    ("2101501", "30214", 12, 60),
    ("2101501", "30215", 14, 12),
    ("2050803", "30216", 24, 58),
    ("2101501", "30217", 4, 3),
    ("2101501", "30226", 9, 22),
    ("2101501", "30228", 31, 78),
    ("2101501", "30229", 22, 60),
    ("2101501", "30231", 9, 13),
    ("2101501", "30239", 78, 205),
    ("2101501", "30299", 24, 62),
    ("2080501", "30201", 2, 4),
    ("2080501", "30299", 2, 2),
    ("2101501", "31002", 26, 72),
    ("2101501", "31007", 8, 15),
    ("2101501", "31013", 0, 18),
)


def basic(unit: str, function: str, economic: str) -> Line:
    """A line of basic expenditure, which the general public budget alone pays for here."""
    return Line(unit, "basic", "", function, economic, program="basic")


def basic_lines() -> Iterator[tuple[Line, int]]:
    """The approved basic expenditure of both units in fen, with odd 角分 below the round figure."""
    for function, economic, *amounts in _BASIC:
        for unit, wan in zip((MAIN, CENTRE), amounts, strict=True):
            if wan:
                yield (
                    basic(unit, function, economic),
                    wan * 1_000_000 - draw(1, 99_999, "basic", unit, function, economic),
                )


def write_units(book: Book) -> None:
    """The unit tree, the two papers, and the papers of the year before that comparatives are taken from."""
    for paper, title in (("budget", "部门预算"), ("accounts", "部门决算")):
        book.add(
            "documents",
            key=f"doc-demo-{YEAR - 1}-{paper}",
            title=f"{DEPARTMENT_NAME}{YEAR - 1}年度{title}（虚构演示）",
            publisher=DEPARTMENT_NAME,
            year=YEAR - 1,
            note="虚构演示数据，没有对应的真实文件",
        )
    for key, name, short, parent, kind, nature in (
        (DEPARTMENT, DEPARTMENT_NAME, "示例市医保局系统（虚构）", "", "department", ""),
        (MAIN, DEPARTMENT_NAME, "示例市医保局（虚构）", DEPARTMENT, "unit", "行政单位（虚构）"),
        (
            CENTRE,
            CENTRE_NAME,
            "示例市医保中心（虚构）",
            DEPARTMENT,
            "unit",
            "参照公务员法管理的事业单位（虚构）",
        ),
    ):
        book.add(
            "units", key=key, code="", name=name, short_name=short, parent=parent, kind=kind, nature=nature,
            jurisdiction="440300",
        )  # fmt: skip
    for kind, title, approved, published in (
        ("budget", "年部门预算", f"{YEAR}-02-06", f"{YEAR}-02-23"),
        ("accounts", "年度部门决算", f"{YEAR + 1}-08-20", f"{YEAR + 1}-09-05"),
    ):
        book.add_without_key(
            "department_years", unit=DEPARTMENT, year=YEAR, kind=kind,
            title=f"{DEPARTMENT_NAME}{YEAR}{title}（虚构演示）", approved_on=approved, published_on=published,
            synthetic="是",
        )  # fmt: skip


# 单位, 人员类别, 编制, 上年末实有, 本年末实有; a kind without posts of its own has none.
_HEADCOUNTS = (
    (MAIN, "行政", 62, 57, 58),
    (MAIN, "雇员", 5, 4, 4),
    (MAIN, "编外", "", 7, 6),
    (MAIN, "退休", "", 16, 17),
    (CENTRE, "事业", 180, 169, 171),
    (CENTRE, "雇员", 6, 5, 5),
    (CENTRE, "编外", "", 24, 22),
    (CENTRE, "退休", "", 23, 25),
    (CENTRE, "离休", "", 1, 1),
)


def write_headcounts(book: Book) -> None:
    """Posts (编制) and persons (实有) at the end of the year before and of the year."""
    for year, column in ((YEAR - 1, 0), (YEAR, 1)):
        for unit, kind, posts, *persons in _HEADCOUNTS:
            book.add(
                "headcounts", unit=unit, as_of=f"{year}-12-31", as_of_precision="day", kind=kind,
                establishment=posts, actual=persons[column],
            )  # fmt: skip
