"""CSV text in whatever encoding the exporting system chose."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final

from yiheng.reading.grid import Grid
from yiheng.reading.problems import Unreadable, unreadable

_SEPARATORS: Final = (",", "\t", ";")
UTF8: Final = "UTF-8"


def decode(file: str, content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: UTF-8, UTF-8-BOM or GB18030 (which contains GBK). Raises `Unreadable`."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise unreadable(file, "编码不对", "文件是 UTF-16 编码", "请另存为“CSV UTF-8”")
    if b"\x00" in content:
        raise unreadable(file, "不是 CSV", "文件是二进制内容", "请另存为“CSV UTF-8”；工作簿请用 .xlsx 扩展名")
    if content.startswith(codecs.BOM_UTF8):
        encoding, name = "utf-8-sig", "UTF-8-BOM"
    else:
        encoding, name = "utf-8", UTF8
    try:
        return content.decode(encoding), name
    except UnicodeDecodeError as error:
        if name != UTF8:
            raise _wrong_bytes(file, "文件声明为 UTF-8", error) from error
    try:
        return content.decode("gb18030"), "GB18030（GBK）"
    except UnicodeDecodeError as error:
        raise _wrong_bytes(file, "文件既不是 UTF-8 也不是 GBK", error) from error


def _wrong_bytes(file: str, claim: str, error: UnicodeDecodeError) -> Unreadable:
    line = error.object[: error.start].count(b"\n") + 1
    return unreadable(
        file, "编码不对", f"{claim}：第 {line} 行有不成字的字节", "请重新导出，或另存为“CSV UTF-8”"
    )


def csv_grid(file: str, name: str, content: bytes) -> tuple[Grid, str]:
    """The table in a CSV and the name of its encoding. Raises `Unreadable`."""
    if not content.strip():
        raise unreadable(file, "文件是空的", "文件没有任何内容，连表头也没有", "请重新导出，或删去该文件")
    text, encoding = decode(file, content)
    return Grid(file, name, _rows(file, text)), encoding


def _rows(file: str, text: str) -> Iterator[Sequence[object]]:
    first = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        reason = f"第 {reader.line_num} 行的引号或分隔不合规则（{error}）"
        raise unreadable(file, "CSV 写法有误", reason, "请用电子表格软件打开后另存为“CSV UTF-8”") from error
