"""Overlay folders (自有目录) written for one test."""

from pathlib import Path

ENTRY = """
- id: {id}
  type: {type}
  title: 试验条目
  jurisdiction: "{jurisdiction}"
  valid_from: {valid_from}
  valid_to: {valid_to}
  source: {{document: 试验文件, number: 试〔2020〕1号, article: 第一条}}
  value: {value}
"""


def entry(
    id: str = "test.rule",
    *,
    type: str = "test",
    jurisdiction: str = "440300",
    valid_from: str = "2020-01-01",
    valid_to: str = "null",
    value: str = "1",
) -> str:
    """The YAML of one entry."""
    return ENTRY.format(
        id=id, type=type, jurisdiction=jurisdiction, valid_from=valid_from, valid_to=valid_to, value=value
    )


def overlay(folder: Path, **files: str | bytes) -> Path:
    """A folder with the files; `cn_4403__name` becomes `cn-4403/name.yaml`."""
    for name, content in files.items():
        where, _, file = name.partition("__")
        target = folder / where.replace("_", "-") / f"{file}.yaml"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder
