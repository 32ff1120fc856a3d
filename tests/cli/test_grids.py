"""Tables on the terminal: no figure is ever broken or cut, however narrow the window is."""

import io

import pytest
from rich.console import Console
from tests.reporting import sample2

from yiheng.cli import support
from yiheng.cli.grids import print_table
from yiheng.facts import CellKind, Table


def figures(table: Table) -> list[str]:
    return [
        cell.text
        for block in table.blocks
        for cells in block.cells
        for column, cell in zip(block.columns, cells, strict=True)
        if column.kind is CellKind.MONEY and cell.text
    ]


@pytest.mark.parametrize("width", [30, 60, 90, 200])
def test_figures_stay_whole(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setattr(support, "console", Console(file=io.StringIO(), width=width))
    for table in sample2.paper().tables:
        print_table(table)
    shown = support.console.file.getvalue()  # type: ignore[attr-defined]
    assert "…" not in shown
    for table in sample2.paper().tables:
        for figure in figures(table):
            assert f" {figure} " in shown
    assert ("窗口宽" in shown) is (width < 90)


def test_a_table_without_figures_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    table = sample2.empty_table()
    print_table(table)
    shown = capsys.readouterr().out
    assert table.title in shown
    assert table.reason in shown
