"""Text exports of published documents → `reading.raw.RawDocument` (文本读取)."""

from yiheng.reading.text.reader import raw_text, read_text

__all__ = ["raw_text", "read_text"]
