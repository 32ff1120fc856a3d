"""Where one paper of a bundle (汇编) ends and the next begins."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from yiheng.facts.document import PageSize, Place
from yiheng.reading.pdf.bundle import papers
from yiheng.reading.pdf.draft import DraftLine, DraftPage
from yiheng.reading.raw import RawGrid

TABLE = object()
Given = Sequence[object]

ONE = ["岚州市教育局", "2024年部门预算"]
OTHER = ["岚州市卫生健康局", "2024年部门预算"]
CONTENTS = ["目　录", "第一部分 部门概况……1", "第二部分 部门预算表……3"]
WORDS = ["一、部门职责", "负责全市教育工作的统筹规划。"]


def pages(*given: Given) -> list[DraftPage]:
    return [_page(number, lines) for number, lines in enumerate(given, 1)]


def _page(number: int, given: Given) -> DraftPage:
    blocks = tuple(
        RawGrid((), Place(number))
        if line is TABLE
        else DraftLine(str(line), Place(number), 10.5, (0, 0, 1, 1))
        for line in given
    )
    return DraftPage(number, PageSize(595, 842), blocks)


def parted(*given: Given) -> list[list[int]]:
    """Page numbers of each paper."""
    found = [[page.number for page in paper] for paper in papers(iter(pages(*given)))]
    assert [number for paper in found for number in paper] == list(range(1, len(given) + 1))
    return found


def test_each_paper_begins_at_its_title_page() -> None:
    assert parted(ONE, CONTENTS, WORDS, [TABLE], OTHER, CONTENTS, WORDS, [TABLE]) == [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
    ]


def test_a_paper_may_come_twice() -> None:
    assert parted(ONE, CONTENTS, [TABLE], ONE, CONTENTS, [TABLE]) == [[1, 2, 3], [4, 5, 6]]


def test_a_last_page_that_names_a_paper_is_no_title_page() -> None:
    for last in (["编制说明", "来源文件：岚州市教育局2024年部门预算"], ["岚州市教育局2024年部门预算", "完"]):
        assert parted(ONE, CONTENTS, [TABLE], last, OTHER, CONTENTS, [TABLE]) == [[1, 2, 3, 4], [5, 6, 7]]


def test_title_and_contents_on_one_page_or_a_blank_page_apart() -> None:
    assert parted([*ONE, *CONTENTS], WORDS, OTHER, [], CONTENTS, WORDS) == [[1, 2], [3, 4, 5, 6]]


@pytest.mark.parametrize(
    "page",
    [
        ["第二部分", "2024年部门预算表"],  # a part of the paper
        ["附件", "岚州市教育局2024年项目支出绩效自评表"],
        ["2024年部门预算有关情况如下。"],  # a sentence
        [*OTHER, TABLE],  # a table's caption
        ["岚州市卫生健康局"],  # no kind of paper
    ],
)
def test_what_is_no_title_page_begins_nothing(page: Given) -> None:
    assert parted(ONE, CONTENTS, WORDS, page, CONTENTS, [TABLE]) == [[1, 2, 3, 4, 5, 6]]


def test_a_title_without_a_contents_list_begins_nothing() -> None:
    assert parted(ONE, CONTENTS, WORDS, OTHER, WORDS, [TABLE]) == [[1, 2, 3, 4, 5, 6]]
    assert parted(ONE, CONTENTS, WORDS, OTHER, [TABLE], CONTENTS) == [[1, 2, 3, 4, 5, 6]]


def test_a_file_that_does_not_begin_as_a_paper_is_one() -> None:
    assert parted(WORDS, [TABLE], OTHER, CONTENTS, [TABLE]) == [[1, 2, 3, 4, 5]]


def test_a_unit_that_the_contents_list_announces_is_part_of_its_department() -> None:
    listing = ["目　录", "第一部分 部门概况……1", "第二部分 岚州市第一中学……9"]
    school = ["岚州市第一中学", "2024年部门预算"]
    assert parted(ONE, listing, WORDS, [TABLE], school, CONTENTS, [TABLE]) == [[1, 2, 3, 4, 5, 6, 7]]
    assert parted(ONE, listing, WORDS, [TABLE], OTHER, CONTENTS, [TABLE]) == [[1, 2, 3, 4], [5, 6, 7]]


def test_the_contents_list_of_a_bundle_is_no_paper_and_says_so() -> None:
    cover = ["岚州市", "2024年部门预算汇编"]
    listing = ["目　录", "1.岚州市教育局……3", "2.岚州市卫生健康局……40"]
    further = ["3.岚州市交通运输局……77", "4.岚州市水务局……99"]
    given = pages(cover, listing, further, ONE, CONTENTS, [TABLE], OTHER, CONTENTS, [TABLE])
    front, *rest = papers(iter(given))
    assert [page.number for page in front] == [1, 2, 3]
    assert not any(page.blocks for page in front)
    (problem,) = front[0].problems
    assert "第 1—3 页" in problem.message and problem.remedy
    assert [[page.number for page in paper] for paper in rest] == [[4, 5, 6], [7, 8, 9]]
    assert all(not page.problems for paper in rest for page in paper)


def test_nothing_is_kept_of_a_paper_that_was_handed_over() -> None:
    """The next page is asked for only after the paper was taken."""
    asked = []

    def given() -> Sequence[DraftPage]:
        return pages(ONE, CONTENTS, [TABLE], OTHER, CONTENTS, [TABLE], ONE, CONTENTS, [TABLE])

    def one_by_one():  # type: ignore[no-untyped-def]
        for page in given():
            asked.append(page.number)
            yield page

    found = papers(one_by_one())
    next(found)
    assert asked == [1, 2, 3, 4, 5]


def test_no_pages_are_no_paper() -> None:
    assert list(papers(iter(()))) == []
