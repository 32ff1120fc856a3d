"""What a column mapping does to each row: other words for values, constants, rows to leave out, keys to build."""

from __future__ import annotations

from collections.abc import Sequence

from yiheng.facts.sheets import KEY, Catalogs, Column, Kind, Sheet, Value, plain_label
from yiheng.reading.cells import CellError, Converter, converter, dated, text_of
from yiheng.reading.grid import Complaints
from yiheng.reading.header import Header
from yiheng.reading.mapping import SheetMapping


class RowMapping:
    """One sheet's mapping made ready for its rows; without a mapping it changes nothing."""

    def __init__(
        self,
        sheet: Sheet,
        mapping: SheetMapping | None,
        header: Header,
        catalogs: Catalogs,
        complaints: Complaints,
    ) -> None:
        self._mapping = mapping
        self._skips = [
            (header.positions[label], values)
            for label, values in (mapping.skip_where.items() if mapping else ())
            if label in header.positions
        ]
        self.constants: dict[str, Value] = {}
        for name, text in mapping.constants.items() if mapping else ():
            column = sheet.column(name)
            try:
                self.constants[name] = _constant(column, text, catalogs)
            except CellError as error:
                complaints.at(header.row, None, column.title, text, error)

    def translated(self, column: Column, convert: Converter) -> Converter:
        """The column's converter, after the mapping's words for its values."""
        words = self._mapping.values.get(column.name) if self._mapping else None
        if not words:
            return convert
        return lambda raw: convert(words.get(plain_label(text_of(raw) or ""), raw))

    def skips(self, cells: Sequence[object]) -> bool:
        """Whether the mapping leaves this row out."""
        return any(plain_label(text_of(cells[index]) or "") in values for index, values in self._skips)

    def make_key(self, values: dict[str, Value]) -> None:
        """Build the key from other columns where the mapping says so; a blank part leaves an empty place."""
        if self._mapping and self._mapping.key_from and values.get(KEY) is None:
            values[KEY] = "-".join(str(values.get(name) or "") for name in self._mapping.key_from)


def _constant(column: Column, text: str, catalogs: Catalogs) -> Value:
    if column.kind is Kind.AMOUNT:
        raise CellError("列对应有误", "金额不能写成固定值", "请指出金额所在的列")
    if column.precision:
        return dated(text, partial=True)[0]
    return converter(column, catalogs)(text)
